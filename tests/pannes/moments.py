"""What is being done when a break point is passed: how it comes about, and who does it again once healed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from certif import rythmes, taches
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, EtatEmission
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.horloge import maintenant
from tests.pannes.fautes import Faute
from tests.pannes.pages import gestionnaire_de
from tests.support.factories import Organisme, une_session, version
from tests.support.moves import existe, lire, porter_a
from tests.support.production import documents_legers

DEUX = 2
"""Certificates of a session: enough for one to be made and the other not."""


@dataclass(frozen=True)
class Moment:
    """`preparer` gives the session, `faire` is what breaks, `fini` whether it is done.

    `present`: whether somebody waits for the answer: that it failed is told to them.
    """

    nom: str
    preparer: Callable[[Organisme], int]
    faire: Callable[[int], object]
    present: bool = False
    fini: Callable[[int], bool] = lambda numero: lire(numero).etat is Etat.GENERE


def il_manque(numero: int) -> bool:
    """Whether something that was asked for is not there yet: certificates, zip, or dossier."""
    s = lire(numero)
    if s.etat is not Etat.GENERE:
        return s.etat is Etat.GENERATION
    fait = select(DossierSession.session_numero).where(DossierSession.sha256.is_not(None))
    return s.zip_sha256 is None or db.session.scalar(fait.filter_by(session_numero=numero)) is None


def en_cours(numero: int) -> list[CertificatEmis]:
    """The certificates of a session that somebody holds."""
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero, etat=EtatEmission.EN_COURS)
    return list(db.session.scalars(requete))


def _avec_zip(numero: int) -> bool:
    return lire(numero).zip_sha256 is not None


def generer(numero: int) -> None:
    """The click; made again, it leads to the same."""
    demander_generation(gestionnaire_de(numero), numero, version(numero))


def annuler(numero: int) -> None:
    """Cancel the first certificate, and have it made again; nothing when that was done."""
    db.session.rollback()
    requete = select(CertificatEmis.id).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    if not _rectifiee(numero):
        choisi = Annulation((db.session.scalars(requete).all()[0],), "identite")
        annuler_et_refaire(gestionnaire_de(numero), numero, version(numero), choisi)


def _rectifiee(numero: int) -> bool:
    db.session.rollback()
    return (
        db.session.scalars(select(SessionCertification).filter_by(rectifie_numero=numero)).first() is not None
    )


def _annulee(organisme: Organisme) -> int:
    numero = une_session(organisme, Etat.GENERE, reussites=DEUX)
    annuler(numero)
    return numero


def _echue(organisme: Organisme) -> int:
    numero = une_session(organisme, Etat.GENERE, reussites=DEUX)
    porter_a(numero, genere_le=maintenant() - timedelta(days=20))
    return numero


def _session(etat: Etat) -> Callable[[Organisme], int]:
    return partial(une_session, etat=etat, reussites=DEUX)


CLIC = Moment("clic", _session(Etat.VALIDATION_ENTITE), generer, present=True)
CERTIFICATS = Moment("certificats", _session(Etat.GENERATION), taches.produire_certificats)
DOSSIER = Moment("dossier", _session(Etat.GENERE), taches.produire_dossier, fini=lambda n: not il_manque(n))
ANNULATION = Moment("annulation", _session(Etat.GENERE), annuler, present=True, fini=_rectifiee)
RECONSTITUTION = Moment("reconstitution", _annulee, taches.reconstituer_archive, fini=_avec_zip)
PURGE = Moment("purge", _echue, lambda _: rythmes.purger(), fini=lambda numero: not existe(numero))

MOMENTS = {m.nom: m for m in (CLIC, CERTIFICATS, DOSSIER, ANNULATION, RECONSTITUTION, PURGE)}


def executer(app: Flask, moment: str, numero: int) -> None:
    """In a process of its own: do what is done then."""
    documents_legers()
    with app.app_context():
        MOMENTS[moment].faire(numero)


PLACES: dict[str, tuple[Faute, tuple[Moment, ...]]] = {
    "generation_avant_commit": (Faute.AVANT_LE_COMMIT, (CLIC,)),
    "generation_apres_commit": (Faute.APRES_LE_COMMIT, (CLIC,)),
    "certificats_avant_commit_prise": (Faute.AVANT_LE_COMMIT, (CERTIFICATS,)),
    "certificats_apres_prise": (Faute.APRES_LA_PRISE, (CERTIFICATS,)),
    "certificats_apres_rendu": (Faute.APRES_LE_RENDU, (CERTIFICATS,)),
    "stockage_milieu": (Faute.EN_PLEINE_ECRITURE, (CERTIFICATS, DOSSIER, RECONSTITUTION)),
    "certificats_apres_ecriture": (Faute.APRES_L_ECRITURE, (CERTIFICATS,)),
    "certificats_avant_commit": (Faute.AVANT_LE_COMMIT, (CERTIFICATS,)),
    "certificats_apres_commit": (Faute.APRES_LE_COMMIT, (CERTIFICATS,)),
    "zip_avant_commit_prise": (Faute.AVANT_LE_COMMIT, (CERTIFICATS,)),
    "zip_apres_prise": (Faute.APRES_LA_PRISE, (CERTIFICATS,)),
    "zip_avant_ecriture": (Faute.PENDANT_LE_ZIP, (CERTIFICATS, DOSSIER, RECONSTITUTION)),
    "zip_apres_ecriture": (Faute.PENDANT_LE_ZIP, (CERTIFICATS, DOSSIER, RECONSTITUTION)),
    "zip_avant_commit": (Faute.AVANT_LE_COMMIT, (CERTIFICATS,)),
    "zip_apres_commit": (Faute.APRES_LE_COMMIT, (CERTIFICATS,)),
    "dossier_avant_commit_prise": (Faute.AVANT_LE_COMMIT, (DOSSIER,)),
    "dossier_apres_prise": (Faute.APRES_LA_PRISE, (DOSSIER,)),
    "dossier_apres_rendu": (Faute.APRES_LE_RENDU, (DOSSIER,)),
    "dossier_apres_piece": (Faute.APRES_L_ECRITURE, (DOSSIER,)),
    "dossier_avant_commit": (Faute.AVANT_LE_COMMIT, (DOSSIER,)),
    "dossier_apres_commit": (Faute.APRES_LE_COMMIT, (DOSSIER,)),
    "annulation_avant_commit": (Faute.AVANT_LE_COMMIT, (ANNULATION,)),
    "annulation_apres_commit": (Faute.APRES_LE_COMMIT, (ANNULATION,)),
    "reconstitution_avant_commit_prise": (Faute.AVANT_LE_COMMIT, (RECONSTITUTION,)),
    "reconstitution_apres_prise": (Faute.APRES_LA_PRISE, (RECONSTITUTION,)),
    "reconstitution_avant_commit": (Faute.AVANT_LE_COMMIT, (RECONSTITUTION,)),
    "reconstitution_apres_commit": (Faute.APRES_LE_COMMIT, (RECONSTITUTION,)),
    "purge_apres_fichiers": (Faute.PURGE_TUEE, (PURGE,)),
    "purge_avant_commit": (Faute.PURGE_TUEE, (PURGE,)),
    "purge_apres_commit": (Faute.PURGE_TUEE, (PURGE,)),
}
"""Where a break point is passed on the way of a session, and what dying there is called."""

AILLEURS: dict[str, Faute] = {
    "tache_retiree": Faute.ENTRE_FILE_ET_TRAVAIL,
    "courrier_avant_envoi": Faute.COURRIER_TUE,
    "courrier_apres_envoi": Faute.COURRIER_TUE,
    "avant_commit_attente": Faute.STOCKAGE_PARTI,
}
"""Those passed elsewhere: by a worker, on the way of a mail, when an outage is noted."""


class Effet:
    """What is done at a break point, and what that is called where it is not a death."""

    TUE, ECHOUE, PLEIN, LENT = "kill", "raise", "plein", "sleep=1"


EFFETS: dict[str, Faute | None] = {
    Effet.TUE: None,
    Effet.ECHOUE: Faute.ECHOUE_A_UN_PAS,
    Effet.PLEIN: Faute.PLEIN_A_UN_PAS,
    Effet.LENT: Faute.LENT_A_UN_PAS,
}


def cas(*effets: str, faute: Faute | None = None, sauf: Collection[Moment] = ()) -> list[Any]:
    """Every break point, at each moment when it is passed, with each of these effects."""
    return [
        pytest.param(
            point,
            moment,
            effet,
            id=f"{point}-{moment.nom}-{effet}",
            marks=pytest.mark.faute(faute or EFFETS[effet] or mort),
        )
        for effet in effets
        for point, (mort, moments) in PLACES.items()
        for moment in moments
        if moment not in sauf
    ]
