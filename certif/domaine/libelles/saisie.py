"""What to say beside a field, or of a table, whose content cannot be read."""

from collections.abc import Sequence

from certif.domaine.libelles.typographie import francais, phrase, pluriel

DATE_VIDE = francais("Indiquez une date, sous la forme jj/mm/aaaa.")
DATE_FORMAT = francais("Écrivez la date sous la forme jj/mm/aaaa, en chiffres : par exemple 10/06/2026.")
DATE_ANNEE_COURTE = francais("Écrivez l'année avec quatre chiffres : par exemple 10/06/2026.")

NOM_ECRITURE = francais(
    "Cette écriture ne peut pas être imprimée : "
    "saisissez le nom en lettres latines, comme sur la pièce d'identité."
)
NOM_CONTROLE = francais(
    "Ce texte contient un retour à la ligne, une tabulation ou un caractère de contrôle : "
    "saisissez-le à nouveau."
)
NOM_INVISIBLE = francais(
    "Ce texte contient un caractère invisible : effacez-le et saisissez-le à nouveau au clavier."
)
NOM_ACCENTS = francais(
    "Cette lettre porte un accent qui ne peut pas être imprimé : saisissez-la sans cet accent."
)
NOM_SANS_LETTRE = francais("Saisissez au moins une lettre.")
NOM_CHIFFRE = francais("Les chiffres ne sont pas acceptés dans un nom : écrivez-les en lettres.")
PRENOM_VIDE = francais(
    "Le prénom doit être renseigné. "
    "Si cette personne n'a qu'un seul nom, cochez « Cette personne n'a qu'un seul nom »."
)

NUMERO_FORPREV = francais("Un N° Forprev s'écrit avec trois lettres et cinq chiffres : par exemple JKA37899.")

CHAMP_VIDE = francais("Ce champ doit être renseigné.")
CHOIX_A_FAIRE = francais("Choisissez dans la liste.")
RETOUR_VIDE = francais("Écrivez votre commentaire, ou indiquez au moins une chose à corriger.")
COMMENTAIRE_VIDE = francais("Écrivez votre commentaire : il dira à l'entité ce qu'il faut corriger.")
COMMENTAIRE_CONTROLE = francais("Ce texte contient un caractère de contrôle : saisissez-le à nouveau.")
PAGE_INCOMPLETE = francais("Cette page est incomplète : rechargez-la, puis recommencez.")


def date_inexistante(texte: str) -> str:
    """For a date well written that no calendar holds, such as 31/02/2026."""
    return phrase("La date {texte} n'existe pas : vérifiez le jour et le mois.", texte=texte)


def date_hors_bornes(premiere_annee: int, derniere_annee: int) -> str:
    """For a year that nobody means."""
    return phrase(
        "L'année doit être comprise entre {premiere_annee} et {derniere_annee}.",
        premiere_annee=premiere_annee,
        derniere_annee=derniere_annee,
    )


def nom_vide(quoi: str) -> str:
    """`quoi` names the field with its article: "Le nom"."""
    return phrase("{quoi} doit être renseigné.", quoi=quoi)


def nombre_entre(minimum: int, maximum: int) -> str:
    """For a field that holds a whole number, both bounds included."""
    return francais(f"Écrivez un nombre entre {minimum:,} et {maximum:,}, en chiffres.".replace(",", " "))


def trop_long(maximum: int, longueur: int) -> str:
    """Both lengths in characters, after trimming."""
    modele = f"{maximum:,} caractères au plus ; vous en avez saisi {longueur:,}."
    return francais(modele.replace(",", " "))


def caractere_refuse(caractere: str) -> str:
    """For a symbol or a punctuation mark that no name holds."""
    return phrase(
        "Le caractère « {caractere} » n'est pas accepté : "
        "utilisez des lettres, des espaces, des traits d'union, des apostrophes et des points.",
        caractere=caractere,
    )


_ECRITURES = {
    "LATIN": ("latine", "latines"),
    "GREEK": ("grecque", "grecques"),
    "CYRILLIC": ("cyrillique", "cyrilliques"),
}


def ecritures_melangees(lettre: str, ecriture: str, principale: str) -> str:
    """R12: one script in one name; the scripts by their names in Unicode."""
    return phrase(
        "« {lettre} » est une lettre {ecriture} au milieu de lettres {principale} : "
        "saisissez tout le nom au clavier, dans une seule écriture.",
        lettre=lettre,
        ecriture=_ECRITURES[ecriture][0],
        principale=_ECRITURES[principale][1],
    )


def lettre_sans_capitale(lettre: str) -> str:
    """R12: a nom is printed in capitals."""
    return phrase(
        "La lettre « {lettre} » n'a pas de majuscule et ne peut pas être imprimée : "
        "remplacez-la par la lettre la plus proche.",
        lettre=lettre,
    )


def lettre_non_imprimable(lettre: str) -> str:
    """For a letter of an accepted script that the printing fonts do not have."""
    return phrase(
        "La lettre « {lettre} » ne peut pas être imprimée : remplacez-la par la lettre la plus proche.",
        lettre=lettre,
    )


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
