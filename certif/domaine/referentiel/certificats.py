"""What sessions deliver, as the administrateur keeps it; archived, never deleted."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.entites.regles import lire_texte
from certif.domaine.erreurs import ActionImpossible, Fautes, Introuvable, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles import saisie
from certif.domaine.libelles.referentiel import dispositifs as textes
from certif.domaine.noms import cle
from certif.domaine.referentiel.dispositifs import verrouiller
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Niveau
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Question
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import aujourd_hui

LIBELLE_MAX, TITRE_MAX, MOIS_MAX = 60, 120, 240
"""What the certificate has room for, and what nobody means."""
CHAMPS = ("libelle", "titre", "mois_validite", "gabarit")
"""What the administrateur writes of a certificat."""


def lister(acteur: Acteur, question: Question) -> PageDe[Certificat]:
    """The certificats, by dispositif, niveau, then label.

    Criterion `etat`: "" (offered), "archives" or "tous".

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    c = Certificat
    a_compter = select(c)
    match question.criteres.get("etat", ""):
        case "archives":
            a_compter = a_compter.where(c.archive_le.is_not(None))
        case "":
            a_compter = a_compter.where(c.archive_le.is_(None))
    requete = a_compter.join(c.niveau).join(Niveau.dispositif)
    requete = requete.options(contains_eager(c.niveau).contains_eager(Niveau.dispositif))
    ordre = (Dispositif.code, Niveau.numero, c.libelle, c.id)
    return feuilleter(requete, question.place, ordre, a_compter=a_compter)


def charger(acteur: Acteur, certificat_id: int) -> Certificat:
    """One certificat, for the administrateur. Raises Introuvable."""
    exiger_administrateur(acteur)
    certificat = db.session.get(Certificat, certificat_id)
    if certificat is None:
        raise Introuvable
    return certificat


def ajouter(acteur: Acteur, dispositif: Dispositif, niveau_id: str, **saisis: Any) -> int:
    """A certificat of CHAMPS for one of the dispositif's niveaux; its id.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: by field; a label that another certificat has is one.
    """
    exiger_administrateur(acteur)
    lus, identifiant = _lire(saisis), dispositif.id
    with transaction():
        verrouiller(identifiant)
        niveaux = db.session.scalars(select(Niveau).filter_by(dispositif_id=identifiant))
        niveau = next((n for n in niveaux if str(n.id) == niveau_id), None)
        if niveau is None:
            raise SaisieInvalide({"niveau_id": [saisie.CHOIX_A_FAIRE]})
        _exiger_libelle_libre(lus["libelle"])
        certificat = Certificat(niveau_id=niveau.id, **lus)
        db.session.add(certificat)
        _ecrire(lus["libelle"])
        consigner(acteur, "creer", "certificat", certificat.id, apres={"niveau_id": niveau.id, **lus})
        return certificat.id


def corriger(acteur: Acteur, certificat: Certificat, **saisis: Any) -> None:
    """Change what the next generations will print; what was issued is frozen.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: as `ajouter`.
    """
    exiger_administrateur(acteur)
    lus, identifiant = _lire(saisis), certificat.id
    with transaction():
        certificat = _verrouiller(identifiant)
        changes = [champ for champ in CHAMPS if lus[champ] != getattr(certificat, champ)]
        avant = {champ: getattr(certificat, champ) for champ in changes}
        if "libelle" in changes:
            _exiger_libelle_libre(lus["libelle"], identifiant)
        for champ in changes:
            setattr(certificat, champ, lus[champ])
        _ecrire(lus["libelle"])
        if changes:
            consigner(
                acteur,
                "modifier",
                "certificat",
                identifiant,
                avant=avant,
                apres={c: lus[c] for c in changes},
            )


def archiver(acteur: Acteur, certificat: Certificat) -> None:
    """From now on no new session is offered it.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: it is archived already.
    """
    _archiver(acteur, certificat.id, archive=True)


def desarchiver(acteur: Acteur, certificat: Certificat) -> None:
    """It is offered again. Raises as `archiver`; ActionImpossible when it was not archived."""
    _archiver(acteur, certificat.id, archive=False)


def _archiver(acteur: Acteur, certificat_id: int, *, archive: bool) -> None:
    exiger_administrateur(acteur)
    with transaction():
        certificat = _verrouiller(certificat_id)
        if (certificat.archive_le is not None) == archive:
            raise ActionImpossible(textes.DEJA_ARCHIVE if archive else textes.NON_ARCHIVE)
        certificat.archive_le = aujourd_hui() if archive else None
        consigner(
            acteur,
            "archiver" if archive else "desarchiver",
            "certificat",
            certificat_id,
            apres=None,
        )


def _verrouiller(certificat_id: int) -> Certificat:
    requete = select(Certificat).filter_by(id=certificat_id)
    requete = tenir(requete, Certificat)
    certificat = db.session.scalars(requete).one_or_none()
    if certificat is None:
        raise Introuvable
    return certificat


def _lire(saisis: dict[str, Any]) -> dict[str, Any]:
    fautes = Fautes()
    lus = {champ: saisis[champ] for champ in CHAMPS}
    for champ, maximum, vide in (
        ("libelle", LIBELLE_MAX, textes.LIBELLE_VIDE),
        ("titre", TITRE_MAX, textes.TITRE_VIDE),
    ):
        with fautes.recueillir():
            lus[champ] = lire_texte(saisis[champ], champ, maximum, vide=vide)
    if lus["gabarit"] not in textes.FAMILLES:
        fautes.noter("gabarit", saisie.CHOIX_A_FAIRE)
    fautes.lever()
    return lus


def _exiger_libelle_libre(libelle: str, sauf: int | None = None) -> None:
    """Two labels that people would read as one: capitals, signs, letters that look alike."""
    autres = db.session.scalars(select(Certificat.libelle).where(Certificat.id != sauf))
    semblables = sorted(autre for autre in autres if cle(autre) == cle(libelle))
    if semblables:
        raise SaisieInvalide({"libelle": [textes.libelle_pris(semblables[0])]})


def _ecrire(libelle: str) -> None:
    try:
        db.session.flush()
    except IntegrityError as erreur:
        raise SaisieInvalide({"libelle": [textes.libelle_pris(libelle)]}) from erreur
