"""The summary above a form says whatever is wrong with each field, as the field itself does."""

from flask import Flask, render_template

DEUX = {"nouveau": ["Trop court.", "C’est le nom de votre entité."]}


def test_nothing_wrong_with_a_field_is_left_out(app: Flask) -> None:
    with app.test_request_context():
        compte = render_template("compte/_resume.html", erreurs=DEUX)
        public = render_template("verification/cadre.html", erreurs=DEUX)
    for page in (compte, public):
        assert "Trop court. C’est le nom de votre entité." in page
