"""The account of one person, as the administrateur keeps it: address, invitation, until when (R17)."""

from datetime import date

from sqlalchemy import select

from certif.domaine.acces import authentification, changement_d_email, invitations, liens
from certif.domaine.acces.modeles import SorteLien
from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.erreurs import ActionImpossible, Refus, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.personnes import titulaires
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.personnes import sous_verrou
from certif.domaine.personnes.titulaires import en_cours
from certif.domaine.roles import roles
from certif.domaine.roles.maintien import exiger_les_maintiens, verrouiller
from certif.domaine.roles.regles import JAMAIS, dernier_jour
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui


def changer_l_adresse(acteur: Acteur, individu: Individu, email: str) -> None:
    """See `changement_d_adresse.changer_email_par_administrateur`."""
    changement_d_email.changer_email_par_administrateur(acteur, individu.id, email)


def inviter(acteur: Acteur, individu: Individu) -> None:
    """Send an invitation, in the name of the platform: see `invitations.inviter`."""
    exiger_administrateur(acteur)
    invitations.inviter(acteur, individu.id)


def desactiver(acteur: Acteur, individu: Individu) -> None:
    """Close the account: its person is out at once, on every device, and its links open nothing (R17).

    Raises:
        Introuvable: not an administrateur, or the person was erased.
        ActionImpossible: on oneself, or done already.
        Refus: R17: the last gestionnaire of an entité, or the last administrateur.
    """
    exiger_administrateur(acteur)
    if individu.id == acteur.individu_id:
        raise ActionImpossible(textes.PAS_SOI_MEME)
    with transaction():
        individu = _avec_ses_roles(individu.id)
        if not individu.actif:
            raise ActionImpossible(textes.DEJA_DESACTIVE)
        exiger_les_maintiens((role, JAMAIS) for role in individu.roles)
        individu.actif = False
        authentification.fermer_toutes_les_connexions(individu)
        liens.annuler(individu.id, *SorteLien)
        consigner(acteur, "desactiver", "individu", individu.id)


def reactiver(acteur: Acteur, individu: Individu) -> None:
    """Let the person come in again, with the roles that have not ended; an end that is past goes.

    Raises:
        Introuvable: as `desactiver`.
        ActionImpossible: the account is not deactivated.
    """
    exiger_administrateur(acteur)
    with transaction():
        individu = sous_verrou(individu.id)
        if titulaires.peut_entrer(individu.id) is not None:
            raise ActionImpossible(textes.DEJA_ACTIF)
        individu.actif = True
        if dernier_jour(individu.fin_le) < aujourd_hui():
            individu.fin_le = None
        consigner(acteur, "reactiver", "individu", individu.id)


def changer_la_fin(acteur: Acteur, individu: Individu, fin_le: date | None) -> None:
    """Let the account close by itself after `fin_le`, its last day, or never. The same end changes nothing.

    Raises:
        Introuvable: as `desactiver`.
        ActionImpossible: on oneself, or the account is closed already.
        SaisieInvalide: on `fin_le`, in the past, or too early for the last of a role (R17).
    """
    exiger_administrateur(acteur)
    if individu.id == acteur.individu_id:
        raise ActionImpossible(textes.PAS_SOI_MEME)
    roles.verifier_la_fin(fin_le)
    with transaction():
        individu = _avec_ses_roles(individu.id)
        if titulaires.peut_entrer(individu.id) is None:
            raise ActionImpossible(textes.DEJA_DESACTIVE)
        if individu.fin_le == fin_le:
            return
        try:
            exiger_les_maintiens((role, dernier_jour(role.fin_le, fin_le)) for role in individu.roles)
        except Refus as refus:
            raise SaisieInvalide({"fin_le": [refus.message]}) from None
        individu.fin_le = fin_le
        consigner(
            acteur,
            "changer_fin_compte",
            "individu",
            individu.id,
            apres={"fin_le": fin_le.isoformat() if fin_le else None},
        )


def _avec_ses_roles(individu_id: int) -> Individu:
    """The person under the lock, after those of the places where their roles are held."""
    for entite_id in _ou_le_maintien_compte(individu_id):
        verrouiller(entite_id)
    return sous_verrou(individu_id)


def _ou_le_maintien_compte(individu_id: int) -> list[int | None]:
    """The entités where this person's roles are held, and None for the platform's, in the order of locks."""
    tenues = select(Role.entite_id).where(Role.individu_id == individu_id, en_cours(Role)).distinct()
    return sorted(db.session.scalars(tenues), key=lambda entite_id: entite_id or 0)
