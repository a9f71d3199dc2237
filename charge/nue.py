"""The bare page: what Flask, one query by an index and one small template cost under the very same server.

`CHARGE_BASE` is the address of the database that the pages of the run read too.
"""

import os

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

_PAGE = "<!doctype html><html lang=fr><title>Entité</title><body><h1>{{ nom }}</h1></body></html>"

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["CHARGE_BASE"]
db = SQLAlchemy(app)


@app.get("/<int:identifiant>")
def page(identifiant: int) -> str:
    """The name of one entité."""
    requete = text("SELECT raison_sociale FROM entite WHERE id = :id")
    return render_template_string(_PAGE, nom=db.session.scalar(requete, {"id": identifiant}))
