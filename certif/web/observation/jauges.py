"""What the platform waits for, misses and grows by, in the names of /metrics."""

from collections.abc import Callable, Iterator
from datetime import datetime

from certif.domaine.exploitation.mesures import Lot, Mesures, mesurer
from certif.domaine.exploitation.voies import EtatDeVoie
from certif.socle.horloge import instant_reel, maintenant
from certif.socle.observation.mesures import Jauge


def jauges() -> Iterator[Jauge]:
    """Everything that can be told now."""
    m = mesurer()
    lots = {
        "certificats": m.certificats_a_produire,
        "courriers": m.courriers_a_envoyer,
        "sessions": m.sessions_en_passage,
    }
    yield Jauge(
        "certif_attente",
        "What waits to be made or sent; of sessions, those in generation for longer than five minutes.",
        {nom: lot.nombre for nom, lot in lots.items()} | {"archives": m.archives_a_refaire},
        "quoi",
    )
    yield Jauge(
        "certif_attente_age_secondes",
        "Since when the oldest of them waits.",
        {nom: _age(lot) for nom, lot in lots.items()},
        "quoi",
    )
    yield Jauge("certif_echecs", "What failed and waits for somebody to look at it.", _echecs(m), "quoi")
    yield Jauge(
        "certif_purge_retard_secondes",
        "How late the latest of what should have been erased is.",
        {"": m.retard_max.total_seconds()},
    )
    yield Jauge(
        "certif_panne_secondes",
        "Since when something that is needed does not answer.",
        {panne.sorte: _depuis(panne.debut, instant_reel()) for panne in m.pannes},
        "sorte",
    )
    yield from _files(m)
    yield from _croissance(m)


def _echecs(m: Mesures) -> dict[str, float]:
    return {
        "certificats": m.certificats_en_echec,
        "sessions": m.sessions_en_echec,
        "dossiers": m.dossiers_en_echec,
        "courriers": m.courriers_abandonnes,
    }


def _files(m: Mesures) -> Iterator[Jauge]:
    """Nothing at all when the queue does not answer: it is no empty one."""
    voies = m.voies or {}

    def jauge(nom: str, aide: str, valeur: Callable[[EtatDeVoie], float]) -> Jauge:
        return Jauge(f"certif_file_{nom}", aide, {v: valeur(etat) for v, etat in voies.items()}, "file")

    yield jauge("taches", "Jobs that wait in a queue.", lambda etat: etat.en_attente)
    yield jauge("echecs", "Jobs that failed in the last day.", lambda etat: etat.echecs)
    yield jauge("ouvriers", "Workers that listen to it.", lambda etat: etat.ouvriers)
    yield jauge("age_secondes", "Since when its oldest job waits.", _age_de_la_file)


def _age_de_la_file(etat: EtatDeVoie) -> float:
    return _depuis(etat.plus_ancienne, instant_reel()) if etat.plus_ancienne else 0.0


def _croissance(m: Mesures) -> Iterator[Jauge]:
    c = m.croissance
    for nom, nombre in (
        ("sessions", c.sessions),
        ("fichiers_delivres", c.fichiers_delivres),
        ("courriers", c.courriers),
        ("lignes_du_journal", c.lignes_du_journal),
    ):
        yield Jauge(f"certif_{nom}", "So many since the beginning.", {"": nombre}, total=True)
    yield Jauge("certif_base_octets", "Size of the database.", {"": m.octets_de_la_base})
    if m.octets_libres is not None:
        yield Jauge("certif_stockage_libre_octets", "Room left in the store.", {"": m.octets_libres})


def _age(lot: Lot) -> float:
    return _depuis(lot.depuis, maintenant()) if lot.depuis else 0.0


def _depuis(instant: datetime, present: datetime) -> float:
    return max(0.0, (present - instant).total_seconds())
