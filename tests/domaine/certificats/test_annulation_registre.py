"""R14: the administrateur cancels by number or by session, purged or not, and is never shown an identity."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from certif import rythmes
from certif.config import Config
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre, StatutRegistre
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.registre.annulation import (
    annuler_la_session_par_administrateur,
    annuler_par_administrateur,
)
from certif.domaine.certificats.registre.numeros import NumeroMalSaisi, nouveau, presenter
from certif.domaine.erreurs import Introuvable, SaisieInvalide, VersionPerimee
from certif.domaine.journal import EntreeJournal
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support import invariants
from tests.support.factories import Organisme, un_acteur, une_session, version
from tests.support.moves import courriers, existe, lignes, lire

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@pytest.fixture
def administrateur(organisme: Organisme) -> Acteur:
    return un_acteur(TypeRole.ADMINISTRATEUR, nom="Certif", prenom="Alix")


@pytest.fixture
def numero(organisme: Organisme) -> int:
    return une_session(organisme, Etat.GENERE, reussites=3)


def numeros(numero: int) -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(LigneRegistre.numero).filter_by(session_numero=numero)))


def ligne(numero: str) -> LigneRegistre:
    db.session.rollback()
    return db.session.get_one(LigneRegistre, numero)


@pytest.fixture
def purgee(numero: int, horloge_a: Callable[[str], None]) -> int:
    horloge_a("2090-01-01T12:00:00+01:00")
    rythmes.purger()
    assert not existe(numero)
    return numero


def test_par_numero_la_session_vivante_est_tenue_au_courant(
    organisme: Organisme, administrateur: Acteur, numero: int, config: Config
) -> None:
    premier, vue = numeros(numero)[0], version(numero)
    annuler_par_administrateur(administrateur, presenter(premier).lower(), "fraude", "Signalement 12")
    assert (ligne(premier).statut, ligne(premier).annule_le) == (StatutRegistre.ANNULE, aujourd_hui())
    assert ligne(premier).motif_annulation == "fraude"
    (evenement,) = lignes(numero, Action.ANNULER_ET_REFAIRE)
    assert (evenement.role, evenement.version_avant) == ("administrateur", vue)
    asked = Annulation((db.session.scalars(select(CertificatEmis.id)).all()[0],), "identite")
    with pytest.raises(VersionPerimee):
        annuler_et_refaire(organisme.gestionnaire, numero, vue, asked)
    reconstituer(numero)
    assert [c.sujet.replace("\u00a0", " ") for c in courriers()[-1:]] == [
        f"Session n°{numero} : 1 certificat annulé"
    ]
    invariants.verifier(config)


def test_par_session(administrateur: Acteur, numero: int, config: Config) -> None:
    assert annuler_la_session_par_administrateur(administrateur, numero, "tort") == 3
    assert lire(numero).certificats_total == 0 and lire(numero).zip_cle is None
    assert annuler_la_session_par_administrateur(administrateur, numero, "tort") == 0
    assert len(lignes(numero, Action.ANNULER_ET_REFAIRE)) == 1
    invariants.verifier(config)


def test_apres_la_purge(organisme: Organisme, administrateur: Acteur, purgee: int, config: Config) -> None:
    premier, *autres = numeros(purgee)
    annuler_par_administrateur(administrateur, premier, "autre", "Demande du 3 mars")
    assert ligne(premier).note_annulation == "Demande du 3 mars"
    assert annuler_la_session_par_administrateur(administrateur, purgee, "fraude") == 2
    assert {ligne(n).motif_annulation for n in autres} == {"fraude"}
    assert ligne(premier).motif_annulation == "autre"
    traces = db.session.scalars(select(EntreeJournal).filter_by(action="annuler")).all()
    assert [t.apres and t.apres["numeros"] for t in traces] == [[premier], autres]
    ecrits = [c for c in courriers() if "-annules-" in c.evenement]
    assert [c.destinataire_id for c in ecrits] == [organisme.gestionnaire.individu_id] * 2
    assert presenter(premier) in ecrits[0].corps
    invariants.verifier(config)


def test_deja_annule_garde_sa_date_et_son_motif(
    administrateur: Acteur, purgee: int, horloge_a: Callable[[str], None]
) -> None:
    premier = numeros(purgee)[0]
    annuler_par_administrateur(administrateur, premier, "fraude")
    le = ligne(premier).annule_le
    horloge_a("2090-02-01T12:00:00+01:00")
    annuler_par_administrateur(administrateur, premier, "autre")
    assert (ligne(premier).annule_le, ligne(premier).motif_annulation) == (le, "fraude")
    assert len(db.session.scalars(select(EntreeJournal).filter_by(action="annuler")).all()) == 1


def test_refus(organisme: Organisme, administrateur: Acteur, numero: int) -> None:
    premier = numeros(numero)[0]
    en_cours = une_session(organisme, Etat.GENERATION, date_fin=aujourd_hui().replace(year=2020))
    avant = invariants.empreinte_de_la_base()
    for acteur in (organisme.gestionnaire, organisme.delegataire, organisme.formateur):
        with pytest.raises(Introuvable):
            annuler_par_administrateur(acteur, premier, "fraude")
        with pytest.raises(Introuvable):
            annuler_la_session_par_administrateur(acteur, numero, "fraude")
    # Reserved numbers do not exist yet for anybody.
    for inconnu in (nouveau(), numeros(en_cours)[0]):
        with pytest.raises(Introuvable):
            annuler_par_administrateur(administrateur, inconnu, "fraude")
    for session_numero in (0, 404, en_cours):
        with pytest.raises(Introuvable):
            annuler_la_session_par_administrateur(administrateur, session_numero, "fraude")
    with pytest.raises(NumeroMalSaisi):
        annuler_par_administrateur(administrateur, "ABCD", "fraude")
    for motif, precisions in (("", ""), ("fraude", "x" * 501)):
        with pytest.raises(SaisieInvalide):
            annuler_par_administrateur(administrateur, premier, motif, precisions)
    assert invariants.empreinte_de_la_base() == avant
