"""What anybody may ask of the site itself: whom it leaves out, and what it keeps of people."""

from flask import Blueprint, render_template

from certif.domaine.acces.authentification import MEMOIRE_NAVIGATEURS, MEMOIRE_SAISIES
from certif.domaine.acces.espaces import DUREE_CONNEXION
from certif.domaine.roles.roles_proposes import DUREE
from certif.domaine.sessions.regles import delais
from certif.web.acces import public

bp = public(Blueprint("mentions", __name__))


@bp.get("/accessibilite")
def accessibilite() -> str:
    """What was checked, what was not, and whom to tell."""
    return render_template("mentions/accessibilite.html")


@bp.get("/confidentialite")
def confidentialite() -> str:
    """What is kept of whom, for how long, and who reads it; the delays are those of the rules."""
    return render_template(
        "mentions/confidentialite.html",
        telechargement=delais.JOURS_DE_TELECHARGEMENT,
        sans_certificat=delais.MOIS_AVANT_EFFACEMENT,
        connexion=DUREE_CONNEXION.days,
        navigateur=MEMOIRE_NAVIGATEURS.days // 30,
        saisie=int(MEMOIRE_SAISIES.total_seconds() // 60),
        invitation=DUREE.days,
        telephone=delais.HEURES_SUR_LE_TELEPHONE,
    )
