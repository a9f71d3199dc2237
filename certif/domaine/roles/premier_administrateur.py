"""The first administrateur of an installation, created from the server: no page could do it yet."""

from __future__ import annotations

from sqlalchemy import select

from certif.domaine.acces.invitations import ecrire_invitation, exiger_invitable
from certif.domaine.acteur import TypeRole
from certif.domaine.journal import consigner
from certif.domaine.noms import verifier_nom
from certif.domaine.personnes.adresses_email import verifier_email
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.personnes import nouvelle_personne
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction


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
