"""Why a rule on sessions says no, and what to do about it, but for the rights they need (see `droits`)."""

from collections.abc import Iterable, Sequence
from datetime import date

from certif.domaine.libelles.typographie import enumeration, francais, phrase, pluriel

AUCUN_STAGIAIRE = francais("Ajoutez au moins un stagiaire.")
NIVEAU_MANQUANT = francais("Le dispositif et le niveau doivent être renseignés.")
CERTIFICAT_MANQUANT = francais("Le certificat doit être renseigné.")
LIEU_MANQUANT = francais("Le lieu de formation doit être renseigné.")
CODE_POSTAL_MANQUANT = francais("Le code postal doit être renseigné.")
PLATEFORME_MANQUANTE = francais("Choisissez l'une des plateformes déclarées par votre entité.")
IDENTIFICATION_MANQUANTE = francais(
    "Indiquez s'il s'agit d'un stage initial ou d'une mise à jour des compétences."
)
DATE_FIN_MANQUANTE = francais("La date de fin de session doit être renseignée.")

NIVEAU_REFUSE = francais(
    "Choisissez l'un des dispositifs proposés : ceux pour lesquels votre entité est habilitée."
)
CERTIFICAT_REFUSE = francais("Choisissez l'un des certificats proposés pour ce dispositif.")
NOM_IMPRIME_REFUSE = francais("Choisissez la raison sociale, ou l'un des noms commerciaux de votre entité.")

PLATEFORME_REFUSEE = francais(
    "Ce dispositif n'est possible que sur une plateforme déclarée par votre entité "
    "et active à la date de fin de session."
)
LIEU_LIBRE_REFUSE = francais(
    "Pour ce dispositif, le lieu est l'une des plateformes déclarées par votre entité."
)
PLATEFORME_INUTILE = francais(
    "Ce dispositif ne requiert pas de plateforme : indiquez le lieu en France ou à l'étranger."
)

AUCUNE_REUSSITE = francais(
    "Aucun stagiaire n'est en réussite : il n'y a pas de certificat à générer. "
    "Vous pouvez clore la session sans certificat."
)
RESULTAT_INVALIDE = francais("Choisissez Échec ou Réussite.")
MOTIF_INVALIDE = francais("Choisissez un motif dans la liste.")
NAISSANCE_MANQUANTE = francais("Indiquez la date de naissance, au format jj/mm/aaaa.")
UN_SEUL_NOM = francais("Videz le prénom, ou décochez « Cette personne n'a qu'un seul nom ».")

AUCUNE_CORRECTION = francais("Le formateur ne propose aucune correction : il n'y a rien à accepter.")
ACTION_IMPOSSIBLE = francais("L'état de la session ne permet plus cette action.")
PAS_CHEZ_LE_FORMATEUR = francais("Cette session n'est pas chez le formateur : il n'y a rien à relancer.")
REUSSITES_A_CERTIFIER = francais("Des stagiaires sont en réussite : générez leurs certificats.")

STAGIAIRE_ABSENT = francais("Ce stagiaire n'est plus dans la session, ou n'y a jamais été.")
PROPOSITION_ABSENTE = francais("Cette correction n'est plus demandée par le formateur, ou ne l'a jamais été.")
STAGIAIRE_RETIRE = francais(
    "Ce stagiaire a été retiré de la session depuis que vous l'avez affiché : rien n'a été enregistré."
)
STAGIAIRE_A_REPRENDRE = francais(
    "Votre saisie est conservée : ajoutez de nouveau cette personne, ou laissez-la hors de la session."
)

DECLARANT_PRESENT = francais("La personne qui a déclaré cette session a toujours un rôle dans votre entité.")
DECLARANT_A_CHOISIR = francais("Choisissez la personne à qui confier la session.")
SESSION_INACCESSIBLE = francais(
    "Cette session n'existe pas, ou ne vous est pas accessible : elle a pu être supprimée, ou confiée à une "
    "autre personne."
)


def delai_depasse(cloture: date) -> str:
    """R1, once the last day of entry is over."""
    return phrase(
        "Le délai d'un mois est dépassé ({cloture:%d/%m/%Y}) : cette session ne peut plus être soumise.",
        cloture=cloture,
    )


def trop_tot(ouverture: date) -> str:
    """R1, before the first day of entry."""
    return phrase(
        "Cette session pourra être saisie à partir du {ouverture:%d/%m/%Y}, trois mois avant sa date de fin.",
        ouverture=ouverture,
    )


def date_fin_apres_soumission(soumise_le: date, premiere: date, derniere: date) -> str:
    """R1, for an end date corrected after the first submission."""
    return phrase(
        "Cette session a été soumise le {soumise_le:%d/%m/%Y} : sa date de fin doit être comprise "
        "entre le {premiere:%d/%m/%Y} et le {derniere:%d/%m/%Y}.",
        soumise_le=soumise_le,
        premiere=premiere,
        derniere=derniere,
    )


def generation_trop_tot(date_fin: date) -> str:
    """R6, before the session's end."""
    return phrase("Les certificats pourront être générés à partir du {date_fin:%d/%m/%Y}.", date_fin=date_fin)


def du_stagiaire(stagiaire: str, message: str) -> str:
    """A refusal about one trainee among several, who is named."""
    return phrase("{stagiaire} : {message}", stagiaire=stagiaire, message=message)


def des_stagiaires(refuses: Iterable[tuple[str, str]]) -> list[str]:
    """One sentence for each message, which names everyone whom it concerns; of pairs of name and message."""
    par_message: dict[str, list[str]] = {}
    for stagiaire, message in refuses:
        par_message.setdefault(message, []).append(stagiaire)
    return [du_stagiaire(enumeration(qui), message) for message, qui in par_message.items()]


def deja_delivres(stagiaires: Sequence[str], certificat: str, date_fin: date) -> str:
    """R6: no duplicate by declaring again; all of them at once."""
    if len(stagiaires) == 1:
        message = phrase(
            "Un certificat {certificat} au {date_fin:%d/%m/%Y} a déjà été délivré à ce stagiaire "
            "par votre entité. Aucun duplicata ne peut être délivré.",
            certificat=certificat,
            date_fin=date_fin,
        )
        return du_stagiaire(stagiaires[0], message)
    return phrase(
        "Un certificat {certificat} au {date_fin:%d/%m/%Y} a déjà été délivré par votre entité "
        "à {nombre} stagiaires : {qui}. Aucun duplicata ne peut être délivré.",
        certificat=certificat,
        date_fin=date_fin,
        nombre=len(stagiaires),
        qui=enumeration(stagiaires),
    )


def combien_deja_delivres(nombre: int, certificat: str, date_fin: date) -> str:
    """The same, nobody named."""
    return phrase(
        "Un certificat {certificat} au {date_fin:%d/%m/%Y} a déjà été délivré par l'entité à {combien}.",
        certificat=certificat,
        date_fin=date_fin,
        combien=pluriel(nombre, "stagiaire", "stagiaires"),
    )


def combien_de_noms_refuses(nombre: int) -> str:
    """How many names could not be printed, none of them said."""
    return f"{pluriel(nombre, 'nom ne peut', 'noms ne peuvent')} pas être imprimé{'s' if nombre > 1 else ''}."


def combien_de_confondus(nombre: int) -> str:
    """How many stagiaires are one person with another, none of them named."""
    return francais(
        f"{nombre} stagiaires se confondent deux à deux : mêmes noms une fois imprimés, même naissance."
    )


def corrections_en_attente(nombre: int) -> str:
    """R6: what the formateur proposes is settled before anything is printed."""
    if nombre == 1:
        return francais(
            "Le formateur propose une correction : acceptez-la, ou modifiez la saisie pour la refuser."
        )
    return phrase(
        "Le formateur propose {nombre} corrections : acceptez-les, ou modifiez la saisie pour en refuser.",
        nombre=nombre,
    )


def sans_resultat(nombre: int) -> str:
    """R10: "3 stagiaires sans résultat"."""
    return pluriel(nombre, "stagiaire sans résultat", "stagiaires sans résultat")


def naissance_apres_session(date_fin: date) -> str:
    """R12: a trainee is born before the session ends."""
    return phrase(
        "La date de naissance doit précéder la date de fin de session ({date_fin:%d/%m/%Y}).",
        date_fin=date_fin,
    )


def stagiaire_en_double(stagiaire: str) -> str:
    """R12: the same person twice in one session."""
    return phrase(
        "{stagiaire} figure déjà dans cette session, avec la même date de naissance.", stagiaire=stagiaire
    )


def stagiaires_confondus(stagiaires: Sequence[str]) -> str:
    """R12: two trainees whom entry accepted before their names had one key."""
    return phrase(
        "{qui} : leurs noms se lisent de la même façon une fois imprimés, et leur date de naissance est la "
        "même. S'il s'agit d'une seule personne, n'en gardez qu'une ligne ; sinon, corrigez l'une d'elles.",
        qui=enumeration(stagiaires),
    )


def stagiaire_formateur(stagiaire: str) -> str:
    """R5: the formateur certifies others."""
    return phrase(
        "{stagiaire} est le formateur de cette session et ne peut pas en être stagiaire.", stagiaire=stagiaire
    )


def naissances_manquantes(stagiaires: Sequence[str]) -> str:
    """R12, at submission."""
    if len(stagiaires) == 1:
        return phrase("La date de naissance de {qui} doit être renseignée.", qui=stagiaires[0])
    return phrase("Les dates de naissance de {qui} doivent être renseignées.", qui=enumeration(stagiaires))


def session_supprimee(numero: int, le: date, *, certifiee: bool) -> str:
    """R8, to those who could open it."""
    suite = francais("Ses certificats restent vérifiables par leur numéro.") if certifiee else ""
    fin = phrase(
        "La session n°{numero} n'existe plus : elle a été supprimée définitivement le {le:%d/%m/%Y}.",
        numero=numero,
        le=le,
    )
    return f"{fin} {suite}".strip()
