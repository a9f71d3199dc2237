"""What runs later: the functions that the queue may call, with identifiers only, and the periodic ones.

Each runs in an application context, which the worker and the supervisor provide.
"""

from flask import current_app

from certif.config import Config
from certif.domaine import une_fois
from certif.domaine.acces import authentification, liens
from certif.domaine.certificats import purge, rappels
from certif.domaine.certificats.production import (
    archive,
    certificats,
    dossier,
    fichiers,
    reconciliation,
    scelleur,
)
from certif.domaine.certificats.registre import conservation, verification
from certif.domaine.courriers import envoi, recapitulatif
from certif.domaine.courriers import rappels as memoire_des_rappels
from certif.domaine.demandes import pieces
from certif.domaine.pannes import veille
from certif.domaine.roles import roles_proposes
from certif.domaine.sessions.courriers import rappels as rappels_des_sessions
from certif.domaine.sessions.droits import rappels as rappels_des_droits
from certif.domaine.sessions.droits import relais
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes import rappels as rappels_des_modeles
from certif.socle import stockage
from certif.socle.base import copie_de_base, oubli
from certif.socle.base.extensions import db

TABLES_PERSONNELLES = (
    "stagiaire",
    "mot_stagiaire",
    "avertissement_confirme",
    "certificat_emis",
    "soumission",
    "evenement",
    "telechargement",
    "courrier",
    "session_certification",
    "modele_garde",
    "registre",
    "lien_compte",
    "role_propose",
)

RAPPELS = (
    rappels_des_sessions.resultats_dus,
    rappels.telechargements_dus,
    rappels.effacements_dus,
    rappels_des_droits.dus,
    rappels_des_modeles.dus,
)
"""What the digest of the day is made of: each says which reminders are due on a day."""


def produire_certificats(numero: int) -> None:
    """Make the certificates of a session and end its generation."""
    certificats.produire(numero)


def reconstituer_archive(numero: int) -> None:
    """Pack the zip of a session again, without the certificates that were cancelled."""
    archive.reconstituer(numero)


def produire_dossier(numero: int) -> None:
    """Make the dossier of a generated session."""
    dossier.produire(numero)


def envoyer_courriers() -> None:
    """Send the mails that wait."""
    config: Config = current_app.config["CERTIF"]
    envoi.envoyer(config.smtp_url)


def effacer_traces(numero: int) -> None:
    """Finish erasing a session whose rows are gone: its files, and what the database left of it."""
    if db.session.get(SessionCertification, numero) is None:
        stockage.supprimer_prefixe(f"{numero}/")
    oubli.oublier(TABLES_PERSONNELLES)


def veiller() -> None:
    """Every 10 seconds: see what does not answer, tell those who can help when it lasts."""
    veille.veiller()


def reconcilier() -> None:
    """Every 10 seconds: put back on the way what was lost."""
    reconciliation.reconcilier()


def purger() -> None:
    """Every ten minutes: erase what is due, announce what will be."""
    authentification.purger()
    liens.purger()
    roles_proposes.purger()
    une_fois.oublier_les_gestes()
    purge.purger_les_generees()
    purge.effacer_les_abandonnees()
    purge.retirer_les_brouillons_vides()
    rappels.avertir()
    rappels_des_sessions.avertir_du_dernier_jour()
    relais.prevenir()
    oubli.oublier(TABLES_PERSONNELLES)


def recapituler() -> None:
    """Every minute: write the digests of the day, once it is time."""
    recapitulatif.recapituler(RAPPELS)


def entretenir() -> None:
    """Every hour: remove what nothing explains or has been kept long enough."""
    config: Config = current_app.config["CERTIF"]
    copie_de_base.retirer_la_perimee(config.donnees)
    fichiers.balayer()
    pieces.balayer()
    conservation.effacer_les_empreintes()
    conservation.effacer_les_traces_anciennes()
    verification.oublier_les_essais()
    veille.oublier()
    recapitulatif.oublier()
    memoire_des_rappels.oublier()
    scelleur.avertir()
