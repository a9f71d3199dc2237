"""The documents of one session, for groups of any size, and how they are read."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from pypdf import PdfReader

from certif.documents.de_session.cartes import Cartes, mesurer_les_cartes
from certif.documents.de_session.emargement import maquette_de_la_feuille
from certif.documents.de_session.entete import DonneesFeuille, EnTete, Inscrit
from certif.documents.de_session.maquette import Maquette
from certif.documents.de_session.proces_verbal import (
    Acte,
    Participant,
    ProcesVerbal,
    maquette_du_proces_verbal,
)
from certif.documents.de_session.remise import maquette_de_la_remise
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.coupes import Page
from tests.support.servers import absent

PIRES = [
    ("W" * 80, "W" * 80),
    ("DE LA " * 13 + "X", "Jean-" * 15 + "Jean"),
    ("NGUYE\u0302\u0303N", "Thị Hồng Ưng"),
    ("O'CONNOR", "D’Almeida--Faÿ"),
    ("ΠΑΠΑΔΟΠΟΎΛΟΥ", "Ελένη ΐ"),
    ("ЖАННА", "Їжак Ґ ў"),
    ("STRAẞE", "Œuvrard Æ ʻOkina Gal·la"),
    ("MADONNA", ""),
]
LE_12 = date(2026, 6, 12)
TAILLES = (1, 10, 11, 60)


def groupe(donnees: DonneesCertificat, nombre: int) -> list[DonneesCertificat]:
    """So many people, the worst names first, each with a number and a birth date of their own."""
    return [
        replace(
            donnees,
            nom=PIRES[rang][0] if rang < len(PIRES) else f"NOM{rang:03}",
            prenom=PIRES[rang][1] if rang < len(PIRES) else "Éloïse",
            numero=f"ABCD-EFGH-JKLM-{rang:04}",
            date_naissance=date(1960 + rang // 2, 1 + rang % 12, 1 + rang % 28),
        )
        for rang in range(nombre)
    ]


def proces_verbal(entete: EnTete, personnes: list[DonneesCertificat]) -> ProcesVerbal:
    return ProcesVerbal(
        entete=entete,
        participants=tuple(
            Participant(
                nom=d.nom,
                prenom=d.prenom,
                date_naissance=d.date_naissance,
                resultat="Réussite",
                certificat=d.numero,
            )
            for d in personnes
        ),
        actes=(
            Acte("10/06/2026 à 18\u00a0h\u00a005", "Envoi des résultats", "RIVIÈRE Stéphanie, formateur"),
        ),
        validite="Du 10/06/2026 au 10/06/2028 inclus",
        rectifie="Session n°118",
        bilan="2 stagiaires\u00a0: 2 réussites, 0 échec.",
        mention="Pour vérifier qu’il est l’original, déposez-le sur https://certif.example/verifier",
        signataire="MAROSE Romain, Directeur",
        emis_le=LE_12,
    )


def feuille(entete: EnTete, personnes: list[DonneesCertificat], **autres: object) -> DonneesFeuille:
    valeurs: dict[str, object] = {
        "inscrits": tuple(
            Inscrit(nom=d.nom, prenom=d.prenom, date_naissance=d.date_naissance) for d in personnes
        ),
        "vides": 2,
        "demi_journees": 4,
        "mention": "Vos nom, prénom.",
        "emis_le": LE_12,
    }
    return DonneesFeuille(entete=entete, **{**valeurs, **autres})  # type: ignore[arg-type]


Rendre = Callable[[EnTete, list[DonneesCertificat]], bytes]

MAQUETTES: dict[str, Callable[[EnTete, list[DonneesCertificat]], Maquette]] = {
    "remise": lambda e, g: maquette_de_la_remise(e, g, LE_12),
    "proces_verbal": lambda e, g: maquette_du_proces_verbal(proces_verbal(e, g)),
    "feuille": lambda e, g: maquette_de_la_feuille(feuille(e, g)),
}
MESURES: dict[str, Callable[[EnTete, list[DonneesCertificat]], Maquette | Cartes]] = {
    "cartes": lambda e, g: mesurer_les_cartes(g, e.session_numero, LE_12),
    **MAQUETTES,
}
DOCUMENTS: dict[str, Rendre] = {
    nom: lambda e, g, mesurer=mesurer: mesurer(e, g).rendre()  # type: ignore[misc]
    for nom, mesurer in MESURES.items()
}


def coupes(document: str, entete: EnTete, personnes: list[DonneesCertificat]) -> tuple[Page, ...]:
    """The pages that a document is cut into, without having it laid out."""
    pages: tuple[Page, ...] = MAQUETTES[document](entete, personnes).valeurs["pages"]
    return pages


@cache
def rendu(document: str, entete: EnTete, personnes: tuple[DonneesCertificat, ...]) -> bytes:
    """A document, laid out once for all the tests that look at it."""
    return DOCUMENTS[document](entete, [*personnes])


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without blanks."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def serre(valeur: str) -> str:
    return "".join(valeur.replace("NGUYE\u0302\u0303N", "NGUYỄN").split())


def images(pdf: bytes, points_par_pouce: int) -> list[Image.Image]:
    """Each page as poppler draws it."""
    if not shutil.which("pdftoppm"):
        absent("pdftoppm (poppler)")
    with TemporaryDirectory() as dossier:
        subprocess.run(
            ["pdftoppm", "-r", str(points_par_pouce), "-png", "-", f"{dossier}/page"], input=pdf, check=True
        )
        return [Image.open(fichier).convert("L") for fichier in sorted(Path(dossier).iterdir())]
