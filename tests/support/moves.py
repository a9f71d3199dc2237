"""The moves of a session as one call each, and what they leave to look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions import designation, resultats, saisie, soumission, suppression
from certif.domaine.sessions.actions.corrections import accepter_corrections
from certif.domaine.sessions.actions.designation import RechercheSaisie, Verification
from certif.domaine.sessions.actions.resultats import Reponse
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import Organisme, un_acteur, un_organisme, une_qualification, version

COMMENTAIRE = "La date de fin est celle du lendemain."


@dataclass(frozen=True)
class Troupe:
    """The fixed cast: MAROSE FORMATION and its people, their formateurs, and those who see nothing of it."""

    marose: Organisme
    guy: Organisme
    collegue: Acteur
    """Another délégataire of MAROSE."""
    remplacant: Acteur
    """Another formateur, as qualified as MAROSE's."""
    administrateur: Acteur

    @property
    def gestionnaire(self) -> Acteur:
        return self.marose.gestionnaire

    @property
    def delegataire(self) -> Acteur:
        return self.marose.delegataire

    @property
    def formateur(self) -> Acteur:
        return self.marose.formateur

    @property
    def etranger(self) -> Acteur:
        """The gestionnaire of another entité."""
        return self.guy.gestionnaire


def reunir() -> Troupe:
    """Bring the cast into an empty database."""
    with transaction():
        marose, guy = un_organisme(), un_organisme("FORMATION GUY")
        remplacant = un_acteur(TypeRole.FORMATEUR, nom="Garnier", prenom="Paul")
        une_qualification(remplacant.individu_id, marose.niveau_id)
        return Troupe(
            marose,
            guy,
            collegue=un_acteur(TypeRole.DELEGATAIRE, marose.entite_id, "Vasseur", "Hugo"),
            remplacant=remplacant,
            administrateur=un_acteur(TypeRole.ADMINISTRATEUR, nom="Certif", prenom="Alix"),
        )


def lire(numero: int) -> SessionCertification:
    """The session as it stands in the database now."""
    db.session.rollback()
    return db.session.get_one(SessionCertification, numero)


def lignes(numero: int, action: Action | None = None) -> list[Evenement]:
    """Lines of the session's journal, oldest first."""
    db.session.rollback()
    requete = select(Evenement).filter_by(session_numero=numero).order_by(Evenement.id)
    return list(db.session.scalars(requete if action is None else requete.filter_by(action=action.value)))


def courriers() -> list[Courrier]:
    """Every mail written, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Courrier).order_by(Courrier.id)))


def reponses(numero: int, valeurs: Sequence[Resultat | None] = ()) -> dict[int, Reponse]:
    """An answer for each trainee in turn: those of `valeurs`, then réussite."""
    donnees = list(valeurs)
    return {
        stagiaire.id: Reponse(donnees[rang] if rang < len(donnees) else Resultat.REUSSITE)
        for rang, stagiaire in enumerate(lire(numero).stagiaires_saisis)
    }


def declarer(acteur: Acteur, numero: int, individu_id: int) -> Verification:
    """Verify a person by their N° Forprev and make them the session's formateur."""
    db.session.rollback()
    forprev = db.session.get_one(Individu, individu_id).numero
    return designation.verifier_et_declarer(acteur, numero, version(numero), RechercheSaisie(numero=forprev))


def porter_a(numero: int, **colonnes: Any) -> None:
    """Put columns where no action of the session itself puts them: a later state, an older date."""
    with transaction():
        db.session.execute(
            update(SessionCertification).where(SessionCertification.numero == numero).values(**colonnes)
        )


GESTES: dict[Action, Callable[[Acteur, int, int], Any]] = {
    Action.ENREGISTRER: lambda a, n, v: saisie.enregistrer(a, n, v, {"reference_interne": "Convention 118"}),
    Action.SOUMETTRE_AU_FORMATEUR: soumission.soumettre_au_formateur,
    Action.ENREGISTRER_RESULTATS: lambda a, n, v: resultats.enregistrer_resultats(a, n, v, reponses(n)),
    Action.ENVOYER_RESULTATS: lambda a, n, v: resultats.envoyer_resultats(a, n, v, reponses(n)),
    Action.RETOUR_COMMENTE: lambda a, n, v: resultats.renvoyer_avec_commentaire(a, n, v, COMMENTAIRE),
    Action.PAS_MA_SESSION: resultats.refuser_la_session,
    Action.REPRENDRE_SAISIE: soumission.reprendre_la_saisie,
    Action.ACCEPTER_CORRECTIONS: accepter_corrections,
    Action.GENERER: demander_generation,
    Action.MODIFIER_SAISIE: soumission.modifier_la_saisie,
    Action.CLORE_SANS_CERTIFICAT: suppression.clore_sans_certificat,
    Action.SUPPRIMER: suppression.supprimer,
}
"""Each move that a person makes on a session, with the simplest content that it takes."""


def agir(action: Action, acteur: Acteur, numero: int) -> Any:
    """Make this move from the session as it stands."""
    return GESTES[action](acteur, numero, version(numero))


def existe(numero: int) -> bool:
    """Whether the session is still there."""
    db.session.rollback()
    return db.session.get(SessionCertification, numero) is not None


def etat(numero: int) -> Etat:
    """The session's state now."""
    return lire(numero).etat
