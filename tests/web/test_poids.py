"""What a formateur's phone downloads before anything can be read: everything, as served."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

from certif.domaine.sessions.etats import Etat
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

MAXIMUM = 40_000
PAGE_SUIVANTE_MAX = 12_000
FRAGMENT_MAX = 3_000
NAVIGATEUR = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    "page", ["/connexion", "/formateur/sessions/a-traiter", "/formateur/sessions/{}/stagiaires"]
)
def test_a_first_visit_is_light(scene: Scene, capsys: pytest.CaptureFixture[str], page: str) -> None:
    numeros = [scene.session(Etat.VALIDATION_FORMATEUR, reussites=12) for _ in range(3)]
    navigateur = scene.navigateur(scene.troupe.formateur)
    if page == "/connexion":
        navigateur = Navigateur(scene.app.test_client())
    adresse = page.format(numeros[0])
    tailles = telecharger(navigateur, adresse)
    with capsys.disabled():
        print(f"\n  {sum(tailles.values()):6} bytes for {page}, of which {tailles[adresse]} for the page")
    assert sum(tailles.values()) <= MAXIMUM, tailles
    assert tailles[adresse] <= PAGE_SUIVANTE_MAX


def test_what_an_answer_brings_back_is_light(scene: Scene) -> None:
    numero = scene.session(Etat.VALIDATION_FORMATEUR, reussites=12)
    navigateur = scene.navigateur(scene.troupe.formateur)
    qui = scene.voir(numero, lambda s: s.stagiaires[0].id)
    navigateur.get(f"/formateur/sessions/{numero}/stagiaires")
    reponse = {f"resultat-{qui}": "reussite", "version": scene.version(numero)}
    fragments = navigateur.client.post(
        f"/formateur/sessions/{numero}/resultats",
        data=reponse | {"csrf_token": navigateur.jeton},
        headers=NAVIGATEUR | {"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert (fragments.status_code, fragments.content_encoding) == (200, "br")
    assert len(fragments.data) <= FRAGMENT_MAX


def telecharger(navigateur: Navigateur, adresse: str) -> dict[str, int]:
    """Bytes of the page and of all that it loads, styles and what they load included."""
    page = navigateur.client.get(adresse, headers=NAVIGATEUR)
    assert page.status_code == 200
    assert page.content_encoding == "br"
    tailles = {adresse: len(page.data)}
    lue = arbre.lire(navigateur.client.get(adresse).text)
    a_charger = [*lue.xpath("//link/@href | //script/@src | //img/@src | //*[local-name()='use']/@href")]
    while a_charger:
        fichier = urlsplit(urljoin(adresse, a_charger.pop())).path
        if fichier in tailles:
            continue
        with navigateur.client.get(fichier, headers=NAVIGATEUR) as reponse:
            assert reponse.status_code == 200, fichier
            tailles[fichier] = len(reponse.data)
        if fichier.endswith(".css"):
            with navigateur.client.get(fichier) as reponse:
                texte = reponse.get_data(as_text=True)
            a_charger += [
                urljoin(fichier, url)
                for url in re.findall(r"url\([\"']?([^)\"'#]+)", texte)
                if not url.startswith("data:")
            ]
    assert any(fichier.endswith("icones.svg") for fichier in tailles)
    return tailles
