"""Somebody comes into a role, known by their address or new; the first administrateur before any other."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acces.invitations import ecrire_invitation, exiger_invitable
from certif.domaine.acteur import Acteur, TypeRole, exiger_administrateur
from certif.domaine.erreurs import ActionImpossible, Fautes
from certif.domaine.journal import consigner
from certif.domaine.libelles.roles.roles import ADRESSE_DESACTIVEE
from certif.domaine.noms import normaliser, verifier_nom
from certif.domaine.personnes.adresses_email import verifier_email
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.personnes import nouvelle_personne
from certif.domaine.personnes.titulaires import peut_entrer
from certif.domaine.roles.roles import attribuer, ouvrir, verifier_la_fin
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir


def accueillir(
    acteur: Acteur,
    nom: str,
    prenom: str,
    email: str,
    type_: TypeRole,
    entite_id: int | None = None,
    fin_le: date | None = None,
) -> int:
    """Give a role to who has this address, a new person if nobody has; the person's identifier.

    Whoever is known keeps the name they have: what was typed is ignored. Who has no account is invited, the
    others are told. The administrateur sees everybody, and gives at once; a gestionnaire proposes
    (`roles_proposes`).

    Raises:
        Introuvable: not an administrateur, or no such entité.
        ValueError: as `roles.donner`.
        ActionImpossible: the account is deactivated.
        SaisieInvalide: every field that cannot be used, `fin_le` included.
    """
    exiger_administrateur(acteur)
    nom, prenom, adresse = lire(nom, prenom, email, fin_le)
    with transaction():
        ouvrir(acteur, type_, entite_id)
        individu = arriver(nom, prenom, adresse)
        if peut_entrer(individu.id) is None:
            raise ActionImpossible(ADRESSE_DESACTIVEE)
        attribuer(acteur, individu, type_, entite_id, fin_le)
        return individu.id


def lire(nom: str, prenom: str, email: str, fin_le: date | None) -> tuple[str, str, str]:
    """The names and the address as they are stored.

    Raises:
        SaisieInvalide: every field that cannot be used, `fin_le` included.
    """
    lus: list[str] = []
    fautes = Fautes()
    lecteurs: tuple[Callable[[], str | None], ...] = (
        lambda: verifier_nom(nom, "nom"),
        lambda: verifier_nom(prenom, "prenom") if normaliser(prenom) else "",
        lambda: verifier_email(email),
        lambda: verifier_la_fin(fin_le),
    )
    for lecteur in lecteurs:
        with fautes.recueillir():
            lus.append(lecteur() or "")
    fautes.lever()
    return lus[0], lus[1], lus[2]


def arriver(nom: str, prenom: str, adresse: str) -> Individu:
    """Who has this address, or a new person under this name, held until the end of the transaction."""
    return trouver(adresse) or _creer(nom, prenom, adresse)


def trouver(adresse: str) -> Individu | None:
    """Whose address this is, held until the end of the transaction; who was merged or erased has none."""
    requete = select(Individu).filter_by(email=adresse)
    return db.session.scalars(tenir(requete, Individu)).one_or_none()


def _creer(nom: str, prenom: str, adresse: str) -> Individu:
    try:
        with db.session.begin_nested():
            return nouvelle_personne(nom, prenom, adresse)
    except IntegrityError:  # another entité has just invited the same person
        individu = trouver(adresse)
        if individu is None:
            raise
        return individu


def creer(nom: str, prenom: str, email: str) -> str:
    """Create the person with the role, and invite them; the link, which is mailed too.

    Who was invited and never came gets a new link, and keeps the name they have.

    Raises:
        SaisieInvalide: a name or the address cannot be used.
        ActionImpossible: the address has an account already, or is a deactivated person's.
    """
    nom, prenom, adresse = verifier_nom(nom, "nom"), verifier_nom(prenom, "prenom"), verifier_email(email)
    with transaction():
        individu = db.session.scalar(select(Individu).filter_by(email=adresse))
        if individu is None:
            individu = nouvelle_personne(nom, prenom, adresse)
        exiger_invitable(individu)
        _donner_le_role(individu)
        consigner("", "creer_administrateur", "individu", individu.id)
        return ecrire_invitation(individu)


def _donner_le_role(individu: Individu) -> None:
    role = next((r for r in individu.roles if r.type is TypeRole.ADMINISTRATEUR), None)
    if role is None:
        individu.roles.append(Role(type=TypeRole.ADMINISTRATEUR))
    else:
        role.actif, role.fin_le = True, None
