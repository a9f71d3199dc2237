"""A kept form as its author reads it: which session, what it asks for, each field under its label."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.geographie.pays import nom_pays
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.sessions.etats import ACTIONS
from certif.domaine.libelles.sessions.formateur import a_corriger
from certif.domaine.libelles.sessions.resultats import resultats
from certif.domaine.libelles.typographie import francais
from certif.domaine.noms import nom_affiche
from certif.domaine.referentiel.lectures import (
    libelle_du_certificat,
    libelle_du_niveau,
    plateformes_de_l_entite,
)
from certif.domaine.sessions.modeles import Stagiaire
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.regles import retouches
from certif.domaine.sessions.valeurs import Identification, MotifEchec, Resultat, TypeLieu
from certif.web.acces import mes_espaces
from certif.web.entiers import lire_entier
from certif.web.formateur.stagiaires.reponses import PREFIXE_NOM, PREFIXE_REPONSE, lire_identite

Champs = Sequence[tuple[str, str]]

GESTES = {
    "entite.ajouter": ecrans.NOUVEAU_STAGIAIRE,
    "entite.creer": ACTIONS["creer"],
    "entite.relancer_formateur": ecrans.RELANCER_LE_FORMATEUR,
    "entite.retirer": francais("Retirer un stagiaire"),
    "entite.supprimer": ACTIONS["supprimer"],
    "entite.verifier_formateur": ecrans.LANCER_LA_VERIFICATION,
    "formateur.refuser_session": ACTIONS["pas_ma_session"],
}
"""What the forms that hold few fields, or none, are for."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """`sujet` names the session ("": none); `lignes` are labels and values, in the form's order."""

    sujet: str
    lignes: list[tuple[str, str]]


def lire_saisie(adresse: str, champs: Champs) -> Lecture:
    """Read a form aimed at `adresse`; what no label names (tokens, versions) is left out."""
    endpoint, parties = _destination(adresse)
    numero = parties.get("numero")
    geste = ACTIONS.get(parties.get("action", "")) or GESTES.get(endpoint, "")
    lignes = [(ecrans.CHAMPS["action"], geste)] if geste else []
    lignes += [
        (ecrans.CHAMPS[champ], lu)
        for champ, valeur in champs
        if champ in ecrans.CHAMPS and valeur.strip() and (lu := _valeur(champ, valeur, parties))
    ]
    sujet = ecrans.session_de_certification(numero) if numero is not None else ""
    return Lecture(sujet, lignes + _reponses(numero, dict(champs)) + _corrections(numero, dict(champs)))


def _destination(adresse: str) -> tuple[str, Mapping[str, Any]]:
    """The view that this address leads to, and the parts of the address; ("", {}) when none does."""
    plan = current_app.create_url_adapter(request)
    try:
        return plan.match(adresse, "POST") if plan else ("", {})
    except HTTPException:
        return "", {}


def _valeur(champ: str, valeur: str, parties: Mapping[str, Any]) -> str:
    """What the screen showed for this value; "" for a choice that means nothing."""
    textes: dict[str, Callable[[str], str]] = {
        "lieu_type": TypeLieu.libelle_de,
        "identification": Identification.libelle_de,
        "action": lambda texte: ACTIONS.get(texte, ""),
        "niveau_id": lambda texte: libelle_du_niveau(lire_entier(texte) or 0),
        "certificat_id": lambda texte: libelle_du_certificat(lire_entier(texte) or 0),
        "plateforme_id": lambda texte: _plateforme(parties.get("entite_id", 0), texte),
        "pays": nom_pays,
        "nom_unique": lambda _: "Oui",
    }
    return textes.get(champ, str)(valeur)


def _plateforme(entite_id: int, texte: str) -> str:
    """The label of a platform, for who stands in its entité."""
    if not any(espace.entite_id == entite_id for espace in mes_espaces()):
        return ""
    return next((p.libelle for p in plateformes_de_l_entite(entite_id) if str(p.id) == texte), "")


def _reponses(numero: int | None, champs: Mapping[str, str]) -> list[tuple[str, str]]:
    """The formateur's answers, by trainee; only how many there are once the session is no longer theirs."""
    donnees = {
        cle.removeprefix(PREFIXE_REPONSE): valeur
        for cle, valeur in champs.items()
        if cle.startswith(PREFIXE_REPONSE) and Resultat.libelle_de(valeur)
    }
    if numero is None or not donnees:
        return []
    noms = {cle: nom_affiche(s.nom, s.prenom) for cle, s in _stagiaires(numero).items()}
    if not donnees.keys() <= noms.keys():
        trouves = list(donnees.values())
        return [
            (
                ecrans.CHAMPS["resultat"],
                resultats(trouves.count(Resultat.REUSSITE), trouves.count(Resultat.ECHEC)),
            )
        ]
    return [(noms[cle], _reponse(valeur, champs.get(f"motif-{cle}", ""))) for cle, valeur in donnees.items()]


def _reponse(valeur: str, motif: str) -> str:
    libelle, precision = Resultat.libelle_de(valeur), MotifEchec.libelle_de(motif)
    return f"{libelle} ({precision})" if precision and valeur == Resultat.ECHEC else libelle


def _corrections(numero: int | None, champs: Mapping[str, str]) -> list[tuple[str, str]]:
    """The identities that were typed beside trainees, where they are not theirs."""
    lues = []
    for cle, stagiaire in (_stagiaires(numero) if numero is not None else {}).items():
        if f"{PREFIXE_NOM}{cle}" not in champs:
            continue
        saisie = lire_identite(champs, "", cle)
        if not retouches.telle_quelle(stagiaire, saisie.nom, saisie.prenom, saisie.date_naissance):
            voulue = f"{nom_affiche(saisie.nom, saisie.prenom)}, {saisie.date_naissance}"
            lues.append((a_corriger(nom_affiche(stagiaire.nom, stagiaire.prenom)), voulue))
    return lues


def _stagiaires(numero: int) -> dict[str, Stagiaire]:
    """By id, as far as this person, as formateur, may see them."""
    espace = next((e for e in mes_espaces() if e.role is TypeRole.FORMATEUR), None)
    if espace is None:
        return {}
    try:
        session_certif = charger(espace.acteur, numero)
    except Introuvable:
        return {}
    return {str(s.id): s for s in session_certif.stagiaires}
