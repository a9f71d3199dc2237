"""What is said on one's own account once something is done, or typed wrong."""

from certif.domaine.libelles.typographie import francais

BIENVENUE = francais("Votre compte est prêt : vous êtes connecté.")
MOT_DE_PASSE_CHANGE = francais("Mot de passe changé : vos autres connexions ont été fermées.")
MOT_DE_PASSE_CHOISI = francais("Votre mot de passe est changé : connectez-vous avec le nouveau.")
ADRESSE_DEMANDEE = francais(
    "Un courrier est parti à la nouvelle adresse : ouvrez le lien qu'il contient dans les 24 heures. "
    "D'ici là, votre adresse ne change pas."
)
ADRESSE_CONFIRMEE = francais("Votre nouvelle adresse e-mail est confirmée.")
ADRESSE_RETABLIE = francais(
    "Votre adresse est rétablie et toutes les connexions sont fermées. "
    "Choisissez maintenant un nouveau mot de passe."
)
CONNEXION_FERMEE = francais("Cette connexion est fermée.")
AUTRES_FERMEES = francais("Vos autres connexions sont fermées.")
IDENTIFIANT_VIDE = francais("Saisissez votre e-mail ou votre N° Forprev.")
