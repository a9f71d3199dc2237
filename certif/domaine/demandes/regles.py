"""The rules of a demande (R16), one function each: pure."""

import unicodedata
from datetime import date, timedelta

from certif.domaine.dates import lire_date
from certif.domaine.demandes.etats import NatureDemande
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.libelles import saisie
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.referentiel.regles import verifier_periode
from certif.domaine.temps import ajouter_mois

TEXTE_MAX = 2_000
MOIS_AVANT, MOIS_APRES = 1, 12
PLATEFORMES_MAX = 20

_BIDIRECTIONNELS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLES = "\u200b\u2060\ufeff \n\t"


def nature_de(deja_ce_niveau: bool, en_a_une: bool) -> NatureDemande:
    """A renewal of what the entité holds or once held, an extension of what it holds, else a first one."""
    if deja_ce_niveau:
        return NatureDemande.RENOUVELLEMENT
    return NatureDemande.EXTENSION if en_a_une else NatureDemande.PREMIERE


def debuts_possibles(aujourd_hui: date) -> tuple[date, date]:
    """First and last start that can be wished: a session of the last month can still be declared (R1), and
    nobody plans further than a year.
    """
    return ajouter_mois(aujourd_hui, -MOIS_AVANT), ajouter_mois(aujourd_hui, MOIS_APRES)


def verifier_debut(debut: date, aujourd_hui: date) -> date:
    """R16: both bounds included.

    Raises:
        SaisieInvalide: on `debut_souhaite`.
    """
    premier, dernier = debuts_possibles(aujourd_hui)
    if not premier <= debut <= dernier:
        raise SaisieInvalide({"debut_souhaite": [textes.debut_hors_bornes(premier, dernier)]})
    return debut


def debut_propose(derniere_fin: date | None, aujourd_hui: date) -> date | None:
    """For a renewal, the day after the last one ends; None when that day cannot be wished."""
    if derniere_fin is None:
        return None
    debut = max(derniere_fin + timedelta(days=1), aujourd_hui)
    return debut if debut <= debuts_possibles(aujourd_hui)[1] else None


def lire_texte(texte: str, champ: str, manquant: str = "") -> str:
    """At most 2,000 characters once trimmed, lines kept; `manquant` is what is said when it may not be blank.

    Raises:
        SaisieInvalide: on `champ`.
    """
    lu = unicodedata.normalize("NFC", texte.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not lu.strip(_INVISIBLES):
        if manquant:
            raise SaisieInvalide({champ: [manquant]})
        return ""
    if len(lu) > TEXTE_MAX:
        raise SaisieInvalide({champ: [saisie.trop_long(TEXTE_MAX, len(lu))]})
    if any(_interdit(c) for c in lu):
        raise SaisieInvalide({champ: [saisie.COMMENTAIRE_CONTROLE]})
    return lu


def lire_periode(debut: str, fin: str, aujourd_hui: date) -> tuple[date, date]:
    """The dates of an habilitation: in order, not over yet, ten years at most.

    Raises:
        SaisieInvalide: on `debut`, `fin` or both.
    """
    fautes = Fautes()
    lues: list[date] = []
    for champ, texte in (("debut", debut), ("fin", fin)):
        with fautes.recueillir():
            lues.append(lire_date(texte, champ))
    fautes.lever()
    du, au = lues
    verifier_periode(du, au, aujourd_hui)
    return du, au


def _interdit(caractere: str) -> bool:
    if caractere in "\n\t":
        return False
    return unicodedata.category(caractere) in ("Cc", "Cs") or caractere in _BIDIRECTIONNELS
