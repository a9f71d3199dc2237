"""The tab of the certificates: their generation, then their files."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.apercu import apercu as rendre_apercu
from certif.domaine.certificats.apercu import apercus as rendre_apercus
from certif.domaine.certificats.lectures import annulations
from certif.domaine.certificats.lectures import telechargements as lire_telechargements
from certif.domaine.certificats.reprise import relancer_le_dossier
from certif.domaine.certificats.telechargement import (
    contenu,
    fichier_telechargeable,
    marquer_telechargement,
)
from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger_pour_lire
from certif.web.acces import acteur
from certif.web.document import afficher_pdf
from certif.web.entite.annulation.annulables import annules_de, choix_annulation
from certif.web.entite.blueprint import bp
from certif.web.entite.certificats.fichiers import fichiers
from certif.web.entite.certificats.generation import generation
from certif.web.entite.certificats.suivi import rien_de_neuf, suivi_de
from certif.web.entite.session.onglets import onglets_entite
from certif.web.erreurs import statut_de
from certif.web.htmx import Fragment, est_fragment, morceaux, page_ou_fragments, succes
from certif.web.sessions.cadre import cadre, fragments_du_cadre

SESSION = "/sessions/<int:numero>/telechargements"


@bp.get(SESSION)
def telechargements(entite_id: int, numero: int) -> ResponseReturnValue:
    """Where the certificates are; the page asks again as long as something goes on by itself."""
    session_certif = charger_pour_lire(acteur(), numero)
    if est_fragment() and (suite := rien_de_neuf(session_certif, acteur(), request.path)):
        return morceaux(suite, 200)
    contexte = contexte_telechargements(session_certif, acteur())
    return page_ou_fragments(
        _fragments(contexte), lambda: render_template("entite/telechargements.html", **contexte)
    )


def fragments_telechargements(session_certif: SessionCertification) -> list[Fragment]:
    """Every piece of the tab as it is now."""
    return _fragments(contexte_telechargements(session_certif, acteur()))


def _fragments(contexte: dict[str, Any]) -> list[Fragment]:
    return [*fragments_du_cadre(contexte["cadre"]), ("entite/_telechargements.html", contexte)]


@bp.get(f"{SESSION}/certificats")
def telecharger_tout(entite_id: int, numero: int) -> ResponseReturnValue:
    """The zip."""
    return _remettre(numero)


@bp.get(f"{SESSION}/dossier")
def telecharger_dossier(entite_id: int, numero: int) -> ResponseReturnValue:
    """The dossier of the session."""
    return _remettre(numero, dossier=True)


@bp.post(f"{SESSION}/dossier")
def relancer_dossier(entite_id: int, numero: int) -> Response:
    """Have the dossier tried again."""
    relancer_le_dossier(acteur(), numero)
    contexte = contexte_telechargements(charger_pour_lire(acteur(), numero), acteur())
    adresse = url_for("entite.telechargements", entite_id=entite_id, numero=numero)
    return succes([("entite/_telechargements.html", contexte)], adresse)


@bp.get(f"{SESSION}/certificats/<int:certificat_id>")
def telecharger(entite_id: int, numero: int, certificat_id: int) -> ResponseReturnValue:
    """One certificate."""
    return _remettre(numero, certificat_id)


@bp.get("/sessions/<int:numero>/stagiaires/<int:stagiaire_id>/apercu")
def apercu(entite_id: int, numero: int, stagiaire_id: int) -> ResponseReturnValue:
    """What a certificate will look like, before it is generated."""
    return afficher_pdf(*rendre_apercu(acteur(), numero, stagiaire_id))


@bp.get("/sessions/<int:numero>/apercus")
def apercus(entite_id: int, numero: int) -> ResponseReturnValue:
    """What all of them will look like."""
    return afficher_pdf(*rendre_apercus(acteur(), numero))


def _remettre(numero: int, certificat_id: int | None = None, *, dossier: bool = False) -> ResponseReturnValue:
    """The file, or the tab saying why it cannot be had; a HEAD is no download."""
    essai = request.method == "HEAD"
    try:
        fichier = (fichier_telechargeable if essai else marquer_telechargement)(
            acteur(), numero, certificat_id, dossier=dossier
        )
        reponse = Response(() if essai else contenu(fichier), mimetype=fichier.type_mime)
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        contexte = contexte_telechargements(charger_pour_lire(acteur(), numero), acteur(), erreur)
        return render_template("entite/telechargements.html", **contexte), statut_de(erreur)
    reponse.content_length = fichier.taille
    reponse.headers.set("Content-Disposition", "attachment", filename=fichier.nom)
    reponse.headers["Accept-Ranges"] = "none"
    return reponse


def contexte_telechargements(
    session_certif: SessionCertification, qui: Acteur, erreur: ErreurMetier | None = None
) -> dict[str, Any]:
    """What the tab's templates read; `erreur` is why a file, or a cancellation, was refused."""
    annules, en_cours = annulations(session_certif, qui), generation(session_certif, qui)
    lus = lire_telechargements(session_certif)
    return {
        "cadre": cadre(session_certif, qui, onglets_entite(session_certif, "telechargements")),
        "generation": en_cours,
        "suivi": suivi_de(session_certif, en_cours, lus.etat if lus else None),
        "fichiers": fichiers(session_certif, lus, len(annules.certificats)) if lus else None,
        "annules": annules_de(session_certif, qui, annules),
        "annulation": choix_annulation(session_certif, qui, lus.certificats if lus else [], erreur),
        "erreur": erreur.message if erreur and not isinstance(erreur, SaisieInvalide) else "",
    }
