"""The tab "Session" of the formateur: what the entité declared, read-only, and what changed in it."""

from flask import render_template, url_for

from certif.domaine.libelles.ecrans import ONGLETS
from certif.domaine.libelles.sessions.formateur import a_change, modifie
from certif.domaine.sessions.relecture import Relecture, relecture
from certif.domaine.sessions.valeurs import Identification
from certif.web.acces import acteur
from certif.web.formateur.blueprint import bp, charger_session
from certif.web.formateur.stagiaires.lignes import jour_lu
from certif.web.sessions.cadre import Onglet, cadre
from certif.web.sessions.lecture_seule import fiche_session


def onglets(numero: int, actif: str) -> list[Onglet]:
    """The two tabs of the formateur."""
    return [
        Onglet(ONGLETS[nom], url_for(f"formateur.{nom}", numero=numero), nom == actif)
        for nom in ("session", "stagiaires")
    ]


@bp.get("/sessions/<int:numero>", endpoint="session")
def onglet_session(numero: int) -> str:
    """What the formateur checks before the trainees."""
    session_certif = charger_session(acteur(), numero)
    relue = relecture(session_certif)
    changes = {champ: _marque(champ, avant) for champ, avant in relue.differences.champs.items()}
    le_cadre = cadre(session_certif, acteur(), onglets(numero, "session"))
    return render_template(
        "formateur/session.html",
        cadre=le_cadre,
        lignes=fiche_session(session_certif, le_cadre.impression, changes),
        a_change=annonce(relue),
    )


def annonce(relue: Relecture) -> str:
    """How much changed since the last reading, in words; "" when nothing did."""
    d = relue.differences
    return a_change(len(d.champs), len(d.stagiaires), d.retires) if d else ""


def _marque(champ: str, avant: str) -> str:
    """What a snapshot's value said, as the screen showed it."""
    if champ == "identification" and avant:
        return modifie(Identification(avant).libelle)
    if champ == "date_fin" and avant:
        return modifie(jour_lu(avant))
    return modifie(avant)
