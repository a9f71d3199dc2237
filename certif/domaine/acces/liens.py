"""One-time links: made, read without being used, used once. Real time throughout.

The secret stands in the query of the address, which no log keeps; the table only knows its SHA-256.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import joinedload

from certif.domaine import conservation
from certif.domaine.acces.modeles import LienCompte, SorteLien
from certif.domaine.erreurs import ErreurMetier
from certif.domaine.libelles.acces.liens import LIEN_PERIME
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.titulaires import en_cours
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.horloge import instant_reel

DUREES: Mapping[SorteLien, timedelta] = {
    SorteLien.INVITATION: conservation.INVITATIONS.duree.delta,
    SorteLien.MOT_DE_PASSE: conservation.OUBLIS.duree.delta,
    SorteLien.NOUVEL_EMAIL: conservation.ADRESSES.duree.delta,
    SorteLien.OPPOSITION: conservation.OPPOSITIONS.duree.delta,
}
CHEMINS: Mapping[SorteLien, str] = {
    SorteLien.INVITATION: "/lien/invitation",
    SorteLien.MOT_DE_PASSE: "/lien/mot-de-passe",
    SorteLien.NOUVEL_EMAIL: "/lien/adresse",
    SorteLien.OPPOSITION: "/lien/opposition",
}
"""Where each kind leads; the page there has a form, whose POST alone uses the link."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class LienPerime(ErreurMetier):
    """Nobody holds this link: unknown, used, expired, replaced or of another kind, all the same."""

    def __init__(self) -> None:
        super().__init__(LIEN_PERIME)


def creer(
    individu_id: int,
    sorte: SorteLien,
    *,
    email: str | None = None,
    entite_id: int | None = None,
    suivant: str = "",
) -> str:
    """Make a link in the caller's transaction; its address, the only place where its secret is.

    `suivant` is a path of the site where its page leads afterwards.
    """
    secret = nouveau_secret()
    reel = instant_reel()
    db.session.add(
        LienCompte(
            id=condenser(secret),
            individu_id=individu_id,
            sorte=sorte,
            email=email,
            entite_id=entite_id,
            cree_le=reel,
            expire_le=reel + DUREES[sorte],
        )
    )
    champs = {"cle": secret, **({"suivant": suivant} if suivant else {})}
    return adresse(f"{CHEMINS[sorte]}?{urlencode(champs, safe='/')}")


def lire(sorte: SorteLien, secret: str) -> LienCompte:
    """The link that this secret still opens, with its person; nothing is used.

    Raises:
        LienPerime: none, or the person may not come in any more (R17).
    """
    requete = (
        select(LienCompte)
        .join(LienCompte.individu)
        .where(LienCompte.id == condenser(secret), _vivant(sorte), en_cours(Individu))
        .options(joinedload(LienCompte.individu), joinedload(LienCompte.entite))
    )
    lien = db.session.scalar(requete)
    if lien is None:
        raise LienPerime
    return lien


def consommer(sorte: SorteLien, secret: str) -> LienCompte:
    """Use the link, in the caller's transaction: of simultaneous uses one only goes on.

    Raises:
        LienPerime: see `lire`.
    """
    pris = (
        update(LienCompte)
        .where(LienCompte.id == condenser(secret), _vivant(sorte))
        .values(utilise_le=instant_reel())
        .returning(LienCompte.id)
        .execution_options(synchronize_session=False)
    )
    lien = lire(sorte, secret)
    if db.session.scalar(pris) is None:
        raise LienPerime
    return lien


def annuler(individu_id: int, *sortes: SorteLien) -> None:
    """Kill this person's pending links of these kinds, in the caller's transaction."""
    db.session.execute(delete(LienCompte).where(*_pendants(individu_id, sortes)))


def remplacer(individu_id: int, sorte: SorteLien, entite_id: int | None, suivant: str = "") -> str:
    """Make a link in the place of the one that this entité, or the platform, had sent: see `creer`.

    Links that others sent stay: whichever is used first opens the account.
    """
    sienne = LienCompte.entite_id.is_(None) if entite_id is None else LienCompte.entite_id == entite_id
    db.session.execute(delete(LienCompte).where(*_pendants(individu_id, [sorte]), sienne))
    return creer(individu_id, sorte, entite_id=entite_id, suivant=suivant)


def en_attente(individu_id: int, sorte: SorteLien) -> LienCompte | None:
    """The last link of this kind that the person can still use."""
    requete = select(LienCompte).where(LienCompte.individu_id == individu_id, _vivant(sorte))
    return db.session.scalar(requete.order_by(LienCompte.cree_le.desc()).limit(1))


def invitations_en_attente(entite_id: int, individus: Collection[int]) -> list[LienCompte]:
    """The invitations that this entité sent to these persons and that they can still use."""
    requete = select(LienCompte).where(
        LienCompte.individu_id.in_(individus),
        LienCompte.entite_id == entite_id,
        _vivant(SorteLien.INVITATION),
    )
    return list(db.session.scalars(requete))


def purger() -> None:
    """Forget the links that have expired, used or not."""
    effacer_par_lots(LienCompte, LienCompte.expire_le <= instant_reel())


def _pendants(individu_id: int, sortes: Collection[SorteLien]) -> tuple[ColumnElement[bool], ...]:
    return (
        LienCompte.individu_id == individu_id,
        LienCompte.sorte.in_(sortes),
        LienCompte.utilise_le.is_(None),
    )


def _vivant(sorte: SorteLien) -> ColumnElement[bool]:
    return and_(
        LienCompte.sorte == sorte,
        LienCompte.utilise_le.is_(None),
        LienCompte.expire_le > instant_reel(),
    )


def nouveau_secret() -> str:
    """What the address of a link holds, and nothing else."""
    return secrets.token_urlsafe(32)


def condenser(secret: str) -> str:
    """What the table knows of a secret; a text that is none of ours has a digest too, of nothing."""
    juste = secret if _SECRET.fullmatch(secret) else ""
    return hashlib.sha256(juste.encode()).hexdigest()
