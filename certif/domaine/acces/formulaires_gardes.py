"""What was being typed when a login ended: kept encrypted for its author, for 15 minutes."""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import ColumnElement, delete, select

from certif.domaine import conservation
from certif.domaine.acces.modeles import SaisieConservee
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel

TAILLE_MAX = 300_000
"""Characters of one kept form."""

NOMBRE_MAX = 5
"""Forms kept for one person at once; the oldest goes first."""

_CLE = re.compile("[A-Za-z0-9_-]{43}")
"""Whatever else an address brings is no identifier: PostgreSQL would not even take a NUL."""

Champs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Saisie:
    """A kept form: where it was aimed, and its fields in their order."""

    adresse: str
    champs: list[tuple[str, str]]


def conserver(
    individu_id: int, adresse: str, champs: Champs, secret: str, *, a_la_place_de: str = ""
) -> str | None:
    """Keep a form; its identifier, or None if there is nothing to keep or too much.

    `a_la_place_de`: the one that it replaces, under the same identifier, if that is still kept for them.
    """
    texte = json.dumps([list(champ) for champ in champs])
    if not champs or len(texte) > TAILLE_MAX or len(adresse) > 500:
        return None
    saisie = SaisieConservee(
        id=secrets.token_urlsafe(32),
        individu_id=individu_id,
        adresse=adresse,
        contenu=_chiffre(secret).encrypt(texte.encode()),
        cree_le=instant_reel(),
    )
    with transaction():
        if _CLE.fullmatch(a_la_place_de):
            remplacee = delete(SaisieConservee).where(
                *_encore_gardee(a_la_place_de, individu_id), SaisieConservee.adresse == adresse
            )
            saisie.id = db.session.scalar(remplacee.returning(SaisieConservee.id)) or saisie.id
        anciennes = (
            select(SaisieConservee.id)
            .where(SaisieConservee.individu_id == individu_id)
            .order_by(SaisieConservee.cree_le.desc())
            .offset(NOMBRE_MAX - 1)
        )
        db.session.execute(
            delete(SaisieConservee).where(SaisieConservee.id.in_(list(db.session.scalars(anciennes))))
        )
        db.session.add(saisie)
        return saisie.id


def retrouver(saisie_id: str, individu_id: int, secret: str) -> Saisie | None:
    """The form kept for this very person less than 15 minutes ago."""
    if not _CLE.fullmatch(saisie_id):
        return None
    ligne = db.session.scalar(select(SaisieConservee).where(*_encore_gardee(saisie_id, individu_id)))
    if ligne is None:
        return None
    try:
        champs = json.loads(_chiffre(secret).decrypt(ligne.contenu))
    except InvalidToken:  # the secret key changed in between
        return None
    return Saisie(ligne.adresse, [(nom, valeur) for nom, valeur in champs])


def oublier(saisie_id: str, individu_id: int) -> None:
    """Erase a kept form at its author's request."""
    if not _CLE.fullmatch(saisie_id):
        return
    with transaction():
        db.session.execute(
            delete(SaisieConservee).where(
                SaisieConservee.id == saisie_id, SaisieConservee.individu_id == individu_id
            )
        )


def oublier_les_anciennes() -> None:
    """Erase the forms that nobody came back for in time."""
    avant = instant_reel() - conservation.SAISIES.duree.delta
    effacer_par_lots(SaisieConservee, SaisieConservee.cree_le < avant)


def _encore_gardee(saisie_id: str, individu_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        SaisieConservee.id == saisie_id,
        SaisieConservee.individu_id == individu_id,
        SaisieConservee.cree_le > instant_reel() - conservation.SAISIES.duree.delta,
    )


def _chiffre(secret: str) -> Fernet:
    """A key of its own for this use, derived from the secret key."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"certif.saisie:" + secret.encode()).digest()))
