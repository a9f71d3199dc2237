"""The platform as its page reads it: each figure in words, with what to do where something is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from certif.domaine.exploitation.exemples import Exemples, exemples
from certif.domaine.exploitation.mesures import PLAFOND, Lot, Mesures, mesurer
from certif.domaine.libelles import exploitation as textes
from certif.domaine.libelles.pannes import CE_QUI_MANQUE
from certif.domaine.temps import date_de
from certif.socle.horloge import instant_reel, maintenant

COURRIEL_LENT = timedelta(hours=1)
"""A mail that waits for longer says that no server takes it."""
RETARD_TOLERE = timedelta(hours=2)
"""Erasing runs every hour at least."""
PLACE_MINIMALE = 2_000_000_000
"""Bytes below which room is worth a word: a thousand sessions of a dozen stagiaires."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """One figure. `genre` is the hue of its badge, as of `badge_etat`; `conseil`: what to do, if anything."""

    quoi: str
    genre: str
    valeur: str
    precision: str = ""
    conseil: str = ""
    sessions: Sequence[int] = ()

    @property
    def a_regarder(self) -> bool:
        return self.genre == "danger"

    @property
    def rien(self) -> str:
        """What is counted and is not there, in the middle of a sentence; "" when there is some."""
        if self.genre != "neutre":
            return ""
        quoi = self.quoi[:1].lower() + self.quoi[1:]
        return f"{quoi} ({self.precision})" if self.precision else quoi


@dataclass(frozen=True, slots=True)
class VuePlateforme:
    """What `templates/administration/plateforme.html` reads; what is wrong stands in `a_regarder` alone."""

    a: datetime
    a_regarder: Sequence[Ligne]
    attente: Sequence[Ligne]
    echecs: Sequence[Ligne]
    croissance: Sequence[tuple[str, str]]


def vue_plateforme() -> VuePlateforme:
    """Everything, in a constant number of statements."""
    lues, ou = mesurer(), exemples()
    attente, echecs = list(_attente(lues, ou)), list(_echecs(lues, ou))
    return VuePlateforme(
        maintenant(),
        [ligne for ligne in (*echecs, *attente) if ligne.a_regarder],
        [ligne for ligne in attente if not ligne.a_regarder],
        [ligne for ligne in echecs if not ligne.a_regarder],
        _croissance(lues),
    )


def _attente(m: Mesures, ou: Exemples) -> Iterator[Ligne]:
    yield _lot("Certificats à établir", m.certificats_a_produire, textes.DE_LUI_MEME)
    yield _alarme(
        replace(
            _lot(textes.GENERATIONS_LONGUES, m.sessions_en_passage, feminin=True), sessions=ou.en_passage
        ),
        textes.VOIR_LES_PANNES,
    )
    yield _nombre(textes.ARCHIVES_A_REFAIRE, m.archives_a_refaire, textes.DE_LUI_MEME)
    courriels = _lot("Courriels à envoyer", m.courriers_a_envoyer, textes.DE_LUI_MEME)
    depuis = m.courriers_a_envoyer.depuis
    if depuis is not None and maintenant() - depuis > COURRIEL_LENT:
        courriels = _alarme(courriels, textes.COURRIELS_QUI_TARDENT)
    yield courriels
    yield from _voies(m)


def _voies(m: Mesures) -> Iterator[Ligne]:
    for voie, quoi in textes.VOIES.items():
        etat = next((e for v, e in (m.voies or {}).items() if v == voie), None)
        if etat is None:
            yield Ligne(quoi, "danger", "Inconnu", conseil=textes.FILE_MUETTE)
        elif not etat.ouvriers:
            attendent = textes.travaux(etat.en_attente) if etat.en_attente else ""
            yield Ligne(quoi, "danger", "Aucun programme", attendent, textes.SANS_OUVRIER)
        else:
            yield replace(_nombre(quoi, etat.en_attente), precision=textes.ouvriers(etat.ouvriers))


def _echecs(m: Mesures, ou: Exemples) -> Iterator[Ligne]:
    for panne in m.pannes:
        depuis = textes.depuis(instant_reel() - panne.debut)
        manque = CE_QUI_MANQUE[panne.sorte]
        yield Ligne(manque[:1].upper() + manque[1:], "danger", "En panne", depuis, textes.REPRENDRA)
    if not m.pannes:
        yield Ligne("Pannes en cours", "neutre", "Aucune")
    certificats = _nombre(textes.CERTIFICATS_EN_ECHEC, m.certificats_en_echec)
    certificats = replace(certificats, sessions=ou.certificats_en_echec)
    yield _alarme(certificats, textes.L_ENTITE_RELANCE)
    dossiers = replace(_nombre(textes.DOSSIERS_EN_ECHEC, m.dossiers_en_echec), sessions=ou.dossiers_en_echec)
    yield _alarme(dossiers, textes.L_ENTITE_REFAIT_LE_DOSSIER)
    yield _nombre(textes.COURRIELS_ABANDONNES, m.courriers_abandonnes, textes.ADRESSES_A_CORRIGER)
    echecs = sum(etat.echecs for etat in (m.voies or {}).values())
    yield _nombre(textes.TRAVAUX_EN_ECHEC, echecs, textes.SE_REPETENT)
    yield _retards(m)
    if m.octets_libres is not None and m.octets_libres < PLACE_MINIMALE:
        yield Ligne(textes.PLACE, "danger", textes.octets(m.octets_libres), conseil=textes.PLACE_QUI_MANQUE)


def _retards(m: Mesures) -> Ligne:
    en_retard = [r for r in m.retards if maintenant() - r.du_le > RETARD_TOLERE]
    ligne = _nombre("Effacements en retard", len(en_retard))
    if not en_retard:
        return ligne
    dits = " ; ".join(textes.en_retard(r.ligne.quoi, date_de(r.du_le)) for r in en_retard)
    return _alarme(replace(ligne, precision=dits), textes.EFFACEMENT_QUI_N_ABOUTIT_PAS)


def _croissance(m: Mesures) -> list[tuple[str, str]]:
    c = m.croissance
    return [
        ("Dernier numéro de session", _ecrit(c.sessions)),
        ("Fichiers délivrés", _ecrit(c.fichiers_delivres)),
        ("Courriels écrits", _ecrit(c.courriers)),
        ("Lignes du journal", _ecrit(c.lignes_du_journal)),
        ("Base de données", textes.octets(m.octets_de_la_base)),
        (textes.PLACE, "—" if m.octets_libres is None else textes.octets(m.octets_libres)),
    ]


def _ecrit(nombre: int) -> str:
    return textes.combien(nombre, nombre + 1)


def _lot(quoi: str, lot: Lot, conseil: str = "", *, feminin: bool = False) -> Ligne:
    ligne = _nombre(quoi, lot.nombre, conseil, feminin=feminin)
    if lot.depuis is None:
        return ligne
    return replace(ligne, precision=textes.attendent(lot.nombre, maintenant() - lot.depuis))


def _nombre(quoi: str, nombre: int, conseil: str = "", *, feminin: bool = False) -> Ligne:
    if not nombre:
        return Ligne(quoi, "neutre", "Aucune" if feminin else "Aucun")
    return Ligne(quoi, "attente", textes.combien(nombre, PLAFOND), conseil=conseil)


def _alarme(ligne: Ligne, conseil: str) -> Ligne:
    """The same as something wrong, unless there is nothing."""
    return ligne if ligne.rien else replace(ligne, genre="danger", conseil=conseil)
