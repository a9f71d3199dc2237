"""A person: one account, one N° Forprev; created, or held while they change."""

import secrets
from datetime import date

from sqlalchemy import select

from certif.domaine.erreurs import Introuvable
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.numeros_forprev import attribuer
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir


def nouvelle_personne(nom: str, prenom: str, email: str | None, naissance: date | None = None) -> Individu:
    """A person without role nor password, in the caller's transaction; the names are verified already."""
    individu = Individu(
        numero=attribuer(nom),
        nom=nom,
        prenom=prenom,
        cle_nom=cle(nom),
        cle_prenom=cle(prenom),
        date_naissance=naissance,
        email=email,
        timbre=nouveau_timbre(),
    )
    db.session.add(individu)
    db.session.flush()
    return individu


def sous_verrou(individu_id: int) -> Individu:
    """The person as they are under the lock of the caller's transaction.

    Raises:
        Introuvable: erased or merged.
    """
    requete = select(Individu).filter_by(id=individu_id, efface_le=None, fusionne_dans_id=None)
    verrou = tenir(requete, Individu)
    individu = db.session.scalars(verrou).one_or_none()
    if individu is None:
        raise Introuvable
    return individu


def nouveau_timbre() -> str:
    """A stamp for an account, to be set when it is created and whenever its logins must end."""
    return secrets.token_hex(16)
