"""What is said of who issued a certificate, and of what was printed on it, word for word (R15)."""

from certif.domaine.libelles.typographie import francais, phrase

DELIVRE_PAR = francais("Délivré par")
HABILITATION = "Habilitation"
RECONSTITUEE = francais("valeur reconstituée : rien ne dit plus ce qui a été imprimé")


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
