"""Habilitations, where the administrateur keeps them and where their entité reads them."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase
from certif.domaine.temps import JOURS_COMPTES, format_date, jusqu_a

NUMERO = francais("Un numéro d'habilitation s'écrit avec 40 lettres, chiffres, tirets ou points au plus.")
NUMERO_PRIS = francais("Ce numéro est celui d'une autre habilitation : choisissez-en un autre.")
FIN_AVANT_DEBUT = francais("La fin ne peut pas précéder le début.")
FIN_PASSEE = francais("Cette date est passée : l'habilitation serait terminée avant de servir.")
SUSPENSION_A_L_ENVERS = francais("Le dernier jour ne peut pas précéder le premier.")
RETIREE = francais("Cette habilitation est retirée : annulez d'abord son retrait.")
DEJA_RETIREE = francais("Cette habilitation est déjà retirée.")
NON_RETIREE = francais("Cette habilitation n'est pas retirée.")
SUSPENSION_INCONNUE = francais("Cette suspension n'existe plus : elle a été supprimée entre-temps.")
DISPOSITIF_ARCHIVE = francais("Ce dispositif n'est plus proposé : aucune habilitation ne peut être accordée.")
SANS_PLATEFORME = francais("Ce dispositif ne requiert pas de plateforme pédagogique.")
PLATEFORME_DEJA_LA = francais("Cette plateforme est déjà déclarée, et sans date de fin.")
PLATEFORME_INCONNUE = francais("Choisissez l'une des plateformes de l'entité.")

ACCORDER = francais(
    "Sans demande de l'entité : elle pourra déclarer des sessions qui se terminent entre ces deux dates, "
    "incluses. Ses gestionnaires en sont avertis par e-mail."
)
NUMERO_AIDE = francais("Laissez vide : le prochain numéro libre est attribué.")
PROLONGER = francais(
    "La même habilitation, avec un dernier jour plus lointain. Ses gestionnaires en sont avertis par e-mail."
)
CORRIGER = francais(
    "Pour un numéro ou une date enregistrés par erreur. Les certificats déjà générés gardent le numéro "
    "qu'ils portent. Ses gestionnaires sont avertis par e-mail."
)
SUSPENDRE = francais(
    "Ces jours, inclus, peuvent être passés. Les sessions qui se terminent l'un d'eux et ne sont pas encore "
    "générées seront bloquées : l'étape suivante nomme celles qui ne le sont pas déjà."
)
AU_AIDE = francais("Laissez vide : suspendue jusqu'à nouvel ordre.")
TERMINER = francais("Le dernier jour suspendu est inclus : l'habilitation compte de nouveau le lendemain.")
SUPPRIMER = francais(
    "Pour une suspension enregistrée par erreur : elle disparaît comme si elle n'avait jamais existé, et "
    "seul le journal en garde la trace. Pour y mettre fin, terminez-la plutôt."
)
RETIRER = francais(
    "À partir de ce jour, qui peut être passé, l'habilitation ne compte plus. Les sessions qui se terminent "
    "ce jour-là ou après et ne sont pas encore générées seront bloquées : l'étape suivante nomme celles qui "
    "ne le sont pas déjà."
)
ANNULER_LE_RETRAIT = francais(
    "L'habilitation compte de nouveau jusqu'à sa fin, comme si elle n'avait jamais été retirée."
)
DECLARER_UNE_PLATEFORME = francais(
    "L'entité pourra y tenir ses sessions de ce dispositif, quel que soit le niveau, à partir de ce jour."
)
FERMER_UNE_PLATEFORME = francais(
    "Les sessions qui se terminent après ce jour ne pourront plus y être soumises ; celles qui le sont déjà "
    "continuent."
)
AUCUNE_SESSION_BLOQUEE = francais("Aucune session n'est bloquée par l'état de cette habilitation.")

_ANNONCES = {
    "accordee": (
        "accordée",
        "L'habilitation {niveau} (n° {numero}) est accordée à votre entité : vous pouvez déclarer des "
        "sessions qui se terminent du {debut} au {fin} inclus.",
    ),
    "prolongee": (
        "prolongée",
        "Votre habilitation {niveau} (n° {numero}) est prolongée : son dernier jour est désormais le {fin}.",
    ),
    "corrigee": (
        "corrigée",
        "Votre habilitation {niveau} est corrigée : elle porte le n° {numero} et couvre les sessions qui se "
        "terminent du {debut} au {fin} inclus. Celles qui sont déjà générées ne changent pas.",
    ),
    "suspendue": (
        "suspendue",
        "Votre habilitation {niveau} (n° {numero}) est suspendue {periode}. Les sessions qui se terminent "
        "pendant cette suspension ne peuvent être ni soumises ni générées ; celles qui sont déjà générées ne "
        "changent pas.",
    ),
    "reprise": (
        "suspension terminée",
        "La suspension de votre habilitation {niveau} (n° {numero}) se termine le {dernier} inclus : elle ne "
        "bloque plus les sessions qui se terminent après ce jour.",
    ),
    "retablie": (
        "suspension annulée",
        "La suspension de votre habilitation {niveau} (n° {numero}), {periode}, est annulée : elle ne bloque "
        "plus aucune session.",
    ),
    "retiree": (
        "retirée",
        "Votre habilitation {niveau} (n° {numero}) est retirée à compter du {retrait}. Les sessions qui se "
        "terminent ce jour-là ou après ne peuvent être ni soumises ni générées ; celles qui sont déjà "
        "générées ne changent pas.",
    ),
    "rendue": (
        "retrait annulé",
        "Le retrait de votre habilitation {niveau} (n° {numero}) est annulé : son dernier jour est de "
        "nouveau le {fin}.",
    ),
}

AUCUNE_SESSION_DECLARABLE = francais(
    "Aujourd'hui, vous ne pouvez déclarer aucune session avec cette habilitation."
)


def trop_longue(annees: int) -> str:
    return phrase("Une habilitation dure {annees} ans au plus : vérifiez l'année.", annees=annees)


def prolongation_trop_courte(fin: date) -> str:
    return phrase("Cette habilitation va déjà jusqu'au {fin:%d/%m/%Y} : choisissez un jour après.", fin=fin)


def hors_de_l_habilitation(debut: date, dernier: date) -> str:
    return phrase(
        "Choisissez un jour de l'habilitation : entre le {debut:%d/%m/%Y} et le {dernier:%d/%m/%Y}.",
        debut=debut,
        dernier=dernier,
    )


def suspension_dehors(debut: date) -> str:
    return phrase(
        "Une suspension commence le {debut:%d/%m/%Y} : gardez ce jour, ou supprimez-la d'abord.", debut=debut
    )


def deja_suspendue(debut: date, fin: date | None) -> str:
    return phrase("L'habilitation est déjà suspendue {quand}.", quand=periode(debut, fin))


def fin_avant_la_suspension(debut: date) -> str:
    return phrase(
        "Cette suspension commence le {debut:%d/%m/%Y} : choisissez ce jour ou un autre après.", debut=debut
    )


def fin_apres_la_suspension(fin: date) -> str:
    return phrase(
        "Cette suspension se termine le {fin:%d/%m/%Y} : choisissez un jour avant, "
        "ou enregistrez-en une autre.",
        fin=fin,
    )


def fermeture_avant_ouverture(debut: date) -> str:
    return phrase("Cette plateforme est déclarée à partir du {debut:%d/%m/%Y}.", debut=debut)


def plateforme_fermee(plateforme: str, entite: str, fin: date) -> str:
    """The recap of a closing."""
    return phrase(
        "Plateforme {plateforme} de {entite} : dernier jour le {fin:%d/%m/%Y}.",
        plateforme=plateforme,
        entite=entite,
        fin=fin,
    )


def periode(debut: date, fin: date | None) -> str:
    """« du 05/06/2026 au 20/06/2026 », « depuis le 05/06/2026, jusqu'à nouvel ordre »."""
    if fin is None:
        return francais(f"à partir du {format_date(debut)}, jusqu'à nouvel ordre")
    return f"du {format_date(debut)} au {format_date(fin)}"


def sujet(quoi: str, niveau: str) -> str:
    """`Habilitation SST / 1 : suspendue`."""
    return phrase("Habilitation {niveau} : {quoi}", niveau=niveau, quoi=francais(_ANNONCES[quoi][0]))


def annonce(quoi: str, **valeurs: str) -> str:
    """What happened to an habilitation, and what it changes for its entité."""
    return phrase(_ANNONCES[quoi][1], **valeurs)


def recapitulatif(quoi: str, niveau: str, entite: str) -> str:
    """What is about to be done; `quoi` reads « suspendue du … au … »."""
    return phrase("L'habilitation {niveau} de {entite} sera {quoi}.", niveau=niveau, entite=entite, quoi=quoi)


def retiree_a_compter(le: date) -> str:
    return phrase("retirée à compter du {le:%d/%m/%Y}", le=le)


def corrigee(numero: str, debut: date, fin: date) -> str:
    return phrase("corrigée : n° {numero}, {periode}", numero=numero, periode=periode(debut, fin))


def suspendue(debut: date, fin: date | None) -> str:
    return f"suspendue {periode(debut, fin)}"


def fin_proche(fin: date) -> str:
    return phrase("En vigueur jusqu'au {fin:%d/%m/%Y}", fin=fin)


def suspendue_jusqu_au(fin: date | None) -> str:
    if fin is None:
        return francais("Suspendue jusqu'à nouvel ordre")
    return phrase("Suspendue jusqu'au {fin:%d/%m/%Y} inclus", fin=fin)


def habilitation_en_vigueur(fin: date, aujourd_hui: date) -> str:
    """`En vigueur, encore 89 jours`, `En vigueur jusqu’en novembre 2028`."""
    virgule = "," if (fin - aujourd_hui).days < JOURS_COMPTES else ""
    return f"En vigueur{virgule} {jusqu_a(fin, aujourd_hui)}"


def demander_le_renouvellement(seuil: int, fin: date) -> str:
    """Warned at 90, 60 and 30 days; `seuil` is the nearest one."""
    if seuil <= 30:
        return phrase(
            "Sans renouvellement, vous ne pourrez plus déclarer de session qui se termine "
            "après le {fin:%d/%m/%Y}.",
            fin=fin,
        )
    if seuil <= 60:
        return francais("Demandez son renouvellement.")
    return francais("Pensez à demander son renouvellement.")


def habilitation_renouvelee(fin: date) -> str:
    """For one that another goes on from."""
    return phrase("Renouvelée jusqu'au {fin:%d/%m/%Y}.", fin=fin)


def habilitation_suspendue(fin: date | None) -> str:
    if fin is None:
        return francais("Suspendue, sans date de fin")
    return phrase("Suspendue jusqu'au {fin:%d/%m/%Y} inclus", fin=fin)


def habilitation_retiree(retrait: date) -> str:
    return phrase("Retirée avec effet au {retrait:%d/%m/%Y}", retrait=retrait)


def sessions_declarables(premiere: date, derniere: date) -> str:
    """Today's end dates that this habilitation covers, both included."""
    if premiere == derniere:
        return phrase(
            "Aujourd'hui, vous pouvez déclarer une session qui se termine le {premiere:%d/%m/%Y}.",
            premiere=premiere,
        )
    return phrase(
        "Aujourd'hui, vous pouvez déclarer une session qui se termine "
        "entre le {premiere:%d/%m/%Y} et le {derniere:%d/%m/%Y}.",
        premiere=premiere,
        derniere=derniere,
    )


def suspension_du(debut: date, fin: date | None) -> str:
    if fin is None:
        return phrase("depuis le {debut:%d/%m/%Y}", debut=debut)
    return phrase("du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}", debut=debut, fin=fin)
