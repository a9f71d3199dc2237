"""The ⓘ helps, one per field, and the notices beside screens."""

from certif.domaine.libelles.typographie import francais

AIDES = {
    "niveau_id": francais("La liste affichée est fonction des habilitations portées par l'entité."),
    "certificat_id": francais("Choisissez le certificat à éditer."),
    "lieu_type": francais(
        "Saisissez le lieu de la session. Si le dispositif requiert une plateforme pédagogique, "
        "le choix est limité aux plateformes déclarées par l'entité."
    ),
    "code_postal": francais("Cinq chiffres : les villes de ce code postal vous sont ensuite proposées."),
    "ville": francais("Choisissez la ville parmi celles du code postal."),
    "ville_cedex": francais(
        "Aucune commune n'a ce code postal : il est accepté pour une adresse CEDEX, "
        "écrite comme « VALENCE CEDEX 9 »."
    ),
    "pays": francais("Le pays où se tient la session."),
    "ville_etranger": francais("La ville où se tient la session, en lettres."),
    "plateforme_id": francais(
        "Les plateformes déclarées par votre entité et actives à la date de fin de session."
    ),
    "identification": francais(
        "Indiquez s'il s'agit d'un stage initial ou d'une mise à jour des compétences."
    ),
    "date_fin": francais("Cette date permet de déterminer la date de début de validité du certificat."),
    "reference_interne": francais("Facultatif : un client, une convention. Elle n'est jamais imprimée."),
    "nom_commercial_id": francais(
        "Sous un nom commercial, le certificat nomme aussi la raison sociale, qui porte l'habilitation."
    ),
    "numero": francais("Trois lettres et cinq chiffres : par exemple JKA37899."),
    "nom": francais("Tel qu'il figure sur la pièce d'identité. Il sera imprimé tel quel."),
}

MISE_A_JOUR_SST = francais(
    "Un certificat expiré n'empêche pas de suivre une MAC. "
    "Si l'interruption est longue, un stage initial est conseillé."
)
