"""Demandes for tests, brought to any state by their own actions; and files to join."""

import secrets
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfWriter

from certif.domaine.acteur import Acteur
from certif.domaine.demandes import actions, decisions
from certif.domaine.demandes.decisions import HabilitationSaisie
from certif.domaine.demandes.enregistrement import Saisie, enregistrer
from certif.domaine.demandes.etats import Action, EtatDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.pieces import FichierRecu
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

COMMENTAIRE = "Il manque l’attestation du formateur."
MOTIF = "Le formateur n’est pas qualifié pour ce dispositif."


def une_demande(
    gestionnaire: Acteur, niveau_id: int, etat: EtatDemande, administrateur: Acteur, **saisie: Any
) -> int:
    """A demande whose form is complete, brought to this state; its id."""
    demande_id = actions.creer(gestionnaire, niveau_id, secrets.token_urlsafe(32))
    debut = format_date(aujourd_hui() + timedelta(days=30))
    enregistrer(gestionnaire, demande_id, 1, Saisie(**{"debut_souhaite": debut, **saisie}))
    if etat is not EtatDemande.BROUILLON:
        agir(Action.TRANSMETTRE, gestionnaire, demande_id)
    suite = {
        EtatDemande.A_COMPLETER: (Action.RETOURNER, administrateur),
        EtatDemande.ACCEPTEE: (Action.ACCEPTER, administrateur),
        EtatDemande.REFUSEE: (Action.REFUSER, administrateur),
        EtatDemande.RETIREE: (Action.RETIRER, gestionnaire),
    }
    if etat in suite:
        agir(suite[etat][0], suite[etat][1], demande_id)
    return demande_id


def habilitation(numero: str = "", annees: int = 4) -> HabilitationSaisie:
    """One that begins today."""
    jour = aujourd_hui()
    fin = jour.replace(year=jour.year + annees, day=1)
    return HabilitationSaisie(numero or f"H-{secrets.token_hex(4)}", format_date(jour), format_date(fin))


def agir(action: Action, acteur: Acteur, demande_id: int, version: int | None = None) -> None:
    """Make this move with the simplest content that it takes, from the demande as it stands."""
    n = lire(demande_id).version if version is None else version
    if action is Action.ENREGISTRER:
        enregistrer(acteur, demande_id, n, Saisie(message="Bonjour"))
    elif action is Action.TRANSMETTRE:
        actions.transmettre(acteur, demande_id, n)
    elif action is Action.RETIRER:
        actions.retirer(acteur, demande_id, n)
    elif action is Action.SUPPRIMER:
        actions.supprimer(acteur, demande_id, n)
    elif action is Action.RETOURNER:
        decisions.retourner(acteur, demande_id, n, COMMENTAIRE)
    elif action is Action.REFUSER:
        decisions.refuser(acteur, demande_id, n, MOTIF)
    else:
        decisions.accepter(acteur, demande_id, n, habilitation())


def lire(demande_id: int) -> Demande:
    """The demande as it stands in the database now."""
    db.session.rollback()
    return db.session.get_one(Demande, demande_id)


def pdf() -> bytes:
    """A PDF of one blank page."""
    sortie, auteur = BytesIO(), PdfWriter()
    auteur.add_blank_page(100, 100)
    auteur.write(sortie)
    return sortie.getvalue()


def image(format_: str = "PNG", taille: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A picture."""
    sortie = BytesIO()
    Image.effect_noise(taille, 90).save(sortie, format_, **options)
    return sortie.getvalue()


def fichier(nom: str = "attestation.pdf", octets: bytes | None = None) -> FichierRecu:
    return FichierRecu(nom, pdf() if octets is None else octets)
