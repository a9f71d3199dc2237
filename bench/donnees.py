"""A session of ordinary people: names as they are met in France, never twice the same person."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from certif.documents.donnees import DonneesCertificat
from certif.domaine.certificats.registre import numeros
from certif.domaine.noms import majuscules

RACINE = Path(__file__).parents[1]
LOGO = (RACINE / "certif" / "demo" / "logos" / "marose.png").read_bytes()

_NOMS = (RACINE / "bench" / "noms.txt").read_text("utf-8").splitlines()
_PRENOMS = (RACINE / "bench" / "prenoms.txt").read_text("utf-8").splitlines()
_DOUBLES_NOMS, _DOUBLES_PRENOMS = 0.08, 0.10
"""How often a name is two joined by a hyphen."""

_MODELE = DonneesCertificat(
    numero="",
    entite="MAROSE FORMATION",
    nom="",
    prenom="",
    date_naissance=date(1980, 1, 1),
    certificat_libelle="SST-1",
    certificat_titre="Sauveteur secouriste du travail",
    dispositif_niveau="SST / 1",
    date_fin=date(2026, 6, 10),
    lieu="26800 ETOILE SUR RHONE",
    identification="Stage initial",
    formateur="RIVIÈRE Stéphanie",
    habilitation_numero="H-1001",
    debut_validite=date(2026, 6, 10),
    fin_validite=date(2028, 6, 10),
    emis_le=date(2026, 6, 12),
    signataire="Romain MAROSE",
    signataire_qualite="Directeur",
    logo="marose",
    gabarit="secourisme",
)


@dataclass(frozen=True)
class Personne:
    """Somebody as the entry page takes them."""

    nom: str
    prenom: str
    date_naissance: date


def personnes(graine: int) -> Iterator[Personne]:
    """Endless different people; the same for the same seed."""
    hasard = random.Random(graine)
    vues: set[Personne] = set()
    while True:
        personne = Personne(
            _nom(hasard, _NOMS, _DOUBLES_NOMS),
            _nom(hasard, _PRENOMS, _DOUBLES_PRENOMS),
            date(1955, 1, 1) + timedelta(days=hasard.randrange(18_000)),
        )
        if personne not in vues:
            vues.add(personne)
            yield personne


def certificats(nombre: int, graine: int) -> list[DonneesCertificat]:
    """The frozen data of one session; numbers are drawn anew each time."""
    return [_certificat(p) for p, _ in zip(personnes(graine), range(nombre), strict=False)]


def _certificat(personne: Personne) -> DonneesCertificat:
    numero = numeros.nouveau()
    return replace(
        _MODELE,
        nom=majuscules(personne.nom),
        prenom=personne.prenom,
        date_naissance=personne.date_naissance,
        numero=numeros.presenter(numero),
        adresse_verification=f"https://certif.example/v/{numero}",
    )


def _nom(hasard: random.Random, choix: list[str], doubles: float) -> str:
    noms = hasard.sample(choix, 2 if hasard.random() < doubles else 1)
    return "-".join(noms)
