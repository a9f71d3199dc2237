"""One answer for two readers."""

import pytest
from flask import Flask

from certif.web import htmx

FRAGMENT = ("erreurs/_message.html", {"message": "Fait <b>"})
PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.parametrize(
    ("html", "cible"),
    [
        ('<div id="etat">x</div>', "#etat"),
        ('\n  <tr class="a > b" data-x="id=1" id="ligne-3" hidden><td></td></tr>', "#ligne-3"),
        ('<li hidden id="x"></li>', "#x"),
    ],
)
def test_the_target_is_the_root_s_own_id(html: str, cible: str) -> None:
    assert (
        htmx.morceau(html)
        == f'<hx-partial hx-target="{cible}" hx-swap="outerMorph">{html.strip()}</hx-partial>'
    )


@pytest.mark.parametrize(
    "html", ["", "texte", '<div><p id="dedans"></p></div>', '<div id="a b"></div>', "<!-- --><p id='x'>"]
)
def test_a_fragment_without_a_plain_id_is_a_mistake(html: str) -> None:
    with pytest.raises(ValueError, match="id"):
        htmx.morceau(html)


def test_success(app: Flask) -> None:
    with app.test_request_context():
        assert (r := htmx.succes([FRAGMENT], "/la")).status_code == 303
        assert r.location == "/la"
    with app.test_request_context(headers=PARTIEL):
        reponse = htmx.succes([FRAGMENT, FRAGMENT], "/la")
        assert reponse.status_code == 200
        assert reponse.get_data(as_text=True).count('<hx-partial hx-target="#messages"') == 2
        assert "Fait &lt;b&gt;" in reponse.get_data(as_text=True)
        assert "<html" not in reponse.get_data(as_text=True)
        assert htmx.succes([], "/la").headers["HX-Redirect"] == "/la"
    with app.test_request_context(headers={"HX-Request": "true", "HX-Request-Type": "full"}):
        assert htmx.succes([FRAGMENT], "/la").headers["HX-Redirect"] == "/la"


def test_failure_has_one_status_for_both(app: Flask) -> None:
    with app.test_request_context():
        reponse = htmx.echec([FRAGMENT], lambda: "page entière", 422)
        assert (reponse.status_code, reponse.get_data(as_text=True)) == (422, "page entière")
    with app.test_request_context(headers=PARTIEL):
        reponse = htmx.echec([FRAGMENT], lambda: "page entière", 409)
        assert reponse.status_code == 409
        assert "page entière" not in reponse.get_data(as_text=True)
