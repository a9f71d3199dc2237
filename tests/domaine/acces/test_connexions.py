"""Browsers in words."""

import pytest

from certif.domaine.acces.connexions import appareil

MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("user_agent", "mots"),
    [
        (
            f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox sur Windows",
        ),
        (
            f"{MOZILLA} (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge sur Windows",
        ),
        (
            f"{MOZILLA} (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome sur Android",
        ),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari sur iPhone",
        ),
        (
            f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/18 Safari/605",
            "Safari sur Mac",
        ),
        (f"{MOZILLA} (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox sur Linux"),
        ("curl/8.5 (Linux)", "Navigateur inconnu sur Linux"),
        ("Firefox", "Firefox"),
        ("", "Navigateur inconnu"),
        ("<script>alert(1)</script>" * 1000, "Navigateur inconnu"),
    ],
)
def test_a_family_and_a_system(user_agent: str, mots: str) -> None:
    assert appareil(user_agent) == mots
