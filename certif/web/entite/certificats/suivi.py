"""How the tab of the certificates follows what goes on without it: soon at first, then less and less often.

The page says what it shows, as a digest, and how often it has asked. As long as that is still true the answer
is small; the lists are drawn again only once something has changed.
"""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.lectures import Archive, EtatFichiers, etat_des_fichiers
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.condense import condense_court
from certif.web.entite.certificats.generation import Generation, generation
from certif.web.htmx import Fragment

DELAIS_MS = (300, 600, 1_000, 2_000, 5_000)
"""Before each question; the last repeats."""
REPRISE_S = 15
"""After an answer that was lost on the way, the page asks again by itself."""


@dataclass(frozen=True, slots=True)
class Suivi:
    """What `templates/entite/_suivi.html` reads: the next question, and when."""

    adresse: str
    declencheur: str


def suivi_de(
    session_certif: SessionCertification,
    en_cours: Generation | None,
    etat: EtatFichiers | None,
    rang: int = 0,
) -> Suivi | None:
    """The question number `rang` about this session; None when nothing goes on by itself."""
    if not (en_cours.suivie if en_cours else etat is not None and _a_suivre(etat)):
        return None
    return Suivi(
        url_for(
            "entite.telechargements",
            entite_id=session_certif.entite_id,
            numero=session_certif.numero,
            vu=_empreinte(session_certif, en_cours, etat),
            rang=rang + 1,
        ),
        f"load delay:{DELAIS_MS[min(rang, len(DELAIS_MS) - 1)]}ms, every {REPRISE_S}s",
    )


def rien_de_neuf(session_certif: SessionCertification, acteur: Acteur, ici: str) -> list[Fragment] | None:
    """What answers a question when the page still shows what is; None when it must be drawn again."""
    vu, rang = request.args.get("vu", ""), request.args.get("rang", 0, type=int)
    if not vu:
        return None
    en_cours, etat = generation(session_certif, acteur), etat_des_fichiers(session_certif)
    if vu != _empreinte(session_certif, en_cours, etat):
        return None
    contexte: dict[str, Any] = {"suivi": suivi_de(session_certif, en_cours, etat, max(0, rang))}
    if en_cours is None:
        return [("entite/_suivi.html", contexte)]
    contexte |= {"generation": en_cours, "session_certif": session_certif, "ici": ici}
    return [("entite/_suivi.html", contexte), ("entite/_generation.html", contexte)]


def _a_suivre(etat: EtatFichiers) -> bool:
    return etat.ouvert and (etat.archive is Archive.EN_COURS or etat.dossier.en_preparation)


def _empreinte(
    session_certif: SessionCertification, en_cours: Generation | None, etat: EtatFichiers | None
) -> str:
    """Of all that the tab shows but the progress, which is drawn each time; of nobody's name."""
    arret = en_cours and (en_cours.suivie, en_cours.attente, en_cours.retard, en_cours.titre_rates)
    return condense_court((session_certif.version, arret, etat))
