"""The trainees as the formateur's page shows them: the answer, what changed, what is wrong."""

from dataclasses import dataclass

from certif.domaine.erreurs import ErreurMetier, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.sessions import formateur as textes
from certif.domaine.noms import majuscules
from certif.domaine.sessions.actions.resultats import Reponse
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.relecture import Relecture
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.domaine.temps import format_date
from certif.web.formateur.stagiaires.reponses import PREFIXE_REPONSE, Saisie

PARTIES = ("nom", "prenom", "naissance")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One trainee; `change` says in words what is not as it was."""

    cle: int
    nom: str
    prenom: str
    naissance: str
    resultat: str
    motif: str
    change: str = ""
    erreurs: tuple[str, ...] = ()

    @property
    def motif_libelle(self) -> str:
        return MotifEchec(self.motif).libelle if self.motif else ""


def lignes(
    session_certif: SessionCertification,
    relue: Relecture,
    saisie: Saisie | None = None,
    erreur: ErreurMetier | None = None,
) -> list[Ligne]:
    """Every trainee with the stored answer, or with that of a page just refused.

    A stale page never hides what was stored since: its own answer is only told beside.
    """
    champs = erreur.champs if isinstance(erreur, SaisieInvalide) else {}
    postees = saisie.reponses if saisie and erreur else {}
    perimee = isinstance(erreur, VersionPerimee)
    trouvees = []
    for stagiaire in session_certif.stagiaires:
        stockee = Reponse(stagiaire.resultat, stagiaire.motif_echec)
        postee = postees.get(stagiaire.id, stockee)
        montree = stockee if perimee and stockee.resultat else postee
        autre = postee.resultat if postee.resultat is not montree.resultat else None
        trouvees.append(
            Ligne(
                cle=stagiaire.id,
                nom=majuscules(stagiaire.nom),
                prenom=stagiaire.prenom,
                naissance=format_date(stagiaire.date_naissance) if stagiaire.date_naissance else "",
                resultat=montree.resultat or "",
                motif=montree.motif_echec or "",
                change=textes.choix_d_ici(Resultat(autre).libelle) if autre else _change(stagiaire, relue),
                erreurs=tuple(champs.get(f"{PREFIXE_REPONSE}{stagiaire.id}", ())),
            )
        )
    return trouvees


def _change(stagiaire: Stagiaire, relue: Relecture) -> str:
    nom, prenom, naissance = stagiaire.identite
    changes = relue.differences.stagiaires
    if (nom, prenom, naissance) not in changes:
        return ""
    avant = changes[nom, prenom, naissance]
    if avant is None:
        return textes.STAGIAIRE_AJOUTE
    quoi, ancien = next(
        (partie, ancien)
        for partie, ancien, nouveau in zip(PARTIES, avant, stagiaire.identite, strict=True)
        if ancien != nouveau
    )
    return textes.identite_corrigee(quoi, jour_lu(ancien) if quoi == "naissance" else ancien)


def jour_lu(iso: str) -> str:
    """A snapshot's date as it is read: "2026-06-10" gives "10/06/2026"."""
    return "/".join(reversed(iso.split("-")))
