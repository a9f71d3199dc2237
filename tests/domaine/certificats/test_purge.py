"""R8 and R18: what goes, when, and that nothing of it can be found again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from certif import rythmes
from certif.config import Config
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    EmpreinteFichier,
    EtatEmission,
    LigneRegistre,
    StatutRegistre,
)
from certif.domaine.certificats.purge import (
    effacer_les_abandonnees,
    purger_les_generees,
)
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.journal import EntreeJournal
from certif.domaine.sessions import etats
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import stockage
from certif.socle.base import copie_de_base
from certif.socle.base.extensions import db
from tests.support import invariants
from tests.support.factories import Organisme, un_stagiaire, une_session, version
from tests.support.servers import ServeurValkey

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")

G = "2026-06-12T18:00:00+02:00"
CANARIS = ("Qwzyxanari", "hjklmotus", "QWZYXANARI", "qwzyxanari", "Vbnmprenom", "13/07/1977", "1977-07-13")

Regler = Callable[[str], None]


@pytest.fixture
def generee(organisme: Organisme, horloge_a: Regler) -> int:
    horloge_a(G)
    stagiaires = [
        un_stagiaire("Qwzyxanari", "Vbnmprenom", date(1977, 7, 13), Resultat.REUSSITE),
        un_stagiaire("Qwzyxanarib-Hjklmotus", "Vbnmprenomb", date(1977, 7, 13), Resultat.ECHEC),
    ]
    return une_session(organisme, Etat.GENERE, stagiaires=stagiaires, date_fin=date(2026, 6, 10))


def la_session(numero: int) -> SessionCertification | None:
    db.session.rollback()
    return db.session.get(SessionCertification, numero)


def tout_le_contenu() -> str:
    """Every value of every row, as text."""
    db.session.rollback()
    return "\n".join(
        str(ligne) for table in db.metadata.sorted_tables for ligne in db.session.execute(select(table))
    )


def traces(*dossiers: Path) -> list[str]:
    """Files in which a canary can still be read, byte by byte.

    All but the copy made before a migration: it is a backup, which R18 lets live for 14 days.
    """
    motifs = [canari.encode(codage) for canari in CANARIS for codage in ("utf-8", "utf-16-le")]
    fichiers = [f for d in dossiers for f in d.rglob("*") if f.is_file() and f.name != copie_de_base.NOM]
    return [str(f) for f in fichiers if any(motif in f.read_bytes() for motif in motifs)]


@pytest.mark.parametrize(
    ("instant", "reste"), [("2026-06-27T23:59:00+02:00", True), ("2026-06-28T00:00:00+02:00", False)]
)
def test_le_seizieme_jour_a_minuit(generee: int, horloge_a: Regler, instant: str, reste: bool) -> None:
    horloge_a(instant)
    assert purger_les_generees() == (0 if reste else 1)
    assert (la_session(generee) is not None) is reste
    assert bool(stockage.lister(f"{generee}/")) is reste


def test_ce_qui_reste(organisme: Organisme, generee: int, horloge_a: Regler, config: Config) -> None:
    marquer_telechargement(organisme.gestionnaire, generee)
    horloge_a("2026-06-28T00:00:00+02:00")
    rythmes.purger()
    rythmes.purger()
    ligne = db.session.scalars(select(LigneRegistre)).one()
    assert ligne.statut is StatutRegistre.DELIVRE and ligne.session_numero == generee
    assert ligne.empreinte_identite and ligne.fin_validite == date(2028, 6, 10)
    assert {e.sorte for e in db.session.scalars(select(EmpreinteFichier))} == {"certificat", "archive"}
    bilan = db.session.scalars(select(Bilan)).one()
    assert (bilan.numero, bilan.stagiaires, bilan.reussites, bilan.echecs) == (generee, 2, 1, 1)
    assert bilan.ville == "ETOILE SUR RHONE" and bilan.date_fin == date(2026, 6, 10)
    assert [m["action"] for m in bilan.mouvements] == [
        "soumettre_au_formateur",
        "envoyer_resultats",
        "generer",
        "terminer_generation",
    ]
    for table in (SessionCertification, Stagiaire, MotStagiaire, CertificatEmis, Courrier):
        assert db.session.scalars(select(table)).all() == []
    assert not any(canari in tout_le_contenu() for canari in CANARIS)
    invariants.verifier(config)


def test_d_une_annulation_il_reste_la_date_et_le_motif(
    organisme: Organisme, generee: int, horloge_a: Regler
) -> None:
    """The private text may name somebody."""
    emis = db.session.scalars(select(CertificatEmis.id)).one()
    asked = Annulation((emis,), "identite", "Qwzyxanari est en fait Vbnmprenom")
    annuler_et_refaire(organisme.gestionnaire, generee, version(generee), asked)
    assert db.session.scalars(select(LigneRegistre)).one().note_annulation
    horloge_a("2026-06-28T00:00:00+02:00")
    purger_les_generees()
    ligne = db.session.scalars(select(LigneRegistre)).one()
    assert (ligne.statut, ligne.annule_le) == (StatutRegistre.ANNULE, date(2026, 6, 12))
    assert (ligne.motif_annulation, ligne.note_annulation) == ("identite", None)


@pytest.mark.parametrize(
    ("jour", "reste"), [("2027-05-19T23:59:00+02:00", True), ("2027-05-20T00:00:00+02:00", False)]
)
def test_une_rectificative_a_six_mois_a_partir_de_son_ouverture(
    organisme: Organisme, horloge_a: Regler, jour: str, reste: bool
) -> None:
    """F may be more than six months old by then: it is not erased as soon as it is opened."""
    horloge_a("2026-11-20T12:00:00+01:00")
    numero = une_session(organisme, Etat.GENERE, reussites=1, date_fin=date(2026, 5, 1))
    emis = db.session.scalars(select(CertificatEmis.id)).one()
    asked = Annulation((emis,), "date")
    nouvelle = annuler_et_refaire(organisme.gestionnaire, numero, version(numero), asked) or 0
    horloge_a(jour)
    effacer_les_abandonnees()
    assert (la_session(nouvelle) is not None) is reste


def test_pas_un_octet_ne_reste(
    valkey: ServeurValkey, organisme: Organisme, generee: int, horloge_a: Regler, config: Config
) -> None:
    db.session.commit()
    # Something else is written meanwhile, and the log is never empty.
    une_session(organisme, Etat.SAISIE)
    assert traces(config.donnees)
    copie = copie_de_base.copier(config.donnees)
    assert copie is not None and CANARIS[0].encode() in copie.read_bytes()
    horloge_a("2026-06-28T00:00:00+02:00")
    rythmes.purger()
    assert traces(config.donnees, valkey.dossier) == []
    assert (config.donnees / "certif.db").stat().st_size > 0


def test_la_purge_sur_chaque_base(chaque_base: str, generee: int, horloge_a: Regler, config: Config) -> None:
    horloge_a("2026-07-28T00:00:00+02:00")
    rythmes.purger()
    assert la_session(generee) is None
    assert not any(canari in tout_le_contenu() for canari in CANARIS)
    invariants.verifier(config)


@pytest.mark.parametrize("point", ["purge_apres_fichiers", "purge_avant_commit", "purge_apres_commit"])
def test_une_purge_interrompue_se_reprend(
    generee: int, horloge_a: Regler, config: Config, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    horloge_a("2026-06-28T00:00:00+02:00")
    monkeypatch.setenv("CERTIF_RUPTURE", f"{point}:raise")
    with pytest.raises(rythmes.EffacementIncomplet, match=r"^SESSIONS_GENEREES$"):
        rythmes.purger()
    monkeypatch.delenv("CERTIF_RUPTURE")
    rythmes.purger()
    assert la_session(generee) is None
    assert len(db.session.scalars(select(Bilan)).all()) == 1
    invariants.verifier(config)
    assert traces(config.donnees) == []


def test_un_stockage_en_panne_ne_retient_pas_les_autres(
    organisme: Organisme, generee: int, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    autre = une_session(organisme, Etat.GENERE, date_fin=date(2026, 6, 9))
    horloge_a("2026-06-28T00:00:00+02:00")
    supprimer = stockage.supprimer_prefixe

    def capricieux(prefixe: str) -> None:
        if prefixe == f"{generee}/":
            raise stockage.StockageIndisponible
        supprimer(prefixe)

    monkeypatch.setattr(stockage, "supprimer_prefixe", capricieux)
    assert purger_les_generees() == 1
    assert la_session(autre) is None and la_session(generee) is not None
    monkeypatch.setattr(stockage, "supprimer_prefixe", supprimer)
    assert purger_les_generees() == 1


@pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE])
def test_six_mois_sans_certificats(
    organisme: Organisme, horloge_a: Regler, etat: Etat, config: Config
) -> None:
    horloge_a("2026-08-31T12:00:00+02:00")
    numero = une_session(organisme, etat, date_fin=date(2026, 8, 31))
    horloge_a("2027-02-27T23:59:00+01:00")
    assert effacer_les_abandonnees() == 0
    horloge_a("2027-02-28T00:00:00+01:00")
    assert effacer_les_abandonnees() == 1
    assert la_session(numero) is None and db.session.scalars(select(Bilan)).all() == []
    consignee = db.session.scalars(select(EntreeJournal)).one()
    assert (consignee.action, consignee.objet_id) == ("effacer", numero)


def test_sans_date_de_fin_six_mois_apres_le_dernier_changement(
    organisme: Organisme, horloge_a: Regler
) -> None:
    horloge_a("2026-03-10T12:00:00+01:00")
    numero = une_session(organisme, Etat.SAISIE, date_fin=None)
    horloge_a("2026-09-09T23:00:00+02:00")
    assert effacer_les_abandonnees() == 0
    horloge_a("2026-09-10T00:00:00+02:00")
    assert effacer_les_abandonnees() == 1 and la_session(numero) is None


def test_une_generation_qui_avance_n_est_pas_effacee(organisme: Organisme, horloge_a: Regler) -> None:
    horloge_a("2026-03-10T12:00:00+01:00")
    numero = une_session(organisme, date_fin=date(2026, 3, 10))
    horloge_a("2026-09-11T12:00:00+02:00")
    demander_generation(organisme.gestionnaire, numero, version(numero))
    assert effacer_les_abandonnees() == 0
    session_certif = la_session(numero)
    assert session_certif is not None
    db.session.execute(update(CertificatEmis).values(etat=EtatEmission.ECHEC, cause="non"))
    session_certif.certificats_en_echec = session_certif.certificats_total
    db.session.commit()
    assert effacer_les_abandonnees() == 1
    assert {r.statut for r in db.session.scalars(select(LigneRegistre))} == {StatutRegistre.ABANDONNE}
    consignee = db.session.scalars(select(EntreeJournal)).one()
    assert consignee.avant == {"etat": "generation"} and consignee.action == Action.EFFACER


def test_la_purge_n_efface_que_par_un_mouvement_de_la_table(
    organisme: Organisme, generee: int, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    for etat in (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE):
        une_session(organisme, etat, date_fin=date(2026, 6, 11))
    horloge_a("2027-06-28T00:00:00+02:00")
    monkeypatch.setattr(etats, "_TABLE", {})
    assert effacer_les_abandonnees() == purger_les_generees() == 0
    monkeypatch.undo()
    assert (effacer_les_abandonnees(), purger_les_generees()) == (3, 1)


def test_un_numero_purge_ne_revient_jamais(organisme: Organisme, generee: int, horloge_a: Regler) -> None:
    horloge_a("2026-06-28T00:00:00+02:00")
    purger_les_generees()
    assert une_session(organisme, Etat.SAISIE) > generee


def test_la_purge_n_efface_pas_les_autres(organisme: Organisme, generee: int, horloge_a: Regler) -> None:
    horloge_a("2026-06-20T12:00:00+02:00")
    recente = une_session(organisme, Etat.GENERE)
    horloge_a("2026-06-28T12:00:00+02:00")
    assert purger_les_generees() == 1
    assert la_session(recente) is not None and len(stockage.lister(f"{recente}/")) == 3
