"""R5, R6, R10, R14: results, comments, generation and cancellation."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from certif.domaine.erreurs import Fautes, Refus, SaisieInvalide
from certif.domaine.libelles import saisie
from certif.domaine.libelles.sessions import avertissements, refus
from certif.domaine.noms import lire_nom, nom_affiche
from certif.domaine.sessions.valeurs import MotifAnnulation, MotifEchec, Resultat

COMMENTAIRE_MAX = 2000
PRECISIONS_MAX = 500


class Stagiaire(Protocol):
    @property
    def nom(self) -> str: ...
    @property
    def prenom(self) -> str: ...
    @property
    def resultat(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Comptes:
    """How many of each; `sans_resultat` is what is left to answer."""

    stagiaires: int
    reussites: int
    echecs: int

    @property
    def sans_resultat(self) -> int:
        return self.stagiaires - self.reussites - self.echecs


def compter(stagiaires: Sequence[Stagiaire]) -> Comptes:
    """Count the results."""
    resultats = [s.resultat for s in stagiaires]
    return Comptes(len(resultats), resultats.count(Resultat.REUSSITE), resultats.count(Resultat.ECHEC))


def lire_resultat(resultat: str, motif: str = "", champ: str = "resultat") -> tuple[str | None, str | None]:
    """R10: one posted answer and its optional reason; nothing chosen is None. A réussite has no reason.

    Raises:
        SaisieInvalide: a value that no form offers.
    """
    if resultat and resultat not in list(Resultat):
        raise SaisieInvalide({champ: [refus.RESULTAT_INVALIDE]})
    if resultat != Resultat.ECHEC or not motif:
        return resultat or None, None
    if motif not in list(MotifEchec):
        raise SaisieInvalide({champ: [refus.MOTIF_INVALIDE]})
    return resultat, motif


def verifier_resultats_complets(stagiaires: Sequence[Stagiaire]) -> None:
    """R5: every trainee has a result before they are sent.

    Raises:
        Refus: "3 stagiaires sans résultat".
    """
    if manquants := compter(stagiaires).sans_resultat:
        raise Refus(f"{refus.sans_resultat(manquants)}.", "R10")


def avertissement_envoi(aujourd_hui: date, date_fin: date) -> str | None:
    """R10: sending before F is allowed, with a warning."""
    return avertissements.envoi_avant_la_fin(date_fin) if aujourd_hui < date_fin else None


def verifier_commentaire(texte: str, champ: str = "commentaire", maximum: int = COMMENTAIRE_MAX) -> str:
    """R5: a comment of 1–2,000 characters once trimmed, lines kept; `maximum` bounds another text.

    Raises:
        SaisieInvalide: blank, too long, or holding control or bidirectional characters.
    """
    commentaire = unicodedata.normalize("NFC", texte.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if est_vide(commentaire):
        raise SaisieInvalide({champ: [saisie.COMMENTAIRE_VIDE]})
    if len(commentaire) > maximum:
        raise SaisieInvalide({champ: [saisie.trop_long(maximum, len(commentaire))]})
    if any(_interdit(c) for c in commentaire):
        raise SaisieInvalide({champ: [saisie.COMMENTAIRE_CONTROLE]})
    return commentaire


def verifier_retour(texte: str, demandes: int) -> str:
    """R5: a comment, or at least one thing to correct; "" when there is no comment.

    Raises:
        SaisieInvalide: neither, or a comment that is refused.
    """
    if demandes and est_vide(texte):
        return ""
    if est_vide(texte):
        raise SaisieInvalide({"commentaire": [saisie.RETOUR_VIDE]})
    return verifier_commentaire(texte)


def est_vide(texte: str) -> bool:
    """Whether nothing of it could be read."""
    return not texte.strip().strip("\u200b\u2060\ufeff \n\t")


def _interdit(caractere: str) -> bool:
    if caractere in "\n\t":
        return False
    return (
        unicodedata.category(caractere) in ("Cc", "Cs")
        or caractere in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def verifier_generation(aujourd_hui: date, date_fin: date, stagiaires: Sequence[Stagiaire]) -> None:
    """R6, the part that needs no lookup: F is reached, every result is there, one réussite at least.

    R2, R3 and the register are judged apart; names by `noms_refuses`.

    Raises:
        Refus: the first of these that fails.
    """
    if aujourd_hui < date_fin:
        raise Refus(refus.generation_trop_tot(date_fin), "R6")
    verifier_resultats_complets(stagiaires)
    if not compter(stagiaires).reussites:
        raise Refus(refus.AUCUNE_REUSSITE, "R6")


def noms_refuses(stagiaires: Sequence[Stagiaire]) -> list[tuple[str, str]]:
    """R6: the réussites whose stored names could not be printed, each with why; entry lets none through.

    One that entry would refuse today for another reason prints as before (R12).
    """
    refuses = []
    for stagiaire in stagiaires:
        if stagiaire.resultat != Resultat.REUSSITE:
            continue
        try:
            lire_nom(stagiaire.nom, "nom")
            if stagiaire.prenom:
                lire_nom(stagiaire.prenom, "prenom")
        except SaisieInvalide as erreur:
            refuses.append((nom_affiche(stagiaire.nom, stagiaire.prenom), erreur.message))
    return refuses


def cloture_possible(stagiaires: Sequence[Stagiaire]) -> bool:
    """R5: *Clore sans certificat* needs every result, and no réussite."""
    comptes = compter(stagiaires)
    return comptes.reussites == 0 and comptes.sans_resultat == 0


def verifier_motif_annulation(motif: str, precisions: str = "") -> tuple[str, str]:
    """R14: a reason of the list and an optional private text of at most 500 characters.

    Raises:
        SaisieInvalide: fields `motif`, `precisions`.
    """
    fautes = Fautes()
    if motif not in list(MotifAnnulation):
        fautes.noter("motif", refus.MOTIF_INVALIDE)
    texte = ""
    if precisions.strip():
        with fautes.recueillir():
            texte = verifier_commentaire(precisions, "precisions", PRECISIONS_MAX)
    fautes.lever()
    return motif, texte
