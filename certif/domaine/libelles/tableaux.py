"""What is said of a table that somebody sends."""

from collections.abc import Sequence

from certif.domaine.libelles.typographie import francais, phrase

AUCUNE_LIGNE = francais("Ce tableau n'a aucune ligne sous ses titres.")
FICHIER_ABSENT = francais("Choisissez un fichier, ou collez vos lignes.")
FICHIER_OU_LIGNES = francais("Choisissez un fichier ou collez des lignes : pas les deux à la fois.")


def colonnes_absentes(manque: Sequence[str], attendues: Sequence[str]) -> str:
    return phrase(
        "Il manque {quoi} {noms}. Titres attendus : {tous}.",
        quoi="la colonne" if len(manque) == 1 else "les colonnes",
        noms=", ".join(f"«\u00a0{nom}\u00a0»" for nom in manque),
        tous=", ".join(attendues),
    )


def colonne_double(entete: str) -> str:
    return phrase("La colonne « {entete} » est là deux fois : gardez-en une.", entete=entete)
