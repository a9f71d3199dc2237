"""N° Forprev: a new one is three letters of the name and five digits drawn at random; and whose one is."""

import secrets
import string
from collections.abc import Iterable

from sqlalchemy import ScalarSelect, func, select

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.personnes import NUMERO_INCONNU
from certif.domaine.noms import cle_sans_ressemblance
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.regles import lire_numero_forprev
from certif.socle.base.extensions import db

LETTRES = 3
CHIFFRES = 5
ESSAIS = 50
BOURRAGE = "X"


def lettres_du_nom(nom: str) -> str:
    """The first three of A-Z in the name's key, filled up with X: « Lô » gives LOX, « Жанна » only X."""
    retenues = "".join(c for c in cle_sans_ressemblance(nom).upper() if c in string.ascii_uppercase)
    return retenues[:LETTRES].ljust(LETTRES, BOURRAGE)


def attribuer(nom: str) -> str:
    """A N° that nobody has nor had: rows are never deleted, and a merged N° stays as an alias.

    Call it in the transaction that creates the person: the column is unique.

    Raises:
        RuntimeError: nearly every number of these three letters is taken.
    """
    lettres = lettres_du_nom(nom)
    for _ in range(ESSAIS):
        numero = f"{lettres}{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}}"
        if db.session.scalar(select(Individu.id).filter_by(numero=numero)) is None:
            return numero
    raise RuntimeError(f"no N° Forprev is left for {lettres}")


def porteurs(numeros: Iterable[str]) -> dict[str, Individu]:
    """Who each N° leads to: for a merged person the one who remains, nobody for one who was erased.

    As many queries as merges follow one another, whatever the number of N°.
    """
    lus = {i.numero: i for i in db.session.scalars(select(Individu).where(Individu.numero.in_(set(numeros))))}
    while suivants := {i.fusionne_dans_id for i in lus.values() if i.fusionne_dans_id is not None}:
        restants = {i.id: i for i in db.session.scalars(select(Individu).where(Individu.id.in_(suivants)))}
        lus = {numero: restants.get(i.fusionne_dans_id or i.id, i) for numero, i in lus.items()}
    return {numero: i for numero, i in lus.items() if i.efface_le is None}


def porteur(texte: str, champ: str = "numero") -> Individu:
    """Who the N° that was typed leads to: see `porteurs`.

    Raises:
        SaisieInvalide: on `champ`: it has not the shape of a N°, or leads to nobody.
    """
    numero = lire_numero_forprev(texte, champ)
    individu = porteurs([numero]).get(numero)
    if individu is None:
        raise SaisieInvalide({champ: [NUMERO_INCONNU]})
    return individu


def designe(numero: str) -> ScalarSelect[int]:
    """SQL: the identifier of who this N° leads to, erased or not; nothing for a N° that nobody has.

    A merged row names the one who remains, never another alias (`fusion.reunir`).
    """
    menee = func.coalesce(Individu.fusionne_dans_id, Individu.id)
    return select(menee).where(Individu.numero == numero).scalar_subquery()
