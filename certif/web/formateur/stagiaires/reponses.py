"""Reading what the formateur's page posts: one answer per trainee, the action, the comment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from certif.domaine.erreurs import Introuvable
from certif.domaine.sessions.actions.resultats import Reponse
from certif.domaine.sessions.regles import resultats
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.web.entiers import lire_entier

ANNULABLES_MAX = 2_000
ANNULABLES_TEXTE_MAX = 4_000
PREFIXE_REPONSE = "resultat-"
"""Before a trainee's id: the field of their answer."""


@dataclass(frozen=True)
class Saisie:
    """A posted page; `reponses` holds the trainees who have an answer on it, by id.

    `annulables`: those whom the last click answered at once, so that it can be undone.
    """

    reponses: dict[int, Reponse] = field(default_factory=dict)
    action: str = ""
    commentaire: str = ""
    annulables: frozenset[int] = frozenset()


def lire_saisie(formulaire: Mapping[str, str]) -> Saisie:
    """Read a posted page.

    Raises:
        Introuvable: an answer for nobody.
        SaisieInvalide: an answer or a reason that no page offers, on `resultat-<id>`.
    """
    reponses = {}
    for champ, valeur in formulaire.items():
        if champ.startswith(PREFIXE_REPONSE) and valeur:
            cle = champ.removeprefix(PREFIXE_REPONSE)
            motif = formulaire.get(f"motif-{cle}", "")
            reponses[_identifiant(cle)] = _reponse(champ, valeur, motif)
    return Saisie(
        reponses,
        formulaire.get("action", ""),
        formulaire.get("commentaire", ""),
        lire_annulables(formulaire.get("annulables", "")),
    )


def lire_annulables(texte: str) -> frozenset[int]:
    """What `ecrire_annulables` wrote; anything else, or more than a session can hold, is none."""
    trouves: set[int] = set()
    for suite in texte.split(".") if len(texte) <= ANNULABLES_TEXTE_MAX else ():
        bornes = [lire_entier(borne) for borne in suite.split("-", 1)]
        premier, dernier = bornes[0], bornes[-1]
        if premier is None or dernier is None or dernier - premier >= ANNULABLES_MAX:
            return frozenset()
        trouves.update(range(premier, dernier + 1))
        if len(trouves) > ANNULABLES_MAX:
            return frozenset()
    return frozenset(trouves)


def ecrire_annulables(identifiants: frozenset[int]) -> str:
    """Ids for a page or an address; trainees entered one after the other are one run: "12-47.50"."""
    suites: list[list[int]] = []
    for identifiant in sorted(identifiants):
        if suites and suites[-1][-1] == identifiant - 1:
            suites[-1][1:] = [identifiant]
        else:
            suites.append([identifiant])
    return ".".join("-".join(map(str, suite)) for suite in suites)


def _identifiant(texte: str) -> int:
    lu = lire_entier(texte)
    if lu is None:
        raise Introuvable
    return lu


def _reponse(champ: str, valeur: str, motif: str) -> Reponse:
    resultat, motif_lu = resultats.lire_resultat(valeur, motif, champ)
    return Reponse(Resultat(resultat) if resultat else None, MotifEchec(motif_lu) if motif_lu else None)
