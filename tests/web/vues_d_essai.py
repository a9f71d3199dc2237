"""Views that show what the guards decided."""

from flask import Blueprint, Flask, Response, g
from sqlalchemy.exc import DataError

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import Refus, VersionPerimee
from certif.web.acces import acteur, acteur_peut_ecrire, exige, sans_ecriture
from certif.web.htmx import succes


def enregistrer(app: Flask) -> None:
    """Add one blueprint per space, and a view that nobody thought to open."""
    entite = exige(TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE)(
        Blueprint("essai_entite", __name__, url_prefix="/entite/<int:entite_id>/essai")
    )
    formateur = exige(TypeRole.FORMATEUR)(
        Blueprint("essai_formateur", __name__, url_prefix="/formateur/essai")
    )

    @entite.route("/", methods=["GET", "POST"])
    def qui(entite_id: int) -> str:
        return f"{acteur().role.value} {acteur().entite_id} {acteur_peut_ecrire()}"

    @entite.post("/recherche")
    @sans_ecriture
    def recherche(entite_id: int) -> str:
        return "trouvé"

    @entite.get("/gestion")
    @exige(TypeRole.GESTIONNAIRE)
    def gestion(entite_id: int) -> str:
        return "gestion"

    @entite.post("/enregistrer")
    def enregistrer_essai(entite_id: int) -> Response:
        return succes([("erreurs/_message.html", {"message": "fait"})], "/entite/")

    @entite.post("/refus/<genre>")
    def refuser(entite_id: int, genre: str) -> str:
        if genre == "regle":
            raise Refus("La règle s’y oppose.", "R2")
        if genre == "version":
            raise VersionPerimee(["Karine PARIS a changé la date de fin."])
        if genre == "donnee":
            raise DataError("INSERT", {}, Exception("NUL"))
        raise ZeroDivisionError("secret-du-domaine")

    @formateur.get("/")
    def moi() -> str:
        return f"{acteur().role.value} {g.acteur.entite_id}"

    app.register_blueprint(entite)
    app.register_blueprint(formateur)

    @app.get("/oubliee")
    def oubliee() -> str:
        return "personne ne devait lire ceci"
