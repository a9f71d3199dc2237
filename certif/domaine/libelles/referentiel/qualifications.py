"""Qualifications, where the administrateur keeps them and where their formateur reads them."""

from collections.abc import Sequence
from datetime import date

from certif.domaine.libelles.typographie import enumeration, francais, phrase, pluriel
from certif.domaine.temps import jusqu_a

PAS_FORMATEUR = francais("Cette personne n'a pas de rôle formateur actif : donnez-lui d'abord ce rôle.")
NIVEAU_INCONNU = francais("Choisissez l'un des dispositifs et niveaux proposés.")
FIN_AVANT_DEBUT = francais("La fin ne peut pas précéder le début.")
DEJA_RETIREE = francais("Cette qualification est déjà retirée.")
RETIREE = francais("Cette qualification est retirée : annulez d'abord son retrait.")
NON_RETIREE = francais("Cette qualification n'est pas retirée.")
SUITE_POUR_LES_ENTITES = francais(
    "Le formateur garde ses sessions : chaque entité devra en changer ou corriger la date."
)
ANNULER_LE_RETRAIT = francais("La qualification comptera de nouveau jusqu'à sa fin, dès maintenant.")
AIDE_NUMERO = francais("Trois lettres et cinq chiffres. Un ancien numéro mène à la personne qui l'avait.")
AIDE_RETRAIT = francais("Le premier jour où elle ne compte plus.")

VERDICTS = {
    "accordee": francais("Accordée"),
    "prolonge": francais("Prolonge la qualification existante"),
    "deja_la": francais("Déjà là : rien à faire"),
    "erreur": francais("Erreur"),
}
NIVEAU_ILLISIBLE = francais("Aucun dispositif ne s'écrit ainsi. Écrivez par exemple « SST / 1 ».")
NIVEAU_ARCHIVE = francais("Ce dispositif est archivé : il n'est plus certifié.")
APERCU_PERIME = francais("Cet aperçu n'est plus disponible : envoyez de nouveau votre tableau.")
CHANGE_DEPUIS = francais(
    "Ce qui est enregistré a changé depuis cet aperçu : rien n'a été importé. Vérifiez-le, puis confirmez."
)
TROP_LONG = francais(
    "Ce tableau est trop volumineux pour être vérifié en une fois : partagez-le en plusieurs."
)
ERREURS_LAISSEES = francais(
    "Les lignes en erreur ne seront pas importées : corrigez-les dans votre tableau, puis importez-le de "
    "nouveau. Ce qui est déjà là ne sera pas écrit deux fois."
)

OU_VIENNENT_LES_QUALIFICATIONS = francais(
    "Vos qualifications se rangent ici dès que l'administrateur les enregistre. Sans elles, aucune entité "
    "ne peut vous déclarer comme formateur."
)


def deja(niveau: str, periodes: Sequence[tuple[date, date]]) -> str:
    """Two qualifications of one person for a niveau share no day; `periodes`: those that would."""
    dites = [_periode(debut, fin) for debut, fin in periodes]
    return phrase(
        "Cette personne a déjà la qualification {niveau} {periodes} : prolongez-la ou corrigez ses dates.",
        niveau=niveau,
        periodes=enumeration(dites),
    )


def fin_trop_tot(fin: date) -> str:
    return phrase("La nouvelle fin doit venir après le {fin:%d/%m/%Y}.", fin=fin)


def retrait_trop_tard(fin: date) -> str:
    return phrase("Elle prend fin le {fin:%d/%m/%Y} : retirez-la au plus tard ce jour-là.", fin=fin)


def accord(qui: str, numero: str, niveau: str, debut: date, fin: date) -> str:
    """What is about to be granted."""
    return phrase(
        "{qui} ({numero}) pourra certifier {niveau} du {debut:%d/%m/%Y} au {fin:%d/%m/%Y} inclus.",
        qui=qui,
        numero=numero,
        niveau=niveau.replace(" ", "\u00a0"),
        debut=debut,
        fin=fin,
    )


def retrait(qui: str, niveau: str, le: date) -> str:
    """What is about to be withdrawn."""
    return phrase(
        "À compter du {le:%d/%m/%Y}, {qui} ne pourra plus certifier {niveau}.",
        qui=qui,
        niveau=niveau.replace(" ", "\u00a0"),
        le=le,
    )


def prend_fin(fin: date) -> str:
    """Soon over."""
    return phrase("Prend fin le {fin:%d/%m/%Y}", fin=fin)


def autre_personne(attendu: str) -> str:
    """A name beside the N° that is not its bearer's."""
    return phrase("Ce N° est celui de {attendu}.", attendu=attendu)


def avant_celle(debut: date, fin: date) -> str:
    return phrase(
        "Elle commence avant celle qui va du {debut:%d/%m/%Y} au {fin:%d/%m/%Y} et la recouvre : "
        "corrigez les dates de celle-ci.",
        debut=debut,
        fin=fin,
    )


def suivie(suivantes: Sequence[tuple[date, date]]) -> str:
    """It would cover one that could be extended, and `suivantes`."""
    return phrase(
        "Elle recouvre {nombre} qualifications, dont {periodes}.",
        nombre=1 + len(suivantes),
        periodes=enumeration([f"celle {_periode(*suivante)}" for suivante in suivantes]),
    )


def retiree_depuis(le: date) -> str:
    return phrase(
        "Cette qualification a été retirée à compter du {le:%d/%m/%Y} : un import ne la rétablit pas.", le=le
    )


def confirmer(nombre: int) -> str:
    return phrase("Confirmer l'import de {lignes}", lignes=pluriel(nombre, "ligne", "lignes"))


def importees(nombre: int, restent: int) -> str:
    """What was written, and how many lines were left out."""
    faites = phrase("{lignes}.", lignes=pluriel(nombre, "qualification importée", "qualifications importées"))
    if not restent:
        return faites
    return f"{faites} {pluriel(restent, 'ligne reste', 'lignes restent')} à corriger\u00a0: voyez ci-dessous."


def _periode(debut: date, fin: date) -> str:
    return phrase("du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}", debut=debut, fin=fin)


def reste(fin: date, aujourd_hui: date) -> str:
    """`Encore 89 jours`, `Jusqu’en novembre 2028`."""
    return jusqu_a(fin, aujourd_hui).capitalize()


def renouveler(seuil: int, fin: date) -> str:
    """Warned at 90, 60 and 30 days; `seuil` is the nearest one."""
    if seuil <= 30:
        return phrase(
            "Sans renouvellement, vous ne pourrez plus certifier de session qui se termine "
            "après le {fin:%d/%m/%Y}.",
            fin=fin,
        )
    if seuil <= 60:
        return francais("Inscrivez-vous à son renouvellement.")
    return francais("Pensez à son renouvellement.")


def renouvelee(fin: date) -> str:
    """For one that another goes on from."""
    return phrase("Renouvelée jusqu'au {fin:%d/%m/%Y}.", fin=fin)


def bloque(nombre: int) -> str:
    return pluriel(
        nombre,
        "session se termine après cette date et ne peut pas aboutir",
        "sessions se terminent après cette date et ne peuvent pas aboutir",
    )
