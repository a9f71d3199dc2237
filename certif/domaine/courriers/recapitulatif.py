"""The digest: once a day, one mail a person, with the reminders that hold at that moment and were never said.

What a person was told, does not want, or cannot read any more is left out. Written a few persons at a time,
under their lock: however often this runs, and in however many processes, a person gets one digest a day and
each reminder once. Whoever dies half-way is taken over from.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, literal_column, or_, select

from certif.domaine import conservation
from certif.domaine.courriers.actions import Lettre, inserer, inserer_les_lettres
from certif.domaine.courriers.modeles import (
    PREFIXE_DES_RECAPITULATIFS,
    RECAPITULATIF,
    Courrier,
    EtatCourrier,
    JourRecapitule,
    SorteDeRappel,
)
from certif.domaine.courriers.rappels import Rappel, Source, jamais_dits, noter_dits, refuses, taire
from certif.domaine.courriers.regles import jour_a_recapituler
from certif.domaine.libelles import courriers as textes
from certif.domaine.libelles.cadre_des_courriers import assembler, lien, liste
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.titulaires import en_cours
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots, hors_transaction, par_lots
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import maintenant

LIGNES_MAX = 100
"""In one mail; the others come the day after, if they still hold."""
REGLAGES = "/compte/courriels"
_SANS_MOT_DE_PASSE = "/mot-de-passe-oublie"
_PERSONNES = 10
"""Written by one transaction."""


def recapituler(sources: Iterable[Source]) -> int:
    """Write the digests of today once it is time, if it was not done; returns how many.

    Raises:
        RuntimeError: a transaction is open.
    """
    hors_transaction()
    db.session.rollback()
    jour = jour_a_recapituler(maintenant())
    if jour is None or db.session.get(JourRecapitule, jour) is not None:
        return 0
    _reprendre_ce_qui_n_est_pas_parti(jour)
    dus: dict[int, list[Rappel]] = defaultdict(list)
    for rappel in jamais_dits([rappel for source in sources for rappel in source(jour)]):
        dus[rappel.destinataire_id].append(rappel)
    db.session.rollback()
    ecrits = sum(_ecrire(jour, dict(lot)) for lot in par_lots(sorted(dus.items()), _PERSONNES))
    with transaction():
        db.session.execute(delete(JourRecapitule).where(JourRecapitule.jour < jour))
        inserer(JourRecapitule, ["jour"], [{"jour": jour}])
    return ecrits


def _est_un_recapitulatif() -> ColumnElement[Any]:
    """SQL condition, written as the index that serves it."""
    return literal_column(RECAPITULATIF)


def oublier() -> None:
    """Erase the digests whose reminders are over."""
    recapitulatifs = _est_un_recapitulatif()
    avant = maintenant() - conservation.RECAPITULATIFS.duree.delta
    effacer_par_lots(Courrier, recapitulatifs, Courrier.cree_le < avant)


def _reprendre_ce_qui_n_est_pas_parti(jour: date) -> None:
    """Of days before, what no server was asked to take, or would take: what still holds goes with today's.

    The row of what was refused stays, and with it that the address is wrong.
    """
    recapitulatif = _est_un_recapitulatif()
    attend = and_(
        Courrier.evenement != _evenement(jour),
        Courrier.etat == EtatCourrier.A_ENVOYER,
        Courrier.essais == 0,
    )
    perdu = Courrier.etat == EtatCourrier.ABANDONNE
    anciens = db.session.scalars(select(Courrier.id).where(recapitulatif, or_(attend, perdu))).all()
    a_qui = Courrier.destinataire_id, Courrier.evenement
    for lot in par_lots(anciens):
        with transaction():
            repris = delete(Courrier).where(Courrier.id.in_(lot), attend)
            lignes = list(db.session.execute(repris.returning(*a_qui)))
            lignes += db.session.execute(select(*a_qui).where(Courrier.id.in_(lot), perdu))
            taire([(qui, _jour(evenement)) for qui, evenement in lignes if qui is not None])


def _evenement(jour: date) -> str:
    return f"{PREFIXE_DES_RECAPITULATIFS}{jour.isoformat()}"


def _jour(evenement: str) -> date:
    return date.fromisoformat(evenement.removeprefix(PREFIXE_DES_RECAPITULATIFS))


def _ecrire(jour: date, dus: Mapping[int, Sequence[Rappel]]) -> int:
    """The digests of these persons, and that they were told."""
    evenement = _evenement(jour)
    with transaction():
        personnes = _a_qui_ecrire(dus, evenement)
        non_voulus = refuses(list(personnes))
        a_dire: dict[int, list[Rappel]] = defaultdict(list)
        for rappel in jamais_dits([r for qui in personnes for r in dus[qui]]):
            if (rappel.destinataire_id, rappel.sorte) not in non_voulus:
                a_dire[rappel.destinataire_id].append(rappel)
        lettres, dits = [], []
        for qui, siens in a_dire.items():
            siens.sort(key=lambda r: (r.echeance, r.session_numero or 0, r.evenement))
            lettres.append(_lettre(evenement, personnes[qui], siens, jour))
            dits += siens[:LIGNES_MAX]
        inserer_les_lettres(lettres)
        noter_dits(dits, jour)
    return len(lettres)


def _a_qui_ecrire(individus: Collection[int], evenement: str) -> dict[int, Individu]:
    """Who may come in, has an address and has not got today's digest yet: held, by id."""
    deja = select(Courrier.destinataire_id).where(
        Courrier.evenement == evenement, Courrier.destinataire_id.in_(individus)
    )
    requete = (
        select(Individu)
        .where(Individu.id.in_(individus), en_cours(Individu), Individu.email.is_not(None))
        .order_by(Individu.id)
    )
    tenus = list(db.session.scalars(tenir(requete, Individu, cle_seule=True)))
    # Read once they are held: whoever held them before has written.
    servis = set(db.session.scalars(deja))
    return {individu.id: individu for individu in tenus if individu.id not in servis}


def _lettre(evenement: str, personne: Individu, siens: Sequence[Rappel], jour: date) -> Lettre:
    dits = sorted(siens[:LIGNES_MAX], key=lambda r: (not r.organisation, r.organisation))
    groupes = [
        liste(organisation or textes.POUR_VOUS, [(r.texte, adresse(r.chemin), r.precisions) for r in rappels])
        for organisation, rappels in groupby(dits, key=lambda r: r.organisation)
    ]
    corps = assembler(
        textes.introduction(jour),
        *groupes,
        textes.SANS_RESEAU if any(r.sorte is SorteDeRappel.RESULTATS for r in dits) else "",
        textes.la_suite(len(siens) - len(dits)),
        lien(textes.SANS_MOT_DE_PASSE, adresse(_SANS_MOT_DE_PASSE)) if not personne.mot_de_passe else "",
        lien(textes.REGLER, adresse(REGLAGES)),
    )
    return Lettre(evenement, personne.id, textes.sujet(len(siens)), corps)
