"""Addresses of rows, built once: the very ones that Flask builds."""

import pytest
from flask import Flask, url_for

from certif.web.adresses import adresses


@pytest.mark.parametrize("numero", [0, 1, 122, 2_147_483_647])
def test_they_are_those_of_the_view(app: Flask, numero: int) -> None:
    with app.test_request_context("/", base_url="https://certif.example/sous/"):
        ouvre = adresses("entite.ouvrir", "numero", entite_id=2_147_483_647)
        assert ouvre(numero) == url_for("entite.ouvrir", entite_id=2_147_483_647, numero=numero)


def test_a_name_is_quoted(app: Flask) -> None:
    with app.test_request_context("/"):
        fiche = adresses("administration.registre_fiche", "identifiant")
        assert fiche("A/B é") == "/administration/registre/A%2FB%20%C3%A9"
