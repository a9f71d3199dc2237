"""People and the purge, while certificates are made or downloaded: one comes first, nothing is torn."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from certif import rythmes
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.domaine.certificats import telechargement
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production.certificats import produire, produire_les_certificats
from certif.domaine.certificats.purge import effacer_les_abandonnees, purger_les_generees
from certif.domaine.certificats.reprise import relancer_echecs
from certif.domaine.certificats.telechargement import contenu, marquer_telechargement
from certif.domaine.erreurs import ErreurMetier, Introuvable
from certif.domaine.exploitation.retards import retards
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie, modifier_stagiaire
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant
from tests.pannes.essai import Essai, Ou
from tests.pannes.fautes import Faute
from tests.support.factories import un_organisme, une_session, version
from tests.support.moves import etat, existe
from tests.support.production import pdf_factice, rendre_par

pytestmark = [pytest.mark.pannes, pytest.mark.usefixtures("documents_rapides")]

AUTRE_NOM = IdentiteSaisie("Morel", "Lise", "14/02/1991")
ATTENTE_S = 1.0
"""Whoever does not have to wait for the other is through by then."""

Regler = Callable[[str], None]


class Autre(threading.Thread):
    """Somebody else at work; what was refused to them is in `refus`."""

    def __init__(self, app: Flask, action: Callable[[], object]) -> None:
        super().__init__()
        self.app, self.action, self.refus = app, action, ""

    def run(self) -> None:
        with self.app.app_context():
            try:
                self.action()
            except ErreurMetier as erreur:
                self.refus = type(erreur).__name__

    def passer(self) -> None:
        """Begin, and get as far as locks allow."""
        self.start()
        self.join(ATTENTE_S)


def rater_le_premier(donnees: DonneesCertificat) -> bytes:
    if donnees.prenom == "Hélène":
        raise RenduImpossible("Ce nom ne peut pas être imprimé.")
    return pdf_factice(donnees)


@pytest.mark.faute(Faute.PURGE_CONTRE_GENERATION)
def test_une_relance_pendant_la_purge(
    chaque_base: str, essai: Essai, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation stopped for six months is relaunched just as the purge begins to erase it."""
    horloge_a("2026-06-10T12:00:00+02:00")
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERATION, date_fin=date(2026, 6, 10))
    with monkeypatch.context() as panne:
        rendre_par(panne, rater_le_premier)
        produire(numero)
    posee = version(numero)
    db.session.rollback()

    def relancer() -> None:
        relancer_echecs(organisme.gestionnaire, numero, posee)
        produire(numero)

    autre = Autre(essai.app, relancer)
    supprimer = stockage.supprimer_prefixe

    def supprimer_apres(prefixe: str) -> None:
        if autre.ident is None:
            autre.passer()
        supprimer(prefixe)

    monkeypatch.setattr(stockage, "supprimer_prefixe", supprimer_apres)
    horloge_a("2026-12-11T12:00:00+01:00")
    assert effacer_les_abandonnees() == 1
    autre.join()
    essai.dit(Ou.REFUS, autre.refus == Introuvable.__name__)
    assert not existe(numero)
    essai.verifie()


@pytest.mark.faute(Faute.PURGE_CONTRE_GENERATION)
def test_la_purge_pendant_une_generation(
    chaque_base: str, essai: Essai, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six months are over while certificates are being made: they are about to exist, nothing is erased."""
    horloge_a("2026-12-09T23:59:00+01:00")
    numero = une_session(un_organisme(), Etat.GENERATION, date_fin=date(2026, 6, 10), reussites=3)
    purges: list[Autre] = []

    def rendre(donnees: DonneesCertificat) -> bytes:
        purges.append(Autre(essai.app, lambda: (effacer_les_abandonnees(), purger_les_generees())))
        purges[-1].passer()
        return pdf_factice(donnees)

    rendre_par(monkeypatch, rendre)
    horloge_a("2026-12-10T00:00:00+01:00")
    produire(numero)
    assert len(purges) == 3
    essai.dit(Ou.RIEN, etat(numero) is Etat.GENERE)
    essai.guerit(numero)


@pytest.mark.faute(Faute.PURGE_CONTRE_TELECHARGEMENT)
def test_la_purge_pendant_un_telechargement(
    chaque_base: str, essai: Essai, horloge_a: Regler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Midnight of the sixteenth day strikes while a download is being recorded: it is, then all goes."""
    horloge_a("2026-06-12T18:00:00+02:00")
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, date_fin=date(2026, 6, 10))
    horloge_a("2026-06-27T23:59:50+02:00")
    autre = Autre(essai.app, purger_les_generees)
    appels: list[Any] = []

    def passer_minuit() -> Any:
        appels.append(avant := maintenant())
        if len(appels) == 3:  # judged twice, about to be recorded
            horloge_a("2026-06-28T00:00:10+02:00")
            autre.passer()
        return avant

    monkeypatch.setattr(telechargement, "maintenant", passer_minuit)
    marquer_telechargement(organisme.gestionnaire, numero)
    assert len(appels) >= 3
    autre.join()
    essai.dit(Ou.RIEN, db.session.get(Bilan, numero), "nothing says that it was downloaded")
    assert not existe(numero)
    essai.verifie()


@pytest.mark.faute(Faute.PURGE_CONTRE_TELECHARGEMENT)
def test_un_fichier_ouvert_avant_la_purge_arrive_entier(
    chaque_base: str, essai: Essai, horloge_a: Regler
) -> None:
    horloge_a("2026-06-12T18:00:00+02:00")
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, date_fin=date(2026, 6, 10))
    horloge_a("2026-06-27T23:59:50+02:00")
    fichier = marquer_telechargement(organisme.gestionnaire, numero)
    morceaux = contenu(fichier)
    horloge_a("2026-06-28T00:00:10+02:00")
    assert purger_les_generees() == 1
    essai.dit(Ou.RIEN, sum(len(morceau) for morceau in morceaux) == fichier.taille)
    essai.verifie()


@pytest.mark.faute(Faute.PURGE_DEUX_FOIS)
def test_la_purge_deux_fois_a_la_fois(chaque_base: str, essai: Essai, horloge_a: Regler) -> None:
    horloge_a("2026-06-12T18:00:00+02:00")
    numero = une_session(un_organisme(), Etat.GENERE, date_fin=date(2026, 6, 10))
    horloge_a("2026-06-28T00:00:10+02:00")
    purges = [Autre(essai.app, rythmes.purger) for _ in range(3)]
    for purge in purges:
        purge.start()
    for purge in purges:
        purge.join()
    essai.dit(Ou.RIEN, not existe(numero))
    essai.compte(select(Bilan), 1)
    essai.compte(select(EntreeJournal).filter_by(action="purger"), 1)
    essai.verifie()


@pytest.mark.faute(Faute.PURGE_MANQUEE)
def test_la_purge_manquee_trois_jours(chaque_base: str, essai: Essai, horloge_a: Regler) -> None:
    """Downloads end with the day all the same, the administrateur sees that it is late; then all goes."""
    horloge_a("2026-06-12T18:00:00+02:00")
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERE, date_fin=date(2026, 6, 10))
    horloge_a("2026-07-01T00:00:10+02:00")
    with pytest.raises(ErreurMetier):
        marquer_telechargement(organisme.gestionnaire, numero)
    essai.dit(Ou.PAGE, [retard.du_le.isoformat() for retard in retards()] == ["2026-06-28T00:00:00+02:00"])
    rythmes.purger()
    assert not existe(numero) and not retards()
    essai.verifie()


@pytest.mark.faute(Faute.STAGIAIRE_MODIFIE)
def test_un_stagiaire_modifie_pendant_la_generation(chaque_base: str, essai: Essai) -> None:
    """Refused, whichever page it comes from: what is printed is what was frozen by the click."""
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERATION)
    db.session.rollback()
    stagiaire = db.session.get_one(SessionCertification, numero).stagiaires[0].id
    for posee in (version(numero), version(numero) - 1):
        with pytest.raises(ErreurMetier):
            modifier_stagiaire(organisme.gestionnaire, numero, posee, stagiaire, AUTRE_NOM)
    essai.dit(Ou.REFUS, True)
    essai.guerit(numero)
    tous = [
        DonneesCertificat.de_json(c.donnees).titulaire for c in db.session.scalars(select(CertificatEmis))
    ]
    assert len(tous) == 2 and not any("MOREL" in titulaire.upper() for titulaire in tous)


@pytest.mark.faute(Faute.FORMATEUR_DESACTIVE)
@pytest.mark.parametrize("avant", ["la prise", "l'écriture", "le zip"])
def test_le_formateur_desactive_pendant_la_generation(
    chaque_base: str, essai: Essai, monkeypatch: pytest.MonkeyPatch, avant: str
) -> None:
    """After the click no rule is judged again (R6)."""
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERATION)

    def partir(*_: object) -> None:
        with transaction():
            db.session.get_one(Individu, organisme.formateur.individu_id).actif = False
            db.session.execute(
                update(Role).filter_by(individu_id=organisme.formateur.individu_id).values(actif=False)
            )

    if avant == "l'écriture":
        rendre_par(monkeypatch, lambda donnees: (partir(), pdf_factice(donnees))[1])
    elif avant == "le zip":
        produire_les_certificats(numero)
    if avant != "l'écriture":
        partir()
    produire(numero)
    essai.dit(Ou.RIEN, etat(numero) is Etat.GENERE)
    assert not db.session.get_one(Individu, organisme.formateur.individu_id).actif
    essai.guerit(numero)
