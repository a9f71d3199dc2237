"""The box at the end of each tab: what this actor can do with the session now, and what stands in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.obstacles import obstacles
from certif.domaine.certificats.registre.deja_delivres import deja_delivres_connus_de
from certif.domaine.erreurs import ErreurMetier, SaisieInvalide, VersionPerimee
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.sessions import avertissements, entite, propositions
from certif.domaine.libelles.sessions.droits import bloquee
from certif.domaine.libelles.sessions.etats import ACTIONS, effet
from certif.domaine.noms import nom_affiche, nom_court, prenom_nom
from certif.domaine.sessions.annonces import formateur_injoint
from certif.domaine.sessions.courriers.faits import chemin_du_formateur
from certif.domaine.sessions.droits.conditions import empechements
from certif.domaine.sessions.droits.lecture import Droits
from certif.domaine.sessions.droits.relais import Relais
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import (
    attend_mes_resultats,
    echeance_de_soumission,
)
from certif.domaine.sessions.propositions import est_faite
from certif.domaine.sessions.regles import completude, delais, inscription
from certif.domaine.temps import date_de, depuis, format_date_heure
from certif.socle.adresses import adresse
from certif.socle.horloge import aujourd_hui
from certif.web.sessions.cadre import Cadre

CHOIX = (Action.GENERER, Action.CLORE_SANS_CERTIFICAT, Action.MODIFIER_SAISIE)


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing to mend before submitting, and where."""

    texte: str
    href: str


@dataclass(frozen=True, slots=True)
class Soumission:
    """*Soumettre au formateur*: what it will do, what is missing, what will be refused later, until when."""

    effet: str
    manques: list[Manque]
    reste: str
    averti: str
    echeance: str


@dataclass(frozen=True, slots=True)
class Choix:
    """One option of the source's *Action* box; `empechement` says why it cannot be chosen now."""

    valeur: str
    libelle: str
    effet: str
    empechement: str = ""


@dataclass(frozen=True, slots=True)
class Attente:
    """The session is with the formateur: since when, reminded when, and whether they may be again.

    `lien` opens it for them, once logged in; "" where there is nobody to send it to.
    """

    situation: str
    relance: str
    relancable: bool
    avis: str
    est_moi: bool
    lien: str = ""


@dataclass(frozen=True, slots=True)
class Boite:
    """What `templates/entite/_boite.html` reads; a part that does not apply is None or empty."""

    session_certif: SessionCertification
    soumission: Soumission | None = None
    choix: tuple[Choix, ...] = ()
    choisi: str = ""
    attente: Attente | None = None
    supprimable: bool = False
    confier: str = ""
    """Why the session can be entrusted to somebody else; "" when it cannot."""
    erreur: str = ""
    changements: Sequence[str] = ()


def boite(
    le_cadre: Cadre,
    acteur: Acteur,
    erreur: ErreurMetier | None = None,
    trouves: Mapping[str, str] | None = None,
) -> Boite:
    """The box of the session of this frame, for its actor; `erreur` is why their last click was refused.

    `trouves`: what forbids submitting it (`empechements`), where that is known already.
    """
    session_certif, possibles = le_cadre.session_certif, le_cadre.actions
    choix = tuple(_choix(le_cadre, action) for action in CHOIX if action in possibles)
    return Boite(
        session_certif=session_certif,
        soumission=_soumission(le_cadre, acteur, trouves)
        if Action.SOUMETTRE_AU_FORMATEUR in possibles
        else None,
        choix=choix,
        choisi=next((c.valeur for c in choix if c.valeur == Action.GENERER and not c.empechement), ""),
        attente=_attente(session_certif, acteur, le_cadre.relais)
        if Action.REPRENDRE_SAISIE in possibles
        else None,
        supprimable=Action.SUPPRIMER in possibles,
        confier=_confier(session_certif) if Action.CONFIER in possibles else "",
        erreur=_message(erreur),
        changements=erreur.changements if isinstance(erreur, VersionPerimee) else (),
    )


def _confier(s: SessionCertification) -> str:
    declarant = "" if s.declarant.efface_le else prenom_nom(s.declarant.nom, s.declarant.prenom)
    return entite.declarant_parti(declarant)


def _message(erreur: ErreurMetier | None) -> str:
    if isinstance(erreur, SaisieInvalide) and "action" not in erreur.champs:
        return entite.A_COMPLETER
    return erreur.message if erreur else ""


def boite_en_chemin(le_cadre: Cadre, acteur: Acteur, trouves: Mapping[str, str] | None = None) -> Boite:
    """The box of a tab that comes before the last: what is missing elsewhere is left to the tabs' marks."""
    complete = boite(le_cadre, acteur, trouves=trouves)
    en_attente = complete.soumission is not None and complete.soumission.manques
    return replace(complete, soumission=None) if en_attente else complete


def _soumission(le_cadre: Cadre, acteur: Acteur, trouves: Mapping[str, str] | None) -> Soumission:
    s = le_cadre.session_certif
    trouves = empechements(s, le_cadre.droits) if trouves is None else trouves
    # Nothing when it is too late: what is missing says so.
    echeance = None if "date_fin" in trouves else echeance_de_soumission(s)
    formateur = s.formateur
    return Soumission(
        effet=entite.soumettre_a(nom_affiche(formateur.nom, formateur.prenom), formateur.numero)
        if formateur and "formateur_id" not in trouves
        else "",
        manques=[Manque(message, _adresse_du_champ(s, champ)) for champ, message in trouves.items()],
        reste=entite.manquants(len(trouves)) if trouves else "",
        averti=" ".join(filter(None, (_deja_delivres(s, acteur), _non_faites(s)))),
        echeance=ecrans.a_soumettre_avant(echeance) if echeance else "",
    )


def _deja_delivres(s: SessionCertification, acteur: Acteur) -> str:
    """R6, at the submission: a warning."""
    deja = deja_delivres_connus_de(acteur, s, s.stagiaires)
    if not deja or s.certificat is None or s.date_fin is None:
        return ""
    noms = [inscription.affiche(stagiaire) for stagiaire in deja]
    return avertissements.deja_delivres(noms, s.certificat.libelle, s.date_fin)


def _non_faites(s: SessionCertification) -> str:
    """R5, at the submission: what the formateur asked for and nobody did is refused; a warning."""
    reste = sum(not est_faite(s, p) for p in s.propositions) if s.soumise_le is not None else 0
    return propositions.non_faites(reste) if reste else ""


def _adresse_du_champ(s: SessionCertification, champ: str) -> str:
    onglet = next(nom for nom, champs in completude.ONGLETS.items() if champ in champs)
    ancre = {"formateur_id": "numero"}.get(champ, champ)
    return url_for(f"entite.{onglet}", entite_id=s.entite_id, numero=s.numero, _anchor=ancre)


def _choix(le_cadre: Cadre, action: Action) -> Choix:
    s, libelle = le_cadre.session_certif, ACTIONS[action.value]
    if action is Action.GENERER:
        empechement = empechement_de_generer(s, le_cadre.droits)
        texte = entite.avant_de_generer(len(s.reussites), delais.telechargeable_jusqu_au(aujourd_hui()))
        return Choix(action.value, libelle, "" if empechement else texte, empechement)
    formateur = nom_court(s.formateur.nom, s.formateur.prenom) if s.formateur else ""
    texte = effet(action.value, entite=s.entite.raison_sociale, formateur=formateur)
    # The arrow is drawn by the page.
    return Choix(action.value, libelle, texte.removeprefix("→ "))


def empechement_de_generer(s: SessionCertification, droits: Droits | None = None) -> str:
    """Why *Générer* would be refused now, in words, all of it; "" when no rule stands in the way."""
    trouves = obstacles(s, droits)
    dits = [bloquee(o.message) if o.regle in ("R2", "R3") else o.message for o in trouves]
    return dits[0] if len(dits) == 1 else " ".join(f"{dit.rstrip('.')}." for dit in dits)


def _attente(s: SessionCertification, acteur: Acteur, relais: Relais) -> Attente:
    qui = nom_affiche(s.formateur.nom, s.formateur.prenom) if s.formateur else ""
    jour = aujourd_hui()
    if relais.formateur_empeche:
        return Attente(entite.ne_peut_plus_repondre(qui), "", False, "", False)
    relancee_ce_jour = s.rappele_le is not None and date_de(s.rappele_le) == jour
    relance = entite.relance_le(format_date_heure(s.rappele_le)) if s.rappele_le else ""
    return Attente(
        situation=entite.chez_le_formateur(qui, depuis(date_de(s.soumise_le), jour) if s.soumise_le else ""),
        avis=formateur_injoint(s),
        relance=f"{relance} {entite.RELANCE_DU_JOUR}" if relancee_ce_jour else relance,
        relancable=not relancee_ce_jour,
        est_moi=attend_mes_resultats(s, acteur),
        lien="" if attend_mes_resultats(s, acteur) else adresse(chemin_du_formateur(s.numero)),
    )
