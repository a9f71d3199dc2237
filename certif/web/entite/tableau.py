"""The stagiaires of a session as the entité reads them: in saisie, in the order of entry (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from certif.domaine.certificats.deja_delivres import deja_delivres_connus_de
from certif.domaine.comptes.acteur import Acteur
from certif.domaine.libelles import avertissements as textes
from certif.domaine.libelles import ecrans, entite
from certif.domaine.noms import majuscules
from certif.domaine.sessions.avertissements import Avertissements, avertissements
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import Resultat, SessionCertification, Stagiaire
from certif.domaine.sessions.presentation import actions_possibles, en_saisie, saisie_possible
from certif.domaine.sessions.regles import Avertissement
from certif.domaine.temps import format_date


@dataclass(frozen=True, slots=True)
class Ligne:
    """One stagiaire; `naissance` is "" until it is filled in; `apercu`: a specimen can be had.

    `refus`: what *Générer* would refuse, whatever is answered to `avertissements`.
    """

    id: int
    nom: str
    prenom: str
    naissance: str
    resultat: str
    motif: str
    apercu: bool
    avertissements: Sequence[Avertissement] = ()
    refus: str = ""

    @property
    def averties(self) -> list[str]:
        """All that is to be verified of them, in words."""
        return [message for message in (self.refus, *(a.message for a in self.avertissements)) if message]


@dataclass(frozen=True, slots=True)
class Tableau:
    """What `templates/entite/_stagiaires.html` reads; `avec_resultats` once the formateur has sent them."""

    titre: str
    lignes: Sequence[Ligne]
    modifiable: bool
    avec_resultats: bool
    avec_apercus: bool
    avertissements: Sequence[Avertissement]
    triable: bool
    tri_par_nom: bool


def tableau(session_certif: SessionCertification, acteur: Acteur, *, par_nom: bool = False) -> Tableau:
    """The table of this session for this actor; the formateur's drafts are theirs until they are sent.

    `par_nom` shows in the order of after the submission what stands, in saisie, in the order of entry.
    """
    avec_resultats = session_certif.resultats_le is not None
    modifiable = saisie_possible(session_certif, acteur)
    avec_apercus = Action.GENERER in actions_possibles(session_certif, acteur)
    lignes = [
        _ligne(stagiaire, avec_resultats, avec_apercus) for stagiaire in _ordre(session_certif, par_nom)
    ]
    avertis = avertissements(session_certif, acteur) if modifiable else None
    if avertis is not None:
        lignes = _averties(lignes, avertis, session_certif, acteur)
    return Tableau(
        titre=entite.stagiaires(len(lignes)) if lignes else ecrans.AUCUN_STAGIAIRE,
        lignes=lignes,
        modifiable=modifiable,
        avec_resultats=avec_resultats,
        avec_apercus=avec_apercus,
        avertissements=avertis.de_la_session if avertis else (),
        triable=modifiable and len(lignes) > 1,
        tri_par_nom=par_nom,
    )


def _ordre(session_certif: SessionCertification, par_nom: bool) -> list[Stagiaire]:
    s = session_certif
    return s.stagiaires_saisis if en_saisie(s) and not par_nom else s.stagiaires


def _averties(
    lignes: list[Ligne], avertis: Avertissements, session_certif: SessionCertification, acteur: Acteur
) -> list[Ligne]:
    deja = {s.id for s in deja_delivres_connus_de(acteur, session_certif)}
    certificat, date_fin = session_certif.certificat, session_certif.date_fin
    refus = textes.deja_delivre(certificat.libelle, date_fin) if certificat and date_fin else ""
    return [
        replace(
            ligne,
            avertissements=avertis.des_stagiaires.get(ligne.id, ()),
            refus=refus if ligne.id in deja else "",
        )
        for ligne in lignes
    ]


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
