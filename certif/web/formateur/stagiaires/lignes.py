"""The trainees as the formateur's page shows them: the answer, what changed, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certif.domaine.erreurs import ErreurMetier, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.sessions import formateur as textes
from certif.domaine.noms import majuscules
from certif.domaine.sessions.actions.resultats import Reponse
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.propositions import en_attente, lisible
from certif.domaine.sessions.regles import retouches
from certif.domaine.sessions.relecture import Relecture
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.domaine.temps import format_date
from certif.web.formateur.stagiaires.reponses import PREFIXE_REPONSE, Saisie

PARTIES = ("nom", "prenom", "naissance")


@dataclass(frozen=True, slots=True)
class Correction:
    """The identity that a trainee should have, in its form, `ouverte` when it holds what is not kept yet.

    `dit`: what is proposed, in words.
    """

    valeurs: IdentiteSaisie
    erreurs: Mapping[str, Sequence[str]]
    dit: str
    ouverte: bool

    @property
    def parle(self) -> bool:
        return bool(self.dit or self.erreurs)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One trainee; `change` says in words what is not as it was."""

    cle: int
    nom: str
    prenom: str
    naissance: str
    resultat: str
    motif: str
    correction: Correction
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
    champs = erreur.champs if isinstance(erreur, SaisieInvalide) else saisie.refusees if saisie else {}
    proposees = en_attente(session_certif)
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
                correction=_correction(stagiaire, proposees, relue, saisie, champs, erreur),
                change=textes.choix_d_ici(Resultat(autre).libelle) if autre else _change(stagiaire, relue),
                erreurs=tuple(champs.get(f"{PREFIXE_REPONSE}{stagiaire.id}", ())),
            )
        )
    return trouvees


def _correction(
    stagiaire: Stagiaire,
    proposees: Sequence[Proposition],
    relue: Relecture,
    saisie: Saisie | None,
    champs: Mapping[str, Sequence[str]],
    erreur: ErreurMetier | None,
) -> Correction:
    """What is proposed, or was typed on a page that was refused; a stale page hides nothing stored since."""
    siennes = [p for p in proposees if retouches.visee(p, [stagiaire]) is stagiaire]
    voulu = retouches.corrigee(stagiaire, siennes)
    naissance = format_date(voulu.date_naissance) if voulu.date_naissance else ""
    valeurs = IdentiteSaisie(
        voulu.nom, voulu.prenom, naissance, nom_unique=bool(siennes) and not voulu.prenom
    )
    erreurs = {
        champ: champs[cle] for champ in retouches.IDENTITE if (cle := f"{champ}-{stagiaire.id}") in champs
    }
    postee = saisie.corrections.get(stagiaire.id) if saisie else None
    perimee = isinstance(erreur, VersionPerimee)
    if perimee and postee is not None and _d_avant(postee, stagiaire, relue):
        postee = None  # nobody typed it: it is what the page of before showed
    perdue = erreur is not None and not (perimee and siennes)
    if postee is not None and (erreurs or perdue):
        valeurs = postee
    ouverte = not retouches.telle_quelle(voulu, valeurs.nom, valeurs.prenom, valeurs.date_naissance)
    dit = textes.correction_proposee([lisible(p.champ, p.valeur) for p in siennes]) if siennes else ""
    return Correction(valeurs, erreurs, dit, bool(erreurs) or ouverte)


def _d_avant(postee: IdentiteSaisie, stagiaire: Stagiaire, relue: Relecture) -> bool:
    """Whether these are the fields as they stood before the entité corrected this trainee."""
    nom, prenom, naissance = stagiaire.identite
    avant = relue.differences.stagiaires.get((nom, prenom, naissance))
    if avant is None or (postee.nom, postee.prenom) != (avant[0], avant[1]):
        return False
    return postee.date_naissance in (avant[2], jour_lu(avant[2]))


def _change(stagiaire: Stagiaire, relue: Relecture) -> str:
    """What is not as it was, and what was proposed and not taken."""
    nom, prenom, naissance = stagiaire.identite
    refusees = relue.refusees.get((nom, prenom, naissance), [])
    dites = [_corrige(stagiaire, relue), textes.non_retenue(refusees) if refusees else ""]
    return " ".join(dite for dite in dites if dite)


def _corrige(stagiaire: Stagiaire, relue: Relecture) -> str:
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
