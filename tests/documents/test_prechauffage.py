"""What a worker prepares before it forks is there for its jobs."""

from certif.documents import qr
from certif.documents.prechauffage import prechauffer
from certif.domaine.certificats import numeros

SITE = "https://prechauffage.example/v/"


def test_the_codes_of_the_site_are_learnt_once() -> None:
    prechauffer(SITE + numeros.nouveau())
    appris = qr.famille.cache_info().misses
    qr.dessinateur([SITE + numeros.nouveau()])
    assert qr.famille.cache_info().misses == appris
