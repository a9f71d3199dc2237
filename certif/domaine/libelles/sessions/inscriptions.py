"""The words of a list of stagiaires: its columns, and what becomes of each of its lines."""

from collections.abc import Sequence
from datetime import date

from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.libelles.typographie import francais, phrase, pluriel

SENS_NOM = CHAMPS["nom"]
SENS_PRENOM = CHAMPS["prenom"]
SENS_NAISSANCE = CHAMPS["date_naissance"]
SENS_NOM_PUIS_PRENOM = francais("Nom puis prénom")
SENS_PRENOM_PUIS_NOM = francais("Prénom puis nom")
SENS_ENSEMBLE = francais("Nom et prénom, le nom en capitales")
SENS_IGNOREE = francais("Ne pas lire")

A_AJOUTER = francais("À ajouter")
AVERTIE = francais("À ajouter, à vérifier")
COMPLETE = francais("Date à compléter")
A_CORRIGER = francais("À corriger")
DEJA_LA = francais("Déjà là")
LAISSEE = francais("Laissée")

TOTAL = francais("Ce n'est pas une personne : c'est un total.")
TITRES_REPETES = francais("Ce n'est pas une personne : les titres des colonnes sont répétés.")
RIEN_A_LIRE = francais("Rien n'est écrit dans les colonnes lues.")
AU_DESSUS = francais("Au-dessus des titres des colonnes.")
LAISSEE_PAR_VOUS = francais("Laissée à votre demande.")
ORDRE_INCONNU = francais("Rien ne dit lequel est le nom : écrivez le nom et le prénom dans leurs cases.")
COUPE_INCONNUE = francais(
    "Rien ne dit où finit le nom et où commence le prénom : écrivez chacun dans sa case."
)
DEJA_DANS_LA_SESSION = francais("Cette personne est déjà dans la session.")
DATE_COMPLETEE = francais("Déjà dans la session, sans date de naissance : elle sera complétée.")
DATE_A_COMPLETER = francais("La date de naissance manque : elle sera demandée avant la soumission.")
SANS_DATE = francais(
    "Les autres lignes ont une date de naissance : complétez celle-ci, ou laissez la ligne si ce n'est "
    "pas une personne."
)
TEXTE = francais("Une ligne de texte, sans date de naissance.")
TROP_DE_LIGNES = francais("Cette liste a plus de 1 000 lignes : partagez-la en plusieurs.")
TROP_DE_TEXTE = francais(
    "Cette liste contient trop de texte : ne gardez que les colonnes du nom, du prénom et de la date de "
    "naissance."
)
AUCUN_NOM = francais("Dites quelle colonne contient le nom.")
DEUX_FOIS = francais("Deux colonnes sont lues de la même façon : ne gardez que celle qui sert.")
NOM_ET_ENSEMBLE = francais("Le nom est lu deux fois : ne lisez qu'une des colonnes qui le contiennent.")
A_CHOISIR = francais("Quelle est la colonne du nom ? Répondez, puis ajoutez.")
RIEN_A_AJOUTER = francais("Aucune ligne n'est à ajouter.")
QUEL_NOM = francais("Rien ne dit lequel est le nom :")
DEJA_AJOUTEE = francais("Cette liste est déjà ajoutée.")
APERCU_PERIME = francais(
    "Ces lignes ne sont plus gardées : elles ont été ajoutées, ou plus de 15 minutes ont passé. "
    "Si elles manquent encore, collez-les de nouveau."
)
EN_TROP = francais("Corrigez d'abord les premières lignes : celle-ci suivra.")


def annee_a_confirmer(jour: date) -> str:
    """For a year of two digits."""
    return phrase("Année sur deux chiffres : est-ce bien le {jour:%d/%m/%Y} ?", jour=jour)


def deja_a_la_ligne(numero: int, *, sans_date: bool) -> str:
    """The same person twice in one list."""
    fin = ", sans sa date de naissance" if sans_date else ""
    return phrase("Cette personne est déjà à la ligne {numero}{fin}.", numero=numero, fin=fin)


def ajoutes(nombre: int, a_corriger: int) -> str:
    """What was done, and what is left to do."""
    dit = f"{pluriel(nombre, 'stagiaire ajouté', 'stagiaires ajoutés')}."
    if a_corriger:
        dit += f" {pluriel(a_corriger, 'ligne reste', 'lignes restent')} à corriger ci-dessous."
    return dit


def annees_devinees(nombre: int, exemples: Sequence[tuple[str, date]]) -> str:
    """The question of the centuries, for all the lines at once."""
    dates = pluriel(nombre, "date a une année", "dates ont une année")
    lues = ", ".join(phrase("« {ecrit} » est le {jour:%d/%m/%Y}", ecrit=e, jour=j) for e, j in exemples)
    return phrase("{dates} sur deux chiffres : {lues} ?", dates=dates, lues=lues)


def est_le_nom(nom: str, prenom: str) -> str:
    """An answer to the question of the columns, on an example."""
    return phrase("« {nom} » est le nom, « {prenom} » le prénom", nom=nom, prenom=prenom)


def dans_la_chronologie(nombre: int) -> str:
    """In the timeline of the session: how many, never who."""
    return pluriel(nombre, "stagiaire ajouté d’une liste", "stagiaires ajoutés d’une liste")


def colonne(rang: int) -> str:
    """A column without a heading."""
    return phrase("Colonne {rang}", rang=rang)


def lignes_lues(nombre: int, a_ecrire: int, a_corriger: int) -> str:
    """Above a list: `13 lignes lues : 9 stagiaires à ajouter, 2 lignes à corriger, 2 lignes laissées`."""
    lues = pluriel(nombre, "ligne lue", "lignes lues")
    laissees = nombre - a_ecrire - a_corriger if a_ecrire else 0
    parties = [
        pluriel(a_ecrire, "stagiaire à ajouter", "stagiaires à ajouter") if a_ecrire else "",
        pluriel(a_corriger, "ligne à corriger", "lignes à corriger") if a_corriger else "",
        pluriel(laissees, "ligne laissée", "lignes laissées") if laissees else "",
    ]
    dit = ", ".join(partie for partie in parties if partie)
    return phrase("{lues} : {dit}", lues=lues, dit=dit) if dit else lues
