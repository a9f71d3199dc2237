"""Words of outages: what is missing, for who waits and for who can help."""

from certif.domaine.libelles.typographie import francais, phrase

_CE_QUI_MANQUE = {
    "stockage": "l'espace de stockage ne répond pas",
    "plein": "l'espace de stockage est plein",
    "base": "la base de données ne répond pas",
    "file": "la file d'attente ne répond pas",
    "ouvrier": "le programme qui établit les certificats est arrêté ou ne répond plus",
    "suites": "le programme qui prépare les dossiers est arrêté ou ne répond plus",
    "sceau": "la clé qui scelle les documents ne peut pas être utilisée",
    "version": "une version plus récente de l'application doit terminer ce qu'elle a commencé",
}

CE_QUI_MANQUE = {sorte: francais(texte) for sorte, texte in _CE_QUI_MANQUE.items()}
"""By sort of outage; goes on from a colon."""

_SILENCE = "la production ne donne plus signe de vie"


def generation_en_attente(sorte: str) -> str:
    """On the page of a session; `sorte`, or "" when only silence tells."""
    return phrase(
        "En attente : {quoi}. Rien n'est perdu et vous n'avez rien à faire : "
        "la génération reprendra d'elle-même.",
        quoi=CE_QUI_MANQUE.get(sorte, _SILENCE),
    )


GENERATION_PAS_COMMENCEE = francais(
    "En attente : la production n'a pas encore commencé. Rien n'est perdu et vous n'avez rien à faire : "
    "elle commencera d'elle-même."
)


def dossier_en_attente(sorte: str) -> str:
    return phrase(
        "Le dossier attend : {quoi}. Rien n'est perdu : il se fera de lui-même. "
        "Les certificats, eux, ne sont pas touchés.",
        quoi=CE_QUI_MANQUE[sorte],
    )


def archive_en_attente(sorte: str) -> str:
    """The zip that is packed again, without what was cancelled."""
    return phrase(
        "Le fichier zip attend : {quoi}. Rien n'est perdu : il se fera de lui-même.",
        quoi=CE_QUI_MANQUE[sorte],
    )


def sujet(sorte: str) -> str:
    return francais(f"Panne : {CE_QUI_MANQUE[sorte]}")


def annonce(sorte: str, debut: str) -> str:
    """To the administrateurs; `debut` reads "22/11/2026 à 9 h 04"."""
    return (
        f"Depuis le {debut}, {CE_QUI_MANQUE[sorte]}. Rien n'est perdu : ce qui attend reprendra de lui-même "
        "dès que ce sera réparé, sans qu'il faille relancer quoi que ce soit. Un message vous dira la fin de "
        "la panne. Prévenez qui exploite le serveur ; ce qui répond en ce moment se lit ici :"
    )


def sujet_de_fin(sorte: str) -> str:
    return francais(f"Fin de la panne : {CE_QUI_MANQUE[sorte]}")


def fin(sorte: str, debut: str, fin: str) -> str:
    return (
        f"La panne qui a commencé le {debut} ({CE_QUI_MANQUE[sorte]}) est terminée depuis le {fin}. Ce qui "
        "attendait a repris de lui-même. Ce qui répond en ce moment se lit ici :"
    )
