"""Reminders before the end of an habilitation or a qualification: the nearest threshold, for who can act."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.droits.rappels import dus
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_acteur, un_certificat, une_habilitation, une_qualification
from tests.support.moves import Troupe
from tests.support.statements import requetes

AUJOURD_HUI = date(2026, 6, 10)


def finir(modele: type[Habilitation] | type[Qualification], jours: int, **ou: int) -> date:
    """Make these rights end so many days after today."""
    fin = AUJOURD_HUI + timedelta(days=jours)
    with transaction():
        db.session.execute(update(modele).filter_by(**ou).values(fin=fin))
    return fin


def textes() -> list[str]:
    return [rappel.texte.replace("\u00a0", " ") for rappel in dus(AUJOURD_HUI)]


@pytest.mark.parametrize(("jours", "nombre"), [(91, 0), (90, 1), (60, 1), (31, 1), (30, 1), (0, 1), (-1, 0)])
def test_le_gestionnaire_est_averti(troupe: Troupe, jours: int, nombre: int) -> None:
    fin = finir(Habilitation, jours, entite_id=troupe.marose.entite_id)
    trouves = dus(AUJOURD_HUI)
    assert [r.destinataire_id for r in trouves] == [troupe.gestionnaire.individu_id] * nombre
    for rappel in trouves:
        assert rappel.texte == f"Habilitation SST / 1\u00a0: fin le {fin:%d/%m/%Y}"
        assert "demandez son renouvellement" in rappel.precisions
        assert rappel.chemin == f"/entite/{troupe.marose.entite_id}/habilitations"
        assert (rappel.organisation, rappel.echeance) == ("MAROSE FORMATION", fin)


def test_le_formateur_est_averti(chaque_base: str, troupe: Troupe) -> None:
    fin = finir(Qualification, 60, individu_id=troupe.formateur.individu_id)
    (rappel,) = dus(AUJOURD_HUI)
    assert rappel.destinataire_id == troupe.formateur.individu_id
    assert rappel.texte == f"Votre qualification SST / 1 prend fin le {fin:%d/%m/%Y}"
    assert (rappel.chemin, rappel.organisation) == ("/formateur/qualifications", "")


def test_trois_seuils_trois_evenements(troupe: Troupe) -> None:
    finir(Habilitation, 95, entite_id=troupe.marose.entite_id)
    evenements: set[str] = set()
    attendus = {4: 0, 5: 1, 20: 1, 35: 2, 64: 2, 65: 3, 95: 3, 96: 3}
    for jours, nombre in attendus.items():
        evenements |= {rappel.evenement for rappel in dus(AUJOURD_HUI + timedelta(days=jours))}
        assert len(evenements) == nombre, jours


def test_apres_une_longue_panne_seul_le_seuil_le_plus_proche(troupe: Troupe) -> None:
    finir(Habilitation, 25, entite_id=troupe.marose.entite_id)
    (rappel,) = dus(AUJOURD_HUI)
    assert rappel.evenement.endswith("-30")


def test_ce_qui_est_renouvele_n_avertit_pas(chaque_base: str, troupe: Troupe) -> None:
    fin = finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    finir(Qualification, 20, individu_id=troupe.formateur.individu_id)
    une_habilitation(troupe.marose.entite_id, troupe.marose.niveau_id, fin + timedelta(days=1))
    une_qualification(troupe.formateur.individu_id, troupe.marose.niveau_id, AUJOURD_HUI)
    assert textes() == []


def test_un_autre_niveau_ou_une_autre_entite_ne_renouvelle_rien(troupe: Troupe) -> None:
    finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    autre = un_certificat("PRAP-IBC", "PRAP")
    une_habilitation(troupe.marose.entite_id, autre.niveau_id)
    assert len(textes()) == 1


def test_un_retrait_avance_la_fin(troupe: Troupe) -> None:
    with transaction():
        habilitation = db.session.get_one(Habilitation, troupe.marose.habilitation_id)
        habilitation.retrait_le = AUJOURD_HUI + timedelta(days=91)
    assert textes() == [f"Habilitation SST / 1 : fin le {AUJOURD_HUI + timedelta(days=90):%d/%m/%Y}"]


def test_le_retrait_d_une_qualification_aussi(chaque_base: str, troupe: Troupe) -> None:
    with transaction():
        db.session.execute(
            update(Qualification)
            .filter_by(individu_id=troupe.formateur.individu_id)
            .values(retrait_le=AUJOURD_HUI + timedelta(days=91))
        )
    (texte,) = textes()
    assert f"prend fin le {AUJOURD_HUI + timedelta(days=90):%d/%m/%Y}" in texte


def test_qui_n_a_plus_le_role_ne_recoit_rien(troupe: Troupe) -> None:
    finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    finir(Qualification, 20, individu_id=troupe.formateur.individu_id)
    with transaction():
        db.session.execute(update(Role).where(Role.type == TypeRole.FORMATEUR).values(actif=False))
        db.session.get_one(Individu, troupe.gestionnaire.individu_id).fin_le = AUJOURD_HUI - timedelta(days=1)
    assert textes() == []


def test_une_entite_suspendue_ne_peut_rien_renouveler(troupe: Troupe) -> None:
    finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    for depuis, nombre in ((AUJOURD_HUI + timedelta(days=1), 1), (AUJOURD_HUI, 0)):
        with transaction():
            db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = depuis
        assert len(textes()) == nombre


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_rappels(troupe: Troupe) -> None:
    def compter() -> int:
        with requetes() as vues:
            dus(AUJOURD_HUI)
        return len([requete for requete in vues if requete.startswith("SELECT")])

    finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    finir(Qualification, 20, individu_id=troupe.formateur.individu_id)
    peu = compter()
    for rang in range(5):
        niveau_id = un_certificat(f"C-{rang}", f"D{rang}").niveau_id
        fin = AUJOURD_HUI + timedelta(days=20)
        une_habilitation(troupe.guy.entite_id, niveau_id, fin=fin)
        une_qualification(un_acteur(TypeRole.FORMATEUR).individu_id, niveau_id, fin=fin)
    assert compter() == peu
    assert len(textes()) == 12
