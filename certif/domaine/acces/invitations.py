"""Invitations: how a person who has no account yet gets one."""

from dataclasses import dataclass

from certif.domaine.acces import authentification, force_du_mot_de_passe, liens
from certif.domaine.acces.authentification import Ouverture
from certif.domaine.acces.modeles import SorteLien
from certif.domaine.acteur import Acteur
from certif.domaine.courriers.actions import ecrire
from certif.domaine.erreurs import ActionImpossible
from certif.domaine.journal import consigner
from certif.domaine.libelles.acces import liens as textes
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.personnes import titulaires
from certif.domaine.personnes.modeles import Entite, Individu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the page of an invitation says; `organisation` is "" when the platform invites."""

    prenom: str
    identifiant: str
    numero: str
    organisation: str
    minimum: int


def inviter(par: Acteur, individu_id: int) -> None:
    """Mail an invitation to a person without account; the one that the same entité had sent dies.

    `par` stands in the entité that invites, or is an administrateur; who may invite whom is for the caller
    to judge.

    Raises:
        ActionImpossible: the person has an account, no address, or is deactivated.
    """
    with transaction():
        individu = db.session.get_one(Individu, individu_id)
        exiger_invitable(individu)
        ecrire_invitation(individu, par.entite_id)
        consigner(par, "inviter", "individu", individu_id)


def a_inviter(individu: Individu) -> bool:
    """Whether a mail to this person must bring them an account."""
    return individu.mot_de_passe is None and bool(individu.email)


def exiger_invitable(individu: Individu) -> None:
    """Refuse whom an invitation could not reach, or who needs none.

    Raises:
        ActionImpossible: see `inviter`.
    """
    if individu.mot_de_passe is not None:
        raise ActionImpossible(textes.DEJA_UN_COMPTE)
    if not individu.email:
        raise ActionImpossible(textes.SANS_ADRESSE)
    if titulaires.peut_entrer(individu.id) is None:
        raise ActionImpossible(textes.PERSONNE_INACTIVE)


def lien_d_invitation(individu: Individu, entite_id: int | None = None, suivant: str = "") -> str:
    """The address of a new invitation, for a mail that says why; the one from the same entité dies.

    In the caller's transaction. `suivant` is where the person is led once they have their password.
    """
    return liens.remplacer(individu.id, SorteLien.INVITATION, entite_id, suivant)


def ecrire_invitation(individu: Individu, entite_id: int | None = None) -> str:
    """Write the mail of a new invitation, in the caller's transaction; the link's address."""
    entite = db.session.get(Entite, entite_id) if entite_id else None
    organisation = entite.raison_sociale if entite else ""
    lien = lien_d_invitation(individu, entite_id)
    ecrire(
        f"invitation-{instant_reel().isoformat()}",
        individu.id,
        textes.organisation_invite(organisation),
        corps(textes.invitation(organisation), lien),
    )
    return lien


def lire_invitation(secret: str) -> Invitation:
    """What the page shows; reading uses nothing.

    Raises:
        LienPerime: the link opens nothing, or the person has a password by now.
    """
    lien = liens.lire(SorteLien.INVITATION, secret)
    individu = lien.individu
    if individu.mot_de_passe is not None:
        raise liens.LienPerime
    return Invitation(
        prenom=individu.prenom or individu.nom,
        identifiant=individu.email or individu.numero,
        numero=individu.numero,
        organisation=lien.entite.raison_sociale if lien.entite else "",
        minimum=force_du_mot_de_passe.minimum_pour(individu.id),
    )


def accepter(secret: str, mot_de_passe: str, confirmation: str, navigateur: str) -> Ouverture | None:
    """Use the invitation: set the password and open a login; None if the account asks for a code first.

    Raises:
        SaisieInvalide: the password is refused; the link can still be used.
        LienPerime: see `lire_invitation`.
    """
    with transaction():
        individu = liens.consommer(SorteLien.INVITATION, secret).individu
        if individu.mot_de_passe is not None:
            raise liens.LienPerime
        force_du_mot_de_passe.verifier_pour(individu, mot_de_passe, confirmation)
        force_du_mot_de_passe.poser(individu, mot_de_passe)
        authentification.fermer_toutes_les_connexions(individu)
        liens.annuler(individu.id, SorteLien.INVITATION, SorteLien.MOT_DE_PASSE)
        consigner(individu.id, "accepter_invitation", "individu", individu.id)
        return authentification.ouvrir_apres_lien(individu, navigateur)
