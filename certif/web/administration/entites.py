"""ENTITÉS: the organisations, as the platform keeps them."""

from __future__ import annotations

from typing import Any

from certif.domaine.certificats import entites_renommees
from certif.domaine.certificats.entites_renommees import RENOMMEES
from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.lectures import utilisateurs_de
from certif.domaine.comptes.modeles import Entite, TypeRole
from certif.domaine.comptes.noms_pris import homonymes, porteurs
from certif.domaine.comptes.siret import presenter as presenter_siret
from certif.domaine.comptes.siret import siren
from certif.domaine.libelles import administration as textes
from certif.domaine.libelles import habilitations as textes_habilitations
from certif.domaine.libelles import noms_pris as textes_noms
from certif.domaine.libelles.fiches import UN_SEUL_NOM
from certif.domaine.libelles.mon_entite import CHAMPS as LIBELLES
from certif.domaine.noms import nom_affiche
from certif.domaine.referentiel import entites
from certif.domaine.referentiel.entites import LigneEntite
from certif.domaine.referentiel.habilitations import accorder
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.domaine.referentiel.lectures_habilitations import de_l_entite
from certif.domaine.referentiel.regles_habilitation import fin_proposee
from certif.domaine.temps import dernier_jour, format_date
from certif.socle.horloge import aujourd_hui
from certif.web.administration.habilitations import etat_de
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

HABILITATIONS = "Habilitations"
"""Section of the record, where an habilitation is granted."""
_LIBRE = 400
"""Characters that a field takes: the domain says how many it keeps."""


def _etat(entite: Entite) -> Badge:
    if entite.suspendue_le is None:
        return Badge("succes", "Active")
    if entite.suspendue:
        return Badge("danger", f"Suspendue le {format_date(entite.suspendue_le)}")
    return Badge("attente", f"Suspendue à partir du {format_date(entite.suspendue_le)}")


def _ligne(ligne: LigneEntite) -> Ligne:
    e = ligne.entite
    return Ligne(
        (
            e.raison_sociale,
            f"{e.code_postal} {e.ville}".strip(),
            str(ligne.gestionnaires),
            str(ligne.delegataires),
            _etat(e),
        )
    )


def _presenter(e: Entite) -> Fiche:
    ville = f"{e.code_postal} {e.ville}".strip()
    identite = (
        ("SIRET", presenter_siret(e.siret)),
        ("Adresse", ", ".join(partie for partie in (e.adresse, ville) if partie)),
        ("E-mail", e.email),
        ("Téléphone", e.telephone),
        ("Signataire", ", ".join(partie for partie in (e.signataire, e.signataire_qualite) if partie)),
    )
    return Fiche(
        titre=e.raison_sociale,
        sous=ville,
        etat=_etat(e),
        sections=(
            Section("Identité", identite),
            *_anciens_noms(e),
            _habilitations(e),
            _equipe(e, TypeRole.GESTIONNAIRE, "Gestionnaires", "Aucun gestionnaire : invitez-en un."),
            _equipe(e, TypeRole.DELEGATAIRE, "Délégataires", "Aucun délégataire."),
        ),
        alertes=[("attention", textes_noms.partage(_nommer(autre))) for autre in homonymes(e.id)],
    )


def _nommer(e: Entite) -> str:
    """An entité told from those of the same name."""
    return textes_noms.porteur(e.raison_sociale, siren(e.siret), e.ville)


def _anciens_noms(entite: Entite) -> list[Section]:
    """What certificates print that were issued before it was renamed."""
    lignes = [
        Ligne((n.raison_sociale, str(n.certificats), format_date(n.du), format_date(n.au)))
        for n in entites_renommees.anciens_noms(entite)
    ]
    colonnes = (
        Colonne("Raison sociale imprimée"),
        Colonne("Certificats", classe="court"),
        Colonne("Première session"),
        Colonne("Dernière session"),
    )
    return [Section(textes.ANCIENS_NOMS, tableau=Tableau(colonnes, lignes))] if lignes else []


def _habilitations(entite: Entite) -> Section:
    lignes = [
        Ligne(
            (h.niveau.libelle, h.numero, format_date(dernier_jour(h.fin, h.retrait_le)), etat_de(h)),
            adresse("habilitations_fiche", identifiant=h.id),
        )
        for h in de_l_entite(entite.id)
    ]
    colonnes = (Colonne("Dispositif niveau"), Colonne("Numéro"), Colonne("Dernier jour"), Colonne("État"))
    return Section(HABILITATIONS, tableau=Tableau(colonnes, lignes), vide="Aucune habilitation.")


def _equipe(entite: Entite, role: TypeRole, titre: str, vide: str) -> Section:
    lignes = [
        Ligne((nom_affiche(i.nom, i.prenom), i.numero, i.email or ""))
        for i in utilisateurs_de(entite.id, role)
    ]
    colonnes = (Colonne("Nom et prénom"), Colonne("N° Forprev"), Colonne("E-mail"))
    return Section(titre, tableau=Tableau(colonnes, lignes), vide=vide)


def _champs(_: Entite | None) -> tuple[Champ, ...]:
    return (
        Texte(nom="raison_sociale", libelle=LIBELLES["raison_sociale"], maximum=_LIBRE),
        Texte(
            nom="siret",
            libelle=LIBELLES["siret"],
            aide="Quatorze chiffres.",
            requis=False,
            maximum=40,
            inputmode="numeric",
        ),
        Texte(nom="adresse", libelle=LIBELLES["adresse"], requis=False, maximum=_LIBRE),
        Texte(
            nom="code_postal",
            libelle=LIBELLES["code_postal"],
            requis=False,
            maximum=20,
            inputmode="numeric",
        ),
        Texte(nom="ville", libelle=LIBELLES["ville"], requis=False, maximum=_LIBRE),
    )


def _a_admettre(raison_sociale: str, entite_id: int | None = None) -> Recapitulatif | None:
    """Who has this name already, where somebody does."""
    deja = [textes_noms.deja_pris(_nommer(e)) for e in porteurs(entite_id, [raison_sociale])]
    return Recapitulatif((*deja, textes_noms.ADMETTRE)) if deja else None


def _a_admettre_en_creant(_: Acteur, raison_sociale: str, **reste: Any) -> Recapitulatif | None:
    return _a_admettre(raison_sociale)


def _a_admettre_en_corrigeant(
    _: Acteur, entite: Entite, raison_sociale: str, **reste: Any
) -> Recapitulatif | None:
    return _a_admettre(raison_sociale, entite.id)


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


ENTITES = Rubrique(
    nom="entites",
    titre="Entités",
    singulier="entité",
    pluriel="entités",
    recherche="raison sociale, ville, code postal ou SIRET",
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
    presenter=_presenter,
    creation=Creation(
        libelle="Nouvelle entité",
        champs=_champs,
        recapituler=_a_admettre_en_creant,
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
            recapituler=_a_admettre_en_corrigeant,
            au_besoin=True,
            appliquer=entites.modifier,
            fait="L’entité est modifiée.",
        ),
        Geste(
            nom="inviter",
            libelle="Inviter un gestionnaire",
            introduction=textes.INVITER_UN_GESTIONNAIRE,
            champs=_champs_du_gestionnaire,
            appliquer=entites.inviter_gestionnaire,
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
