"""The référentiel as the administrateur keeps it: dispositifs and their niveaux; archived, never deleted."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.entites.regles import lire_texte
from certif.domaine.erreurs import ActionImpossible, Fautes, Introuvable, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.referentiel import dispositifs as textes
from certif.domaine.noms import cle
from certif.domaine.referentiel.modeles import Dispositif, Niveau, TypeNiveau
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PageDe, Question, paginer
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import aujourd_hui

CODE_MAX, LIBELLE_MAX = 40, 160
CHAMPS = ("code", "libelle", "plateforme_requise", "groupe_min", "groupe_max", "risque_mineur")
"""What the administrateur writes of a dispositif."""


def lister(acteur: Acteur, question: Question) -> PageDe[Dispositif]:
    """The dispositifs with their niveaux and certificats, by code.

    Criterion `etat`: "" (offered), "archives" or "tous".

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    requete = select(Dispositif).options(selectinload(Dispositif.niveaux).selectinload(Niveau.certificats))
    match question.criteres.get("etat", ""):
        case "archives":
            requete = requete.where(Dispositif.archive_le.is_not(None))
        case "":
            requete = requete.where(Dispositif.archive_le.is_(None))
    return paginer(requete.order_by(Dispositif.code, Dispositif.id), question.place)


def charger(acteur: Acteur, dispositif_id: int) -> Dispositif:
    """One dispositif with its niveaux and certificats, for the administrateur. Raises Introuvable."""
    exiger_administrateur(acteur)
    requete = (
        select(Dispositif)
        .filter_by(id=dispositif_id)
        .options(selectinload(Dispositif.niveaux).selectinload(Niveau.certificats))
    )
    dispositif = db.session.scalars(requete).one_or_none()
    if dispositif is None:
        raise Introuvable
    return dispositif


def creer(acteur: Acteur, **saisis: Any) -> int:
    """A dispositif of CHAMPS with its first niveau, number 1, of type acteur; its id.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: by field; a code that another one has is one.
    """
    exiger_administrateur(acteur)
    lus = _lire(saisis)
    with transaction():
        _exiger_code_libre(lus["code"])
        dispositif = Dispositif(**lus)
        db.session.add(Niveau(dispositif=dispositif, numero=1, type=TypeNiveau.ACTEUR))
        _ecrire("code", textes.code_pris(lus["code"]))
        consigner(acteur, "creer", "dispositif", dispositif.id, apres=lus)
        return dispositif.id


def modifier(acteur: Acteur, dispositif: Dispositif, **saisis: Any) -> None:
    """Correct a dispositif. Raises as `creer`."""
    exiger_administrateur(acteur)
    lus, identifiant = _lire(saisis), dispositif.id
    with transaction():
        dispositif = verrouiller(identifiant)
        avant = {champ: getattr(dispositif, champ) for champ in CHAMPS}
        changes = [champ for champ in CHAMPS if lus[champ] != avant[champ]]
        if "code" in changes:
            _exiger_code_libre(lus["code"], identifiant)
        for champ in changes:
            setattr(dispositif, champ, lus[champ])
        _ecrire("code", textes.code_pris(lus["code"]))
        if changes:
            consigner(
                acteur,
                "modifier",
                "dispositif",
                identifiant,
                avant={c: avant[c] for c in changes},
                apres={c: lus[c] for c in changes},
            )


def archiver(acteur: Acteur, dispositif: Dispositif) -> None:
    """From now on it is offered to nothing new; what exists goes on.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: it is archived already.
    """
    _archiver(acteur, dispositif.id, archive=True)


def desarchiver(acteur: Acteur, dispositif: Dispositif) -> None:
    """It is offered again. Raises as `archiver`; ActionImpossible when it was not archived."""
    _archiver(acteur, dispositif.id, archive=False)


def ajouter_un_niveau(acteur: Acteur, dispositif: Dispositif, numero: int, type: str) -> None:
    """Another niveau of the dispositif.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: on `numero`: it has one of this number.
    """
    exiger_administrateur(acteur)
    identifiant = dispositif.id
    with transaction():
        verrouiller(identifiant)
        if db.session.scalar(select(Niveau.id).filter_by(dispositif_id=identifiant, numero=numero)):
            raise SaisieInvalide({"numero": [textes.NUMERO_PRIS]})
        niveau = Niveau(dispositif_id=identifiant, numero=numero, type=TypeNiveau(type))
        db.session.add(niveau)
        db.session.flush()
        consigner(
            acteur,
            "ajouter_niveau",
            "dispositif",
            identifiant,
            apres={"numero": numero, "type": type},
        )


def verrouiller(dispositif_id: int) -> Dispositif:
    """The dispositif as it is now; others who change it, or what belongs to it, wait. Raises Introuvable."""
    requete = tenir(select(Dispositif).filter_by(id=dispositif_id), Dispositif)
    dispositif = db.session.scalars(requete).one_or_none()
    if dispositif is None:
        raise Introuvable
    return dispositif


def _archiver(acteur: Acteur, dispositif_id: int, *, archive: bool) -> None:
    exiger_administrateur(acteur)
    with transaction():
        dispositif = verrouiller(dispositif_id)
        if (dispositif.archive_le is not None) == archive:
            raise ActionImpossible(textes.DEJA_ARCHIVE if archive else textes.NON_ARCHIVE)
        dispositif.archive_le = aujourd_hui() if archive else None
        consigner(
            acteur,
            "archiver" if archive else "desarchiver",
            "dispositif",
            dispositif_id,
            apres=None,
        )


def _lire(saisis: dict[str, Any]) -> dict[str, Any]:
    fautes = Fautes()
    lus = {champ: saisis[champ] for champ in CHAMPS}
    for champ, maximum, vide in (
        ("code", CODE_MAX, textes.CODE_VIDE),
        ("libelle", LIBELLE_MAX, textes.LIBELLE_VIDE),
    ):
        with fautes.recueillir():
            lus[champ] = lire_texte(saisis[champ], champ, maximum, vide=vide)
    minimum, maximum = lus["groupe_min"], lus["groupe_max"]
    if minimum is not None and maximum is not None and maximum < minimum:
        fautes.noter("groupe_max", textes.GROUPE_A_L_ENVERS)
    fautes.lever()
    return lus


def _exiger_code_libre(code: str, sauf: int | None = None) -> None:
    """Two codes that people, or an import, would read as one: capitals, signs, letters that look alike."""
    autres = db.session.scalars(select(Dispositif.code).where(Dispositif.id != sauf))
    semblables = sorted(autre for autre in autres if cle(autre) == cle(code))
    if semblables:
        raise SaisieInvalide({"code": [textes.code_pris(semblables[0])]})


def _ecrire(champ: str, message: str) -> None:
    try:
        db.session.flush()
    except IntegrityError as erreur:
        raise SaisieInvalide({champ: [message]}) from erreur
