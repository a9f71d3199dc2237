"""MON ENTITÉ and ENTITÉS: the record of an entité, as it is read and changed (R17)."""

from certif.domaine.libelles.typographie import francais, phrase, pluriel

CHAMPS = {
    "raison_sociale": francais("Raison sociale"),
    "siret": francais("SIRET"),
    "adresse": francais("Adresse"),
    "code_postal": francais("Code postal"),
    "ville": francais("Ville"),
    "email": francais("E-mail de contact"),
    "telephone": francais("Téléphone"),
    "signataire": francais("Nom du signataire"),
    "signataire_qualite": francais("Qualité du signataire"),
}

NOM_ABSENT = francais("Ce nom commercial n'est plus à votre entité, ou ne l'a jamais été.")
RAISON_SOCIALE_VIDE = francais("La raison sociale doit être renseignée.")
NOM_COMMERCIAL_VIDE = francais("Le nom commercial doit être renseigné.")
SANS_LETTRE = francais("Saisissez au moins une lettre ou un chiffre.")
SIRET_FORMAT = francais(
    "Un SIRET s'écrit avec quatorze chiffres : par exemple 732\u00a0829\u00a0320\u00a000074."
)
SIRET_FAUX = francais("Ce SIRET comporte une erreur : vérifiez ses quatorze chiffres.")
SIRET_PRIS = francais("Ce SIRET est déjà celui d'une autre entité : vérifiez ses quatorze chiffres.")
TELEPHONE = francais("Écrivez un numéro comme 04 75 60 00 00, ou comme +32 2 555 12 12 pour l'étranger.")
PAR_DEMANDE = francais(
    "Ce changement se demande, avec un justificatif : seuls une majuscule, un accent, un espace ou un tiret "
    "se corrigent ici."
)
SIRET_PAR_DEMANDE = francais(
    "Ce changement se demande, avec un justificatif : seul un autre établissement du même SIREN (les neuf "
    "premiers chiffres) se corrige ici."
)
ENREGISTREE = francais("Les informations de votre entité sont enregistrées.")
INCHANGEE = francais("Rien n'a changé : les informations restent telles quelles.")
PERIMEE = francais(
    "Ces informations ont changé depuis que vous les avez affichées : rien n'a été enregistré."
)

LOGO_ABSENT = francais("Choisissez un fichier : une image PNG, JPEG, WebP ou GIF.")
LOGO_LOURD = francais("Ce fichier pèse plus de 2 Mo : choisissez une image plus légère.")
LOGO_ENREGISTRE = francais("Le logo est enregistré. Les certificats déjà générés gardent l'ancien.")
LOGO_RETIRE = francais("Le logo est retiré. Les certificats déjà générés le gardent.")

NOM_IMPRIME = francais("Votre nom, tel qu'il sera imprimé")
NOM_A_CONFIRMER = francais(
    "C'est sous ce nom que vos certificats seront délivrés et vérifiés. Regardez-le lettre par lettre."
)
NOM_CONFIRME = francais("Merci : ce nom est celui que vos certificats imprimeront.")
NOM_CHANGE = francais("Le nom a changé depuis que vous l'avez affiché : regardez-le de nouveau.")
CORRECTION_EN_COURS = francais("Une demande de changement d'identité est ouverte.")

NOM_RETIRE = francais("Le nom commercial est retiré.")

DEJA_SUSPENDUE = francais("Cette entité est déjà suspendue : levez d'abord sa suspension.")
NON_SUSPENDUE = francais("Cette entité n'est pas suspendue.")
EFFET_DE_LA_SUSPENSION = francais(
    "À compter de ce jour, l'entité peut lire et télécharger, rien d'autre ; "
    "ses formateurs ne peuvent plus envoyer de résultats."
)
INVITER_UN_GESTIONNAIRE = francais(
    "Si cette adresse n'a pas encore de compte, une invitation valable sept jours lui est envoyée."
)
ANCIENS_NOMS = francais("Certificats délivrés sous une autre raison sociale")

DONNEES_SANS_STAGIAIRE = francais(
    "En tableaux, sans ce qui concerne ses stagiaires : un gestionnaire les télécharge depuis MON ENTITÉ."
)


def non_imprimable(caractere: str) -> str:
    return phrase(
        "Le caractère « {caractere} » ne peut pas être imprimé : remplacez-le.", caractere=caractere
    )


def valeur_enregistree(champ: str, valeur: str) -> str:
    """What stands now where a stale form says something else."""
    if not valeur:
        return phrase("{champ} : plus rien n'est enregistré.", champ=CHAMPS[champ])
    return phrase("{champ} : « {valeur} » est enregistré.", champ=CHAMPS[champ], valeur=valeur)


def nom_renomme(libelle: str) -> str:
    return phrase("Le nom commercial s'appelle désormais {libelle}.", libelle=libelle)


def effet_du_retrait(nombre: int, raison_sociale: str) -> str:
    """What removing a trade name does to the sessions that chose it and are not generated."""
    if nombre == 0:
        return francais("Aucune session en cours ne l'utilise. Les certificats déjà générés ne changent pas.")
    return phrase(
        "{combien} à ce nom : {leurs} seront imprimés au nom de {raison_sociale}. "
        "Les certificats déjà générés ne changent pas.",
        combien=pluriel(nombre, "session en cours est", "sessions en cours sont"),
        leurs="ses certificats" if nombre == 1 else "leurs certificats",
        raison_sociale=raison_sociale,
    )
