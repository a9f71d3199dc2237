"""Make `mots_de_passe_courants.txt` from the frequency lists of zxcvbn; its version is in `SOURCES.md`.

python -m certif.domaine.acces.donnees.fabriquer ZXCVBN/frequency_lists.py
"""

import re
import sys
from pathlib import Path

CIBLE = Path(__file__).with_name("mots_de_passe_courants.txt")
LONGUEUR = 12
RANG_DES_MOTS = 10_000
MOT_MIN = 6

# What French keyboards and people add, which that list lacks.
FRANCAIS = [
    "azerty",
    "azertyui",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "motdepasse",
    "monmotdepasse",
    "bonjour",
    "bonjouratous",
    "jetaime",
    "jetaimefort",
    "soleil",
    "doudou",
    "loulou",
    "chouchou",
    "marseille",
    "paris",
    "france",
    "vivelafrance",
    "lafrance",
    "bienvenue",
    "entreprise",
    "organisme",
    "formation",
    "formateur",
    "formatrice",
    "secourisme",
    "secouriste",
    "sauveteur",
    "prevention",
    "certification",
    "certificat",
    "stagiaire",
    "administrateur",
    "gestionnaire",
    "utilisateur",
    "identifiant",
    "connexion",
    "janvier",
    "fevrier",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "printemps",
    "automne",
    "vacances",
    "anniversaire",
]


def courants(mots_de_passe: list[str]) -> set[str]:
    """The long passwords of the list, and the words that most short ones are made of."""
    tous = [mot.casefold() for mot in mots_de_passe]
    longs = {mot for mot in tous if len(mot) >= LONGUEUR and mot.isascii()}
    mots = {m for m in tous[:RANG_DES_MOTS] if len(m) >= MOT_MIN and m.isascii() and m.isalpha()}
    return longs | mots | set(FRANCAIS)


def main(source: Path) -> None:
    """Write the list, sorted."""
    lue = re.search(r'"passwords": "([^"]+)"', source.read_text(encoding="utf-8"))
    if lue is None:
        raise ValueError("no list of passwords there")
    CIBLE.write_text("\n".join(sorted(courants(lue[1].split(",")))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
