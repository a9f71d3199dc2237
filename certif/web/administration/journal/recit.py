"""The lines of a page of the journal, told: one query for each kind of things that they name."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.demandes.lectures import noms_de_demandes
from certif.domaine.journal import SYSTEME, EntreeJournal
from certif.domaine.libelles import ecrans
from certif.domaine.libelles import journal as textes
from certif.domaine.libelles.entites import mon_entite
from certif.domaine.libelles.sessions.etats import ETATS
from certif.domaine.libelles.typographie import francais
from certif.domaine.personnes import lectures_journal
from certif.domaine.referentiel import lectures as referentiel
from certif.domaine.referentiel.modeles import TypeNiveau
from certif.domaine.sessions.valeurs import MotifAnnulation
from certif.domaine.temps import format_date

_Noms = Mapping[str, Mapping[int, str]]

_NOMS: Mapping[str, Callable[[Collection[int]], dict[int, str]]] = {
    "individu": lectures_journal.noms_d_individus,
    "entite": lectures_journal.noms_d_entites,
    "nom_commercial": lectures_journal.noms_de_noms_commerciaux,
    "demande": noms_de_demandes,
    "niveau": referentiel.noms_de_niveaux,
    "dispositif": referentiel.noms_de_dispositifs,
    "certificat": referentiel.noms_de_certificats,
    "habilitation": referentiel.noms_d_habilitations,
    "qualification": referentiel.noms_de_qualifications,
    "plateforme": referentiel.noms_de_plateformes,
}
"""By kind of things, what reads how they are called."""

_RENVOIS = {"absorbe": "individu", "declarant": "individu", "entite": "entite"}
"""Values of a line that a sentence names: their kinds."""

_APPLICATION = francais("L'application")
_COMMANDE = "Une commande du serveur"
_LIBELLES = {**ecrans.CHAMPS, **mon_entite.CHAMPS, **textes.CHAMPS}
_DITS = {
    "etat": ETATS,
    "motif": dict(MotifAnnulation.options()),
    "type": dict(TypeNiveau.options()),
}
"""Values that have words."""
_JOUR = re.compile(r"\d{4}-\d\d-\d\d")

_TUS = {*_RENVOIS, "actif", "champ", "demande", "individu", "logo", "role", "role_propose"}
_TUS |= {"certificat", "dispositif_id", "entite_id", "niveau", "niveau_id"}
"""What the sentence says, or the name of what it is about; and what nobody could read."""


@dataclass(frozen=True, slots=True)
class LigneDite:
    """A line as it is read: when, who did what to whom, what changed."""

    quand: datetime
    phrase: str
    precisions: str


def raconter(entrees: Sequence[EntreeJournal]) -> list[LigneDite]:
    """The same lines, in the same order."""
    cites: dict[str, set[int]] = defaultdict(set)
    for entree in entrees:
        for sorte, identifiant in _cites(entree):
            cites[sorte].add(identifiant)
    noms = {sorte: _NOMS[sorte](ids) for sorte, ids in cites.items() if sorte in _NOMS}
    return [LigneDite(e.quand, _phrase(e, noms), _precisions(e)) for e in entrees]


def _cites(e: EntreeJournal) -> Iterator[tuple[str, int]]:
    yield e.objet, e.objet_id
    if e.acteur_id is not None:
        yield "individu", e.acteur_id
    for champ, valeur in (e.apres or {}).items():
        if champ in _RENVOIS and isinstance(valeur, int):
            yield _RENVOIS[champ], valeur


def _phrase(e: EntreeJournal, noms: _Noms) -> str:
    apres = e.apres or {}
    cites = {
        champ: _nom(sorte, apres[champ], noms) if isinstance(apres.get(champ), int) else ""
        for champ, sorte in _RENVOIS.items()
    }
    role = TypeRole.libelle_de(apres.get("role", "")).lower()
    if role and cites["entite"]:
        role = f"{role} de {cites['entite']}"
    quoi = _nom(e.objet, e.objet_id, noms)
    return f"{_qui(e, noms)} {textes.acte(e.objet, e.action, quoi, **{**cites, 'role': role})}"


def _nom(sorte: str, identifiant: int, noms: _Noms) -> str:
    return textes.nom_de(sorte, identifiant, noms.get(sorte, {}).get(identifiant, ""))


def _qui(e: EntreeJournal, noms: _Noms) -> str:
    if e.acteur_id is None:
        return _APPLICATION if e.role == SYSTEME else _COMMANDE
    nom, role = _nom("individu", e.acteur_id, noms), TypeRole.libelle_de(e.role).lower()
    return f"{nom}, {role}," if role else nom


def _precisions(e: EntreeJournal) -> str:
    """What changed, field by field, before and after; where one side says nothing, the other alone."""
    avant, apres = e.avant or {}, e.apres or {}
    # The moves of a demande say its state.
    tus = {*_TUS, "etat"} if e.objet == "demande" else _TUS
    changes = [champ for champ in dict.fromkeys([*avant, *apres]) if avant.get(champ) != apres.get(champ)]
    return ", ".join(
        textes.changement(
            _LIBELLES.get(champ) or champ.replace("_", " ").capitalize(),
            _ecrit(champ, avant[champ]) if champ in avant and champ in apres else "",
            _ecrit(champ, apres[champ] if champ in apres else avant[champ]),
        )
        for champ in changes
        if champ not in tus and (champ in avant or apres[champ] not in (None, ""))
    )


def _ecrit(champ: str, valeur: Any) -> str:
    if valeur is None or valeur == "":
        return "—"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, list):
        return ", ".join(_ecrit(champ, v) for v in valeur)
    if champ == "champs":
        dit = _LIBELLES.get(str(valeur), str(valeur))
        return dit if dit.isupper() else dit[:1].lower() + dit[1:]
    if champ == "numeros":
        return presenter(str(valeur))
    return _DITS.get(champ, {}).get(str(valeur)) or _jour(str(valeur)) or str(valeur)


def _jour(valeur: str) -> str:
    """A day as it is stored, as it is read; "" for anything else."""
    try:
        return format_date(date.fromisoformat(valeur)) if _JOUR.fullmatch(valeur) else ""
    except ValueError:
        return ""
