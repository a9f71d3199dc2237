"""The journal in sentences: who did what to whom, and what changed."""

from certif.domaine.libelles.typographie import francais

OBJETS = {
    "session": francais("Session"),
    "entite": francais("Entité"),
    "nom_commercial": francais("Nom commercial"),
    "individu": francais("Individu"),
    "role_propose": francais("Invitation"),
    "demande": francais("Demande"),
    "modele": francais("Modèle"),
    "habilitation": francais("Habilitation"),
    "qualification": francais("Qualification"),
    "plateforme": francais("Plateforme"),
    "dispositif": francais("Dispositif"),
    "certificat": francais("Certificat"),
    "referentiel": francais("Référentiel"),
}
"""What lines are about, as a search names it."""

# How a sentence names what it is about: by its name, or by its number where it has none any more.
_NOMMES = {
    "entite": "{nom}",
    "nom_commercial": "le nom commercial {nom}",
    "individu": "{nom}",
    "demande": "la demande n°{id} {nom}",
    "habilitation": "l'habilitation {nom}",
    "qualification": "la qualification {nom}",
    "plateforme": "la plateforme {nom}",
    "dispositif": "le dispositif {nom}",
    "certificat": "le certificat {nom}",
}
_NUMEROTES = {
    "session": "la session n°{id}",
    "entite": "l'entité n°{id}",
    "nom_commercial": "le nom commercial n°{id}",
    "individu": "la personne n°{id}",
    "role_propose": "l'invitation n°{id}",
    "demande": "la demande n°{id}",
    "modele": "le modèle n°{id}",
    "habilitation": "l'habilitation n°{id}",
    "qualification": "la qualification n°{id}",
    "plateforme": "la plateforme n°{id}",
    "dispositif": "le dispositif n°{id}",
    "certificat": "le certificat n°{id}",
}

_ACTES = {
    ("session", "annuler"): "a annulé des certificats de {quoi}",
    ("session", "annuler_et_refaire"): "a annulé des certificats de {quoi}",
    ("session", "arreter_codes_de_remise"): "a arrêté les codes de remise de {quoi}",
    ("session", "clore_sans_certificat"): "a clos {quoi} sans certificat",
    ("session", "confier"): "a confié {quoi} à {declarant}",
    ("session", "creer_codes_de_remise"): "a créé des codes de remise pour {quoi}",
    ("session", "effacer"): "a effacé {quoi}, restée sans certificats",
    ("session", "purger"): "a effacé {quoi} et ses certificats, leur délai passé",
    ("session", "relancer_dossier"): "a relancé la préparation du dossier de {quoi}",
    ("session", "renouveler_code_de_remise"): "a renouvelé un code de remise de {quoi}",
    ("session", "supprimer"): "a supprimé {quoi}",
    ("entite", "changer_logo"): "a changé le logo de {quoi}",
    ("entite", "confirmer_le_nom"): "a trouvé exact le nom de {quoi}",
    ("entite", "creer"): "a créé l'entité {quoi}",
    ("entite", "exporter"): "a pris les données de {quoi}",
    ("entite", "lever_suspension"): "a levé la suspension de {quoi}",
    ("entite", "modifier"): "a modifié la fiche de {quoi}",
    ("entite", "suspendre"): "a suspendu {quoi}",
    ("nom_commercial", "ajouter"): "a ajouté {quoi}",
    ("nom_commercial", "changer_logo"): "a changé le logo : {quoi}",
    ("nom_commercial", "renommer"): "a récrit {quoi}",
    ("nom_commercial", "retirer"): "a retiré {quoi}",
    ("individu", "accepter_invitation"): "a accepté son invitation",
    ("individu", "accepter_role"): "a accepté le rôle de {role}",
    ("individu", "changer_adresse"): "a changé l'adresse e-mail de {quoi}",
    ("individu", "changer_fin_compte"): "a changé le dernier jour du compte de {quoi}",
    ("individu", "changer_fin_role"): "a changé le dernier jour de {quoi} comme {role}",
    ("individu", "changer_mot_de_passe"): "a changé son mot de passe",
    ("individu", "cle_acces_ajoutee"): "a ajouté une clé d'accès à son compte",
    ("individu", "cle_acces_retiree"): "a retiré une clé d'accès de son compte",
    ("individu", "codes_secours_renouveles"): "a demandé de nouveaux codes de secours",
    ("individu", "confirmer_adresse"): "a confirmé sa nouvelle adresse e-mail",
    ("individu", "creer"): "a créé la fiche de {quoi}",
    ("individu", "creer_administrateur"): "a créé le compte d'administrateur de {quoi}",
    ("individu", "demander_adresse"): "a demandé à changer d'adresse e-mail",
    ("individu", "desactiver"): "a désactivé le compte de {quoi}",
    ("individu", "donner_role"): "a donné à {quoi} le rôle de {role}",
    ("individu", "double_auth_activee"): "a activé la double authentification de son compte",
    ("individu", "double_auth_desactivee"): "a désactivé la double authentification de son compte",
    ("individu", "double_auth_remplacee"): "a changé de téléphone pour sa double authentification",
    ("individu", "double_auth_retiree"): "a retiré le second facteur de {quoi}",
    ("individu", "effacer"): "a supprimé les données de {quoi}",
    ("individu", "exporter"): "a pris les données de {quoi}",
    ("individu", "fusionner"): "a réuni {absorbe} à {quoi}",
    ("individu", "inviter"): "a invité {quoi}",
    ("individu", "modifier"): "a corrigé l'identité de {quoi}",
    ("individu", "reactiver"): "a réactivé le compte de {quoi}",
    ("individu", "retablir_adresse"): "a rétabli son ancienne adresse e-mail",
    ("individu", "retirer_role"): "a retiré à {quoi} le rôle de {role}",
    ("role_propose", "annuler_invitation"): "a annulé {quoi} au rôle de {role}",
    ("role_propose", "inviter"): "a envoyé {quoi} au rôle de {role}",
    ("demande", "accepter"): "a accepté {quoi}",
    ("demande", "creer"): "a commencé {quoi}",
    ("demande", "enregistrer"): "a enregistré {quoi}",
    ("demande", "refuser"): "a refusé {quoi}",
    ("demande", "retirer"): "a retiré {quoi}",
    ("demande", "retourner"): "a retourné {quoi} pour être complétée",
    ("demande", "supprimer"): "a supprimé {quoi}",
    ("demande", "transmettre"): "a transmis {quoi}",
    ("modele", "garder"): "a gardé {quoi}",
    ("modele", "modifier"): "a modifié {quoi}",
    ("modele", "renommer"): "a renommé {quoi}",
    ("modele", "supprimer"): "a supprimé {quoi}",
    ("habilitation", "annuler_retrait"): "a annulé le retrait : {quoi}",
    ("habilitation", "corriger"): "a corrigé {quoi}",
    ("habilitation", "creer"): "a accordé {quoi}",
    ("habilitation", "prolonger"): "a prolongé {quoi}",
    ("habilitation", "retirer"): "a retiré {quoi}",
    ("habilitation", "supprimer_suspension"): "a supprimé une suspension : {quoi}",
    ("habilitation", "suspendre"): "a suspendu {quoi}",
    ("habilitation", "terminer_suspension"): "a avancé la fin d'une suspension : {quoi}",
    ("qualification", "accorder"): "a accordé {quoi}",
    ("qualification", "annuler_retrait"): "a annulé le retrait : {quoi}",
    ("qualification", "corriger"): "a corrigé {quoi}",
    ("qualification", "fusionner"): "a réuni à une autre {quoi}",
    ("qualification", "prolonger"): "a prolongé {quoi}",
    ("qualification", "retirer"): "a retiré {quoi}",
    ("plateforme", "declarer"): "a déclaré {quoi}",
    ("plateforme", "fermer"): "a fermé {quoi}",
    ("dispositif", "ajouter_niveau"): "a ajouté un niveau : {quoi}",
    ("dispositif", "archiver"): "a archivé {quoi}",
    ("dispositif", "creer"): "a créé {quoi}",
    ("dispositif", "desarchiver"): "a proposé de nouveau {quoi}",
    ("dispositif", "modifier"): "a modifié {quoi}",
    ("certificat", "archiver"): "a archivé {quoi}",
    ("certificat", "creer"): "a créé {quoi}",
    ("certificat", "desarchiver"): "a proposé de nouveau {quoi}",
    ("certificat", "modifier"): "a corrigé {quoi}",
    ("referentiel", "charger"): "a chargé le référentiel",
    ("demonstration", "charger"): "a chargé les données de démonstration",
}
"""What was done, by what it was done to and the name of the act."""

CHAMPS = {
    "champs": francais("Informations"),
    "code": francais("Code"),
    "code_postal": francais("Code postal"),
    "codes": francais("Codes"),
    "debut": francais("Premier jour"),
    "email": francais("E-mail"),
    "etat": francais("État"),
    "fin": francais("Dernier jour"),
    "fin_le": francais("Dernier jour"),
    "gabarit": francais("Modèle imprimé"),
    "groupe_max": francais("Groupe habituel, au plus"),
    "groupe_min": francais("Groupe habituel, au moins"),
    "libelle": francais("Libellé"),
    "mois_validite": francais("Validité, en mois"),
    "motif": francais("Motif"),
    "numero": francais("Numéro"),
    "numeros": francais("Certificats"),
    "plateforme_requise": francais("Plateforme requise"),
    "porte_le_nom": francais("Logo qui montre le nom"),
    "raison_sociale": francais("Raison sociale"),
    "rappel": francais("Rappel MAC"),
    "rectificative": francais("Session rectificative"),
    "retrait_le": francais("Retrait à compter du"),
    "risque_mineur": francais("Avertir pour un mineur"),
    "siret": francais("SIRET"),
    "suspendue_le": francais("Suspension à compter du"),
    "type": francais("Type"),
}
"""Fields that are said after the sentence, where they changed."""


def nom_de(objet: str, identifiant: int, nom: str) -> str:
    """`l’habilitation H-1001`, or `l’habilitation n°12` where its name is "" (it is gone)."""
    modele = _NOMMES.get(objet, "") if nom else _NUMEROTES.get(objet, "")
    return francais(modele or OBJETS.get(objet, objet.replace("_", " ")) + " n°{id}").format(
        id=identifiant, nom=nom
    )


def acte(objet: str, action: str, quoi: str, **valeurs: str) -> str:
    """What was done to `quoi`; its name where it has no sentence (any more), or lacks what it says."""
    modele = _ACTES.get((objet, action), "")
    if not modele or any(f"{{{nom}}}" in modele and not valeur for nom, valeur in valeurs.items()):
        return francais("a fait « {action} » : {quoi}").format(action=action.replace("_", " "), quoi=quoi)
    return francais(modele).format(quoi=quoi, **valeurs)


def changement(libelle: str, avant: str, apres: str) -> str:
    """`Dernier jour : 29/11/2026 → 30/12/2026`; with "" for `avant`, what it is since."""
    return f"{libelle}\u00a0: {avant} → {apres}" if avant else f"{libelle}\u00a0: {apres}"
