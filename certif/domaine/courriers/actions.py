"""Writing a mail, taking the secrets out of it, and reading them all for the demonstration."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as inserer_postgresql
from sqlalchemy.dialects.sqlite import insert as inserer_sqlite
from sqlalchemy.orm import joinedload

from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.base.lots import hors_transaction, par_lots
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant

_DANS_UN_TEXTE = re.compile(r"(?<=\?cle=)[A-Za-z0-9_-]{43}")
NOMBRE_MAX = 100


@dataclass(frozen=True, slots=True)
class Lettre:
    """One of many mails: see `ecrire`. The recipient has an address."""

    evenement: str
    destinataire_id: int
    sujet: str
    corps: str
    session_numero: int | None = None


def ecrire_toutes(lettres: Iterable[Lettre]) -> int:
    """Write those that were not written yet, a lot and a transaction at a time; returns how many.

    What was written is looked for outside the transaction: when all of it was, nothing is locked. Of two
    processes that write the same mail, one does.

    Raises:
        RuntimeError: a transaction is open.
    """
    hors_transaction()
    ecrites = 0
    for lot in par_lots(lettres):
        deja = _deja_ecrites({lettre.evenement for lettre in lot})
        if nouvelles := [x for x in lot if (x.evenement, x.destinataire_id) not in deja]:
            with transaction():
                inserer_les_lettres(nouvelles)
            ecrites += len(nouvelles)
    return ecrites


def _deja_ecrites(evenements: set[str]) -> set[tuple[str, int | None]]:
    requete = select(Courrier.evenement, Courrier.destinataire_id).where(Courrier.evenement.in_(evenements))
    deja = {(evenement, destinataire) for evenement, destinataire in db.session.execute(requete)}
    db.session.rollback()
    return deja


def inserer_les_lettres(lettres: Sequence[Lettre]) -> None:
    """Write these, in the caller's transaction; one that was written meanwhile stays as it is."""
    quand = maintenant()
    valeurs = [{**asdict(lettre), "cree_le": quand} for lettre in lettres]
    inserer(Courrier, ["evenement", "destinataire_id"], valeurs)


def inserer(modele: Any, unique: Sequence[str], valeurs: Sequence[dict[str, Any]]) -> None:
    """Add the rows that are not there yet, as these columns tell, in the caller's transaction."""
    if not valeurs:
        return
    ordre = inserer_postgresql if db.engine.dialect.name == "postgresql" else inserer_sqlite
    db.session.execute(ordre(modele).on_conflict_do_nothing(index_elements=unique), list(valeurs))


def ecrire(
    evenement: str,
    destinataire_id: int,
    sujet: str,
    corps: str,
    session_numero: int | None = None,
    *,
    adresse: str | None = None,
) -> None:
    """Write a mail in the caller's transaction; an event already written to this person is left as it is.

    A person without an address gets none, unless `adresse` says where else to write to them. Neither
    `evenement` nor `sujet` may hold a trainee's name.
    """
    destinataire = db.session.get_one(Individu, destinataire_id)
    if not (adresse or destinataire.email):
        return
    deja = select(Courrier.id).filter_by(evenement=evenement, destinataire_id=destinataire_id)
    if db.session.scalar(deja) is not None:
        return
    db.session.add(
        Courrier(
            evenement=evenement,
            destinataire_id=destinataire_id,
            adresse=adresse,
            session_numero=session_numero,
            sujet=sujet,
            corps=corps,
            cree_le=maintenant(),
        )
    )


def ecrire_a(adresse: str, evenement: str, sujet: str, corps: str) -> None:
    """Write to an address, whoever has it, be it nobody, in the caller's transaction.

    `evenement` is one that happens once. If its owner may not come in any more, the mail does not go.
    """
    db.session.add(
        Courrier(evenement=evenement, adresse=adresse, sujet=sujet, corps=corps, cree_le=maintenant())
    )


def reprendre(prefixe: str) -> None:
    """Take back the mails of the events that begin so and that have not gone, in the caller's transaction."""
    db.session.execute(
        delete(Courrier).where(
            Courrier.etat == EtatCourrier.A_ENVOYER, Courrier.evenement.startswith(prefixe, autoescape=True)
        )
    )


def masquer(texte: str) -> str:
    """A mail's body without the secrets of its links, once it has gone or will not go."""
    return _DANS_UN_TEXTE.sub("…", texte)


def derniers_courriers() -> list[Courrier]:
    """The last hundred mails with their recipients, latest first."""
    requete = select(Courrier).options(joinedload(Courrier.destinataire)).order_by(Courrier.id.desc())
    return list(db.session.scalars(requete.limit(NOMBRE_MAX)))


def courrier(courrier_id: int) -> Courrier | None:
    """One mail with its recipient."""
    requete = select(Courrier).options(joinedload(Courrier.destinataire)).where(Courrier.id == courrier_id)
    return db.session.scalar(requete)
