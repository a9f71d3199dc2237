"""The formateur's two lists of sessions."""

from flask import Response, request, url_for

from certif.domaine.libelles.sessions.formateur import AIDES_VIDES
from certif.domaine.sessions.listes import Filtres, Liste, Tri
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import en_saisie
from certif.web.acces import acteur, sans_ecriture
from certif.web.adresses import adresses
from certif.web.formateur.blueprint import bp
from certif.web.htmx import redirection
from certif.web.sessions.filtres import lire_filtres
from certif.web.sessions.liste import AUTRE, EspaceDeListe, VueListe, vue_liste
from certif.web.sessions.recherche_nom import lire_nom, repondre


@bp.get("/")
def accueil() -> Response:
    """The space begins with what waits there."""
    return redirection(url_for("formateur.sessions", liste=Liste.A_TRAITER.value))


@bp.get('/sessions/<any("a-traiter","en-cours"):liste>')
def sessions(liste: str) -> Response:
    """One of the two lists, as its address filters and sorts it."""
    return repondre(_vue(lire_filtres(Liste(liste), request.args)))


@bp.post('/sessions/<any("a-traiter","en-cours"):liste>/nom')
@sans_ecriture
def sessions_par_nom(liste: str) -> Response:
    """The sessions of a list where someone is a trainee."""
    filtres, refus = lire_nom(Liste(liste))
    return repondre(_vue(filtres), refus)


def _vue(filtres: Filtres) -> VueListe:
    ouvre = adresses("formateur.session", "numero")

    def ouvrir(s: SessionCertification) -> str | None:
        """A session back in saisie is a line of the list, nothing more (R9)."""
        return None if en_saisie(s) else ouvre(s.numero)

    espace = EspaceDeListe(
        adresse=url_for("formateur.sessions", liste=filtres.liste.value),
        colonnes=tuple(Tri),
        ouvrir=ouvrir,
        par_nom=url_for("formateur.sessions_par_nom", liste=filtres.liste.value),
        autre=url_for("formateur.sessions", liste=AUTRE[filtres.liste].value),
        autre_par_nom=url_for("formateur.sessions_par_nom", liste=AUTRE[filtres.liste].value),
        aide_vide={Liste(cle): texte for cle, texte in AIDES_VIDES.items()},
    )
    return vue_liste(acteur(), filtres, espace)
