"""JOURNAL: who did what, on what, before and after; by identifiers only, for three years."""

import json
from collections.abc import Mapping
from typing import Any

from certif.domaine.acteur import TypeRole
from certif.domaine.libelles.typographie import francais
from certif.domaine.personnes import lectures_journal
from certif.domaine.personnes.lectures_journal import LigneJournal
from certif.web.administration.accueil import bp
from certif.web.fiches import Choix, Colonne, Date, Entier, Ligne, Rubrique, Texte, inscrire

_OBJETS = {
    "session": "Session",
    "entite": francais("Entité"),
    "nom_commercial": "Nom commercial",
    "individu": "Individu",
    "demande": "Demande",
    "modele": francais("Modèle"),
    "habilitation": "Habilitation",
    "qualification": "Qualification",
    "plateforme": francais("Plateforme"),
    "dispositif": "Dispositif",
    "certificat": "Certificat",
    "referentiel": francais("Référentiel"),
}
"""What lines are about, as the journal calls it."""


def _ligne(ligne: LigneJournal) -> Ligne:
    e = ligne.entree
    objet = f"{_OBJETS.get(e.objet, e.objet)} n°{e.objet_id}"
    return Ligne(
        (
            e.quand,
            ligne.numero or "Application",
            TypeRole.libelle_de(e.role) or e.role,
            e.action.replace("_", " "),
            objet,
            _changement(e.avant, e.apres),
        )
    )


def _changement(avant: Mapping[str, Any] | None, apres: Mapping[str, Any] | None) -> str:
    """« a : 1 → 2 », field by field; one side alone where nothing was there before, or is after."""
    avant, apres = avant or {}, apres or {}
    return ", ".join(
        f"{champ}\u00a0: {_ecrit(avant.get(champ))} → {_ecrit(apres.get(champ))}"
        if champ in avant
        else f"{champ}\u00a0: {_ecrit(apres[champ])}"
        for champ in dict.fromkeys([*avant, *apres])
    )


def _ecrit(valeur: Any) -> str:
    return (
        valeur
        if isinstance(valeur, str)
        else "—"
        if valeur is None
        else json.dumps(valeur, ensure_ascii=False)
    )


JOURNAL = Rubrique(
    nom="journal",
    titre="Journal",
    singulier="ligne",
    pluriel="lignes",
    criteres=(
        Texte(nom="acteur", libelle="N° Forprev", requis=False, maximum=8),
        Choix(nom="objet", libelle="Sur", requis=False, options=tuple(_OBJETS.items())),
        Entier(nom="objet_id", libelle="Numéro", requis=False),
        Date(nom="du", libelle="Du", requis=False),
        Date(nom="au", libelle="Au", requis=False),
    ),
    colonnes=(
        Colonne("Quand"),
        Colonne("Qui", classe="court"),
        Colonne("Rôle", classe="court"),
        Colonne("Action"),
        Colonne("Sur"),
        Colonne("Avant → après"),
    ),
    lister=lectures_journal.lister,
    ligne=_ligne,
    vide=("Aucune ligne", "Ce que chacun fait y reste trois ans, sans aucun nom."),
)

inscrire(bp, JOURNAL)
