"""INDIVIDUS: the persons, as the platform keeps them."""

from datetime import date

from certif.domaine.acces.double_authentification import retirer_la_double_authentification
from certif.domaine.acces.invitations import a_inviter
from certif.domaine.acces.second_facteur import facteurs_de
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.libelles.ecrans import UN_SEUL_NOM
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.libelles.roles.roles import JAMAIS_CONNECTE
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.titulaires import peut_entrer
from certif.domaine.roles import compte_d_un_individu, individus
from certif.domaine.roles.roles_d_un_individu import tenus
from certif.domaine.temps import date_de, format_date
from certif.web.administration.accueil import bp
from certif.web.administration.individus.fiche import desactive, etat, presenter
from certif.web.administration.individus.fin import EFFACER, FUSIONNER
from certif.web.administration.individus.gestes import (
    ADRESSE,
    DESACTIVER,
    FIN_DU_COMPTE,
    QUALIFIER,
    ROLES,
    naissance,
    nom_de,
)
from certif.web.fiches import (
    Champ,
    Choix,
    Colonne,
    Creation,
    Date,
    Geste,
    Ligne,
    Puces,
    Recapitulatif,
    Rubrique,
    Texte,
    inscrire,
)

_LIBRE = 400
"""Characters that a field takes: the domain says how many it keeps."""


def _vivant(i: Individu) -> bool:
    return i.efface_le is None


def _ligne(i: Individu) -> Ligne:
    roles = sorted({role.type.libelle for role in tenus(i)})
    venue = date_de(i.derniere_connexion) if i.derniere_connexion else JAMAIS_CONNECTE
    return Ligne((nom_de(i), i.numero, ", ".join(roles), venue, etat(i)))


def _champs_d_identite(_: Individu | None) -> tuple[Champ, ...]:
    return (
        Texte(nom="nom", libelle="Nom", maximum=_LIBRE),
        Texte(nom="prenom", libelle="Prénom", aide=UN_SEUL_NOM, requis=False, maximum=_LIBRE),
        Date(nom="date_naissance", libelle="Date de naissance", aide=textes.NAISSANCE_AIDE, requis=False),
    )


def _champs_de_creation(_: None) -> tuple[Champ, ...]:
    offerts = (TypeRole.FORMATEUR, TypeRole.ADMINISTRATEUR)
    return (
        *_champs_d_identite(None),
        Texte(
            nom="email",
            libelle="E-mail",
            aide=textes.EMAIL_AIDE,
            requis=False,
            type="email",
            inputmode="email",
            maximum=_LIBRE,
        ),
        Choix(
            nom="role",
            libelle="Rôle",
            options=[(type_.value, type_.libelle) for type_ in offerts],
            requis=False,
        ),
    )


def _recapituler_la_creation(
    acteur: Acteur, nom: str, prenom: str, date_naissance: date | None, email: str, role: str | None
) -> Recapitulatif:
    semblables = individus.ressemblants(acteur, nom, prenom, date_naissance, email, role)
    phrase = textes.sera_creee(
        nom_affiche(nom, prenom),
        format_date(date_naissance) if date_naissance else "",
        TypeRole(role).libelle if role else "",
    )
    if not semblables:
        return Recapitulatif((phrase, textes.AUCUN_RESSEMBLANT))
    lignes = [", ".join(filter(None, (nom_de(i), i.numero, naissance(i)))) for i in semblables]
    return Recapitulatif((phrase,), textes.RESSEMBLANTS, lignes)


INDIVIDUS = Rubrique(
    nom="individus",
    titre="Individus",
    singulier="personne",
    pluriel="personnes",
    recherche="nom, prénom, N° Forprev ou e-mail",
    privee=True,
    soeurs=(("qualifications", "Chercher parmi les qualifications"),),
    puces=(
        Puces(
            "etat",
            "Filtrer par état",
            (("", "Tous"), ("actifs", "Actifs"), ("desactives", "Désactivés"), ("effaces", "Supprimés")),
        ),
        Puces(
            "role",
            "Filtrer par rôle",
            (
                ("", "Tous les rôles"),
                *((type_.value, f"{type_.libelle}s") for type_ in TypeRole),
                (individus.SANS_ROLE, "Sans rôle"),
            ),
        ),
    ),
    colonnes=(
        Colonne("Nom et prénom", tri="nom"),
        Colonne("N° Forprev", classe="court"),
        Colonne("Rôles"),
        Colonne("Dernière connexion", tri="connexion"),
        Colonne("État"),
    ),
    lister=individus.lister,
    ligne=_ligne,
    charger=individus.charger,
    reste=lambda i: i.id,
    presenter=presenter,
    creation=Creation(
        libelle="Nouvelle personne",
        champs=_champs_de_creation,
        recapituler=_recapituler_la_creation,
        appliquer=individus.creer,
        fait="La personne est créée.",
        bouton="Créer cette personne",
    ),
    gestes=(
        Geste(
            nom="modifier",
            libelle="Corriger l’identité",
            champs=_champs_d_identite,
            valeurs=lambda i: {"nom": i.nom, "prenom": i.prenom, "date_naissance": i.date_naissance},
            offert=_vivant,
            appliquer=individus.modifier,
            fait="L’identité est corrigée.",
            dans="Identité",
        ),
        FUSIONNER,
        *ROLES,
        QUALIFIER,
        ADRESSE,
        Geste(
            nom="inviter",
            libelle="Inviter",
            introduction=textes.INVITER,
            offert=lambda i: a_inviter(i) and peut_entrer(i.id) is not None,
            appliquer=compte_d_un_individu.inviter,
            fait="L’invitation est envoyée.",
            bouton="Envoyer l’invitation",
            dans="Compte",
        ),
        Geste(
            nom="second-facteur",
            libelle="Retirer le second facteur",
            introduction=textes.RETIRER_LE_SECOND_FACTEUR,
            offert=lambda i: _vivant(i) and bool(facteurs_de(i.id).totp or facteurs_de(i.id).cles),
            appliquer=lambda acteur, i: retirer_la_double_authentification(acteur, i.id),
            fait="Le mot de passe suffit de nouveau.",
            bouton="Retirer le second facteur",
            danger=True,
            dans="Compte",
        ),
        Geste(
            nom="reactiver",
            libelle="Réactiver le compte",
            offert=desactive,
            introduction=textes.REACTIVER,
            appliquer=compte_d_un_individu.reactiver,
            fait="Le compte est réactivé.",
            bouton="Réactiver le compte",
            dans="Compte",
        ),
        FIN_DU_COMPTE,
        DESACTIVER,
        EFFACER,
    ),
    vide=("Personne", "Les personnes qui utilisent Certif apparaîtront ici."),
)

inscrire(bp, INDIVIDUS)
