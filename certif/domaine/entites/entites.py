"""The entités as the administrateur keeps them: found, created, corrected, suspended."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur, TypeRole, exiger_administrateur
from certif.domaine.entites.identites import annoncer, identite_de
from certif.domaine.entites.mon_entite import lire_fiche
from certif.domaine.entites.noms_pris import partages, prendre, verifier_ce_qui_distingue
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.noms import mots
from certif.domaine.personnes.modeles import Entite, MotEntite, Role
from certif.domaine.personnes.titulaires import titulaires
from certif.domaine.roles.arrivees import accueillir
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Question
from certif.socle.base.recherche import commence_par
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import aujourd_hui

CHAMPS = ("raison_sociale", "siret", "adresse", "code_postal", "ville")
"""What the administrateur writes of an entité; its gestionnaires complete the rest."""


@dataclass(frozen=True, slots=True)
class LigneEntite:
    """An entité in the list, with how many may act in its name today."""

    entite: Entite
    gestionnaires: int
    delegataires: int


def lister(
    acteur: Acteur, question: Question, parmi: ColumnElement[bool] | None = None
) -> PageDe[LigneEntite]:
    """The entités whose name, town, postcode or SIRET hold every word that begins so; by name.

    Criterion `etat`: "", "actives", "suspendues", or "homonymes" for those that share a name. `parmi`: a
    further condition on the entité.

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    requete = select(Entite, _combien(TypeRole.GESTIONNAIRE), _combien(TypeRole.DELEGATAIRE))
    for mot in mots(question.recherche):
        requete = requete.where(
            Entite.id.in_(select(MotEntite.entite_id).where(commence_par(MotEntite.mot, mot)))
        )
    if parmi is not None:
        requete = requete.where(parmi)
    suspendue = Entite.suspendue_le.is_not(None) & (Entite.suspendue_le <= aujourd_hui())
    match question.criteres.get("etat", ""):
        case "actives":
            requete = requete.where(~suspendue)
        case "suspendues":
            requete = requete.where(suspendue)
        case "homonymes":
            requete = requete.where(Entite.id.in_(partages()))
    # Who acts in its name is counted for those shown alone.
    a_compter = requete.with_only_columns(Entite.id)
    tri = Entite.ville if question.tri == "ville" else Entite.raison_sociale
    ordre = (tri.desc() if question.decroissant else tri, Entite.id)
    page = feuilleter(requete, question.place, ordre, a_compter=a_compter)
    return page.de([LigneEntite(*ligne) for ligne in page.lignes])


def charger(acteur: Acteur, entite_id: int) -> Entite:
    """One entité, for the administrateur. Raises Introuvable."""
    exiger_administrateur(acteur)
    entite = db.session.get(Entite, entite_id)
    if entite is None:
        raise Introuvable
    return entite


def creer(acteur: Acteur, confirme: bool = False, **saisis: str) -> int:
    """Create an entité from what was typed in CHAMPS; its identifier.

    `confirme`: a name that another entité has is admitted, after a recap.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: by field; a SIRET that another entité has is one, and its name where not `confirme`.
    """
    exiger_administrateur(acteur)
    with transaction():
        entite = Entite(**_lire(saisis))
        db.session.add(entite)
        _ecrire(entite, confirme)
        consigner(
            acteur, "creer", "entite", entite.id, apres={champ: getattr(entite, champ) for champ in CHAMPS}
        )
        return entite.id


def modifier(acteur: Acteur, entite: Entite, confirme: bool = False, **saisis: str) -> None:
    """Correct an entité. Raises as `creer`; SaisieInvalide besides, on what tells it from one of its name."""
    exiger_administrateur(acteur)
    with transaction():
        entite = _verrouiller(entite.id)
        identite = identite_de(entite)
        lues = _lire(saisis)
        changes = [champ for champ in CHAMPS if lues[champ] != getattr(entite, champ)]
        avant = {champ: getattr(entite, champ) for champ in changes}
        for champ in changes:
            setattr(entite, champ, lues[champ])
        _ecrire(entite, confirme)
        verifier_ce_qui_distingue(entite.id, avant, lues)
        if changes:
            consigner(
                acteur, "modifier", "entite", entite.id, avant=avant, apres={c: lues[c] for c in changes}
            )
            annoncer(acteur, entite, identite)


def suspendre(acteur: Acteur, entite: Entite, suspendue_le: date) -> None:
    """From this day on the entité reads and downloads only, and its formateurs cannot send (R17).

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: it is suspended, or going to be.
    """
    _changer_la_suspension(acteur, entite.id, suspendue_le)


def lever_la_suspension(acteur: Acteur, entite: Entite) -> None:
    """The entité works again at once. Raises as `suspendre`; ActionImpossible when it was not suspended."""
    _changer_la_suspension(acteur, entite.id, None)


def inviter_gestionnaire(acteur: Acteur, entite: Entite, nom: str, prenom: str, email: str) -> int:
    """Make somebody a gestionnaire of the entité, known by this address or new; invite who has no account.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: a name or the address cannot be used.
        ActionImpossible: the person is deactivated.
    """
    exiger_administrateur(acteur)
    return accueillir(acteur, nom, prenom, email, TypeRole.GESTIONNAIRE, entite.id)


def _changer_la_suspension(acteur: Acteur, entite_id: int, le: date | None) -> None:
    exiger_administrateur(acteur)
    with transaction():
        entite = charger(acteur, entite_id)
        depuis = entite.suspendue_le
        if (le is None) == (depuis is None):
            raise ActionImpossible(textes.NON_SUSPENDUE if le is None else textes.DEJA_SUSPENDUE)
        entite.suspendue_le = le
        avant, apres = ({"suspendue_le": jour.isoformat() if jour else None} for jour in (depuis, le))
        action = "suspendre" if le else "lever_suspension"
        consigner(acteur, action, "entite", entite.id, avant=avant, apres=apres)


def _combien(role: TypeRole) -> Any:
    """How many hold this role in the entité of the row."""
    siens = titulaires(role).where(Role.entite_id == Entite.id).correlate(Entite)
    return siens.with_only_columns(func.count(), maintain_column_froms=True).scalar_subquery()


def _lire(saisis: dict[str, str]) -> dict[str, str]:
    lues, fautes = lire_fiche(saisis)
    fautes.lever()
    return {champ: lues[champ] for champ in CHAMPS}


def _verrouiller(entite_id: int) -> Entite:
    """Held until the transaction ends: changes to its names follow one another."""
    requete = select(Entite).filter_by(id=entite_id)
    return db.session.scalars(tenir(requete, Entite)).one()


def _ecrire(entite: Entite, admettre: bool) -> None:
    try:
        db.session.flush()
    except IntegrityError as erreur:
        raise SaisieInvalide({"siret": [textes.SIRET_PRIS]}) from erreur
    prendre(entite, {"raison_sociale": entite.raison_sociale}, admettre=admettre)
