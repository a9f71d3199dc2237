"""What anyone is told of a certificate (R15), word for word, and of who issued it."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase, pluriel

INCONNU = francais("Aucun certificat ne porte ce numéro.")
CORRESPOND = francais("L'identité saisie correspond au titulaire.")
DIFFERE = francais("L'identité saisie ne correspond pas au titulaire. Saisissez-la comme sur le certificat.")
IDENTITE_EFFACEE = francais(
    "L'identité ne peut plus être vérifiée : son empreinte a été effacée, "
    "car ce certificat n'est plus valable depuis longtemps."
)
IDENTITE_EN_PAUSE = francais(
    "Trop d'identités inexactes ont été essayées aujourd'hui pour ce numéro : "
    "la vérification d'identité reprendra demain. L'état du certificat reste affiché."
)
ORIGINAL = francais("Fichier original, non modifié.")
PAS_L_ORIGINAL = francais(
    "Ce fichier n'est pas l'original délivré ici. "
    "Un scan ou une réimpression n'est jamais reconnu : vérifiez le numéro."
)

MOTS = {
    "valide": francais("Valide"),
    "expire": francais("Expiré"),
    "annule": francais("Annulé"),
    "inconnu": francais("Inconnu"),
    "original": francais("Fichier original"),
    "autre": francais("Fichier non reconnu"),
}
"""Each verdict in a word or two."""

SORTES = {
    "certificat": francais("Certificat"),
    "archive": francais("Archive (zip) des certificats d'une session"),
    "dossier": francais("Dossier (zip) d'une session"),
    "recueil": francais("Recueil des certificats d'une session"),
    "proces_verbal": francais("Procès-verbal de session"),
    "cartes": francais("Planche de cartes"),
    "remise": francais("Liste de remise"),
}
"""Kinds of sealed files; one that is not here is a document of a session."""


FICHIER_ABSENT = francais("Choisissez un fichier PDF, ou l'archive zip des certificats.")
FICHIER_VIDE = francais("Ce fichier est vide : choisissez le fichier PDF ou zip tel que vous l'avez reçu.")
PAGE_TROP_ANCIENNE = francais("Cette page était ouverte depuis trop longtemps : recommencez.")
TROP_DE_DEMANDES = francais(
    "Trop de vérifications ont été demandées en peu de temps depuis votre connexion à internet. "
    "Attendez une minute, puis rechargez la page."
)

RECONSTITUEE = francais("valeur reconstituée : rien ne dit plus ce qui a été imprimé")


def numero_mal_saisi(lu: str) -> str:
    """What to copy, and what was read of what was typed, in groups of four; "" when nothing was."""
    quoi = francais("Recopiez les 16 caractères imprimés sur le certificat.")
    return f"{quoi} {phrase('Nous avons lu : {lu}', lu=lu)}" if lu else quoi


def valide(fin_validite: date | None) -> str:
    if fin_validite is None:
        return francais("Certificat authentique, valable sans limite de durée.")
    return phrase("Certificat authentique, en cours de validité jusqu'au {fin:%d/%m/%Y}.", fin=fin_validite)


def expire(fin_validite: date) -> str:
    return phrase(
        "Certificat authentique, mais expiré : il était valable jusqu'au {fin:%d/%m/%Y}.", fin=fin_validite
    )


def annule(annule_le: date, entite: str) -> str:
    """The date and nothing else: why is nobody's business (R14)."""
    return phrase(
        "Certificat annulé le {jour:%d/%m/%Y} : il n'est plus valable. Contactez {entite}.",
        jour=annule_le,
        entite=entite,
    )


def regroupe(nombre: int) -> str:
    """Of a file that holds several certificates."""
    return phrase(
        "Document authentique regroupant {combien}, non modifié.",
        combien=pluriel(nombre, "certificat", "certificats"),
    )


def annules_depuis(nombre: int) -> str:
    """Beside a document of a session of which some certificates were cancelled."""
    combien = pluriel(
        nombre, "certificat de cette session a été annulé", "certificats de cette session ont été annulés"
    )
    return phrase("{combien} : vérifiez chaque numéro.", combien=combien)


def fichier_trop_lourd(megaoctets: int) -> str:
    return phrase(
        "Ce fichier dépasse {mo} Mo : aucun fichier délivré ici n'est aussi lourd. Vérifiez le numéro.",
        mo=megaoctets,
    )


def delivre_par(raison_sociale: str, nom_commercial: str) -> str:
    """Who holds the habilitation first, then the trade name that was printed, if one was."""
    if not nom_commercial:
        return raison_sociale
    return phrase(
        "{raison_sociale} (sous le nom commercial {nom})", raison_sociale=raison_sociale, nom=nom_commercial
    )


def distinction(siren: str, ville: str) -> str:
    """What tells an entité from another of the same name, as far as it is known."""
    return " — ".join(filter(None, (siren and f"SIREN\u00a0{siren}", ville)))


def aujourd_hui(valeur: str) -> str:
    """Beside a value that changed since it was printed."""
    return phrase("(aujourd'hui {valeur})", valeur=valeur)
