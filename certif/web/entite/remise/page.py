"""The codes of a session as the entité makes, shows, replaces and stops them (R9)."""

from flask import Response, flash, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.certificats.remise import gestion
from certif.domaine.libelles.certificats import remise as textes
from certif.domaine.sessions.portee import charger_pour_lire
from certif.web.acces import acteur, meme_suspendue
from certif.web.entite.blueprint import bp
from certif.web.entite.certificats.page import SESSION, fragments_telechargements
from certif.web.htmx import succes
from certif.web.sessions.remise import page_de_remise


@bp.get("/sessions/<int:numero>/remise")
def remise(entite_id: int, numero: int) -> ResponseReturnValue:
    """To project or to print."""
    retour = url_for("entite.telechargements", entite_id=entite_id, numero=numero)
    return page_de_remise(charger_pour_lire(acteur(), numero), acteur(), retour)


@bp.post("/sessions/<int:numero>/remise")
def creer_codes(entite_id: int, numero: int) -> Response:
    """A code for each certificate that has none."""
    gestion.creer_les_codes(acteur(), numero)
    return _onglet(entite_id, numero, textes.CODES_CREES)


@bp.post("/sessions/<int:numero>/remise/arret")
@meme_suspendue
def arreter_codes(entite_id: int, numero: int) -> Response:
    """None opens anything any more."""
    gestion.arreter_les_codes(acteur(), numero)
    return _onglet(entite_id, numero, textes.CODES_ARRETES)


@bp.post(f"{SESSION}/certificats/<int:certificat_id>/code")
def renouveler_code(entite_id: int, numero: int, certificat_id: int) -> Response:
    """Another code for one certificate."""
    gestion.renouveler_le_code(acteur(), numero, certificat_id)
    return _onglet(entite_id, numero, textes.CODE_RENOUVELE, certificat_id)


@bp.post(f"{SESSION}/certificats/<int:certificat_id>/code/arret")
@meme_suspendue
def arreter_code(entite_id: int, numero: int, certificat_id: int) -> Response:
    """That of one certificate opens nothing any more."""
    gestion.arreter_les_codes(acteur(), numero, certificat_id)
    return _onglet(entite_id, numero, textes.CODE_ARRETE, certificat_id)


def _onglet(entite_id: int, numero: int, fait: str, certificat_id: int | None = None) -> Response:
    """The tab, at what was pressed: what was done is said there, not at the top of the page."""
    lieu = f"remise-{certificat_id}" if certificat_id else "remise"
    flash(fait, lieu)
    adresse = url_for("entite.telechargements", entite_id=entite_id, numero=numero)
    return succes(fragments_telechargements(charger_pour_lire(acteur(), numero)), f"{adresse}#{lieu}")
