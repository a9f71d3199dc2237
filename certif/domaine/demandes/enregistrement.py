"""Filling a demande in: one form, saved whole, with its platforms and files (R13, R16)."""

from dataclasses import dataclass
from datetime import date

from certif.domaine.acteur import Acteur
from certif.domaine.dates import lire_date_facultative
from certif.domaine.demandes import regles
from certif.domaine.demandes.etats import Action
from certif.domaine.demandes.modeles import Demande, PlateformeDemandee
from certif.domaine.demandes.modification import conclure, ouvrir
from certif.domaine.demandes.pieces import FichierRecu, deposees, examiner, joindre
from certif.domaine.demandes.portee import charger
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.geographie.communes import Lieu, verifier_lieu_france, villes
from certif.domaine.libelles.demandes import demandes as textes
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui


@dataclass(frozen=True, slots=True)
class Saisie:
    """What the form of a demande posts, as typed; `retirer_*` names what is to be taken out."""

    debut_souhaite: str = ""
    message: str = ""
    code_postal: str = ""
    ville: str = ""
    fichiers: tuple[FichierRecu, ...] = ()
    retirer_plateforme: int | None = None
    retirer_piece: int | None = None


def enregistrer(acteur: Acteur, demande_id: int, version: int, saisie: Saisie) -> int:
    """Save the form whole, or nothing of it; returns the version that the demande has now.

    What is missing is accepted. A file is put in the store before the row that names it.

    Raises:
        SaisieInvalide: on `debut_souhaite`, `message`, `code_postal`, `ville` or `pieces`.
        ServiceIndisponible: the store fails.
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    charger(acteur, demande_id)
    debut, message, lieu = _lire(saisie)
    pieces = examiner(saisie.fichiers)
    contenu = {
        "debut": debut,
        "message": message,
        "lieu": lieu.libelle if lieu else "",
        "pieces": [(p.nom, p.sha256) for p in pieces],
        "retirer": [saisie.retirer_plateforme, saisie.retirer_piece],
    }
    with deposees(demande_id, pieces) as nouvelles, transaction():
        demande = ouvrir(acteur, demande_id, version, Action.ENREGISTRER, contenu, d_identite=False)
        if demande is None:
            return version + 1
        details = _champs_changes(demande, debut, message)
        demande.debut_souhaite, demande.message = debut, message
        details += _plateformes(demande, lieu, saisie.retirer_plateforme)
        details += joindre(demande, acteur, nouvelles, saisie.retirer_piece)
        conclure(demande, acteur, Action.ENREGISTRER, contenu, details=details)
        return demande.version


def _lire(saisie: Saisie) -> tuple[date | None, str, Lieu | None]:
    """Every field that can be judged by itself, all of their refusals at once."""
    fautes = Fautes()
    with fautes.recueillir():
        debut = lire_date_facultative(saisie.debut_souhaite, "debut_souhaite")
        if debut is not None:
            regles.verifier_debut(debut, aujourd_hui())
    with fautes.recueillir():
        message = regles.lire_texte(saisie.message, "message")
    with fautes.recueillir():
        lieu = _lire_lieu(saisie.code_postal, saisie.ville)
    fautes.lever()
    return debut, message, lieu


def _lire_lieu(code_postal: str, ville: str) -> Lieu | None:
    """R13; a postcode of one town needs no more typing."""
    if not code_postal.strip() and not ville.strip():
        return None
    seules = villes(code_postal)
    if not ville.strip() and len(seules) == 1:
        ville = seules[0]
    return verifier_lieu_france(code_postal, ville)[0]


def _champs_changes(demande: Demande, debut: date | None, message: str) -> list[str]:
    changes = {"debut_souhaite": demande.debut_souhaite != debut, "message": demande.message != message}
    return [textes.NOMS_DE_CHAMPS[champ] for champ, change in changes.items() if change]


def _plateformes(demande: Demande, lieu: Lieu | None, retirer: int | None) -> list[str]:
    """Add one, take one out; the same place twice is one platform."""
    avant = len(demande.plateformes)
    if retirer is not None:
        demande.plateformes = [p for p in demande.plateformes if p.id != retirer]
    change = len(demande.plateformes) != avant
    if lieu is not None:
        if not demande.niveau_vise.dispositif.plateforme_requise:
            raise SaisieInvalide({"code_postal": [textes.PLATEFORME_INUTILE]})
        deja = {(p.code_postal, p.ville) for p in demande.plateformes}
        if (lieu.code_postal, lieu.ville) not in deja:
            if len(deja) >= regles.PLATEFORMES_MAX:
                raise SaisieInvalide({"code_postal": [textes.trop_de_plateformes(regles.PLATEFORMES_MAX)]})
            demande.plateformes.append(PlateformeDemandee(code_postal=lieu.code_postal, ville=lieu.ville))
            change = True
    return [textes.NOMS_DE_CHAMPS["plateformes"]] if change else []
