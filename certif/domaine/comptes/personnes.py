"""Creating a person: one account, one N° Forprev."""

from datetime import date

from certif.domaine.comptes.authentification import nouveau_timbre
from certif.domaine.comptes.modeles import Individu
from certif.domaine.comptes.numeros_forprev import attribuer
from certif.domaine.noms import cle
from certif.socle.extensions import db


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
