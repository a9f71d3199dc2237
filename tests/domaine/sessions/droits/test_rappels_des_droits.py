"""Mails before the end of an habilitation or a qualification: once per threshold, whatever was missed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.droits.rappels import avertir
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_acteur, un_certificat, une_habilitation, une_qualification
from tests.support.moves import Troupe, courriers
from tests.support.statements import requetes

AUJOURD_HUI = date(2026, 6, 10)
Horloge = Callable[[str], None]


def finir(modele: type[Habilitation] | type[Qualification], jours: int, **ou: int) -> date:
    """Make these rights end so many days after today."""
    fin = AUJOURD_HUI + timedelta(days=jours)
    with transaction():
        db.session.execute(update(modele).filter_by(**ou).values(fin=fin))
    return fin


def sujets() -> list[str]:
    return [courrier.sujet for courrier in courriers()]


@pytest.mark.parametrize(("jours", "nombre"), [(91, 0), (90, 1), (60, 1), (31, 1), (30, 1), (0, 1), (-1, 0)])
def test_le_gestionnaire_est_averti_une_fois(troupe: Troupe, jours: int, nombre: int) -> None:
    fin = finir(Habilitation, jours, entite_id=troupe.marose.entite_id)
    avertir()
    avertir()
    ecrits = courriers()
    assert [c.destinataire_id for c in ecrits] == [troupe.gestionnaire.individu_id] * nombre
    for courrier in ecrits:
        assert courrier.sujet == f"Habilitation SST / 1\u00a0: fin le {fin:%d/%m/%Y}"
        assert "demandez son renouvellement" in courrier.corps
        assert f"/entite/{troupe.marose.entite_id}/habilitations" in courrier.corps


def test_le_formateur_est_averti(chaque_base: str, troupe: Troupe) -> None:
    fin = finir(Qualification, 60, individu_id=troupe.formateur.individu_id)
    avertir()
    (courrier,) = courriers()
    assert courrier.destinataire_id == troupe.formateur.individu_id
    assert courrier.sujet == f"Votre qualification SST / 1 prend fin le {fin:%d/%m/%Y}"
    assert "/formateur/qualifications" in courrier.corps


def test_trois_seuils_trois_courriers(troupe: Troupe, horloge_a: Horloge) -> None:
    finir(Habilitation, 95, entite_id=troupe.marose.entite_id)
    attendus = {4: 0, 5: 1, 20: 1, 35: 2, 64: 2, 65: 3, 95: 3, 96: 3}
    for jours, nombre in attendus.items():
        horloge_a(f"{AUJOURD_HUI + timedelta(days=jours)}T09:00:00+02:00")
        avertir()
        assert len(courriers()) == nombre, jours


def test_apres_une_longue_panne_seul_le_seuil_le_plus_proche(troupe: Troupe) -> None:
    finir(Habilitation, 25, entite_id=troupe.marose.entite_id)
    avertir()
    (courrier,) = courriers()
    assert courrier.evenement.endswith("-30")


def test_ce_qui_est_renouvele_n_avertit_pas(chaque_base: str, troupe: Troupe) -> None:
    fin = finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    finir(Qualification, 20, individu_id=troupe.formateur.individu_id)
    une_habilitation(troupe.marose.entite_id, troupe.marose.niveau_id, fin + timedelta(days=1))
    une_qualification(troupe.formateur.individu_id, troupe.marose.niveau_id, AUJOURD_HUI)
    avertir()
    assert sujets() == []


def test_un_autre_niveau_ou_une_autre_entite_ne_renouvelle_rien(troupe: Troupe) -> None:
    finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    autre = un_certificat("PRAP-IBC", "PRAP")
    une_habilitation(troupe.marose.entite_id, autre.niveau_id)
    avertir()
    assert len(sujets()) == 1


def test_un_retrait_avance_la_fin(troupe: Troupe) -> None:
    with transaction():
        habilitation = db.session.get_one(Habilitation, troupe.marose.habilitation_id)
        habilitation.retrait_le = AUJOURD_HUI + timedelta(days=91)
    avertir()
    assert sujets() == [f"Habilitation SST / 1\u00a0: fin le {AUJOURD_HUI + timedelta(days=90):%d/%m/%Y}"]


def test_le_retrait_d_une_qualification_aussi(chaque_base: str, troupe: Troupe) -> None:
    with transaction():
        db.session.execute(
            update(Qualification)
            .filter_by(individu_id=troupe.formateur.individu_id)
            .values(retrait_le=AUJOURD_HUI + timedelta(days=91))
        )
    avertir()
    fin = AUJOURD_HUI + timedelta(days=90)
    assert sujets() == [f"Votre qualification SST / 1 prend fin le {fin:%d/%m/%Y}"]


def test_qui_n_a_plus_le_role_ne_recoit_rien(troupe: Troupe) -> None:
    finir(Habilitation, 20, entite_id=troupe.marose.entite_id)
    finir(Qualification, 20, individu_id=troupe.formateur.individu_id)
    with transaction():
        db.session.execute(update(Role).where(Role.type == TypeRole.FORMATEUR).values(actif=False))
        db.session.get_one(Individu, troupe.gestionnaire.individu_id).fin_le = AUJOURD_HUI - timedelta(days=1)
    avertir()
    assert sujets() == []


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_courriers(troupe: Troupe) -> None:
    def compter() -> int:
        with requetes() as vues:
            avertir()
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
    assert len(courriers()) == 12
