"""One demande in every state that calls for something, made by the very actions that users run."""

import secrets
from datetime import date, timedelta

from certif.demo.organisations import LOGOS, niveau_de
from certif.demo.sessions import acteur
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.demandes import actions, decisions, demande_identite
from certif.domaine.demandes.demande_identite import SaisieIdentite
from certif.domaine.demandes.enregistrement import Saisie, enregistrer
from certif.domaine.demandes.pieces import FichierRecu
from certif.domaine.temps import ajouter_mois, format_date


def creer_demandes(jour: date) -> None:
    """Demandes of both organisations: a draft, three that wait, two to be completed, one refused."""
    romain = acteur("ROM20001", TypeRole.GESTIONNAIRE)
    karine = acteur("KAR20004", TypeRole.GESTIONNAIRE)
    admin = acteur("ADM20005", TypeRole.ADMINISTRATEUR)
    bientot = format_date(ajouter_mois(jour, 1) + timedelta(days=1))

    _preparer(romain, "PRAP 2S", Saisie(message="Deux formatrices en cours de qualification."))

    _transmettre(romain, _preparer(romain, "PRAP IBC", Saisie(bientot, "Renouvellement à l’identique.")))

    photo = FichierRecu("plateforme.png", (LOGOS / "guy.png").read_bytes())
    lyon = Saisie(bientot, "Plateforme visible sur rendez-vous.", "69007", "LYON", (photo,))
    _transmettre(karine, _preparer(karine, "Amiante sous-section 4", lyon))

    catec = _preparer(romain, "CATEC", Saisie(format_date(jour), "Notre habilitation vient de se terminer."))
    _transmettre(romain, catec)
    attendu = "Merci de joindre l’attestation de formation continue de votre formateur."
    decisions.retourner(admin, catec, 3, attendu)

    aide = _preparer(romain, "APS-ASD", Saisie(format_date(jour)))
    _transmettre(romain, aide)
    decisions.refuser(admin, aide, 3, "Aucun formateur qualifié pour ce dispositif n’est indiqué.")

    enseigne = {"nom_1": "MAROSE PRÉVENTION", "ajout_0": "MAROSE SANTÉ"}
    noms = _changer_d_identite(romain, "Nos deux activités changent de nom.", photo, **enseigne)
    decisions.retourner(admin, noms, 3, "Merci de joindre le dépôt des deux marques.")

    fusion = "Fusion de nos deux sociétés au premier du mois."
    _changer_d_identite(karine, fusion, photo, raison_sociale="GUY FORMATION CONSEIL")


def _changer_d_identite(qui: Acteur, message: str, piece: FichierRecu, **souhaits: str) -> int:
    demande_id = demande_identite.creer(qui, secrets.token_urlsafe(32))
    demande_identite.enregistrer(qui, demande_id, 1, SaisieIdentite(souhaits, message, (piece,)))
    _transmettre(qui, demande_id)
    return demande_id


def _preparer(qui: Acteur, dispositif: str, saisie: Saisie) -> int:
    demande_id = actions.creer(qui, niveau_de(dispositif).id, secrets.token_urlsafe(32))
    enregistrer(qui, demande_id, 1, saisie)
    return demande_id


def _transmettre(qui: Acteur, demande_id: int) -> None:
    actions.transmettre(qui, demande_id, 2)
