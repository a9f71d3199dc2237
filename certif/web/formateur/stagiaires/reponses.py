"""Reading what the formateur's page posts: answers and identities by trainee, the action, the comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from certif.domaine.erreurs import Introuvable
from certif.domaine.sessions.actions.demandes_du_retour import Demandes
from certif.domaine.sessions.actions.resultats import Reponse
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.regles import resultats, retouches
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.web.entiers import lire_entier

PREFIXE_RETIRE = "retirer-"
"""Before the id of a trainee whom a retour asks to take out."""
AJOUTS_MAX = 3
"""Whom a retour can ask to add by its fields; its comment says the others."""
PREFIXE_DITE = "dite-"
"""Before the id of a trainee of whose correction the page says something: to be said again, or no more."""
ANNULABLES_MAX = 2_000
ANNULABLES_TEXTE_MAX = 4_000
PREFIXE_REPONSE = "resultat-"
"""Before a trainee's id: the field of their answer."""
PREFIXE_NOM = "nom-"
"""The same for the nom that they should have; `prenom-`, `date_naissance-` and `nom_unique-` go with it."""


@dataclass(frozen=True)
class Saisie:
    """A posted page; `reponses` holds the trainees who have an answer on it, by id.

    `annulables`: those whom the last click answered at once, so that it can be undone. `corrections`: the
    identities as typed, by id; `refusees`: of these, the messages by field, where the rest was kept;
    `dites`: those of whom the page says something; `demandes`: what a retour would ask for besides.
    """

    reponses: dict[int, Reponse] = field(default_factory=dict)
    action: str = ""
    commentaire: str = ""
    annulables: frozenset[int] = frozenset()
    corrections: dict[int, IdentiteSaisie] = field(default_factory=dict)
    refusees: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dites: frozenset[int] = frozenset()
    demandes: Demandes = field(default_factory=Demandes)


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
        _corrections(formulaire),
        dites=frozenset(
            _identifiant(champ.removeprefix(PREFIXE_DITE))
            for champ in formulaire
            if champ.startswith(PREFIXE_DITE)
        ),
        demandes=_demandes(formulaire),
    )


def _corrections(formulaire: Mapping[str, str]) -> dict[int, IdentiteSaisie]:
    cles = [champ.removeprefix(PREFIXE_NOM) for champ in formulaire if champ.startswith(PREFIXE_NOM)]
    return {_identifiant(cle): lire_identite(formulaire, "", cle) for cle in cles}


def lire_identite(formulaire: Mapping[str, str], prefixe: str, cle: str | int) -> IdentiteSaisie:
    """What was typed for one person; what the form does not hold is empty."""
    return IdentiteSaisie(
        formulaire.get(f"{prefixe}nom-{cle}", ""),
        formulaire.get(f"{prefixe}prenom-{cle}", ""),
        formulaire.get(f"{prefixe}date_naissance-{cle}", ""),
        nom_unique=formulaire.get(f"{prefixe}nom_unique-{cle}") == "1",
    )


def _demandes(formulaire: Mapping[str, str]) -> Demandes:
    retires = [champ.removeprefix(PREFIXE_RETIRE) for champ in formulaire if champ.startswith(PREFIXE_RETIRE)]
    return Demandes(
        ajouts=[lire_identite(formulaire, "ajout-", rang) for rang in range(1, AJOUTS_MAX + 1)],
        retraits=frozenset(map(_identifiant, retires)),
        session={champ: formulaire.get(f"session-{champ}", "") for champ in retouches.CHAMPS_DE_LA_SESSION},
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
