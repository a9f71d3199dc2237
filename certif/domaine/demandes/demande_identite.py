"""Opening a demande of another identity, and filling it in (R16)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.demandes import identite, lectures, regles
from certif.domaine.demandes.etats import Action, NatureDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.modification import conclure, inaugurer, ouvrir
from certif.domaine.demandes.pieces import FichierRecu, deposees, examiner, joindre
from certif.domaine.demandes.portee import charger
from certif.domaine.entites.chargement import entite_a_modifier
from certif.domaine.erreurs import Fautes, Introuvable, Refus
from certif.domaine.libelles.demandes import identite as textes
from certif.domaine.une_fois import une_fois
from certif.socle.base.transaction import transaction


class IdentiteDejaDemandee(Refus):
    """R16: one open for an entité, whatever else is open; `demande_id` is that one."""

    def __init__(self, demande_id: int) -> None:
        super().__init__(textes.deja_ouverte(), "R16")
        self.demande_id = demande_id


@dataclass(frozen=True, slots=True)
class SaisieIdentite:
    """What the form posts, as typed: `souhaits` by field, as `identite.lire` takes them."""

    souhaits: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    fichiers: tuple[FichierRecu, ...] = ()
    retirer_piece: int | None = None


def creer(acteur: Acteur, jeton: str, souhaits: Mapping[str, str] | None = None) -> int:
    """Open a brouillon, that wishes this already, and return its id; the same token gives the same one.

    Raises:
        Introuvable, ActionImpossible: not for this actor, or the entité is suspended.
        SaisieInvalide: by field, of `souhaits`.
        IdentiteDejaDemandee: there is one.
    """
    entite_id = acteur.entite_id
    if acteur.role is not TypeRole.GESTIONNAIRE or entite_id is None:
        raise Introuvable
    try:
        return une_fois(acteur.individu_id, jeton, lambda: _creer(acteur, souhaits or {}))
    except IntegrityError:
        # PostgreSQL: another one came in between.
        ouverte = lectures.identite_ouverte(entite_id)
        if ouverte is None:
            raise
        raise IdentiteDejaDemandee(ouverte) from None


def _creer(acteur: Acteur, souhaits: Mapping[str, str]) -> int:
    entite = entite_a_modifier(acteur)
    if ouverte := lectures.identite_ouverte(entite.id):
        raise IdentiteDejaDemandee(ouverte)
    souhait = identite.lire(souhaits, entite)
    demande = Demande(entite=entite, nature=NatureDemande.IDENTITE)
    demande_id = inaugurer(demande, acteur)
    identite.ecrire(demande, souhait)
    return demande_id


def enregistrer(acteur: Acteur, demande_id: int, version: int, saisie: SaisieIdentite) -> int:
    """Save the form whole, or nothing of it; returns the version that the demande has now.

    Raises:
        SaisieInvalide: on `message`, `pieces`, or a field of `souhaits`.
        ServiceIndisponible: the store fails.
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    souhait = _juger(charger(acteur, demande_id), saisie)
    message = regles.lire_texte(saisie.message, "message")
    pieces = examiner(saisie.fichiers)
    contenu = {
        "souhait": souhait.champs,
        "message": message,
        "pieces": [(p.nom, p.sha256) for p in pieces],
        "retirer": saisie.retirer_piece,
    }
    with deposees(demande_id, pieces) as nouvelles, transaction():
        demande = ouvrir(acteur, demande_id, version, Action.ENREGISTRER, contenu, d_identite=True)
        if demande is None:
            return version + 1
        details = identite.ecrire(demande, identite.lire(saisie.souhaits, demande.entite))
        details += ["message"] if demande.message != message else []
        demande.message = message
        details += joindre(demande, acteur, nouvelles, saisie.retirer_piece)
        conclure(demande, acteur, Action.ENREGISTRER, contenu, details=details)
        return demande.version


def _juger(demande: Demande, saisie: SaisieIdentite) -> identite.Souhait:
    """Every field that can be judged by itself, all of their refusals at once."""
    fautes = Fautes()
    with fautes.recueillir():
        souhait = identite.lire(saisie.souhaits, demande.entite)
    with fautes.recueillir():
        regles.lire_texte(saisie.message, "message")
    fautes.lever()
    return souhait
