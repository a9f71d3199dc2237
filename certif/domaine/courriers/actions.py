"""Writing a mail."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from certif.domaine.comptes.modeles import Individu
from certif.domaine.courriers.modeles import Courrier
from certif.socle.extensions import db
from certif.socle.horloge import maintenant


@dataclass(frozen=True, slots=True)
class Lettre:
    """One of many mails: see `ecrire`. The recipient has an address."""

    evenement: str
    destinataire_id: int
    sujet: str
    corps: str


def ecrire_toutes(lettres: Collection[Lettre]) -> None:
    """Write those that were not written yet, in the caller's transaction and in one query."""
    requete = select(Courrier.evenement, Courrier.destinataire_id).where(
        Courrier.evenement.in_({lettre.evenement for lettre in lettres})
    )
    deja = {tuple(ligne) for ligne in db.session.execute(requete)} if lettres else set()
    for lettre in lettres:
        if (lettre.evenement, lettre.destinataire_id) not in deja:
            db.session.add(
                Courrier(
                    evenement=lettre.evenement,
                    destinataire_id=lettre.destinataire_id,
                    sujet=lettre.sujet,
                    corps=lettre.corps,
                    cree_le=maintenant(),
                )
            )


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
