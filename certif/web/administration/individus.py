"""INDIVIDUS: the persons, as the platform keeps them."""

from __future__ import annotations

from datetime import date

from certif.domaine.comptes import individus, lectures_individus
from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.authentification import peut_entrer
from certif.domaine.comptes.double_authentification import retirer_la_double_authentification
from certif.domaine.comptes.invitations import a_inviter
from certif.domaine.comptes.lectures import LIBELLES_ROLES
from certif.domaine.comptes.modeles import Individu, Role, TypeRole
from certif.domaine.comptes.regles import dernier_jour
from certif.domaine.comptes.releve import en_vigueur
from certif.domaine.comptes.roles_d_un_individu import tenus
from certif.domaine.comptes.second_facteur import facteurs_de
from certif.domaine.libelles import individus as textes
from certif.domaine.libelles.roles import role_en_mots, role_termine
from certif.domaine.noms import nom_affiche
from certif.domaine.referentiel.lectures import qualifications_de
from certif.domaine.temps import date_de, format_date, format_date_heure
from certif.socle.horloge import aujourd_hui
from certif.web.administration.fin_d_un_individu import EFFACER, FUSIONNER
from certif.web.administration.individus_gestes import (
    ADRESSE,
    DESACTIVER,
    QUALIFIER,
    ROLES,
    naissance,
    nom_de,
)
from certif.web.administration.qualifications import etat as etat_de_qualification
from certif.web.administration.vues import bp
from certif.web.fiches import (
    Badge,
    Champ,
    Choix,
    Colonne,
    Creation,
    Date,
    Fiche,
    Geste,
    Ligne,
    Puces,
    Recapitulatif,
    Rubrique,
    Section,
    Tableau,
    Texte,
    adresse,
    inscrire,
)

_LIBRE = 400
"""Characters that a field takes: the domain says how many it keeps."""


def _vivant(i: Individu) -> bool:
    return i.efface_le is None


def _desactive(i: Individu) -> bool:
    return _vivant(i) and (not i.actif or dernier_jour(i.fin_le) < aujourd_hui())


def _etat(i: Individu) -> Badge:
    if i.efface_le is not None:
        return Badge("neutre", "Supprimé")
    if _desactive(i):
        return Badge("danger", "Désactivé")
    if i.mot_de_passe is None:
        return Badge("attente", "Sans compte")
    return Badge("succes", "Actif")


def _role(role: Role) -> str:
    libelle = LIBELLES_ROLES[role.type]
    if not en_vigueur(role):
        return role_termine(libelle, role.fin_le, retire=not role.actif)
    return role_en_mots(libelle, role.fin_le)


def _ligne(i: Individu) -> Ligne:
    roles = sorted({LIBELLES_ROLES[role.type] for role in tenus(i)})
    venue = format_date(date_de(i.derniere_connexion)) if i.derniere_connexion else textes.JAMAIS_VENU
    return Ligne((nom_de(i), i.numero, ", ".join(roles), venue, _etat(i)))


def _venue(i: Individu) -> str:
    return format_date_heure(i.derniere_connexion) if i.derniere_connexion else textes.JAMAIS_VENU


def _presenter(i: Individu) -> Fiche:
    return Fiche(
        titre=nom_de(i),
        sous=", ".join(sorted({LIBELLES_ROLES[role.type] for role in tenus(i)})),
        etat=_etat(i),
        sections=(
            Section("Identité", _identite(i)),
            Section("Rôles", tableau=_roles(i), vide=textes.SANS_ROLE),
            Section("Qualifications", tableau=_qualifications(i), vide=textes.SANS_QUALIFICATION),
            Section("Compte", _compte(i)),
        ),
    )


def _identite(i: Individu) -> list[tuple[str, str]]:
    lignes = [("N° Forprev", i.numero)]
    if anciens := lectures_individus.anciens_numeros(i):
        lignes.append(("Anciens N°", ", ".join(anciens)))
    if i.efface_le is None:
        lignes.append(("Date de naissance", naissance(i) or "Inconnue"))
    return lignes


def _roles(i: Individu) -> Tableau:
    lignes = [
        Ligne((_role(role), role.entite.raison_sociale if role.entite else "Certif")) for role in i.roles
    ]
    return Tableau((Colonne("Rôle"), Colonne("Où")), lignes)


def _qualifications(i: Individu) -> Tableau:
    colonnes = (Colonne("Dispositif niveau"), Colonne("Début"), Colonne("Fin"), Colonne("État"))
    return Tableau(
        colonnes,
        [
            Ligne(
                (q.niveau.libelle, format_date(q.debut), format_date(q.fin), etat_de_qualification(q)),
                adresse("qualifications_fiche", identifiant=q.id),
            )
            for q in qualifications_de(i.id)
        ],
    )


def _compte(i: Individu) -> list[tuple[str, str]]:
    if i.efface_le is not None:
        return [("Supprimé le", format_date_heure(i.efface_le))]
    facteurs = facteurs_de(i.id)
    protections = [
        mot for mot, la in (("Double authentification", facteurs.totp), ("clé d’accès", facteurs.cles)) if la
    ]
    return [
        ("E-mail", i.email or textes.COMPTE_SANS_ADRESSE),
        ("Dernière connexion", _venue(i)),
        ("Second facteur", ", ".join(protections) or "Aucun"),
    ]


def _champs_d_identite(_: Individu | None) -> tuple[Champ, ...]:
    return (
        Texte(nom="nom", libelle="Nom", maximum=_LIBRE),
        Texte(nom="prenom", libelle="Prénom", aide=textes.UN_SEUL_NOM, requis=False, maximum=_LIBRE),
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
            options=[(type_.value, LIBELLES_ROLES[type_]) for type_ in offerts],
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
        LIBELLES_ROLES[TypeRole(role)] if role else "",
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
    puces=(
        Puces(
            "etat",
            "Filtrer par état",
            (("", "Actifs"), ("desactives", "Désactivés"), ("effaces", "Supprimés")),
        ),
        Puces(
            "role",
            "Filtrer par rôle",
            (
                ("", "Tous les rôles"),
                *((type_.value, f"{libelle}s") for type_, libelle in LIBELLES_ROLES.items()),
                (lectures_individus.SANS_ROLE, "Sans rôle"),
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
    lister=lectures_individus.lister,
    ligne=_ligne,
    charger=lectures_individus.charger,
    reste=lambda i: i.id,
    presenter=_presenter,
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
            appliquer=individus.inviter,
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
            offert=_desactive,
            introduction=textes.REACTIVER,
            appliquer=individus.reactiver,
            fait="Le compte est réactivé.",
            bouton="Réactiver le compte",
            dans="Compte",
        ),
        DESACTIVER,
        EFFACER,
    ),
    vide=("Personne", "Les personnes qui utilisent Certif apparaîtront ici."),
)

inscrire(bp, INDIVIDUS)
