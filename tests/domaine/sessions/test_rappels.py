"""Reminders of results, and the mails of the last day of the entry window: for whom, when, until what."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import update

from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.rappels import Rappel, jamais_dits, noter_dits
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.sessions.actions import soumission
from certif.domaine.sessions.courriers.rappels import avertir_du_dernier_jour, resultats_dus
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import une_session
from tests.support.moves import Troupe, agir, courriers
from tests.support.statements import requetes

Regler = Callable[[str], None]
F = date(2026, 6, 10)
SOUMISE = "2026-06-09T10:00:00+02:00"


def soumise(troupe: Troupe, horloge_a: Regler, **colonnes: Any) -> int:
    horloge_a(SOUMISE)
    return une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=F, **colonnes)


def dus(horloge_a: Regler, jour: str) -> list[Rappel]:
    horloge_a(f"{jour}T07:30:00+02:00")
    db.session.rollback()
    return resultats_dus(date.fromisoformat(jour))


def regler(modele: Any, identifiant: int, **colonnes: Any) -> None:
    with transaction():
        db.session.execute(update(modele).where(modele.id == identifiant).values(**colonnes))


def test_le_formateur_est_rappele_avec_tous_les_faits(troupe: Troupe, horloge_a: Regler) -> None:
    numero = soumise(troupe, horloge_a)
    assert dus(horloge_a, "2026-06-12") == []
    (rappel,) = dus(horloge_a, "2026-06-13")
    assert rappel.destinataire_id == troupe.formateur.individu_id
    assert rappel.texte.replace("\u00a0", " ") == (
        f"Session n°{numero} : résultats des stagiaires attendus avant le 10/07/2026"
    )
    assert rappel.precisions.replace("\u00a0", " ") == (
        "SST-1, fin le 10/06/2026, 26800 ETOILE SUR RHONE, 2 stagiaires, déclarée par Karine PARIS"
    )
    assert (rappel.organisation, rappel.chemin) == (
        "MAROSE FORMATION",
        f"/formateur/sessions/{numero}/stagiaires",
    )


def test_chaque_seuil_est_un_autre_rappel(troupe: Troupe, horloge_a: Regler) -> None:
    soumise(troupe, horloge_a)
    jours = ("2026-06-13", "2026-06-14", "2026-06-20", "2026-06-27", "2026-07-03", "2026-07-09")
    evenements = [dus(horloge_a, jour)[0].evenement for jour in jours]
    assert len(dict.fromkeys(evenements)) == 4 and evenements[0] == evenements[1]
    assert dus(horloge_a, "2026-07-10") == []


def test_une_relance_de_l_entite_vaut_rappel(troupe: Troupe, horloge_a: Regler) -> None:
    numero = soumise(troupe, horloge_a)
    horloge_a("2026-06-13T06:00:00+02:00")
    soumission.relancer_le_formateur(troupe.gestionnaire, numero)
    assert dus(horloge_a, "2026-06-14") == []
    assert len(dus(horloge_a, "2026-06-20")) == 1


def test_ce_qui_fut_dit_d_une_session_part_avec_elle(troupe: Troupe, horloge_a: Regler) -> None:
    numero, autre = (soumise(troupe, horloge_a) for _ in range(2))
    rappels = dus(horloge_a, "2026-06-13")
    with transaction():
        noter_dits(rappels, date(2026, 6, 13))
    agir(Action.SUPPRIMER, troupe.gestionnaire, numero)
    assert [r.session_numero for r in rappels] == [numero, autre]
    assert [r.session_numero for r in jamais_dits(rappels)] == [numero]


@pytest.mark.parametrize("action", [Action.ENVOYER_RESULTATS, Action.RETOUR_COMMENTE, Action.PAS_MA_SESSION])
def test_qui_a_repondu_n_est_plus_rappele(troupe: Troupe, horloge_a: Regler, action: Action) -> None:
    numero = soumise(troupe, horloge_a)
    agir(action, troupe.formateur, numero)
    assert dus(horloge_a, "2026-06-13") == []


def test_qui_ne_peut_pas_repondre_n_est_pas_rappele(troupe: Troupe, horloge_a: Regler) -> None:
    """The role ended (the entité was told), or the entité is suspended (R17)."""
    soumise(troupe, horloge_a)
    regler(Entite, troupe.marose.entite_id, suspendue_le=date(2026, 6, 13))
    assert dus(horloge_a, "2026-06-13") == []
    regler(Entite, troupe.marose.entite_id, suspendue_le=date(2026, 6, 14))
    assert len(dus(horloge_a, "2026-06-13")) == 1
    with transaction():
        db.session.execute(
            update(Role)
            .filter_by(individu_id=troupe.formateur.individu_id, type=TypeRole.FORMATEUR)
            .values(fin_le=date(2026, 6, 12))
        )
    assert dus(horloge_a, "2026-06-13") == []


def test_autant_de_requetes_pour_une_que_pour_dix(troupe: Troupe, horloge_a: Regler) -> None:
    def compter() -> int:
        with requetes() as vues:
            dus(horloge_a, "2026-06-13")
            avertir_du_dernier_jour()
        return len(vues)

    soumise(troupe, horloge_a)
    une = compter()
    for _ in range(9):
        soumise(troupe, horloge_a)
    assert compter() == une


class TestDernierJour:
    @pytest.mark.parametrize(
        ("instant", "nombre"),
        [
            ("2026-07-09T23:59:00+02:00", 0),
            ("2026-07-10T00:00:00+02:00", 1),
            ("2026-07-10T23:59:00+02:00", 1),
            ("2026-07-11T00:00:00+02:00", 0),
        ],
    )
    def test_le_formateur_est_prevenu_aussitot(
        self, troupe: Troupe, horloge_a: Regler, instant: str, nombre: int
    ) -> None:
        numero = soumise(troupe, horloge_a)
        horloge_a(instant)
        for _ in range(2):
            avertir_du_dernier_jour()
        assert len(courriers()) == nombre
        for courrier in courriers():
            assert courrier.destinataire_id == troupe.formateur.individu_id
            assert courrier.sujet == (
                f"MAROSE FORMATION – session n°{numero}\u00a0: dernier jour, résultats attendus"
            )
            assert "• Jusqu’au\u00a0: 10/07/2026 inclus" in courrier.corps
            assert "ouvrez Certif" in courrier.corps

    def test_le_declarant_d_un_brouillon_jamais_soumis(self, troupe: Troupe, horloge_a: Regler) -> None:
        horloge_a(SOUMISE)
        numero = une_session(troupe.marose, Etat.SAISIE, date_fin=F, declarant=troupe.delegataire)
        une_session(troupe.marose, Etat.SAISIE, date_fin=F, rectifie_numero=1)
        deja = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=F)
        agir(Action.RETOUR_COMMENTE, troupe.formateur, deja)
        avant = len(courriers())
        horloge_a("2026-07-10T08:00:00+02:00")
        avertir_du_dernier_jour()
        (courrier,) = courriers()[avant:]
        assert courrier.destinataire_id == troupe.delegataire.individu_id
        assert courrier.sujet == f"Session n°{numero}\u00a0: dernier jour pour la soumettre"
        assert f"/entite/{troupe.marose.entite_id}/sessions/{numero}/session" in courrier.corps

    def test_une_entite_suspendue_ne_peut_rien_soumettre(self, troupe: Troupe, horloge_a: Regler) -> None:
        horloge_a(SOUMISE)
        une_session(troupe.marose, Etat.SAISIE, date_fin=F)
        regler(Entite, troupe.marose.entite_id, suspendue_le=date(2026, 7, 1))
        horloge_a("2026-07-10T08:00:00+02:00")
        avertir_du_dernier_jour()
        assert courriers() == []

    def test_le_29_fevrier_et_les_mois_courts(self, troupe: Troupe, horloge_a: Regler) -> None:
        for fin, cloture in ((date(2028, 1, 31), "2028-02-29"), (date(2028, 1, 29), "2028-02-29")):
            horloge_a(datetime(fin.year, fin.month, fin.day, 10).isoformat() + "+01:00")
            une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=fin)
            horloge_a(f"{cloture}T08:00:00+01:00")
        avertir_du_dernier_jour()
        assert len(courriers()) == 2

    def test_un_formateur_sans_adresse(self, troupe: Troupe, horloge_a: Regler) -> None:
        soumise(troupe, horloge_a)
        regler(Individu, troupe.formateur.individu_id, email=None)
        horloge_a("2026-07-10T08:00:00+02:00")
        avertir_du_dernier_jour()
        assert courriers() == []
