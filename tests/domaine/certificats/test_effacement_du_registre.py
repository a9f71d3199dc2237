"""R18: warnings before an erasure, and how long the hashes, the journal and the mails stay."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from certif.domaine.certificats.modeles import LigneRegistre, StatutRegistre
from certif.domaine.certificats.rappels import avertir, effacements_dus, telechargements_dus
from certif.domaine.certificats.registre.effacement import (
    effacer_le_journal,
    effacer_les_empreintes,
    effacer_les_empreintes_sans_fin,
)
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.courriers import envoi
from certif.domaine.courriers.actions import ecrire
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.courriers.rappels import Rappel, Source, jamais_dits, noter_dits
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.personnes.modeles import Role
from certif.domaine.referentiel.initial import charger_referentiel
from certif.domaine.referentiel.modeles import Dispositif
from certif.domaine.sessions.actions import designation
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel
from tests.support.factories import Organisme, un_organisme, une_session
from tests.support.moves import courriers
from tests.support.statements import requetes

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")

Regler = Callable[[str], None]


def sujets() -> list[str]:
    return [c.sujet.replace("\u00a0", " ") for c in courriers()]


def dire(source: Source) -> list[Rappel]:
    """What is due today and was not said yet, and say it."""
    db.session.rollback()
    rappels = jamais_dits(list(source(aujourd_hui())))
    with transaction():
        noter_dits(rappels, aujourd_hui())
    return rappels


def test_jamais_telecharges_sept_et_trois_jours_puis_un_courrier(
    organisme: Organisme, horloge_a: Regler
) -> None:
    horloge_a("2026-04-11T10:00:00+02:00")
    numero = une_session(organisme, Etat.GENERE, reussites=8)
    dits: dict[int, Rappel] = {}
    for jour in range(12, 28):
        horloge_a(f"2026-04-{jour}T08:00:00+02:00")
        for rappel in dire(telechargements_dus):
            dits[jour] = rappel
        for _ in range(2):
            avertir()
    assert list(dits) == [20, 24]
    assert dits[20].texte.replace("\u00a0", " ") == (
        f"Session n°{numero} : certificats non téléchargés, 7 jours restants"
    )
    assert dits[20].precisions.replace("\u00a0", " ") == (
        "SST-1, fin le 11/04/2026, 26800 ETOILE SUR RHONE, 8 stagiaires, déclarée par Karine PARIS. "
        f"Les 8 certificats de la session n°{numero} n’ont pas été téléchargés. Ils seront supprimés "
        "définitivement le 27/04/2026 à 0 h. Aucun duplicata ne sera délivré."
    )
    assert dits[20].chemin == f"/entite/{organisme.entite_id}/sessions/{numero}/telechargements"
    assert sujets()[1:] == [f"Session n°{numero} : certificats non téléchargés, 1 jour restant"]
    assert (
        f"Les 8 certificats de la session n°{numero} n’ont pas été téléchargés. Ils seront supprimés "
        "définitivement le 27/04/2026 à 0 h. Aucun duplicata ne sera délivré."
    ) in courriers()[1].corps.replace("\u00a0", " ")


def test_une_fois_telecharges_plus_de_rappel(organisme: Organisme, horloge_a: Regler) -> None:
    horloge_a("2026-04-11T10:00:00+02:00")
    numero = une_session(organisme, Etat.GENERE)
    marquer_telechargement(organisme.gestionnaire, numero)
    for jour in (24, 26):
        horloge_a(f"2026-04-{jour}T08:00:00+02:00")
        avertir()
        assert dire(telechargements_dus) == []
    assert len(courriers()) == 1


def test_un_rappel_manque_est_rattrape_une_fois(organisme: Organisme, horloge_a: Regler) -> None:
    horloge_a("2026-04-11T10:00:00+02:00")
    une_session(organisme, Etat.GENERE)
    horloge_a("2026-04-25T08:00:00+02:00")
    assert [r.evenement.rpartition("-")[2] for r in dire(telechargements_dus)] == ["3"]
    horloge_a("2026-04-27T00:00:00+02:00")
    avertir()
    assert dire(telechargements_dus) == [] and len(sujets()) == 1


def test_effacement_annonce_trente_et_sept_jours_avant(organisme: Organisme, horloge_a: Regler) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    numero = une_session(organisme, Etat.VALIDATION_FORMATEUR, date_fin=date(2026, 6, 10))
    attendus = {"2026-11-09": 0, "2026-11-10": 1, "2026-11-20": 0, "2026-12-03": 1, "2026-12-10": 0}
    for jour, nombre in attendus.items():
        horloge_a(f"{jour}T07:30:00+01:00")
        rappels = dire(effacements_dus)
        assert len(rappels) == nombre, jour
        for rappel in rappels:
            assert "suppression définitive le 10/12/2026" in rappel.texte
            assert rappel.chemin == f"/entite/{organisme.entite_id}/sessions/{numero}/session"


def test_autant_de_requetes_pour_une_session_que_pour_plusieurs(
    organisme: Organisme, horloge_a: Regler
) -> None:
    def compter() -> int:
        db.session.rollback()
        with requetes() as vues:
            telechargements_dus(aujourd_hui())
            effacements_dus(aujourd_hui())
        return len(vues)

    def preparer(rang: int = 0) -> None:
        horloge_a("2026-04-11T10:00:00+02:00")
        une_session(organisme, Etat.GENERE, reussites=1, date_fin=date(2026, 4, 11 - rang))
        une_session(organisme, Etat.VALIDATION_FORMATEUR, date_fin=date(2025, 10, 21))
        horloge_a("2026-04-20T10:00:00+02:00")

    preparer()
    une = compter()
    for rang in (1, 2, 3):
        preparer(rang)
    assert compter() == une
    assert len(telechargements_dus(aujourd_hui())) == len(effacements_dus(aujourd_hui())) == 4


def test_le_declarant_parti_les_gestionnaires_sont_avertis(organisme: Organisme, horloge_a: Regler) -> None:
    horloge_a("2026-04-11T10:00:00+02:00")
    une_session(organisme, Etat.GENERE, declarant=organisme.delegataire)
    assert courriers()[0].destinataire_id == organisme.delegataire.individu_id
    role = db.session.scalars(select(Role).filter_by(individu_id=organisme.delegataire.individu_id)).one()
    role.fin_le = date(2026, 4, 15)
    db.session.commit()
    horloge_a("2026-04-20T08:00:00+02:00")
    assert [r.destinataire_id for r in dire(telechargements_dus)] == [organisme.gestionnaire.individu_id]


@pytest.mark.parametrize(
    ("mois", "la_veille", "le_jour"),
    [
        (24, "2033-06-09T23:59:00+02:00", "2033-06-10T00:00:00+02:00"),
        (None, "2036-06-09T23:59:00+02:00", "2036-06-10T00:00:00+02:00"),
    ],
)
def test_l_empreinte_d_identite_finit_par_partir(
    horloge_a: Regler, mois: int | None, la_veille: str, le_jour: str
) -> None:
    horloge_a("2026-06-10T12:00:00+02:00")
    numero = une_session(un_organisme(mois=mois), Etat.GENERE, reussites=1)
    horloge_a(la_veille)
    assert effacer_les_empreintes() + effacer_les_empreintes_sans_fin() == 0
    horloge_a(le_jour)
    assert effacer_les_empreintes() + effacer_les_empreintes_sans_fin() == 1
    ligne = db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero)).one()
    assert ligne.empreinte_identite is None and ligne.statut is StatutRegistre.DELIVRE


def test_journal_et_courriers_trois_ans_recherches_un_jour(organisme: Organisme, horloge_a: Regler) -> None:
    for rang, instant in enumerate(("2023-06-09T12:00:00+02:00", "2023-06-10T12:00:00+02:00")):
        horloge_a(instant)
        consigner("", "essai", "session", 1)
        ecrire(f"essai-{rang}", organisme.gestionnaire.individu_id, "Sujet", "Corps")
    db.session.commit()
    for age in (timedelta(minutes=30), timedelta(days=2)):
        db.session.add(
            RechercheFormateur(
                individu_id=organisme.gestionnaire.individu_id,
                entite_id=organisme.entite_id,
                quand=instant_reel() - age,
                cle="0",
            )
        )
    db.session.commit()
    horloge_a("2026-06-10T00:00:00+02:00")
    effacer_le_journal()
    envoi.effacer_les_anciens()
    designation.oublier_les_recherches()
    assert len(db.session.scalars(select(EntreeJournal)).all()) == 1
    assert len(db.session.scalars(select(RechercheFormateur)).all()) == 1
    assert [courrier.evenement for courrier in db.session.scalars(select(Courrier))] == ["essai-1"]


def test_ce_que_le_referentiel_a_charge_un_jour_n_est_jamais_recharge(horloge_a: Regler) -> None:
    horloge_a("2023-06-09T12:00:00+02:00")
    charger_referentiel()
    dispositif = db.session.scalars(select(Dispositif).filter_by(code="SST")).one()
    dispositif.code = dispositif.libelle = "Secourisme"
    for certificat in dispositif.niveaux[0].certificats:
        certificat.libelle = "Secouriste"
    db.session.commit()
    horloge_a("2027-06-10T00:00:00+02:00")
    effacer_le_journal()
    assert charger_referentiel() == []
