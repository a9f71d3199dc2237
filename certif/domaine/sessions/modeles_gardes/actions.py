"""The verbs of a model: kept from a session, changed, deleted; `actions/saisie.py` opens a session."""

from datetime import date

from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible
from certif.domaine.journal import consigner
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.libelles.sessions import modeles as textes
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.domaine.sessions import portee as portee_des_sessions
from certif.domaine.sessions.modeles import REPRIS, SessionCertification
from certif.domaine.sessions.modeles_gardes import portee, regles
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant


def garder(acteur: Acteur, numero: int, nom: str, rappele_le: date | None) -> int:
    """Keep what a session says, whatever its state, under this name; the model's id.

    Raises:
        Introuvable: the actor does not see that session, or is not of its entité.
        ActionImpossible: the entité is suspended, or nothing says yet what the session certifies.
        SaisieInvalide: on `rappele_le`: not a day to come.
    """
    with transaction():
        portee.exiger_entite(acteur)
        session_certif = portee_des_sessions.charger(acteur, numero)
        _refuser_si_suspendue(session_certif.entite)
        if session_certif.certificat_id is None:
            raise ActionImpossible(textes.RIEN_A_GARDER)
        regles.verifier_rappel(rappele_le, aujourd_hui())
        _attendre_le_nom(session_certif)
        modele = ModeleGarde(
            **{colonne: getattr(session_certif, colonne) for colonne in REPRIS},
            entite_id=session_certif.entite_id,
            auteur_id=acteur.individu_id,
            nom=nom,
            rappele_le=rappele_le,
            servi_le=maintenant(),
        )
        db.session.add(modele)
        db.session.flush()
        consigner(acteur, "garder", "modele", modele.id, apres={"rappel": _iso(rappele_le)})
        return modele.id


def modifier(acteur: Acteur, modele: ModeleGarde, nom: str, rappele_le: date | None) -> None:
    """Call it otherwise, recall it another day.

    Raises:
        Introuvable, ActionImpossible: see `garder`.
        SaisieInvalide: on `rappele_le`: another day, not to come.
    """
    with transaction():
        modele = _a_changer(acteur, modele.id)
        regles.verifier_rappel(rappele_le, aujourd_hui(), modele.rappele_le)
        if (nom, rappele_le) == (modele.nom, modele.rappele_le):
            return
        avant, apres = {"rappel": _iso(modele.rappele_le)}, {"rappel": _iso(rappele_le)}
        modele.nom, modele.rappele_le = nom, rappele_le
        consigner(
            acteur,
            "modifier" if avant != apres else "renommer",
            "modele",
            modele.id,
            avant=avant if avant != apres else None,
            apres=apres if avant != apres else None,
        )


def supprimer(acteur: Acteur, modele: ModeleGarde) -> None:
    """Forget it: the sessions that it opened stay as they are. Raises as `modifier`."""
    with transaction():
        modele = _a_changer(acteur, modele.id)
        db.session.delete(modele)
        consigner(acteur, "supprimer", "modele", modele.id)


def _a_changer(acteur: Acteur, modele_id: int) -> ModeleGarde:
    modele = portee.charger(acteur, modele_id, verrou=True)
    _refuser_si_suspendue(modele.entite)
    return modele


def _attendre_le_nom(session_certif: SessionCertification) -> None:
    """A trade name that is being removed is waited for, then gone from the session too."""
    requete = select(NomCommercial.id).filter_by(id=session_certif.nom_commercial_id)
    if db.session.scalar(requete.with_for_update(read=True, key_share=True)) is None:
        db.session.refresh(session_certif, ["nom_commercial_id"])


def _refuser_si_suspendue(entite: Entite) -> None:
    if entite.suspendue:
        raise ActionImpossible(entite_suspendue(entite.raison_sociale))


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None
