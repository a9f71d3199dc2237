"""ENTITÉS: the organisations, as the platform keeps them."""

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.registre import entites_renommees
from certif.domaine.certificats.registre.entites_renommees import RENOMMEES
from certif.domaine.entites import entites
from certif.domaine.entites.entites import LigneEntite
from certif.domaine.libelles.ecrans import UN_SEUL_NOM
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.libelles.referentiel import habilitations as textes_habilitations
from certif.domaine.libelles.roles.individus import MEME_PERSONNE, RESSEMBLANTS
from certif.domaine.libelles.roles.roles_proposes import sera_invitee
from certif.domaine.libelles.typographie import francais
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.adresses_email import verifier_email
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.habilitations import accorder
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.domaine.referentiel.regles import fin_proposee
from certif.domaine.roles import individus
from certif.socle.horloge import aujourd_hui
from certif.web.administration.accueil import bp
from certif.web.administration.entites.fiche import HABILITATIONS, etat, presenter
from certif.web.administration.entites.noms import (
    MODIFIER_LES_NOMS,
    a_admettre_en_corrigeant,
    a_admettre_en_creant,
)
from certif.web.administration.individus.gestes import nom_de
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
    adresse,
    inscrire,
)

_LIBRE = 400
"""Characters that a field takes: the domain says how many it keeps."""
_SANS_ADRESSE = francais("sans adresse e-mail")


def _ligne(ligne: LigneEntite) -> Ligne:
    e = ligne.entite
    return Ligne(
        (
            e.raison_sociale,
            f"{e.code_postal} {e.ville}".strip(),
            str(ligne.gestionnaires),
            str(ligne.delegataires),
            etat(e),
        )
    )


def _champs(_: Entite | None) -> tuple[Champ, ...]:
    return (
        Texte(nom="raison_sociale", libelle=textes.CHAMPS["raison_sociale"], maximum=_LIBRE),
        Texte(
            nom="siret",
            libelle=textes.CHAMPS["siret"],
            aide="Quatorze chiffres.",
            requis=False,
            maximum=40,
            inputmode="numeric",
        ),
        Texte(nom="adresse", libelle=textes.CHAMPS["adresse"], requis=False, maximum=_LIBRE),
        Texte(
            nom="code_postal",
            libelle=textes.CHAMPS["code_postal"],
            requis=False,
            maximum=20,
            inputmode="numeric",
        ),
        Texte(nom="ville", libelle=textes.CHAMPS["ville"], requis=False, maximum=_LIBRE),
    )


def _champs_de_l_habilitation(_: Entite) -> tuple[Champ, ...]:
    niveaux = [(str(n.id), n.libelle) for n in niveaux_a_certifier()]
    return (
        Choix(nom="niveau_id", libelle="Dispositif niveau", options=niveaux),
        Texte(
            nom="numero",
            libelle="Numéro d’habilitation",
            aide=textes_habilitations.NUMERO_AIDE,
            requis=False,
            maximum=40,
        ),
        Date(nom="debut", libelle="Début"),
        Date(nom="fin", libelle="Fin"),
    )


def _champs_du_gestionnaire(_: Entite) -> tuple[Champ, ...]:
    return (
        Texte(nom="nom", libelle="Nom", maximum=_LIBRE),
        Texte(nom="prenom", libelle="Prénom", aide=UN_SEUL_NOM, requis=False, maximum=_LIBRE),
        Texte(nom="email", libelle="E-mail", type="email", inputmode="email", maximum=_LIBRE),
    )


def _recapituler_l_invitation(
    acteur: Acteur, _: Entite, nom: str, prenom: str, email: str
) -> Recapitulatif | None:
    """Only when somebody of this name, or nearly, is there under another address."""
    semblables = individus.ressemblants(acteur, nom, prenom, None)
    lignes = [", ".join((nom_de(i), i.numero, i.email or _SANS_ADRESSE)) for i in semblables]
    if not semblables or any(i.email == verifier_email(email) for i in semblables):
        return None
    return Recapitulatif((sera_invitee(nom_affiche(nom, prenom), email), MEME_PERSONNE), RESSEMBLANTS, lignes)


ENTITES = Rubrique(
    nom="entites",
    titre="Entités",
    singulier="entité",
    pluriel="entités",
    recherche="nom, ville, code postal ou SIRET",
    soeurs=(
        ("individus", "Chercher parmi les individus"),
        ("habilitations", "Chercher parmi les habilitations"),
    ),
    colonnes=(
        Colonne("Raison sociale", tri="raison-sociale"),
        Colonne("Ville", tri="ville"),
        Colonne("Gestionnaires", classe="court"),
        Colonne("Délégataires", classe="court"),
        Colonne("État"),
    ),
    puces=(
        Puces(
            "etat",
            "Filtrer par état",
            (
                ("", "Toutes"),
                ("actives", "Actives"),
                ("suspendues", "Suspendues"),
                ("homonymes", "De même nom qu’une autre"),
                (RENOMMEES, "Renommées après délivrance"),
            ),
        ),
    ),
    lister=entites_renommees.lister,
    ligne=_ligne,
    identifiant=lambda ligne: ligne.entite.id,
    charger=entites.charger,
    presenter=presenter,
    creation=Creation(
        libelle="Nouvelle entité",
        champs=_champs,
        recapituler=a_admettre_en_creant,
        au_besoin=True,
        appliquer=entites.creer,
        fait="L’entité est créée.",
    ),
    gestes=(
        Geste(
            nom="modifier",
            libelle="Modifier l’identité",
            champs=_champs,
            valeurs=lambda e: {champ: getattr(e, champ) for champ in entites.CHAMPS},
            recapituler=a_admettre_en_corrigeant,
            au_besoin=True,
            appliquer=entites.modifier,
            fait="L’entité est modifiée.",
        ),
        MODIFIER_LES_NOMS,
        Geste(
            nom="inviter",
            libelle="Inviter un gestionnaire",
            introduction=textes.INVITER_UN_GESTIONNAIRE,
            champs=_champs_du_gestionnaire,
            recapituler=_recapituler_l_invitation,
            au_besoin=True,
            appliquer=lambda par, e, confirme, **saisie: entites.inviter_gestionnaire(par, e, **saisie),
            fait="Cette personne est gestionnaire de l’entité.",
            bouton="Inviter",
        ),
        Geste(
            nom="accorder-une-habilitation",
            libelle="Accorder une habilitation",
            introduction=textes_habilitations.ACCORDER,
            champs=_champs_de_l_habilitation,
            valeurs=lambda _: {"debut": aujourd_hui(), "fin": fin_proposee(aujourd_hui())},
            appliquer=accorder,
            fait="L’habilitation est accordée.",
            bouton="Accorder l’habilitation",
            dans=HABILITATIONS,
            vers=lambda _, fait: adresse("habilitations_fiche", identifiant=fait or 0),
        ),
        Geste(
            nom="suspendre",
            libelle="Suspendre",
            introduction=textes.EFFET_DE_LA_SUSPENSION,
            champs=lambda _: (Date(nom="suspendue_le", libelle="À compter du"),),
            valeurs=lambda _: {"suspendue_le": aujourd_hui()},
            offert=lambda e: e.suspendue_le is None,
            appliquer=entites.suspendre,
            fait="La suspension est enregistrée.",
            bouton="Suspendre l’entité",
            danger=True,
        ),
        Geste(
            nom="lever",
            libelle="Lever la suspension",
            offert=lambda e: e.suspendue_le is not None,
            appliquer=entites.lever_la_suspension,
            introduction="L’entité pourra de nouveau agir, dès maintenant.",
            fait="La suspension est levée.",
            bouton="Lever la suspension",
        ),
    ),
    vide=("Aucune entité", "Les organisations qui déclarent des sessions apparaîtront ici."),
)

inscrire(bp, ENTITES)
