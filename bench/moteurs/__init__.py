"""The ways to make certificates that are compared; each is a module with one function, `faire`.

    faire(donnees) -> Iterator[bytes]

gives the files one after the other, as a session would ask for them: one per certificate, or a single one of
as many pages for those that work in batches, which favours them. What it loads and sets up when imported is
not counted.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moteur:
    """One way: its module here, and how many certificates of a large session are bearable (None: all)."""

    nom: str
    module: str
    echantillon: int | None = None
    en_lot: bool = False


NAIF, PIPELINE, SCELLE, FROID = "naif", "certif", "certif scellé", "certif scellé, à froid"
LIMITE = "la limite"
"""What hashing, signing, zipping and copying take, whoever drew the file."""

MOTEURS = (
    Moteur(NAIF, "naif", echantillon=60),
    Moteur(PIPELINE, "pipeline"),
    Moteur(SCELLE, "pipeline_scelle"),
    Moteur(FROID, "pipeline_froid"),
    Moteur(LIMITE, "limite"),
    Moteur("reportlab", "reportlab", en_lot=True),
    Moteur("typst", "typst", en_lot=True),
    Moteur("weasyprint", "weasyprint", echantillon=200, en_lot=True),
)
