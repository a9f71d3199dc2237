"""Persons found to be the same one, and persons erased (R18)."""

from collections.abc import Sequence

from certif.domaine.libelles.typographie import francais, phrase, pluriel

PERSONNE_SUPPRIMEE = francais("Personne supprimée")
"""What stands for the name of a person who was erased."""

ELLE_MEME = francais("Indiquez une autre personne : celle-ci ne peut pas être fusionnée avec elle-même.")
SON_COMPTE = francais(
    "Vous ne pouvez pas fusionner votre propre fiche dans une autre : gardez la vôtre, et fusionnez l'autre "
    "dans celle-ci."
)
DEJA_FUSIONNEE = francais("L'une de ces deux fiches a déjà été fusionnée : seul son N° sert encore.")
DEJA_EFFACEE = francais("L'une de ces deux personnes a été supprimée : elle ne peut plus être fusionnée.")
DESACTIVEE = francais(
    "Le compte de la personne à garder est désactivé ou a pris fin : réactivez-le d'abord, ou gardez l'autre."
)
NAISSANCES = francais(
    "Ces deux fiches n'ont pas la même date de naissance : corrigez d'abord celle qui est fausse."
)
NUMERO_INCONNU = francais("Aucune personne n'a ce N° Forprev : vérifiez-le.")

PAS_SOI_MEME = francais("Vous ne pouvez pas supprimer votre propre fiche.")
FUSIONNEE = francais("Cette fiche a été fusionnée : supprimez celle de la personne qui reste.")

SUJET_REUNIES = francais("Vos deux fiches Certif sont réunies")
_REUNIES = "Deux fiches étaient à votre nom : elles sont réunies, avec tous vos rôles."
ADRESSE_GARDEE = francais(
    f"{_REUNIES} Connectez-vous avec cette adresse, ou avec l'un de vos deux N° Forprev. "
    "Si votre mot de passe est refusé, choisissez-en un autre avec « Mot de passe oublié »."
)
ADRESSE_PERDUE = francais(
    f"{_REUNIES} Cette adresse ne sert plus à vous connecter : utilisez votre autre adresse, ou l'un de vos "
    "deux N° Forprev."
)


def sessions_a_terminer(numeros: Sequence[int]) -> str:
    """Why the formateur of sessions without certificates stays, with the numbers of these sessions."""
    quoi = (
        "elles doivent d'abord être générées, confiées à un autre formateur ou supprimées"
        if len(numeros) > 1
        else "elle doit d'abord être générée, confiée à un autre formateur ou supprimée"
    )
    return phrase(
        "Cette personne est le formateur de {combien} sans certificats (n° {numeros}) : {quoi}.",
        combien=pluriel(len(numeros), "session encore", "sessions encore"),
        numeros=", ".join(map(str, numeros)),
        quoi=francais(quoi),
    )
