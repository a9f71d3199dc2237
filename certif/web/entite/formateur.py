"""The tab "Formateur": search, four verdicts in place, and the person declared (R3, R4)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, render_template, request

from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.sessions.droits import (
    FORMATEUR_MANQUANT,
    VERIFICATION_IMPOSSIBLE,
    verification_a_relancer,
)
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.actions.designation import (
    JAMAIS_FAITE,
    RechercheSaisie,
    Verification,
    verification_du_formateur,
    verifier_et_declarer,
)
from certif.domaine.sessions.declaration.avertissements import avertissement_semblable
from certif.domaine.sessions.declaration.recents import FormateurRecent, formateurs_recents
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger_pour_lire
from certif.domaine.sessions.presentation import saisie_possible
from certif.web.acces import acteur
from certif.web.entiers import version_postee
from certif.web.entite.blueprint import bp
from certif.web.entite.session.boite import boite_en_chemin
from certif.web.entite.session.onglets import adresse_onglet, onglets_entite
from certif.web.erreurs import statut_de
from certif.web.htmx import Fragment, echec, page_ou_fragments, redirection, succes
from certif.web.sessions.cadre import cadre, fragments_du_cadre

CHAMPS = ("numero", "nom", "prenom", "date_naissance")
RESULTATS = {True: "oui", False: "non", None: "non-verifie"}


@dataclass(frozen=True)
class Declare:
    """The formateur already named: who, what R3 says of them now, and why it must be judged again."""

    identite: str
    numero: str
    verdicts: list[dict[str, str]]
    conclusion: str
    a_relancer: str


@dataclass(frozen=True)
class Puce:
    """A formateur offered in one tap: who, and why not at F ("" when they may)."""

    identite: str
    numero: str
    refus: str


@dataclass(frozen=True)
class FormulaireFormateur:
    """What `entite/_formateur.html` reads: the search as typed, its refusals or its verdicts."""

    valeurs: Mapping[str, str]
    erreurs: Mapping[str, list[str]]
    verdicts: list[dict[str, str]]
    qui: str
    message: str
    impossible: str

    @property
    def resume(self) -> list[tuple[str, str]]:
        """The errors in the order of the screen, with the control that each one is about."""
        return [(champ, " ".join(messages)) for champ, messages in self.erreurs.items()]


@bp.get("/sessions/<int:numero>/formateur")
def formateur(entite_id: int, numero: int) -> Response:
    """The tab, as a page; once submitted, the formateur stands in the tab "Session"."""
    session_certif = charger_pour_lire(acteur(), numero)
    if not saisie_possible(session_certif, acteur()):
        return redirection(adresse_onglet(session_certif, "session"))
    contexte = _contexte(session_certif)
    return page_ou_fragments(_fragments(contexte), lambda: _page(contexte))


@bp.post("/sessions/<int:numero>/formateur")
def verifier_formateur(entite_id: int, numero: int) -> Response:
    """*Lancer la vérification*, or *Suivant*, which verifies what was typed before going on."""
    saisie = RechercheSaisie(**{champ: request.form.get(champ, "") for champ in CHAMPS})
    en_route = request.form.get("suite") == "suivant"
    if en_route and not any(texte.strip() for texte in asdict(saisie).values()):
        return succes([], adresse_onglet(charger_pour_lire(acteur(), numero), "stagiaires"))
    version = version_postee()
    try:
        verification = verifier_et_declarer(acteur(), numero, version, saisie)
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return _refuser(numero, saisie, erreur)
    if not verification.acceptee:
        return _refuser(numero, saisie, verification=verification)
    session_certif = charger_pour_lire(acteur(), numero)
    if en_route:
        return succes([], adresse_onglet(session_certif, "stagiaires"))
    return succes(_fragments(_contexte(session_certif)), adresse_onglet(session_certif, "formateur"))


def fragments_formateur(session_certif: SessionCertification) -> list[Fragment]:
    """Every piece of the tab as it is now."""
    return _fragments(_contexte(session_certif))


def _refuser(
    numero: int,
    saisie: RechercheSaisie,
    erreur: ErreurMetier | None = None,
    verification: Verification | None = None,
) -> Response:
    """A check that failed, a malformed or throttled search, or a stale page: what was typed is kept."""
    reste: dict[str, Any] = {}
    if isinstance(erreur, VersionPerimee):
        reste["changements"] = erreur.changements
    contexte = _contexte(charger_pour_lire(acteur(), numero), saisie, verification, erreur, **reste)
    return echec(_fragments(contexte), lambda: _page(contexte), statut_de(erreur) if erreur else 422)


def _contexte(
    session_certif: SessionCertification,
    saisie: RechercheSaisie | None = None,
    verification: Verification | None = None,
    erreur: ErreurMetier | None = None,
    **reste: Any,
) -> dict[str, Any]:
    present = acteur()
    le_cadre = cadre(session_certif, present, onglets_entite(session_certif, "formateur"))
    return {
        "cadre": le_cadre,
        "session_certif": session_certif,
        "modifiable": saisie_possible(session_certif, present),
        "declare": _declare(session_certif),
        "recents": [_puce(recent) for recent in formateurs_recents(session_certif)],
        "formulaire": _formulaire(session_certif, saisie or RechercheSaisie(), verification, erreur),
        "avertissement": avertissement_semblable(session_certif, present),
        "boite": boite_en_chemin(le_cadre, present),
        "a_chercher": FORMATEUR_MANQUANT,
        **reste,
    }


def _formulaire(
    s: SessionCertification,
    saisie: RechercheSaisie,
    verification: Verification | None,
    erreur: ErreurMetier | None,
) -> FormulaireFormateur:
    champs = erreur.champs if isinstance(erreur, SaisieInvalide) else {}
    dit_ailleurs = erreur is None or isinstance(erreur, (SaisieInvalide, VersionPerimee))
    qui = f"{verification.identite} ({verification.numero})" if verification and verification.identite else ""
    return FormulaireFormateur(
        valeurs=asdict(saisie),
        erreurs={champ: list(champs[champ]) for champ in CHAMPS if champ in champs},
        verdicts=_lignes(verification),
        qui=qui,
        message="" if dit_ailleurs or erreur is None else erreur.message,
        impossible=VERIFICATION_IMPOSSIBLE if s.niveau is None or s.date_fin is None else "",
    )


def _declare(s: SessionCertification) -> Declare | None:
    if s.formateur is None:
        return None
    cause = s.verification_a_relancer
    # Taken over and never verified here, they were judged when F was typed: a refusal says why.
    verification = verification_du_formateur(s) if cause in (None, JAMAIS_FAITE) else None
    if cause and verification and verification.acceptee:
        verification = None
    return Declare(
        identite=nom_affiche(s.formateur.nom, s.formateur.prenom),
        numero=s.formateur.numero,
        verdicts=_lignes(verification),
        conclusion=verification.conclusion if verification else "",
        a_relancer=verification_a_relancer(cause) if cause and not verification else "",
    )


def _puce(recent: FormateurRecent) -> Puce:
    individu = recent.individu
    return Puce(nom_affiche(individu.nom, individu.prenom), individu.numero, recent.refus)


def _lignes(verification: Verification | None) -> list[dict[str, str]]:
    verdicts = verification.verdicts if verification else []
    return [{"resultat": RESULTATS[v.reussi], "texte": v.message} for v in verdicts]


def _fragments(contexte: dict[str, Any]) -> list[Fragment]:
    return [
        ("entite/_formateur.html", contexte),
        ("entite/_boite.html", contexte),
        *fragments_du_cadre(contexte["cadre"]),
    ]


def _page(contexte: dict[str, Any]) -> str:
    return render_template("entite/formateur.html", **contexte)
