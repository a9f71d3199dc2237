"""R5: a draft that is empty and untouched for 24 hours is removed; anything typed or chosen keeps it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from certif.domaine.certificats.purge import retirer_les_brouillons_vides
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes import actions as modeles_gardes
from certif.socle.base.extensions import db
from tests.support.factories import (
    Organisme,
    un_certificat,
    un_stagiaire,
    une_habilitation,
    une_session,
    version,
)

pytestmark = pytest.mark.usefixtures("contexte")

Regler = Callable[[str], None]


def la_session(numero: int) -> SessionCertification | None:
    db.session.rollback()
    return db.session.get(SessionCertification, numero)


def test_les_brouillons_vides_partent_au_bout_d_un_jour(organisme: Organisme, horloge_a: Regler) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    vide: dict[str, Any] = {
        "date_fin": None,
        "certificat_id": None,
        "lieu_type": None,
        "identification": None,
        "formateur_id": None,
        "code_postal": None,
        "ville": None,
    }
    brouillon = une_session(organisme, Etat.SAISIE, stagiaires=[], **vide)
    commences = [
        une_session(organisme, Etat.SAISIE, stagiaires=[un_stagiaire()], **vide),
        une_session(organisme, Etat.SAISIE, stagiaires=[], **{**vide, "reference_interne": "C-12"}),
        une_session(organisme, Etat.SAISIE, stagiaires=[], **{**vide, "code_postal": "26800"}),
        une_session(organisme, Etat.SAISIE, stagiaires=[], premiere_soumission_le=date(2026, 6, 1), **vide),
        une_session(organisme, Etat.SAISIE, stagiaires=[], **{**vide, "date_fin": date(2026, 6, 10)}),
    ]
    horloge_a("2026-06-11T11:59:00+02:00")
    assert retirer_les_brouillons_vides() == 0
    horloge_a("2026-06-11T12:01:00+02:00")
    assert retirer_les_brouillons_vides() == 1
    assert la_session(brouillon) is None and all(la_session(n) for n in commences)


def test_un_niveau_ou_un_certificat_choisi_parmi_d_autres_n_est_pas_rien(
    organisme: Organisme, horloge_a: Regler
) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    acteur = organisme.gestionnaire
    seul = saisie.creer(acteur, "seul")
    une_habilitation(organisme.entite_id, un_certificat("PRAP-1", "PRAP IBC").niveau_id)
    choisi = saisie.creer(acteur, "choisi")
    saisie.enregistrer(acteur, choisi, version(choisi), {"niveau_id": str(organisme.niveau_id)})
    vide = saisie.creer(acteur, "vide")
    horloge_a("2026-06-11T12:01:00+02:00")
    assert retirer_les_brouillons_vides() == 1
    assert la_session(vide) is None and la_session(choisi) and la_session(seul)


def test_un_brouillon_vide_de_ce_qu_on_y_avait_mis_part_un_jour_apres(
    organisme: Organisme, horloge_a: Regler
) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    acteur = organisme.gestionnaire
    numero = saisie.creer(acteur, "jeton")
    horloge_a("2026-06-11T11:00:00+02:00")
    saisie.enregistrer(acteur, numero, version(numero), {"reference_interne": "C-12"})
    horloge_a("2026-06-12T12:00:00+02:00")
    assert retirer_les_brouillons_vides() == 0
    saisie.enregistrer(acteur, numero, version(numero), {"reference_interne": ""})
    horloge_a("2026-06-13T11:59:00+02:00")
    assert retirer_les_brouillons_vides() == 0
    horloge_a("2026-06-13T12:01:00+02:00")
    assert retirer_les_brouillons_vides() == 1 and la_session(numero) is None


def test_un_brouillon_repris_d_ailleurs_et_jamais_touche_part_aussi(
    organisme: Organisme, horloge_a: Regler
) -> None:
    """What a model or another session gave is theirs: it is had again by a click."""
    horloge_a("2026-06-10T12:00:00+02:00")
    acteur = organisme.gestionnaire
    source = une_session(organisme, Etat.VALIDATION_ENTITE)
    modele = modeles_gardes.garder(acteur, source, "Client du port", None)
    ouverts = [
        saisie.creer_depuis_un_modele(acteur, modele, "modele"),
        saisie.creer_semblable(acteur, source, "semblable"),
    ]
    touches = [
        saisie.creer_depuis_un_modele(acteur, modele, "touche"),
        saisie.creer_semblable(acteur, source, "touche aussi"),
    ]
    for numero in touches:
        saisie.enregistrer(acteur, numero, version(numero), {"reference_interne": "C-12"})
        saisie.enregistrer(acteur, numero, version(numero), {"reference_interne": ""})
    rectificative = une_session(organisme, Etat.SAISIE, rectifie_numero=source)
    horloge_a("2026-06-11T11:59:00+02:00")
    assert retirer_les_brouillons_vides() == 0
    horloge_a("2026-06-11T12:01:00+02:00")
    assert retirer_les_brouillons_vides() == 2
    assert not any(map(la_session, ouverts))
    assert all(map(la_session, [*touches, rectificative, source]))
