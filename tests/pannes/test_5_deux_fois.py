"""The same thing twice, or twenty times at once: done once, and whoever comes second is told (R5, R6)."""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from certif import taches
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    EmpreinteFichier,
    LigneRegistre,
    SorteFichier,
)
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ErreurMetier
from certif.domaine.sessions.actions.soumission import modifier_la_saisie
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import file
from certif.socle.base.extensions import db
from tests.pannes.essai import Essai, Ou
from tests.pannes.fautes import Faute
from tests.pannes.pages import Clic
from tests.support.factories import un_acteur, un_organisme, un_stagiaire, une_session, version
from tests.support.workers import un_ouvrier

pytestmark = [pytest.mark.charge, pytest.mark.pannes(un_sur=2), pytest.mark.usefixtures("documents_rapides")]

CLICS = 20


def ensemble(app: Flask, actions: Sequence[Callable[[], object]]) -> list[str]:
    """Run all of these at once, each in a thread; returns what was refused."""
    depart, refus = threading.Barrier(len(actions)), []

    def lancer(action: Callable[[], object]) -> None:
        with app.app_context():
            depart.wait()
            try:
                action()
            except ErreurMetier as erreur:
                refus.append(type(erreur).__name__)

    fils = [threading.Thread(target=lancer, args=(action,)) for action in actions]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    db.session.rollback()
    return refus


@pytest.mark.faute(Faute.VINGT_CLICS)
def test_vingt_clics_un_seul_jeu(chaque_base: str, essai: Essai) -> None:
    organisme = un_organisme()
    numero = une_session(organisme, reussites=5, echecs=1)
    posee = version(numero)
    clic = partial(demander_generation, organisme.gestionnaire, numero, posee)
    assert ensemble(essai.app, [clic] * CLICS) == []
    essai.compte(select(CertificatEmis), 5)
    essai.compte(select(LigneRegistre), 5)
    essai.compte(select(Evenement).filter_by(action=Action.GENERER), 1)
    essai.regarde(numero)
    essai.guerit(numero)


@pytest.mark.faute(Faute.DEUX_ONGLETS)
def test_generer_contre_modifier(chaque_base: str, essai: Essai) -> None:
    """One of the two wins, the other is told that the session changed; never both."""
    organisme = un_organisme()
    numero = une_session(organisme)
    posee = version(numero)
    refus = ensemble(
        essai.app,
        [
            lambda: demander_generation(organisme.gestionnaire, numero, posee),
            lambda: modifier_la_saisie(organisme.delegataire, numero, posee),
            lambda: modifier_la_saisie(organisme.gestionnaire, numero, posee),
        ],
    )
    etat = db.session.get_one(SessionCertification, numero).etat
    assert etat in (Etat.GENERATION, Etat.SAISIE)
    essai.dit(Ou.REFUS, refus)
    essai.guerit(*[numero] * (etat is Etat.GENERATION))


@pytest.mark.faute(Faute.VINGT_CLICS)
def test_le_meme_stagiaire_dans_dix_sessions(chaque_base: str, essai: Essai) -> None:
    """Ten sessions of one entité certify the same person at once: one does, nine are refused."""
    organisme = un_organisme()
    numeros = [
        une_session(organisme, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)]) for _ in range(10)
    ]
    clics = [partial(demander_generation, organisme.gestionnaire, n, version(n)) for n in numeros]
    essai.dit(Ou.REFUS, ensemble(essai.app, clics) == ["Refus"] * 9)
    essai.compte(select(LigneRegistre), 1)
    essai.guerit()


def certificats_de(numero: int) -> list[int]:
    db.session.rollback()
    requete = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return list(db.session.scalars(requete))


@pytest.mark.faute(Faute.VINGT_CLICS)
def test_vingt_annulations_une_rectificative(chaque_base: str, essai: Essai) -> None:
    """The same click twenty times, by two gestionnaires (R14)."""
    organisme = un_organisme()
    autre = un_acteur(TypeRole.GESTIONNAIRE, organisme.entite_id, "Vasseur", "Hugo")
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    posee, asked = version(numero), Annulation(tuple(certificats_de(numero)[:2]), "identite")
    clics = [
        partial(annuler_et_refaire, acteur, numero, posee, asked)
        for acteur in (organisme.gestionnaire, autre)
        for _ in range(CLICS // 2)
    ]
    essai.dit(Ou.RIEN, ensemble(essai.app, clics) == [])
    nees = db.session.scalars(select(SessionCertification).filter_by(rectifie_numero=numero)).all()
    assert [len(nee.stagiaires) for nee in nees] == [2]
    essai.guerit(numero)


@pytest.mark.faute(Faute.DEUX_ONGLETS)
def test_deux_gestionnaires_deux_choix(chaque_base: str, essai: Essai) -> None:
    """One wins, the other is shown what changed; never two rectificatives."""
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, reussites=3)
    posee = version(numero)
    clics = [
        partial(annuler_et_refaire, organisme.gestionnaire, numero, posee, Annulation((choisi,), "identite"))
        for choisi in certificats_de(numero)
    ]
    essai.dit(Ou.REFUS, ensemble(essai.app, clics) == ["VersionPerimee"] * 2)
    essai.compte(select(SessionCertification), 2)
    essai.guerit(numero)


@pytest.mark.faute(Faute.DEUX_ONGLETS)
def test_annuler_contre_telecharger_et_reconstituer(chaque_base: str, essai: Essai) -> None:
    """Whatever the order, what is handed over after the cancellation does not hold it."""
    organisme = un_organisme()
    for rang in range(3):
        numero = une_session(organisme, Etat.GENERE, reussites=3, date_fin=date(2026, 1, 1 + rang))
        posee, choisi = version(numero), certificats_de(numero)[0]
        asked = Annulation((choisi,), "identite")
        ensemble(
            essai.app,
            [
                partial(annuler_et_refaire, organisme.gestionnaire, numero, posee, asked),
                *[partial(marquer_telechargement, organisme.gestionnaire, numero)] * 3,
                *[partial(marquer_telechargement, organisme.gestionnaire, numero, choisi)] * 3,
                *[partial(reconstituer, numero)] * 4,
            ],
        )
        db.session.rollback()
        with pytest.raises(ErreurMetier):
            marquer_telechargement(organisme.gestionnaire, numero, choisi)
        essai.dit(Ou.REFUS, True)
    essai.guerit()


@pytest.mark.faute(Faute.DOUBLE_ENVOI)
def test_le_formulaire_envoye_deux_fois_et_au_retour(chaque_base: str, essai: Essai) -> None:
    """The answer is the same page each time; one generation was asked for."""
    organisme = un_organisme()
    numero = une_session(organisme)
    clic = Clic(essai.app, numero)
    for _ in range(3):
        reponse = clic()
        assert reponse.status_code == 303 and reponse.location.endswith("/telechargements")
    essai.compte(select(Evenement).filter_by(action=Action.GENERER), 1)
    essai.regarde(numero)
    essai.guerit(numero)


@pytest.mark.lent
@pytest.mark.faute(Faute.LIVRE_DEUX_FOIS)
@pytest.mark.pannes(un_sur=0)
def test_deux_ouvriers_le_meme_travail(chaque_base: str, essai: Essai) -> None:
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=4)
    for _ in range(3):
        file.queue(file.Voie.CERTIFICATS).enqueue("certif.taches.produire_certificats", numero)
    with un_ouvrier(essai.config) as premier, un_ouvrier(essai.config) as second:
        premier.join(timeout=60)
        second.join(timeout=60)
    essai.par_un_ouvrier()
    essai.regarde(numero)
    essai.guerit(numero)
    assert set(db.session.scalars(select(CertificatEmis.essai))) == {1}


@pytest.mark.faute(Faute.LIVRE_DEUX_FOIS)
def test_quatre_a_la_fois(chaque_base: str, essai: Essai) -> None:
    """Certificates, zip and dossier, each by four at once."""
    numero = une_session(un_organisme(), Etat.GENERATION, reussites=3)
    for tache in (taches.produire_certificats, taches.reconstituer_archive, taches.produire_dossier):
        ensemble(essai.app, [partial(tache, numero)] * 4)
    essai.regarde(numero)
    essai.guerit(numero, dossiers=True)
    dossiers = select(EmpreinteFichier).filter_by(sorte=SorteFichier.DOSSIER)
    essai.compte(dossiers, 1)
