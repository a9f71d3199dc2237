"""CERTIFICATION, Modèles: kept from a session, listed, changed, deleted; each opens sessions."""

import secrets
from collections.abc import Mapping

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ErreurMetier, Introuvable, SaisieInvalide
from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.libelles.sessions import modeles as textes
from certif.domaine.noms import nom_affiche, prenom_nom
from certif.domaine.sessions.actions.saisie import creer_depuis_un_modele
from certif.domaine.sessions.declaration.reprise import reprendre
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes import actions, lectures, portee, regles
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.portee import charger_pour_lire
from certif.domaine.sessions.regles import validite
from certif.domaine.temps import format_date
from certif.domaine.une_fois import une_fois
from certif.web.acces import acteur
from certif.web.entite.blueprint import bp
from certif.web.entite.session.onglets import adresse_du_moment
from certif.web.erreurs import statut_de
from certif.web.fiches import (
    Colonne,
    Date,
    Fiche,
    Geste,
    Ligne,
    Recapitulatif,
    Rubrique,
    Section,
    Texte,
    inscrire,
)
from certif.web.fiches import champs as lecture
from certif.web.fiches.presentation import adresse
from certif.web.htmx import redirection

_CHAMPS = (
    Texte(nom="nom", libelle="Nom du modèle", aide=textes.AIDE_DU_NOM, maximum=regles.NOM_MAX),
    Date(nom="rappele_le", libelle="Rappel MAC", aide=textes.AIDE_DU_RAPPEL, requis=False),
)


@bp.get("/sessions/<int:numero>/modele")
def nommer_modele(entite_id: int, numero: int) -> ResponseReturnValue:
    """Under which name, and whether it is to be recalled."""
    s = charger_pour_lire(acteur(), numero)
    certificat = s.certificat.libelle if s.certificat else ""
    nom = regles.nom_propose(s.reference_interne, certificat, s.ville)
    return _page(s, {"nom": nom, "rappele_le": ""})


@bp.post("/sessions/<int:numero>/modele")
def garder_modele(entite_id: int, numero: int) -> ResponseReturnValue:
    """Keep it; a second click says the same."""
    session_certif = charger_pour_lire(acteur(), numero)
    saisis = lecture.poster(_CHAMPS, request.form)
    jeton, qui = request.form.get("jeton", ""), acteur()
    try:
        lus = lecture.lire(_CHAMPS, saisis)
        une_fois(qui.individu_id, jeton, lambda: actions.garder(qui, numero, **lus))
    except Introuvable:
        raise
    except ErreurMetier as erreur:
        return _page(session_certif, saisis, erreur)
    flash(textes.GARDE, "succes")
    return redirection(adresse_du_moment(charger_pour_lire(acteur(), numero)))


def _page(s: SessionCertification, saisis: Mapping[str, str], erreur: ErreurMetier | None = None) -> Response:
    erreurs = erreur.champs if isinstance(erreur, SaisieInvalide) else {}
    fin = None
    if s.certificat is not None and s.date_fin is not None:
        fin = validite.fin_validite(s.date_fin, s.certificat.mois_validite)
    page = render_template(
        "entite/garder_modele.html",
        session_certif=s,
        champs=_CHAMPS,
        saisis=saisis,
        erreurs=erreurs,
        message=erreur.message if erreur and not erreurs else "",
        jeton=secrets.token_urlsafe(32),
        echeance=textes.valables_jusqu_au(fin) if fin else "",
        textes=textes,
        retour=adresse_du_moment(s),
    )
    return make_response(page, statut_de(erreur) if erreur else 200)


def _certificat(m: ModeleGarde) -> str:
    return m.certificat.libelle if m.certificat else m.niveau.libelle if m.niveau else ""


def _formateur(m: ModeleGarde) -> str:
    return nom_affiche(m.formateur.nom, m.formateur.prenom) if m.formateur else ""


def _rappel(m: ModeleGarde) -> str:
    return format_date(m.rappele_le) if m.rappele_le else ""


def _presenter(m: ModeleGarde) -> Fiche:
    retenu = (
        (CHAMPS["niveau_id"], m.niveau.libelle if m.niveau else ""),
        (CHAMPS["certificat_id"], m.certificat.libelle if m.certificat else ""),
        (CHAMPS["lieu_type"], m.lieu),
        (CHAMPS["identification"], m.identification.libelle if m.identification else ""),
        (CHAMPS["formateur_id"], _formateur(m)),
        (CHAMPS["reference_interne"], m.reference_interne or ""),
        (CHAMPS["nom_commercial_id"], m.nom_commercial.libelle if m.nom_commercial else ""),
    )
    return Fiche(
        titre=m.nom,
        sous="Modèle de session",
        alertes=[("attention", ecart) for ecart in reprendre(m, m.entite_id).ecarts],
        sections=(
            Section("Ce qu’il retient", retenu),
            Section(
                "Suivi",
                (("Rappel MAC", _rappel(m)), ("Gardé par", prenom_nom(m.auteur.nom, m.auteur.prenom))),
            ),
        ),
    )


def _ouvrir(acteur: Acteur, m: ModeleGarde) -> int:
    return creer_depuis_un_modele(acteur, m.id, secrets.token_urlsafe(32))


def _vers_la_session(m: ModeleGarde, numero: int | None) -> str:
    return url_for("entite.session", entite_id=m.entite_id, numero=numero)


MODELES = Rubrique(
    nom="modeles",
    titre="Modèles",
    singulier="modèle",
    pluriel="modèles",
    colonnes=(
        Colonne("Nom"),
        Colonne("Certificat", classe="court"),
        Colonne("Lieu"),
        Colonne("Formateur", classe="large-seul"),
        Colonne("Rappel MAC"),
    ),
    lister=lectures.lister,
    ligne=lambda m: Ligne((m.nom, _certificat(m), m.lieu, _formateur(m), m.rappele_le)),
    charger=portee.charger,
    presenter=_presenter,
    gestes=(
        Geste(
            nom="ouvrir",
            libelle="Nouvelle session",
            introduction=textes.OUVRIR,
            appliquer=_ouvrir,
            fait=textes.OUVERTE,
            bouton="Ouvrir la session",
            vers=_vers_la_session,
        ),
        Geste(
            nom="modifier",
            libelle="Modifier",
            champs=lambda _: _CHAMPS,
            valeurs=lambda m: {"nom": m.nom, "rappele_le": m.rappele_le},
            appliquer=actions.modifier,
            fait="Le modèle est modifié.",
        ),
        Geste(
            nom="supprimer",
            libelle="Supprimer",
            recapituler=lambda _, m: Recapitulatif((textes.suppression(m.nom), textes.SUPPRESSION)),
            appliquer=actions.supprimer,
            fait="Le modèle est supprimé.",
            bouton="Supprimer le modèle",
            danger=True,
            vers=lambda *_: adresse("modeles"),
        ),
    ),
    vide=("Aucun modèle", textes.VIDE),
)

inscrire(bp, MODELES)
