"""What a session that copies another, or opens from a model, begins with; and what no longer holds of it."""

from dataclasses import dataclass, field
from typing import Any

from certif.domaine.libelles.sessions import modeles as textes
from certif.domaine.referentiel.modeles import Niveau
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.sessions.declaration.lieu import lire_lieu
from certif.domaine.sessions.droits.lecture import lire_formateurs
from certif.domaine.sessions.modeles import REPRIS, Canevas
from certif.domaine.sessions.regles import delais, designation, lieux
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.horloge import aujourd_hui

_LIEU = ("lieu_type", "code_postal", "ville", "pays", "plateforme_id")


@dataclass
class Reprise:
    """The columns to begin with, and a sentence for whatever was left out."""

    colonnes: dict[str, Any]
    ecarts: list[str] = field(default_factory=list)

    def laisser(self, ecart: str, *colonnes: str) -> None:
        """Leave these out, and say why."""
        self.colonnes |= dict.fromkeys(colonnes)
        self.ecarts.append(ecart)


def reprendre(source: Canevas, entite_id: int) -> Reprise:
    """All that `source` says and that could still hold for some F that can be entered today.

    Whether it does at F is judged as for any session; the formateur is judged again (R4).
    """
    reprise = Reprise({colonne: getattr(source, colonne) for colonne in REPRIS})
    niveau = _reprendre_le_certificat(reprise, source, entite_id)
    _reprendre_le_lieu(reprise, source, niveau, entite_id)
    _reprendre_le_formateur(reprise, source, niveau)
    return reprise


def _reprendre_le_certificat(reprise: Reprise, source: Canevas, entite_id: int) -> Niveau | None:
    """R2; the niveau that is kept."""
    niveau = source.niveau
    if niveau is None:
        return None
    if niveau.dispositif.archive_le is not None:
        reprise.laisser(textes.niveau_archive(niveau.libelle), "niveau_id", "certificat_id")
        return None
    if niveau.id not in {propose.id for propose in niveaux_proposes(entite_id)}:
        reprise.laisser(textes.sans_habilitation(niveau.libelle), "niveau_id", "certificat_id")
        return None
    if source.certificat is not None and source.certificat.archive_le is not None:
        reprise.laisser(textes.certificat_archive(source.certificat.libelle), "certificat_id")
    return niveau


def _reprendre_le_lieu(reprise: Reprise, source: Canevas, niveau: Niveau | None, entite_id: int) -> None:
    """R13."""
    if source.lieu_type is None:
        return
    if source.lieu_type is TypeLieu.PLATEFORME and niveau is None:
        reprise.colonnes |= dict.fromkeys(_LIEU)  # it goes with its dispositif
        return
    if source.plateforme is not None:
        premiere, derniere = delais.dates_de_fin_possibles(aujourd_hui())
        if not lieux.active_entre(source.plateforme, premiere, derniere):
            reprise.laisser(textes.plateforme_fermee(source.lieu), *_LIEU)
            return
    saisis = {
        "lieu_type": source.lieu_type.value,
        "code_postal": source.code_postal or "",
        "ville": source.ville or "",
        "pays": source.pays or "",
        "ville_etranger": source.ville or "",
        "plateforme_id": str(source.plateforme_id or ""),
    }
    if lire_lieu(saisis, entite_id, niveau.dispositif if niveau else None, None).fautes.champs:
        reprise.laisser(textes.LIEU_A_CHOISIR, *_LIEU)


def _reprendre_le_formateur(reprise: Reprise, source: Canevas, niveau: Niveau | None) -> None:
    """R3, for what does not hang on F."""
    formateur = source.formateur
    if formateur is None:
        return
    trouve = lire_formateurs([formateur.id]).get(formateur.id)
    if formateur.efface_le is not None:
        reprise.laisser(textes.FORMATEUR_PARTI, "formateur_id")
    elif trouve is None or not trouve.role_actif:
        reprise.laisser(textes.FORMATEUR_SANS_ROLE, "formateur_id")
    elif niveau is not None and not designation.proposable(trouve.qualifications, niveau, aujourd_hui()):
        reprise.laisser(textes.formateur_non_qualifie(niveau.libelle), "formateur_id")
