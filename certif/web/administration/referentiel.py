"""RÉFÉRENTIEL: dispositifs, their niveaux and their certificats; archived, never deleted."""

from collections.abc import Callable
from typing import Any

from certif.domaine.libelles.referentiel import dispositifs as textes
from certif.domaine.referentiel import certificats, dispositifs
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau, TypeNiveau
from certif.domaine.temps import format_date
from certif.web.administration.accueil import bp
from certif.web.fiches import (
    Badge,
    Case,
    Champ,
    Choix,
    Colonne,
    Creation,
    Entier,
    Fiche,
    Geste,
    Ligne,
    Puces,
    Rubrique,
    Section,
    Tableau,
    Texte,
    adresse,
    inscrire,
)

_LIBRE = 400
"""Characters that a field takes: the domain says how many it keeps."""
_NIVEAUX = "Niveaux et certificats"
_PUCES = (Puces("etat", "Filtrer par état", (("", "Proposés"), ("archives", "Archivés"), ("tous", "Tous"))),)


def _etat(quoi: Dispositif | Certificat) -> Badge:
    if quoi.archive_le is None:
        return Badge("succes", "Proposé")
    return Badge("neutre", f"Archivé le {format_date(quoi.archive_le)}")


def _niveau(niveau: Niveau) -> str:
    return f"{niveau.numero} ({niveau.type.libelle.lower()})"


def _ligne(d: Dispositif) -> Ligne:
    libelles = [c.libelle for n in d.niveaux for c in n.certificats if c.archive_le is None]
    return Ligne((d.code, d.libelle, ", ".join(_niveau(n) for n in d.niveaux), ", ".join(libelles), _etat(d)))


def _presenter(d: Dispositif) -> Fiche:
    lignes = [
        ("Code", d.code),
        ("Libellé", d.libelle),
        ("Plateforme pédagogique", "Requise" if d.plateforme_requise else "Non requise"),
        ("Groupe habituel", textes.groupe(d.groupe_min, d.groupe_max)),
        ("Stagiaires mineurs", "Avertir" if d.risque_mineur else "Sans avertissement"),
    ]
    return Fiche(d.code, sous=d.libelle, etat=_etat(d), sections=(Section("Dispositif", lignes), _niveaux(d)))


def _niveaux(d: Dispositif) -> Section:
    lignes = []
    for niveau in d.niveaux:
        lignes += [_ligne_de_certificat(niveau, c) for c in niveau.certificats]
        if not niveau.certificats:
            lignes.append(Ligne(("Aucun certificat", _niveau(niveau), "", "")))
    colonnes = (Colonne("Certificat"), Colonne("Niveau"), Colonne("Validité"), Colonne("État"))
    return Section(_NIVEAUX, tableau=Tableau(colonnes, lignes), vide="Aucun niveau.")


def _ligne_de_certificat(niveau: Niveau, c: Certificat) -> Ligne:
    cellules = (c.libelle, _niveau(niveau), textes.mois(c.mois_validite), _etat(c))
    return Ligne(cellules, adresse("certificats_fiche", identifiant=c.id))


def _champs(_: Dispositif | None) -> tuple[Champ, ...]:
    return (
        Texte(nom="code", libelle="Code", aide=textes.CODE_AIDE, maximum=_LIBRE),
        Texte(nom="libelle", libelle="Libellé", maximum=_LIBRE),
        Entier(
            nom="groupe_min",
            libelle="Groupe habituel, au moins",
            aide=textes.GROUPE_AIDE,
            requis=False,
            minimum=1,
            maximum=99,
        ),
        Entier(nom="groupe_max", libelle="Groupe habituel, au plus", requis=False, minimum=1, maximum=99),
        Case(nom="plateforme_requise", libelle=textes.PLATEFORME),
        Case(nom="risque_mineur", libelle=textes.MINEUR),
    )


def _champs_du_niveau(_: Dispositif) -> tuple[Champ, ...]:
    return (
        Entier(nom="numero", libelle="Numéro", minimum=1, maximum=9),
        Choix(nom="type", libelle="Type", options=tuple(TypeNiveau.options())),
    )


def _niveau_suivant(d: Dispositif) -> dict[str, Any]:
    numero = max((n.numero for n in d.niveaux), default=0) + 1
    return {"numero": numero, "type": TypeNiveau.ACTEUR.value}


def _champs_du_nouveau_certificat(d: Dispositif) -> tuple[Champ, ...]:
    niveaux = [(str(n.id), n.libelle) for n in d.niveaux]
    return (Choix(nom="niveau_id", libelle="Niveau", options=niveaux), *_champs_du_certificat(None))


def _champs_du_certificat(_: Certificat | None) -> tuple[Champ, ...]:
    return (
        Texte(nom="libelle", libelle="Libellé", aide="Par exemple SST-1.", maximum=_LIBRE),
        Texte(nom="titre", libelle="Titre", aide=textes.TITRE_AIDE, maximum=_LIBRE),
        Entier(
            nom="mois_validite",
            libelle="Validité",
            aide=textes.MOIS_AIDE,
            requis=False,
            minimum=1,
            maximum=certificats.MOIS_MAX,
        ),
        Choix(nom="gabarit", libelle="Modèle imprimé", options=tuple(textes.FAMILLES.items())),
    )


def _presenter_certificat(c: Certificat) -> Fiche:
    lignes = [
        ("Dispositif niveau", c.niveau.libelle),
        ("Titre", c.titre),
        ("Validité", textes.mois(c.mois_validite)),
        ("Modèle imprimé", textes.FAMILLES.get(c.gabarit, textes.FAMILLES["commun"])),
    ]
    return Fiche(c.libelle, sous=c.titre, etat=_etat(c), sections=(Section("Certificat", lignes),))


def _archivage(
    quoi: str, introduction: str, archiver: Callable[..., None], desarchiver: Callable[..., None]
) -> tuple[Geste, Geste]:
    """What is archived is no longer offered, and can be again; nothing is deleted."""
    return (
        Geste(
            nom="archiver",
            libelle="Archiver",
            introduction=introduction,
            offert=lambda objet: objet.archive_le is None,
            appliquer=archiver,
            fait=f"Le {quoi} est archivé.",
            bouton=f"Archiver le {quoi}",
            danger=True,
        ),
        Geste(
            nom="desarchiver",
            libelle="Désarchiver",
            introduction=textes.DESARCHIVER,
            offert=lambda objet: objet.archive_le is not None,
            appliquer=desarchiver,
            fait=f"Le {quoi} est de nouveau proposé.",
            bouton=f"Désarchiver le {quoi}",
        ),
    )


REFERENTIEL = Rubrique(
    nom="referentiel",
    titre="Référentiel",
    singulier="dispositif",
    pluriel="dispositifs",
    colonnes=(
        Colonne("Code"),
        Colonne("Libellé"),
        Colonne("Niveaux", classe="court"),
        Colonne("Certificats"),
        Colonne("État"),
    ),
    puces=_PUCES,
    lister=dispositifs.lister,
    ligne=_ligne,
    charger=dispositifs.charger,
    presenter=_presenter,
    creation=Creation(
        libelle="Nouveau dispositif",
        introduction=textes.CREER,
        champs=_champs,
        appliquer=dispositifs.creer,
        fait="Le dispositif est créé.",
    ),
    gestes=(
        Geste(
            nom="modifier",
            libelle="Modifier",
            introduction=textes.MODIFIER,
            champs=_champs,
            valeurs=lambda d: {champ: getattr(d, champ) for champ in dispositifs.CHAMPS},
            appliquer=dispositifs.modifier,
            fait="Le dispositif est modifié.",
        ),
        *_archivage("dispositif", textes.ARCHIVER, dispositifs.archiver, dispositifs.desarchiver),
        Geste(
            nom="ajouter-un-certificat",
            libelle="Ajouter un certificat",
            champs=_champs_du_nouveau_certificat,
            valeurs=lambda d: {"niveau_id": d.niveaux[0].id} if len(d.niveaux) == 1 else {},
            appliquer=certificats.ajouter,
            fait="Le certificat est ajouté.",
            bouton="Ajouter",
            dans=_NIVEAUX,
        ),
        Geste(
            nom="ajouter-un-niveau",
            libelle="Ajouter un niveau",
            introduction=textes.AJOUTER_UN_NIVEAU,
            champs=_champs_du_niveau,
            valeurs=_niveau_suivant,
            appliquer=dispositifs.ajouter_un_niveau,
            fait="Le niveau est ajouté.",
            bouton="Ajouter",
            dans=_NIVEAUX,
        ),
    ),
    vide=("Aucun dispositif", "Ce que les entités peuvent certifier apparaîtra ici."),
)

CERTIFICATS = Rubrique(
    nom="certificats",
    titre="Certificats",
    singulier="certificat",
    pluriel="certificats",
    colonnes=(
        Colonne("Certificat"),
        Colonne("Dispositif niveau", classe="court"),
        Colonne("Titre", classe="large-seul"),
        Colonne("Validité", classe="court"),
        Colonne("État"),
    ),
    puces=_PUCES,
    lister=certificats.lister,
    ligne=lambda c: Ligne((c.libelle, c.niveau.libelle, c.titre, textes.mois(c.mois_validite), _etat(c))),
    charger=certificats.charger,
    presenter=_presenter_certificat,
    gestes=(
        Geste(
            nom="corriger",
            libelle="Corriger",
            introduction=textes.CORRIGER,
            champs=_champs_du_certificat,
            valeurs=lambda c: {champ: getattr(c, champ) for champ in certificats.CHAMPS},
            appliquer=certificats.corriger,
            fait="Le certificat est corrigé.",
        ),
        *_archivage(
            "certificat", textes.ARCHIVER_UN_CERTIFICAT, certificats.archiver, certificats.desarchiver
        ),
    ),
    vide=("Aucun certificat", "Ajoutez-en un depuis la fiche d’un dispositif."),
)

inscrire(bp, REFERENTIEL)
inscrire(bp, CERTIFICATS)
