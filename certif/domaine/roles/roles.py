"""Roles given, prolonged and withdrawn (R17).

The administrateur gives any role, and it counts at once; a gestionnaire proposes those of their own entité
(`roles_proposes`), and prolongs or withdraws them. A withdrawn role is deactivated, never deleted. What
changes counts at the next request of the person, on every device (`lectures.espaces`).
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from certif.domaine.acces import invitations, liens
from certif.domaine.acces.modeles import SorteLien
from certif.domaine.acteur import ROLES_ENTITE, Acteur, TypeRole, exiger_administrateur
from certif.domaine.courriers.actions import ecrire
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide, TropDeTentatives
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.libelles.roles import roles as textes
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.personnes import sous_verrou
from certif.domaine.personnes.titulaires import peut_entrer
from certif.domaine.roles.maintien import en_vigueur, exiger_le_maintien, nommer, verrouiller
from certif.domaine.roles.regles import INVITATIONS_PAR_HEURE, JAMAIS, dernier_jour
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel, maintenant

_ESPACES = {TypeRole.FORMATEUR: "/formateur/", TypeRole.ADMINISTRATEUR: "/administration/"}


def donner(
    acteur: Acteur,
    individu_id: int,
    type_: TypeRole,
    entite_id: int | None = None,
    fin_le: date | None = None,
) -> int:
    """Give a role to a person until `fin_le` included, None for no end; the role's identifier.

    Who holds it already keeps it, with this end. A person known by their address alone comes through
    `arrivees.accueillir`.

    Raises:
        Introuvable: not an administrateur, or nobody there.
        ActionImpossible: the account is deactivated.
        SaisieInvalide: on `fin_le`, in the past, or too early for the last who holds the role.
        ValueError: gestionnaires and délégataires have an entité, the others none.
    """
    exiger_administrateur(acteur)
    with transaction():
        ouvrir(acteur, type_, entite_id)
        individu = sous_verrou(individu_id)
        if peut_entrer(individu_id) is None:
            raise ActionImpossible(textes.PERSONNE_DESACTIVEE)
        return attribuer(acteur, individu, type_, entite_id, fin_le)


def changer_la_fin(acteur: Acteur, role_id: int, fin_le: date | None) -> None:
    """Let a role end on `fin_le`, that day included, or never. The same end changes nothing.

    Raises:
        Introuvable, SaisieInvalide: as `donner`.
        ActionImpossible: the role has ended (it is given again instead), or the entité is suspended.
    """
    with transaction():
        role = _charger(acteur, role_id)
        attribuer(acteur, role.individu, role.type, role.entite_id, fin_le)


def retirer(acteur: Acteur, role_id: int) -> None:
    """Withdraw a role, the actor's own included; the person is told.

    An invitation that would open nothing any more dies.

    Raises:
        Introuvable: not for this actor.
        ActionImpossible: the role has ended already, or the entité is suspended.
        Refus: R17: nobody would hold the role as long as this person would have.
    """
    with transaction():
        role = _charger(acteur, role_id)
        exiger_le_maintien(role, JAMAIS)
        role.actif = False
        db.session.flush()
        _consigner(acteur, "retirer_role", role, {"actif": True}, {"actif": False})
        individu = role.individu
        if individu.mot_de_passe is None and not any(map(en_vigueur, individu.roles)):
            liens.annuler(individu.id, SorteLien.INVITATION)
        if peut_entrer(individu.id):
            nom, organisation = nommer(role)
            message = corps(textes.message_retire(nom, organisation), adresse("/connexion"))
            _ecrire(role, textes.sujet_retire(nom, organisation), message)


def attribuer(
    acteur: Acteur, individu: Individu, type_: TypeRole, entite_id: int | None, fin_le: date | None
) -> int:
    """Write the role, the journal and the mail, in the caller's transaction, after `ouvrir`.

    Who has no account is invited. A person who may not come in gets the role and no mail.

    Raises:
        SaisieInvalide: on `fin_le`.
    """
    verifier_la_fin(fin_le)
    cherche = {"individu_id": individu.id, "type": type_, "entite_id": entite_id}
    role = db.session.scalars(
        select(Role).filter_by(**cherche).execution_options(populate_existing=True)
    ).one_or_none()
    nouveau = role is None or not en_vigueur(role)
    avant = {"actif": role.actif, "fin_le": _iso(role.fin_le)} if role else None
    if role is None:
        role = Role(**cherche)
        db.session.add(role)
    elif not nouveau:
        if role.fin_le == fin_le:
            if _inviter(individu, entite_id):
                consigner(acteur, "inviter", "individu", individu.id)
            return role.id
        try:
            exiger_le_maintien(role, dernier_jour(fin_le, individu.fin_le))
        except Refus as refus:
            raise SaisieInvalide({"fin_le": [refus.message]}) from None
    role.actif, role.fin_le = True, fin_le
    db.session.flush()
    action = "donner_role" if nouveau else "changer_fin_role"
    _consigner(acteur, action, role, avant, {"actif": True, "fin_le": _iso(fin_le)})
    if peut_entrer(individu.id) and not _inviter(individu, entite_id):
        nom, organisation = nommer(role)
        espace = f"/entite/{entite_id}/" if entite_id else _ESPACES[type_]
        message = corps(textes.message_donne(nom, organisation, fin_le), adresse(espace))
        _ecrire(role, textes.sujet_donne(nom, organisation), message)
    return role.id


def prendre(
    individu: Individu, type_: TypeRole, entite_id: int, fin_le: date | None, propose_id: int
) -> None:
    """Write the role that its holder accepts, in the caller's transaction, under the lock of its entité.

    Who holds it already keeps it, until the later of the two ends.
    """
    cherche = {"individu_id": individu.id, "type": type_, "entite_id": entite_id}
    role = db.session.scalars(select(Role).filter_by(**cherche)).one_or_none()
    avant = {"actif": role.actif, "fin_le": _iso(role.fin_le)} if role else None
    if role is None:
        role = Role(**cherche)
        db.session.add(role)
    elif en_vigueur(role) and dernier_jour(role.fin_le) >= dernier_jour(fin_le):
        return
    role.actif, role.fin_le = True, fin_le
    db.session.flush()
    consigner(
        individu.id,
        "accepter_role",
        "individu",
        individu.id,
        avant=avant,
        apres={
            "role": type_.value,
            "entite": entite_id,
            "actif": True,
            "fin_le": _iso(fin_le),
            "role_propose": propose_id,
        },
    )


def verifier_la_fin(fin_le: date | None) -> None:
    """A role may end today, which still counts, or later.

    Raises:
        SaisieInvalide: on `fin_le`.
    """
    if fin_le is not None and fin_le < aujourd_hui():
        raise SaisieInvalide({"fin_le": [textes.FIN_PASSEE]})


def ouvrir(acteur: Acteur, type_: TypeRole, entite_id: int | None) -> None:
    """Judge who acts, and make changes to the same roles follow one another, in the caller's transaction.

    Raises:
        Introuvable: the role is not this actor's to give, or the entité does not exist.
        ActionImpossible: a gestionnaire's entité is suspended (R17).
        ValueError: see `donner`.
    """
    if (type_ in ROLES_ENTITE) != (entite_id is not None):
        raise ValueError("gestionnaires and délégataires have an entité, the others none")
    siens = acteur.role is TypeRole.GESTIONNAIRE and entite_id is not None and acteur.entite_id == entite_id
    if not siens and acteur.role is not TypeRole.ADMINISTRATEUR:
        raise Introuvable
    entite = verrouiller(entite_id)
    if siens and entite is not None and entite.suspendue:
        raise ActionImpossible(entite_suspendue(entite.raison_sociale))


def freiner(acteur: Acteur) -> None:
    """Bound the mails that a gestionnaire causes in an hour, counted in the journal; after `ouvrir`.

    Raises:
        TropDeTentatives: too many; the administrateur is not bound.
    """
    if acteur.role is TypeRole.ADMINISTRATEUR:
        return
    lignes = select(func.count()).where(
        EntreeJournal.quand > maintenant() - timedelta(hours=1),
        EntreeJournal.acteur_id == acteur.individu_id,
        EntreeJournal.action.in_(("donner_role", "inviter")),
    )
    if (db.session.scalar(lignes) or 0) >= INVITATIONS_PAR_HEURE:
        raise TropDeTentatives(textes.trop_d_invitations(INVITATIONS_PAR_HEURE))


def _charger(acteur: Acteur, role_id: int) -> Role:
    """A role that this actor may change, as it is under the lock."""
    role = db.session.get(Role, role_id)
    if role is None:
        raise Introuvable
    ouvrir(acteur, role.type, role.entite_id)
    db.session.refresh(role)
    db.session.refresh(role.individu)
    if not en_vigueur(role):
        raise ActionImpossible(textes.PLUS_EN_COURS)
    return role


def _inviter(individu: Individu, entite_id: int | None) -> bool:
    """Invite who has no account and may come in; whether it was done."""
    invitee = invitations.a_inviter(individu) and peut_entrer(individu.id) is not None
    if invitee:
        invitations.ecrire_invitation(individu, entite_id)
    return invitee


def _ecrire(role: Role, sujet: str, message: str) -> None:
    ecrire(f"role-{role.id}-{instant_reel().isoformat()}", role.individu_id, sujet, message)


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None


def _consigner(
    acteur: Acteur, action: str, role: Role, avant: dict[str, Any] | None, apres: dict[str, Any]
) -> None:
    consigner(
        acteur,
        action,
        "individu",
        role.individu_id,
        avant=avant,
        apres={"role": role.type.value, "entite": role.entite_id, **apres},
    )
