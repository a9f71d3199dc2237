"""Entrusting a session whose declarer has left to another declarer of the entité (R17)."""

from certif.domaine.acteur import ROLES_ENTITE, Acteur
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.sessions import refus as textes
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.titulaires import utilisateurs_de
from certif.domaine.sessions.annonces import annoncer_confiee
from certif.domaine.sessions.droits.relais import relais_de
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.socle.base.transaction import transaction


def declarants_possibles(session_certif: SessionCertification) -> list[Individu]:
    """Whoever may declare for its entité today, by name."""
    return utilisateurs_de(session_certif.entite_id, *ROLES_ENTITE)


def confier(acteur: Acteur, numero: int, version: int, declarant: str) -> None:
    """Make the person of this identifier the declarer of the session; they are told, unless it is the actor.

    Raises:
        Introuvable, VersionPerimee: see `modification.ouvrir`.
        ActionImpossible: its declarer still has a role there, or the actor is no gestionnaire.
        SaisieInvalide: on `declarant`: nobody who may declare for the entité.
    """
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.CONFIER, declarant)
        if session_certif is None:
            return
        if not relais_de(session_certif).declarant_parti:
            raise ActionImpossible(textes.DECLARANT_PRESENT)
        choisi = next((i for i in declarants_possibles(session_certif) if str(i.id) == declarant), None)
        if choisi is None:
            raise SaisieInvalide({"declarant": [textes.DECLARANT_A_CHOISIR]})
        avant, session_certif.declarant_id = session_certif.declarant_id, choisi.id
        conclure(session_certif, acteur, Action.CONFIER, contenu=declarant, details=[choisi.numero])
        consigner(
            acteur, "confier", "session", numero, avant={"declarant": avant}, apres={"declarant": choisi.id}
        )
        if choisi.id != acteur.individu_id:
            annoncer_confiee(session_certif, choisi.id)
