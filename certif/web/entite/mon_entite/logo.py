"""The logo of the entité and those of its trade names: a file sent, or the picture taken away."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.acteur import TypeRole
from certif.domaine.entites.logos import changer_le_logo, pales, retirer_le_logo
from certif.domaine.erreurs import SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.domaine.personnes.titulaires import entite_de
from certif.web.acces import acteur, exige
from certif.web.entite.blueprint import bp
from certif.web.entite.mon_entite.informations import adresse_du_logo, modifiable
from certif.web.erreurs import statut_de
from certif.web.htmx import redirection


@bp.get("/informations/logo")
@exige(TypeRole.GESTIONNAIRE)
def logo(entite_id: int) -> ResponseReturnValue:
    """The form."""
    if not modifiable():
        return redirection(url_for("entite.informations", entite_id=entite_id))
    return _page(entite_id)


@bp.post("/informations/logo")
@exige(TypeRole.GESTIONNAIRE)
def changer_logo(entite_id: int) -> ResponseReturnValue:
    """Keep the picture that was sent, or take away the one there is."""
    try:
        recevoir()
    except (SaisieInvalide, ServiceIndisponible) as erreur:
        return _page(entite_id, erreur.message), statut_de(erreur)
    return redirection(url_for("entite.informations", entite_id=entite_id))


def recevoir(nom_id: int | None = None) -> None:
    """Do what the posted logo form asks, of the entité or of a trade name.

    Raises:
        Introuvable, ActionImpossible, SaisieInvalide, ServiceIndisponible: as the actions.
    """
    if "retirer" in request.form:
        retirer_le_logo(acteur(), nom_id)
        flash(textes.LOGO_RETIRE, "succes")
        return
    recu = request.files.get("logo")
    # Nothing is made of the name that the file comes with.
    dit = "porte_le_nom" in request.form
    changer_le_logo(acteur(), recu.read() if recu else b"", nom_id, porte_le_nom=dit)
    flash(textes.LOGO_ENREGISTRE, "succes")


def porte_le_nom(porteur: Entite | NomCommercial, refuse: bool) -> bool:
    """Whether the box is ticked: as it is kept, or as it was sent with a picture that was refused."""
    return "porte_le_nom" in request.form if refuse else porteur.logo_porte_le_nom


def _page(entite_id: int, erreur: str = "") -> str:
    entite = entite_de(entite_id)
    return render_template(
        "entite/logo.html",
        entite=entite,
        logo=adresse_du_logo(entite),
        pale=bool(pales([entite.logo_sha256])),
        porte_le_nom=porte_le_nom(entite, bool(erreur)),
        erreurs=[erreur] if erreur else [],
    )
