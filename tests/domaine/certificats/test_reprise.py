"""R5: relaunching what failed, reopening a session that cannot be finished; R14: nothing moves afterwards."""

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission, LigneRegistre, StatutRegistre
from certif.domaine.certificats.production import certificats
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.reprise import relancer_echecs, rouvrir
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.erreurs import ActionImpossible, Introuvable, VersionPerimee
from certif.domaine.sessions.actions.suppression import supprimer
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Soumission
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.support import invariants
from tests.support.factories import Organisme, un_organisme, une_session, version
from tests.support.production import pdf_factice, rendre_par

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@pytest.fixture
def en_echec(organisme: Organisme, monkeypatch: pytest.MonkeyPatch) -> int:
    """A session of four certificates, the first of which cannot be made; the fault is then mended."""
    numero = une_session(organisme, Etat.GENERATION, reussites=4)
    coupable = emis(numero)[0].donnees["nom"]

    def rendre(donnees: DonneesCertificat) -> bytes:
        if donnees.nom == coupable:
            raise RenduImpossible("Un texte est trop long.")
        return pdf_factice(donnees)

    rendre_par(monkeypatch, rendre)
    produire(numero)
    rendre_par(monkeypatch, pdf_factice)
    return numero


def emis(numero: int) -> list[CertificatEmis]:
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return list(db.session.scalars(requete))


def la_session(numero: int) -> SessionCertification:
    db.session.rollback()
    return db.session.get_one(SessionCertification, numero)


def test_relancer_ne_refait_que_ce_qui_manque(organisme: Organisme, en_echec: int, config: Config) -> None:
    avant = {c.id: c.sha256 for c in emis(en_echec)}
    posee = version(en_echec)
    relancer_echecs(organisme.gestionnaire, en_echec, posee)
    relancer_echecs(organisme.gestionnaire, en_echec, posee)  # a double click
    assert [c.etat for c in emis(en_echec)] == [EtatEmission.A_PRODUIRE, *[EtatEmission.PRODUIT] * 3]
    assert la_session(en_echec).certificats_en_echec == 0
    produire(en_echec)
    assert la_session(en_echec).etat is Etat.GENERE
    assert all(c.sha256 == avant[c.id] for c in emis(en_echec)[1:])
    relances = select(Evenement).filter_by(action=Action.RELANCER_GENERATION)
    assert len(db.session.scalars(relances).all()) == 1
    relancer_echecs(organisme.gestionnaire, en_echec, posee)  # the page was old: nothing is left to relaunch
    invariants.verifier(config)


def test_un_nouvel_echec_est_annonce_de_nouveau(
    organisme: Organisme, en_echec: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jamais(_: DonneesCertificat) -> bytes:
        raise RenduImpossible("Toujours pas.")

    rendre_par(monkeypatch, jamais)
    relancer_echecs(organisme.gestionnaire, en_echec, version(en_echec))
    produire(en_echec)
    produire(en_echec)
    assert len(db.session.scalars(select(Courrier)).all()) == 2


def test_rouvrir_rend_la_saisie_et_abandonne_les_numeros(
    organisme: Organisme, en_echec: int, config: Config
) -> None:
    anciens = {c.numero for c in emis(en_echec)}
    rouvrir(organisme.gestionnaire, en_echec, version(en_echec))
    session_certif = la_session(en_echec)
    assert session_certif.etat is Etat.SAISIE
    assert [s.resultat for s in session_certif.stagiaires] == [None] * 4
    assert len(db.session.scalars(select(Soumission)).one().reponses or []) == 4
    assert emis(en_echec) == [] and stockage.lister(f"{en_echec}/") == []
    lignes = db.session.scalars(select(LigneRegistre)).all()
    assert {x.numero for x in lignes} == anciens
    assert all(x.statut is StatutRegistre.ABANDONNE and x.empreinte_identite is None for x in lignes)
    invariants.verifier(config)


def test_apres_reouverture_les_memes_stagiaires_sont_acceptes(
    organisme: Organisme, en_echec: int, config: Config
) -> None:
    anciens = {c.numero for c in emis(en_echec)}
    rouvrir(organisme.gestionnaire, en_echec, version(en_echec))
    numero = une_session(organisme, reussites=4)
    demander_generation(organisme.gestionnaire, numero, version(numero))
    produire(numero)
    assert anciens.isdisjoint(c.numero for c in emis(numero))
    assert la_session(numero).etat is Etat.GENERE
    invariants.verifier(config)


def test_on_ne_rouvre_pas_ce_qui_tourne_ou_ce_qui_va_bien(organisme: Organisme, en_echec: int) -> None:
    relancer_echecs(organisme.gestionnaire, en_echec, version(en_echec))
    with pytest.raises(ActionImpossible, match="encore en cours"):
        rouvrir(organisme.gestionnaire, en_echec, version(en_echec))
    certificats.produire_les_certificats(en_echec)
    with pytest.raises(ActionImpossible, match="relancer"):
        rouvrir(organisme.gestionnaire, en_echec, version(en_echec))
    with pytest.raises(VersionPerimee):
        rouvrir(organisme.gestionnaire, en_echec, version(en_echec) - 1)


def test_ni_un_formateur_ni_une_autre_entite(organisme: Organisme, en_echec: int) -> None:
    intrus = un_organisme("FORMATION GUY").gestionnaire
    for action in (relancer_echecs, rouvrir):
        with pytest.raises(Introuvable):
            action(intrus, en_echec, version(en_echec))
        with pytest.raises((Introuvable, ActionImpossible)):
            action(organisme.formateur, en_echec, version(en_echec))


def test_une_fois_generee_rien_ne_bouge_plus(organisme: Organisme, config: Config) -> None:
    numero = une_session(organisme, Etat.GENERE)
    avant = invariants.empreinte_de_la_base()
    relancer_echecs(organisme.gestionnaire, numero, version(numero))
    demander_generation(organisme.gestionnaire, numero, version(numero))
    produire(numero)
    for interdit in (rouvrir, supprimer):
        with pytest.raises(ActionImpossible):
            interdit(organisme.gestionnaire, numero, version(numero))
    assert invariants.empreinte_de_la_base() == avant
