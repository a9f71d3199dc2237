"""REGISTRE: every certificate ever issued, without a name; cancelled by number or by session (R14)."""

from flask import url_for

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import LigneRegistre, StatutRegistre
from certif.domaine.certificats.registre import registre
from certif.domaine.certificats.registre.annulation import (
    annuler_la_session_par_administrateur,
    annuler_par_administrateur,
)
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.libelles.certificats import annulation as textes
from certif.domaine.libelles.certificats.verification import RECONSTITUEE
from certif.domaine.sessions.regles import validite
from certif.domaine.sessions.regles.validite import Statut
from certif.domaine.sessions.valeurs import MotifAnnulation
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from certif.web.administration.accueil import bp
from certif.web.fiches import (
    Badge,
    Bouton,
    Champ,
    Choix,
    Colonne,
    Date,
    Entier,
    Fiche,
    Geste,
    Ligne,
    Puces,
    Recapitulatif,
    Rubrique,
    Section,
    Texte,
    Zone,
    inscrire,
)


def _etat(ligne: LigneRegistre) -> Badge:
    """As verification says it (R15)."""
    statut = validite.statut(ligne.annule_le, ligne.fin_validite, aujourd_hui())
    if statut is Statut.ANNULE and ligne.annule_le:
        return Badge("danger", f"Annulé le {format_date(ligne.annule_le)}")
    if statut is Statut.EXPIRE and ligne.fin_validite:
        return Badge("attente", f"Expiré depuis le {format_date(ligne.fin_validite)}")
    return Badge("succes", "Valide")


def _ligne(ligne: LigneRegistre) -> Ligne:
    return Ligne(
        (
            presenter(ligne.numero),
            str(ligne.session_numero),
            ligne.emission.emetteur,
            str(ligne.emission.libelle),
            ligne.date_fin,
            _etat(ligne),
        )
    )


def _presenter(ligne: LigneRegistre) -> Fiche:
    fin = format_date(ligne.fin_validite) if ligne.fin_validite else "Sans limite"
    e = ligne.emission
    lignes = [
        ("Session", f"n°{ligne.session_numero}"),
        ("Délivré par", _avec_sa_source(e.emetteur, ligne.raison_sociale_reconstituee)),
        ("Nom commercial imprimé", e.nom_commercial),
        ("Habilitation", _avec_sa_source(str(e.habilitation), ligne.habilitation_reconstituee)),
        ("Certificat", str(e.libelle)),
        ("Identification", ligne.identification.libelle),
        ("Date de fin de session", format_date(ligne.date_fin)),
        ("Valable jusqu’au", fin),
    ]
    if ligne.motif_annulation:
        lignes.append(("Motif de l’annulation", MotifAnnulation.libelle_de(ligne.motif_annulation)))
    numero = presenter(ligne.numero)
    session = Bouton("Voir sa session", url_for("administration.session", numero=ligne.session_numero))
    section = Section("Au registre", lignes, boutons=(session,))
    return Fiche(f"Certificat {numero}", etat=_etat(ligne), sections=(section,))


def _avec_sa_source(valeur: str, reconstituee: bool) -> str:
    return f"{valeur} – {RECONSTITUEE}" if reconstituee else valeur


def _champs(_: LigneRegistre) -> tuple[Champ, ...]:
    return (
        Choix(nom="motif", libelle="Motif", options=tuple(MotifAnnulation.options())),
        Zone(
            nom="precisions",
            libelle="Précisions",
            aide=textes.PRECISIONS_SANS_PUBLIC,
            requis=False,
            maximum=500,
        ),
    )


def _un(acteur: Acteur, ligne: LigneRegistre, motif: str, precisions: str) -> None:
    annuler_par_administrateur(acteur, ligne.numero, motif, precisions)


def _tous(acteur: Acteur, ligne: LigneRegistre, motif: str, precisions: str) -> int:
    return annuler_la_session_par_administrateur(acteur, ligne.session_numero, motif, precisions)


def _recapituler_un(_: Acteur, ligne: LigneRegistre, motif: str, precisions: str) -> Recapitulatif:
    return Recapitulatif((textes.PUBLIC,), "Sera annulé :", (presenter(ligne.numero),))


def _recapituler_tous(_: Acteur, ligne: LigneRegistre, motif: str, precisions: str) -> Recapitulatif:
    vises = [presenter(numero) for numero in registre.en_vigueur(ligne.session_numero)]
    return Recapitulatif((textes.PUBLIC,), "Seront annulés :", vises)


def _en_vigueur(ligne: LigneRegistre) -> bool:
    return ligne.statut is StatutRegistre.DELIVRE


REGISTRE = Rubrique(
    nom="registre",
    titre="Registre",
    singulier="certificat",
    pluriel="certificats",
    recherche="numéro de certificat",
    criteres=(
        Entier(nom="session", libelle="Session n°", requis=False),
        Texte(nom="entite", libelle="Entité", requis=False, maximum=80),
        Date(nom="du", libelle="Fin de session, du", requis=False),
        Date(nom="au", libelle="Fin de session, au", requis=False),
    ),
    puces=(
        Puces("statut", "Filtrer par état", (("", "Tous"), ("delivre", "Délivrés"), ("annule", "Annulés"))),
    ),
    colonnes=(
        Colonne("Numéro"),
        Colonne("Session", classe="court"),
        Colonne("Entité"),
        Colonne("Certificat", classe="court"),
        Colonne("Fin de session", classe="court"),
        Colonne("État"),
    ),
    lister=registre.lister,
    ligne=_ligne,
    identifiant=lambda ligne: ligne.numero,
    convertisseur="string",
    charger=registre.charger,
    presenter=_presenter,
    gestes=(
        Geste(
            nom="annuler",
            libelle="Annuler ce certificat",
            champs=_champs,
            recapituler=_recapituler_un,
            offert=_en_vigueur,
            appliquer=_un,
            fait="Le certificat est annulé.",
            bouton=textes.CONFIRMER,
            danger=True,
        ),
        Geste(
            nom="annuler-la-session",
            libelle="Annuler tous ceux de la session",
            champs=_champs,
            recapituler=_recapituler_tous,
            offert=_en_vigueur,
            appliquer=_tous,
            fait="Les certificats de la session sont annulés.",
            bouton=textes.CONFIRMER,
            danger=True,
        ),
    ),
    liens=(("Données d’un stagiaire", "donnees_d_un_stagiaire"),),
    vide=("Aucun certificat au registre", "Chaque certificat délivré y reste, sans le nom de son titulaire."),
)

inscrire(bp, REGISTRE)
