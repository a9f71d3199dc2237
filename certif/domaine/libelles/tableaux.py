"""What is said of a table that somebody sends."""

from collections.abc import Sequence

from certif.domaine.libelles.typographie import francais, phrase, pluriel

AUCUNE_LIGNE = francais("Ce tableau n'a aucune ligne sous ses titres.")
FICHIER_ABSENT = francais("Choisissez un fichier, ou collez vos lignes.")
FICHIER_OU_LIGNES = francais("Choisissez un fichier ou collez des lignes : pas les deux à la fois.")


def colonnes_absentes(manque: Sequence[str], attendues: Sequence[str]) -> str:
    return phrase(
        "Il manque {quoi} {noms}. Titres attendus : {tous}.",
        quoi="la colonne" if len(manque) == 1 else "les colonnes",
        noms=_enumerer(manque),
        tous=", ".join(attendues),
    )


def colonne_double(entete: str) -> str:
    return phrase("La colonne « {entete} » est là deux fois : gardez-en une.", entete=entete)


def colonnes_masquees(entetes: Sequence[str]) -> str:
    """For columns that are needed, and that the author of the table does not see."""
    if len(entetes) == 1:
        modele = "La colonne {noms} est masquée dans votre tableau : affichez-la, puis recommencez."
    else:
        modele = "Les colonnes {noms} sont masquées dans votre tableau : affichez-les, puis recommencez."
    return phrase(modele, noms=_enumerer(entetes))


def feuille_lue(feuille: str, autres: Sequence[str], masquees: Sequence[str]) -> str:
    """Which sheet was read, and which were not; "" for a table that has none."""
    if not feuille:
        return ""
    phrases = [phrase("Feuille lue : « {feuille} ».", feuille=feuille)]
    if autres:
        phrases.append(phrase("Non lues : {noms}.", noms=_enumerer(autres)))
    if masquees:
        modele = "Masquée, non lue : {noms}." if len(masquees) == 1 else "Masquées, non lues : {noms}."
        phrases.append(phrase(modele, noms=_enumerer(masquees)))
    return " ".join(phrases)


def masque(lignes: int, colonnes: Sequence[str], *, compris: bool) -> str:
    """What is hidden in the table, and whether it is imported all the same; "" when nothing is."""
    quoi = []
    if lignes:
        quoi.append(pluriel(lignes, "ligne masquée", "lignes masquées"))
    if colonnes:
        quoi.append(
            f"{pluriel(len(colonnes), 'colonne masquée', 'colonnes masquées')} ({_enumerer(colonnes)})"
        )
    if not quoi:
        return ""
    une = lignes + len(colonnes) == 1
    if compris:
        suite = "elle est comprise ci-dessous." if une else "elles sont comprises ci-dessous."
    else:
        suite = francais("l'importer aussi ?" if une else "les importer aussi ?")
    return phrase("{quoi} dans votre tableau : {suite}", quoi=" et ".join(quoi), suite=suite)


def _enumerer(noms: Sequence[str]) -> str:
    return ", ".join(f"«\u00a0{nom}\u00a0»" for nom in noms)
