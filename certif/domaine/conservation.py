"""What is kept, how long, and from when (R8, R18): the one table, which the site and its documentation show.

Whoever erases or refuses something by its age takes the number from here; `certif/rythmes.py` says what
erases each line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from certif.domaine.durees import Duree, ans, heures, jours, minutes, mois
from certif.domaine.libelles.typographie import francais
from certif.domaine.valeurs import Valeur


class DeQui(Valeur):
    """Whom a line is about."""

    STAGIAIRES = "stagiaires", "Des stagiaires et de leurs sessions"
    COMPTES = "comptes", "Des personnes qui ont un compte"
    ENTITES = "entites", "Des entités"
    TECHNIQUE = "technique", "Pour que le site fonctionne"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One kind of thing that is kept: what it is, how long, from when, and the rule that says so.

    Without `limite`, `depuis` says until when, or why for ever. `tables` are those of the database that hold
    it, `fichiers` patterns of the names under which its files stand. `par`: what makes it go where no job
    does.
    """

    de_qui: DeQui
    quoi: str
    limite: Duree | None
    depuis: str
    regle: str = ""
    tables: tuple[str, ...] = ()
    fichiers: tuple[str, ...] = ()
    par: str = ""

    @property
    def duree(self) -> Duree:
        """The limit, of a line that has one."""
        if self.limite is None:
            raise ValueError("kept without limit")
        return self.limite

    @property
    def combien(self) -> str:
        """How long and from when, as it is read."""
        return francais(f"{self.limite} {self.depuis}" if self.limite else self.depuis)


_stagiaires = partial(Ligne, DeQui.STAGIAIRES)
_comptes = partial(Ligne, DeQui.COMPTES)
_entites = partial(Ligne, DeQui.ENTITES)
_technique = partial(Ligne, DeQui.TECHNIQUE)

_D_UNE_SESSION = (
    *("session_certification", "stagiaire", "mot_stagiaire", "avertissement_confirme", "proposition"),
    *("soumission", "evenement", "certificat_emis", "code_de_remise", "dossier_session", "telechargement"),
    *("attente", "courrier", "rappel_dit"),
)
_FICHIERS = ("[0-9]*/*.pdf", "[0-9]*/certificats-*.zip", "[0-9]*/dossier-*")
_ENVOI = "après l’envoi"
_COOKIE = "le navigateur, dont c’est un cookie"

SESSIONS_GENEREES = _stagiaires(
    "Session dont les certificats sont générés : stagiaires, résultats, échanges, fichiers, codes de remise, "
    "téléchargements, et les courriels qui en parlent",
    jours(15),
    "après la génération",
    "R8",
    (*_D_UNE_SESSION, "registre"),
    _FICHIERS,
)
SESSIONS_SANS_CERTIFICAT = _stagiaires(
    "Session dont les certificats n’ont pas été générés",
    mois(6),
    "après la fin de la session (sans date de fin, après la dernière modification)",
    "R18",
    _D_UNE_SESSION,
    _FICHIERS,
)
BROUILLONS_VIDES = _stagiaires(
    "Session ouverte où rien n’a été saisi",
    heures(24),
    "après la dernière modification",
    "R5",
    _D_UNE_SESSION,
)
RESTES = _stagiaires(
    "Fichier d’une session que plus rien ne nomme", heures(1), "au plus", "R8", (), _FICHIERS
)
EMPREINTES = _stagiaires(
    "Empreinte de l’identité du titulaire d’un certificat",
    ans(5),
    "après la fin de validité",
    "R18",
    ("registre",),
)
EMPREINTES_SANS_FIN = _stagiaires(
    "La même, d’un certificat dont la validité n’a pas de fin",
    ans(10),
    "après la fin de la session",
    "R18",
    ("registre",),
)
REGISTRE = _stagiaires(
    "Numéro d’un certificat, ce qu’il certifie, qui l’a délivré, ses dates, son statut et l’empreinte de ses "
    "fichiers, sans le nom de son titulaire",
    None,
    "sans limite, pour que le certificat se vérifie",
    "R8",
    ("registre", "empreinte_fichier"),
)
BILANS = _stagiaires(
    "Bilan d’une session effacée : dates, lieu, qui l’a déclarée et animée, nombres de réussites et d’échecs",
    None,
    "sans limite : aucun stagiaire n’y est nommé",
    "R8",
    ("bilan",),
)
ESSAIS = _stagiaires(
    "Nombre d’identités inexactes essayées sur un numéro de certificat",
    jours(1),
    "au plus",
    "R15",
    ("essais_identite",),
)
REMISES = _stagiaires(
    "Droit de télécharger encore, pour le navigateur qui a ouvert un code de remise",
    minutes(15),
    "après l’ouverture",
    "R9",
    (),
    (),
    _COOKIE,
)
TELEPHONE = _stagiaires(
    "Prochaines sessions qu’un formateur garde sur son téléphone, chiffrées",
    heures(72),
    "après le dernier contact, ou jusqu’à sa déconnexion",
    "R10",
    (),
    (),
    "le téléphone",
)

COMPTES = _comptes(
    "Nom, prénom, N° Forprev, adresse e-mail, date de naissance si elle a été donnée, rôles, qualifications, "
    "ce qui ouvre le compte, rappels refusés",
    None,
    "jusqu’à la suppression de la personne par l’administrateur",
    "R18",
    ("individu", "mot_individu", "role", "qualification", "code_secours", "cle_acces", "rappel_refuse"),
    par="l’administrateur",
)
CONNEXIONS_OUVERTES = _comptes("Connexion ouverte", jours(7), "au plus", par=_COOKIE)
CONNEXIONS = _comptes(
    "Navigateur dont un compte s’est servi, et quand", jours(400), "après la connexion", "", ("connexion",)
)
TENTATIVES = _comptes(
    "Essai de connexion, et réseau d’où il vient", jours(1), "après l’essai", "", ("tentative_connexion",)
)
SAISIES = _comptes(
    "Ce qui était tapé quand une connexion s’est terminée, ou lu dans une liste pas encore ajoutée : "
    "chiffré, pour son auteur seul",
    minutes(15),
    _ENVOI,
    "",
    ("saisie_conservee",),
)
INVITATIONS = _comptes("Invitation à ouvrir un compte", jours(7), _ENVOI, "", ("lien_compte",))
OUBLIS = _comptes("Lien pour choisir un autre mot de passe", heures(1), _ENVOI, "", ("lien_compte",))
ADRESSES = _comptes("Lien pour confirmer une adresse e-mail", heures(24), _ENVOI, "", ("lien_compte",))
OPPOSITIONS = _comptes("Lien pour garder l’ancienne adresse", heures(72), _ENVOI, "", ("lien_compte",))
ROLES_PROPOSES = _comptes("Rôle proposé, sans réponse ou refusé", jours(7), _ENVOI, "R17", ("role_propose",))
RECHERCHES = _comptes(
    "Recherche d’un formateur par une entité, sans le nom cherché",
    jours(1),
    "après la recherche",
    "R4",
    ("recherche_formateur",),
)
COURRIELS = _comptes("Courriel envoyé ou refusé", ans(3), "après son écriture", "R18", ("courrier",))
RECAPITULATIFS = _comptes("Courriel du récapitulatif", jours(31), "après son écriture", "", ("courrier",))
RAPPELS = _comptes(
    "Rappel déjà fait, pour ne pas le répéter", jours(366), "après le rappel", "", ("rappel_dit",)
)
JOURNAL = _comptes(
    "Journal des actions : qui a fait quoi, par des numéros", ans(3), "après l’action", "R18", ("journal",)
)

ENTITES = _entites(
    "Raison sociale, SIRET, adresse, contact, signataire, logos, noms commerciaux, habilitations et "
    "plateformes",
    None,
    "sans limite : le registre des certificats y renvoie",
    "R8",
    (
        "entite",
        "mot_entite",
        "nom_commercial",
        "nom_pris",
        "logo",
        "habilitation",
        "suspension",
        "plateforme",
    ),
)
DEMANDES = _entites(
    "Demandes, leurs pièces jointes et ce qui en a été dit",
    None,
    "sans limite : elles justifient une habilitation ou un nom ; un brouillon, jusqu’à son retrait",
    "R16",
    ("demande", "nom_souhaite", "plateforme_demandee", "piece_jointe", "evenement_demande"),
    ("demandes/*",),
)
PIECES = _entites(
    "Fichier envoyé avec une demande qui n’a pas été enregistrée",
    heures(1),
    _ENVOI,
    "R16",
    (),
    ("demandes/*",),
)
MODELES = _entites(
    "Modèle de session, référence comprise",
    None,
    "jusqu’à sa suppression par l’entité",
    "R18",
    ("modele_garde",),
    par="l’entité",
)

GESTES = _technique(
    "Jeton d’un formulaire envoyé, qui évite de faire deux fois la même chose",
    jours(1),
    _ENVOI,
    "",
    ("geste_fait",),
)
PANNES = _technique("Panne du site, sans donnée de personne", jours(14), "après sa fin", "", ("panne",))
COPIE = _technique(
    "Copie de la base faite avant sa mise à jour",
    jours(14),
    "après la mise à jour",
    "R18",
    (),
    ("certif-avant-migration.db*",),
)
SAUVEGARDES = _technique(
    "Sauvegardes, purgées avant d’être remises en service",
    jours(14),
    "après la sauvegarde",
    "R18",
    par="qui exploite le site",
)
TRAVAUX = _technique(
    "Travail qui a échoué, par le numéro de sa session", heures(24), "après l’échec", par="la file d’attente"
)

LIGNES: dict[str, Ligne] = {nom: valeur for nom, valeur in globals().items() if isinstance(valeur, Ligne)}
"""Every line by its name, in the order in which they are read."""

SANS_PERSONNE = {
    "dispositif": "what is certified",
    "niveau": "what is certified",
    "certificat": "what is certified",
    "jour_recapitule": "one day",
}
"""The tables that hold nothing of anybody, and why they are kept for good."""


def tables(lignes: Iterable[Ligne] = tuple(LIGNES.values())) -> list[str]:
    """The tables of these lines, once each."""
    return list(dict.fromkeys(table for ligne in lignes for table in ligne.tables))
