"""Certificates of every kind, for the proof that both ways of printing agree."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.caracteres import plages_des_noms
from certif.domaine.certificats.registre import numeros
from certif.domaine.noms import majuscules

LETTRES = [chr(code) for debut, fin in plages_des_noms() for code in range(debut, fin + 1)]
LATINES = [c for c in LETTRES if ord(c) < 0x250 and c.isalpha()]
LIAISONS = [" ", "-", "’", ". "]
LOGO = (Path(__file__).parents[2] / "certif" / "demo" / "logos" / "marose.png").read_bytes()


def certificats(modele: DonneesCertificat, nombre: int, graine: int) -> Iterator[DonneesCertificat]:
    """`nombre` certificates of one session: names over all that R12 accepts, from one letter to eighty."""
    hasard = random.Random(graine)
    for _ in range(nombre):
        numero = numeros.nouveau()
        yield replace(
            modele,
            nom=majuscules(_nom(hasard))[:80].strip(" -"),
            prenom=_nom(hasard),
            date_naissance=date(1930, 1, 1) + timedelta(days=hasard.randrange(30_000)),
            numero=numeros.presenter(numero),
            adresse_verification=f"https://certif.example/v/{numero}",
        )


def _nom(hasard: random.Random) -> str:
    alphabet = LETTRES if hasard.random() < 0.3 else LATINES
    longueur = hasard.choice([1, 2, 5, 8, 8, 8, 12, 12, 20, 40, 80])
    choix = [hasard.choice(LIAISONS if hasard.random() < 0.08 else alphabet) for _ in range(longueur)]
    net = " ".join("".join(choix).split()).strip(" -’.·")
    return net or "É"
