"""The stagiaires of a session as the entité reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certif.domaine.comptes.acteur import Acteur
from certif.domaine.libelles import ecrans, entite
from certif.domaine.noms import majuscules
from certif.domaine.sessions.avertissements import avertissements
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import Resultat, SessionCertification, Stagiaire
from certif.domaine.sessions.presentation import actions_possibles, saisie_possible
from certif.domaine.temps import format_date


@dataclass(frozen=True, slots=True)
class Ligne:
    """One stagiaire; `naissance` is "" until it is filled in; `apercu`: a specimen can be had."""

    id: int
    nom: str
    prenom: str
    naissance: str
    resultat: str
    motif: str
    apercu: bool


@dataclass(frozen=True, slots=True)
class Tableau:
    """What `templates/entite/_stagiaires.html` reads; `avec_resultats` once the formateur has sent them."""

    titre: str
    lignes: Sequence[Ligne]
    modifiable: bool
    avec_resultats: bool
    avec_apercus: bool
    avertissements: Sequence[str]


def tableau(session_certif: SessionCertification, acteur: Acteur) -> Tableau:
    """The table of this session for this actor; the formateur's drafts are theirs until they are sent."""
    avec_resultats = session_certif.resultats_le is not None
    modifiable = saisie_possible(session_certif, acteur)
    avec_apercus = Action.GENERER in actions_possibles(session_certif, acteur)
    lignes = [_ligne(stagiaire, avec_resultats, avec_apercus) for stagiaire in session_certif.stagiaires]
    return Tableau(
        titre=entite.stagiaires(len(lignes)) if lignes else ecrans.AUCUN_STAGIAIRE,
        lignes=lignes,
        modifiable=modifiable,
        avec_resultats=avec_resultats,
        avec_apercus=avec_apercus,
        avertissements=avertissements(session_certif, acteur) if modifiable else [],
    )


def _ligne(stagiaire: Stagiaire, avec_resultats: bool, avec_apercus: bool) -> Ligne:
    motif = stagiaire.motif_echec if avec_resultats else None
    return Ligne(
        id=stagiaire.id,
        nom=majuscules(stagiaire.nom),
        prenom=stagiaire.prenom,
        naissance=format_date(stagiaire.date_naissance) if stagiaire.date_naissance else "",
        resultat=stagiaire.resultat.value if avec_resultats and stagiaire.resultat else "",
        motif=ecrans.MOTIFS_ECHEC[motif.value] if motif else "",
        apercu=avec_apercus and stagiaire.resultat is Resultat.REUSSITE,
    )
