"""What each field of a session is called in a sentence, and what is said of a choice that was not offered."""

from certif.domaine.libelles.typographie import francais, phrase

NIVEAU_REFUSE = francais(
    "Choisissez l'un des dispositifs proposés : ceux pour lesquels votre entité est habilitée."
)
CERTIFICAT_REFUSE = francais("Choisissez l'un des certificats proposés pour ce dispositif.")
NOM_IMPRIME_REFUSE = francais("Choisissez la raison sociale, ou l'un des noms commerciaux de votre entité.")
AUCUNE_HABILITATION = francais(
    "Votre entité n'a aucune habilitation en vigueur : demandez une habilitation avant d'ouvrir une session."
)

NOMS_DE_CHAMPS = {
    "niveau_id": "dispositif",
    "certificat_id": "certificat",
    "lieu_type": "lieu de formation",
    "code_postal": "lieu de formation",
    "ville": "lieu de formation",
    "pays": "lieu de formation",
    "plateforme_id": "lieu de formation",
    "identification": "identification",
    "date_fin": "date de fin de session",
    "reference_interne": "référence interne",
    "nom_commercial_id": "nom imprimé sur les certificats",
}


def page_indiquait(valeur: str) -> str:
    """Beside a field of a stale form: what it said, while the field shows what is stored now."""
    return phrase(
        "Votre page indiquait « {valeur} » : saisissez-le de nouveau si c'est juste.", valeur=valeur
    )
