"""Whose turn it is, and so where a session is listed: "à traiter" is my turn, "en cours" the rest. Pure."""

from dataclasses import dataclass
from datetime import date

from certif.domaine.libelles.sessions import droits, etats
from certif.domaine.sessions.etats import FORMATEUR, GESTIONNAIRE, Etat
from certif.domaine.sessions.regles import delais
from certif.domaine.sessions.regles.delais import Fenetre


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A session as one viewer meets it.

    `role` is the viewer's; `declarant` reads "Karine PARIS", or "" once erased, and `formateur`
    "R. Stéphanie"; `retournee`: sent back by the formateur; `bloquee`: the refusal of R2 or R3 that stops it
    since its submission; `formateur_empeche`, `declarant_parti`, `sans_reussite`, `vide`: see
    `relais.Relais`; `fenetre`: R1's, as long as it is judged on today; `suspendue`: its entité is (R17);
    `annulee`: all of its certificates are cancelled. Paris dates.
    """

    etat: Etat
    role: str
    aujourd_hui: date
    entite: str
    declarant: str = ""
    declaree_par_moi: bool = False
    retournee: bool = False
    date_fin: date | None = None
    formateur: str = ""
    soumise_le: date | None = None
    bloquee: str | None = None
    formateur_empeche: bool = False
    declarant_parti: bool = False
    fenetre: Fenetre | None = None
    suspendue: bool = False
    sans_reussite: bool = False
    vide: bool = False
    faits: int = 0
    total: int = 0
    echecs: int = 0
    genere_le: date | None = None
    telecharge_le: date | None = None
    annulee: bool = False


@dataclass(frozen=True, slots=True)
class Tour:
    """What to show beside the state; `a_moi` puts the session among those to deal with."""

    texte: str
    a_moi: bool


def tour(s: Situation) -> Tour:
    """Whose turn it is, said to this viewer: no move is promised that could not be made."""
    if s.suspendue and _attend_quelqu_un(s):
        return Tour(etats.suspendue(s.entite), False)
    return _pour_le_formateur(s) if s.role in FORMATEUR else _pour_l_entite(s)


def _attend_quelqu_un(s: Situation) -> bool:
    """Whether the next move is somebody's, which the suspension of the entité forbids."""
    return s.etat is not Etat.GENERE and (s.etat is not Etat.GENERATION or s.echecs > 0)


def _pour_le_formateur(s: Situation) -> Tour:
    match s.etat:
        case Etat.VALIDATION_FORMATEUR:
            texte = droits.bloquee(s.bloquee) if s.bloquee else etats.RENSEIGNER_RESULTATS
            return Tour(texte, not s.formateur_empeche)
        case Etat.GENERATION:
            return Tour(etats.RIEN_A_FAIRE, False)
        case Etat.GENERE:
            return Tour(etats.TERMINEE, False)
    return Tour(etats.au_tour_de(s.entite), False)


def _pour_l_entite(s: Situation) -> Tour:
    match s.etat:
        case Etat.SAISIE:
            if s.vide:
                return Tour(etats.VIDE, False)
            if s.retournee:
                return Tour(etats.CORRIGER, True)
            if s.declarant_parti and s.role in GESTIONNAIRE:
                return Tour(_a_soumettre(s, etats.COMPLETER_OU_CONFIER), True)
            if not s.declaree_par_moi:
                return Tour(etats.au_tour_de(s.declarant or s.entite), False)
            return Tour(_a_soumettre(s, etats.COMPLETER), True)
        case Etat.VALIDATION_FORMATEUR:
            if s.formateur_empeche:
                return Tour(etats.reprendre(droits.bloquee(s.bloquee) if s.bloquee else ""), True)
            if s.bloquee:
                return Tour(droits.bloquee(s.bloquee), False)
            return Tour(
                etats.au_tour_du_formateur(s.formateur, s.soumise_le or s.aujourd_hui, s.aujourd_hui), False
            )
        case Etat.VALIDATION_ENTITE:
            return _validation_entite(s)
        case Etat.GENERATION:
            if s.echecs:
                return Tour(etats.a_relancer(s.echecs), True)
            return Tour(etats.generation(s.faits, s.total), False)
    return _generee(s)


def _a_soumettre(s: Situation, a_temps: str) -> str:
    if s.fenetre is None or s.fenetre.contient(s.aujourd_hui):
        return a_temps
    if s.aujourd_hui < s.fenetre.ouverture:
        return etats.trop_tot(s.fenetre.ouverture)
    return etats.hors_delai(s.fenetre.cloture)


def _validation_entite(s: Situation) -> Tour:
    atteinte = s.date_fin is None or s.aujourd_hui >= s.date_fin
    if s.sans_reussite:
        return Tour(etats.CLORE if atteinte else etats.A_CLORE, atteinte)
    if s.bloquee:
        return Tour(droits.bloquee(s.bloquee), atteinte)
    if s.date_fin is not None and not atteinte:
        return Tour(etats.a_generer(s.date_fin), False)
    return Tour(etats.VERIFIER_ET_GENERER, True)


def _generee(s: Situation) -> Tour:
    genere_le = s.genere_le or s.aujourd_hui
    if s.annulee:
        return Tour(etats.annules(delais.purge_le(genere_le)), False)
    if s.telecharge_le is not None:
        return Tour(etats.telecharges(s.telecharge_le, delais.purge_le(genere_le)), False)
    if s.aujourd_hui > delais.telechargeable_jusqu_au(genere_le):
        return Tour(etats.delai_passe(delais.purge_le(genere_le)), False)
    return Tour(etats.a_telecharger(delais.telechargeable_jusqu_au(genere_le)), True)
