"""*Faire relire*: each trainee reads their own identity, turned towards them, and nobody else's."""

from dataclasses import dataclass, replace

from flask import Response, make_response, render_template, request, url_for

from certif.domaine.erreurs import ErreurMetier, Introuvable, PartieIntrouvable, VersionPerimee
from certif.domaine.libelles.certificats.dossier import NOTICE_STAGIAIRES
from certif.domaine.libelles.sessions import formateur as textes
from certif.domaine.libelles.sessions.refus import STAGIAIRE_ABSENT
from certif.domaine.noms import majuscules
from certif.domaine.sessions.actions.resultats import enregistrer_resultats
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import peut_essayer
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.regles import retouches
from certif.domaine.sessions.relecture import Relecture
from certif.domaine.temps import format_date
from certif.web.acces import acteur
from certif.web.entiers import version_postee
from certif.web.erreurs import statut_de
from certif.web.formateur.blueprint import bp, charger_session
from certif.web.formateur.stagiaires.lignes import Ligne, lignes
from certif.web.formateur.stagiaires.reponses import Saisie, lire_saisie
from certif.web.htmx import redirection

ADRESSE = "/sessions/<int:numero>/relire/<int:rang>"


@dataclass(frozen=True, slots=True)
class Page:
    """What `formateur/relire.html` reads: who is shown, as certificates would print them if all is accepted.

    `droit`: the card stands upright for the formateur instead of being turned.
    """

    session_certif: SessionCertification
    rang: int
    total: int
    ligne: Ligne
    nom: str
    prenom: str
    naissance: str
    droit: bool
    refus: str = ""


@bp.get(ADRESSE)
def relire(numero: int, rang: int) -> Response:
    """One trainee, from 1 on; after the last, what was proposed. Nothing is kept but corrections."""
    s = charger_session(acteur(), numero)
    if not peut_essayer(s, acteur(), Action.ENREGISTRER_RESULTATS):
        return redirection(url_for("formateur.stagiaires", numero=numero))
    if rang == len(s.stagiaires) + 1:
        toutes = lignes(s, Relecture())
        corriges = [ligne for ligne in toutes if ligne.correction.dit]
        page = render_template(
            "formateur/relus.html", s=s, corriges=corriges, relus=textes.relus(len(toutes))
        )
        return make_response(page)
    return make_response(_rendre(_page(s, rang)))


@bp.post(ADRESSE)
def corriger_en_relisant(numero: int, rang: int) -> Response:
    """Propose a correction, then show it to be read again."""
    saisie, erreur = Saisie(), None
    try:
        saisie = lire_saisie(request.form)
        fautes = enregistrer_resultats(acteur(), numero, version_postee(), {}, saisie.corrections)
        saisie = replace(saisie, refusees=fautes)
    except Introuvable:
        charger_session(acteur(), numero)
        raise
    except ErreurMetier as refusee:
        erreur = refusee
    if erreur is None and not saisie.refusees:
        droit = request.form.get("droit") or None
        return redirection(url_for("formateur.relire", numero=numero, rang=rang, droit=droit))
    page = _page(charger_session(acteur(), numero), rang, saisie, erreur)
    return make_response(_rendre(page), statut_de(erreur) if erreur else 422)


def _rendre(page: Page) -> str:
    return render_template("formateur/relire.html", page=page, notice=NOTICE_STAGIAIRES)


def _page(
    s: SessionCertification, rang: int, saisie: Saisie | None = None, erreur: ErreurMetier | None = None
) -> Page:
    parti = ""
    if saisie is not None and saisie.corrections:
        rang, parti = _retrouver(s, rang, saisie)
    if not 0 < rang <= len(s.stagiaires):
        raise PartieIntrouvable(STAGIAIRE_ABSENT)
    voulu = retouches.corrigee(s.stagiaires[rang - 1], en_attente(s))
    return Page(
        session_certif=s,
        rang=rang,
        total=len(s.stagiaires),
        ligne=lignes(s, Relecture(), saisie, erreur)[rang - 1],
        nom=majuscules(voulu.nom),
        prenom=voulu.prenom,
        naissance=format_date(voulu.date_naissance) if voulu.date_naissance else "",
        droit="droit" in request.values,
        refus=" ".join([parti or erreur.message, *_changements(erreur)]) if erreur else "",
    )


def _retrouver(s: SessionCertification, rang: int, saisie: Saisie) -> tuple[int, str]:
    """Where whoever was being read stands now; of somebody who is gone, the nearest rank and what to say."""
    places = {stagiaire.id: place for place, stagiaire in enumerate(s.stagiaires, 1)}
    for cle in saisie.corrections:
        if cle in places:
            return places[cle], ""
    typee = next(iter(saisie.corrections.values()))
    valeurs = [typee.nom, typee.prenom, typee.date_naissance]
    return min(rang, len(places)), textes.relu_retire([valeur for valeur in valeurs if valeur])


def _changements(erreur: ErreurMetier) -> list[str]:
    return erreur.changements if isinstance(erreur, VersionPerimee) else []
