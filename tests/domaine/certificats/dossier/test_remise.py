"""When the dossier is made, who downloads it, and until when."""

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.lectures import telechargements
from certif.domaine.certificats.modeles import EmpreinteFichier
from certif.domaine.certificats.production import dossier
from certif.domaine.certificats.production.reconciliation import dossiers_a_reprendre
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.certificats.reprise import relancer_le_dossier
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, ServiceIndisponible
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.domaine.certificats.dossier.lecture import ligne
from tests.support import invariants
from tests.support.factories import Organisme, un_acteur, un_organisme, une_session

pytestmark = pytest.mark.usefixtures("contexte", "pages_rapides")


@pytest.mark.usefixtures("documents_rapides")
def test_il_n_est_fait_qu_une_fois(numero: int) -> None:
    dossier.produire(numero)
    avant = stockage.lire(ligne(numero).cle)  # type: ignore[union-attr,arg-type]
    etat = invariants.empreinte_de_la_base()
    dossier.produire(numero)
    assert invariants.empreinte_de_la_base() == etat
    assert stockage.lire(ligne(numero).cle) == avant  # type: ignore[union-attr,arg-type]
    assert dossiers_a_reprendre() == []


@pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_ENTITE, Etat.GENERATION])
def test_rien_avant_les_certificats(organisme: Organisme, etat: Etat) -> None:
    numero = une_session(organisme, etat)
    dossier.produire(numero)
    assert ligne(numero) is None and dossiers_a_reprendre() == []
    with pytest.raises(ActionImpossible, match="pas encore générés"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)


@pytest.mark.usefixtures("documents_rapides")
def test_les_certificats_n_attendent_pas_le_dossier(organisme: Organisme, numero: int) -> None:
    assert ligne(numero) is None and dossiers_a_reprendre() == [numero]
    with pytest.raises(ActionImpossible, match="en préparation"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    marquer_telechargement(organisme.gestionnaire, numero)
    dossier.produire(numero)
    marquer_telechargement(organisme.gestionnaire, numero, dossier=True)


@pytest.mark.usefixtures("documents_rapides")
def test_les_deux_zips_sont_dates_de_la_generation(
    organisme: Organisme, numero: int, horloge_a: Callable[[str], None]
) -> None:
    """The dossier is made a day later: both say when the certificates were asked for, in Paris."""
    horloge_a("2026-06-13T09:00:00+02:00")
    dossier.produire(numero)
    for du_dossier in (False, True):
        fichier = marquer_telechargement(organisme.gestionnaire, numero, dossier=du_dossier)
        with zipfile.ZipFile(io.BytesIO(stockage.lire(fichier.cle))) as zip_:
            dates = {entree.date_time[:5] for entree in zip_.infolist()}
        assert dates == {(2026, 6, 12, 18, 0)}


@pytest.mark.usefixtures("documents_rapides")
def test_le_telecharger_compte_et_se_note(organisme: Organisme, numero: int) -> None:
    dossier.produire(numero)
    fichiers = [marquer_telechargement(organisme.gestionnaire, numero, dossier=True) for _ in range(2)]
    assert fichiers[0] == fichiers[1]
    assert fichiers[0].nom == f"2026-06-10_SST-1_dossier_session-{numero}.zip"
    assert fichiers[0].type_mime == "application/zip"
    octets = stockage.lire(fichiers[0].cle)
    assert (sha256(octets).hexdigest(), len(octets)) == (fichiers[0].sha256, fichiers[0].taille)
    faits = db.session.scalars(select(Telechargement)).all()
    assert [(t.sorte, t.certificat_emis_id) for t in faits] == [("dossier", None)] * 2
    assert db.session.get_one(SessionCertification, numero).telecharge_le is not None


@pytest.mark.usefixtures("documents_rapides")
def test_jamais_pour_un_autre(organisme: Organisme, numero: int) -> None:
    dossier.produire(numero)
    autre = un_organisme("FORMATION GUY")
    collegue = un_acteur(TypeRole.DELEGATAIRE, organisme.entite_id)
    for intrus in (autre.gestionnaire, organisme.formateur, collegue, un_acteur(TypeRole.ADMINISTRATEUR)):
        with pytest.raises(Introuvable):
            marquer_telechargement(intrus, numero, dossier=True)
        with pytest.raises(Introuvable):
            relancer_le_dossier(intrus, numero)


@pytest.mark.usefixtures("documents_rapides")
def test_quinze_jours_puis_plus_rien(
    organisme: Organisme, numero: int, horloge_a: Callable[[str], None], config: Config
) -> None:
    dossier.produire(numero)
    horloge_a("2026-06-27T23:59:00+02:00")
    marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    horloge_a("2026-06-28T00:00:00+02:00")
    with pytest.raises(Refus, match="Aucun duplicata"):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)
    assert purger_les_generees() == 1
    assert ligne(numero) is None and stockage.lister(f"{numero}/") == []
    assert {e.sorte for e in db.session.scalars(select(EmpreinteFichier))} >= {"dossier", "proces_verbal"}
    invariants.verifier(config)


def test_un_dossier_jamais_fait_n_est_plus_demande_apres_le_delai(
    numero: int, horloge_a: Callable[[str], None]
) -> None:
    horloge_a("2026-06-27T23:59:00+02:00")
    assert dossiers_a_reprendre() == [numero]
    horloge_a("2026-06-28T00:00:00+02:00")
    assert dossiers_a_reprendre() == []


@pytest.mark.usefixtures("documents_rapides")
@pytest.mark.parametrize("mal", ["altere", "absent"])
def test_un_dossier_abime_n_est_pas_remis(organisme: Organisme, numero: int, mal: str) -> None:
    dossier.produire(numero)
    cle = marquer_telechargement(organisme.gestionnaire, numero, dossier=True).cle
    if mal == "altere":
        stockage.ecrire(cle, stockage.lire(cle)[:-1] + b"?")
    else:
        stockage.supprimer(cle)
    with pytest.raises(ServiceIndisponible):
        marquer_telechargement(organisme.gestionnaire, numero, dossier=True)


def test_un_retard_se_voit(numero: int, horloge_a: Callable[[str], None]) -> None:
    horloge_a("2026-06-12T18:06:00+02:00")
    suivi = telechargements(db.session.get_one(SessionCertification, numero))
    assert suivi is not None and suivi.etat.dossier.en_retard
