"""Handing certificates over by codes (R9): what the entité, the room and the holder read; calendars."""

from datetime import date, datetime

from certif.domaine.libelles.typographie import francais, phrase, pluriel
from certif.domaine.temps import format_date_heure

POURQUOI = francais(
    "Créez un code par certificat, à projeter ou à imprimer : chaque stagiaire scanne le sien, "
    "saisit sa date de naissance et reçoit son certificat. Seules ses initiales sont affichées."
)
EFFET_DE_L_ARRET = francais(
    "Les codes déjà affichés ou imprimés n'ouvriront plus rien. Vous pourrez en créer d'autres."
)
CODES_CREES = francais("Les codes sont créés : projetez-les ou imprimez-les.")
CODES_ARRETES = francais("Tous les codes sont arrêtés : plus aucun n'ouvre de certificat.")
CODE_RENOUVELE = francais("Nouveau code créé : le précédent n'ouvre plus rien.")
CODE_ARRETE = francais("Code arrêté : il n'ouvre plus rien.")
AUCUN_CODE = francais("Aucun code n'ouvre de certificat pour le moment.")
ARRETE = francais("Sans code en service")
HOMONYMES = francais("Mêmes initiales : (1), (2)… suivent l'ordre alphabétique des noms.")
IMPRIMER = francais("Pour imprimer, utilisez l'impression de votre navigateur : six codes par feuille A4.")
CONSIGNE = francais(
    "Scannez le code qui porte vos initiales, puis saisissez votre date de naissance : "
    "votre certificat s'ouvre sur votre téléphone."
)

CODE_MORT = francais("Ce code n'ouvre plus de certificat.")
CODE_MORT_QUE_FAIRE = francais("Demandez votre certificat à l'organisme qui l'a délivré.")
CODE_VIDE = francais("Saisissez le code de 26 caractères imprimé sous le QR.")
TROP_DE_DEMANDES = francais(
    "Trop de demandes ont été faites en peu de temps depuis votre connexion à internet. "
    "Attendez une minute, puis recommencez."
)
ILLISIBLE = francais(
    "Votre certificat ne peut pas être lu pour le moment : aucun essai n'a été compté. "
    "Réessayez dans quelques minutes."
)
DATE_REDEMANDEE = francais(
    "Pour ouvrir votre certificat, scannez de nouveau son code et saisissez votre date de naissance."
)
AIDE_DATE = francais("Au format jj/mm/aaaa. Elle n'est pas conservée.")


def date_fausse(restants: int) -> str:
    """After a wrong birth date; `restants` tries are left."""
    return phrase(
        "Cette date n'est pas celle du titulaire. Ce code porte-t-il bien vos initiales ? "
        "Il reste {restants}.",
        restants=pluriel(restants, "essai", "essais"),
    )


def formateur_sans_code(entite: str) -> str:
    """For the formateur, who shows codes and makes none."""
    return phrase("{entite} n'a pas créé de code, ou les a arrêtés.", entite=entite)


def bilan(ouverts: int, tous: int) -> str:
    """`3 certificats sur 12 ont été ouverts par leurs titulaires.`"""
    if not ouverts:
        return francais("Aucun certificat n'a encore été ouvert par son titulaire.")
    fait = "a été ouvert par son titulaire" if ouverts < 2 else "ont été ouverts par leurs titulaires"
    return phrase(
        "{ouverts} sur {tous} {fait}.",
        ouverts=pluriel(ouverts, "certificat", "certificats"),
        tous=tous,
        fait=fait,
    )


def valables_jusqu_au(dernier_jour: date) -> str:
    return phrase("Codes valables jusqu'au {jour:%d/%m/%Y} inclus.", jour=dernier_jour)


def ouvert_le(premiere: datetime, ouvertures: int) -> str:
    """`Ouvert le 28/11/2026 à 14 h 02`, and how often since."""
    quand = f"Ouvert le {format_date_heure(premiere)}"
    return quand if ouvertures < 2 else f"{quand}, {ouvertures}\u00a0fois en tout"


def en_repos(essais: int) -> str:
    """After too many wrong birth dates."""
    return phrase("Code bloqué après {essais} dates inexactes", essais=essais)


def essais_faux(essais: int) -> str:
    """Some wrong birth dates, not too many yet."""
    return pluriel(essais, "date inexacte essayée", "dates inexactes essayées")


def fin_de_validite(libelle: str) -> str:
    """`Fin de validité : SST-1`."""
    return phrase("Fin de validité : {libelle}", libelle=libelle)


def echeance(combien: int, numero: int, emetteur: str, date_fin: date) -> str:
    """For the client: how many end that day, and of which session."""
    return phrase(
        "Dernier jour de validité de {combien} de la session n°{numero} du {date_fin:%d/%m/%Y}, "
        "{emetteur}.\nPrévoyez le stage de mise à jour des compétences avant ce jour. "
        "Les titulaires sont dans le tableau des échéances, remis avec ce fichier.",
        combien=pluriel(combien, "certificat", "certificats"),
        numero=numero,
        emetteur=emetteur,
        date_fin=date_fin,
    )


def rappel(titre: str, emetteur: str, date_fin: date) -> str:
    """For the holder."""
    return phrase(
        "Dernier jour de validité de votre certificat {titre}, délivré par {emetteur} "
        "à l'issue de la session du {date_fin:%d/%m/%Y}.\n"
        "Prévoyez votre stage de mise à jour des compétences avant ce jour.",
        titre=titre,
        emetteur=emetteur,
        date_fin=date_fin,
    )
