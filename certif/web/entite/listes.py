"""The entité's two lists of sessions."""

import secrets
from dataclasses import replace

from flask import Response, request, url_for

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.premiers_pas import premiers_pas
from certif.domaine.libelles.sessions.entite import AIDES_VIDES, HABILITATION_A_DEMANDER, HABILITATION_D_ABORD
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.sessions.listes import Filtres, Liste, Tri
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes.lectures import proposes
from certif.domaine.sessions.presentation import suppression_possible
from certif.web.acces import acteur, acteur_peut_ecrire, espace, sans_ecriture
from certif.web.adresses import adresses
from certif.web.entite.blueprint import bp
from certif.web.entite.mon_entite.informations import nom_a_confirmer
from certif.web.htmx import redirection
from certif.web.sessions.filtres import lire_filtres
from certif.web.sessions.liste import AUTRE, EspaceDeListe, VueListe, vue_liste
from certif.web.sessions.recherche_nom import lire_nom, repondre

COLONNES = tuple(tri for tri in Tri if tri is not Tri.RAISON_SOCIALE)


@bp.get("/")
def accueil(entite_id: int) -> Response:
    """The space begins with what waits there; the first time, with the name that will be printed."""
    if nom_a_confirmer(entite_id):
        return redirection(url_for("entite.informations", entite_id=entite_id))
    return redirection(url_for("entite.sessions", entite_id=entite_id, liste=Liste.A_TRAITER.value))


@bp.get('/sessions/<any("a-traiter","en-cours"):liste>')
def sessions(entite_id: int, liste: str) -> Response:
    """One of the two lists, as its address filters and sorts it."""
    return repondre(_vue(entite_id, lire_filtres(Liste(liste), request.args)))


@bp.post('/sessions/<any("a-traiter","en-cours"):liste>/nom')
@sans_ecriture
def sessions_par_nom(entite_id: int, liste: str) -> Response:
    """The sessions of a list that name someone."""
    filtres, refus = lire_nom(Liste(liste))
    return repondre(_vue(entite_id, filtres), refus)


def _vue(entite_id: int, filtres: Filtres) -> VueListe:
    vue = vue_liste(acteur(), filtres, _espace_de_liste(entite_id, filtres.liste))
    if vue.vierge and not niveaux_proposes(entite_id):
        return replace(vue, espace_de_liste=_sans_habilitation(vue.espace_de_liste, entite_id))
    return vue


def _sans_habilitation(espace: EspaceDeListe, entite_id: int) -> EspaceDeListe:
    """Who can declare nothing yet is told what comes first, and led there if it is theirs to do."""
    if espace.premiers_pas:
        # It is one of the steps.
        return replace(espace, creer="", modeles=(), aide_vide={})
    demande = acteur().role is TypeRole.GESTIONNAIRE and acteur_peut_ecrire()
    aide = HABILITATION_D_ABORD if demande else HABILITATION_A_DEMANDER
    return replace(
        espace,
        creer="",
        modeles=(),
        demander=url_for("entite.nouvelle_demande", entite_id=entite_id) if demande else "",
        aide_vide=dict.fromkeys(Liste, aide),
    )


def _espace_de_liste(entite_id: int, liste: Liste) -> EspaceDeListe:
    present = acteur()
    ouvre = adresses("entite.ouvrir", "numero", entite_id=entite_id)
    supprime = adresses("entite.confirmer_suppression", "numero", entite_id=entite_id)

    def ouvrir(s: SessionCertification) -> str:
        return ouvre(s.numero)

    def supprimer(s: SessionCertification) -> str | None:
        return supprime(s.numero) if suppression_possible(s, present) else None

    offerts = proposes(present) if acteur_peut_ecrire() else []
    return EspaceDeListe(
        adresse=url_for("entite.sessions", entite_id=entite_id, liste=liste.value),
        colonnes=COLONNES,
        ouvrir=ouvrir,
        supprimer=supprimer,
        par_nom=url_for("entite.sessions_par_nom", entite_id=entite_id, liste=liste.value),
        autre=url_for("entite.sessions", entite_id=entite_id, liste=AUTRE[liste].value),
        autre_par_nom=url_for("entite.sessions_par_nom", entite_id=entite_id, liste=AUTRE[liste].value),
        interne=True,
        par_declarant=present.role is TypeRole.GESTIONNAIRE,
        creer=url_for("entite.creer", entite_id=entite_id) if acteur_peut_ecrire() else "",
        jeton=secrets.token_urlsafe(32),
        premiers_pas=premiers_pas(present) if liste is Liste.A_TRAITER and acteur_peut_ecrire() else None,
        raison_sociale=espace().entite,
        modeles=[(modele.id, modele.nom) for modele in offerts],
        tous_les_modeles=url_for("entite.modeles", entite_id=entite_id),
        aide_vide={Liste(cle): texte for cle, texte in AIDES_VIDES.items()},
    )
