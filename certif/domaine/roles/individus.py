"""INDIVIDUS as the administrateur finds, creates and corrects them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from certif.domaine.acces import changement_d_email
from certif.domaine.acteur import Acteur, TypeRole, exiger_administrateur
from certif.domaine.erreurs import Fautes, Introuvable, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.noms import cle, normaliser, verifier_nom
from certif.domaine.personnes.adresses_email import verifier_email
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.personnes import nouvelle_personne, sous_verrou
from certif.domaine.personnes.recherche import trouve
from certif.domaine.personnes.regles import Cles, ressemblent, verifier_naissance
from certif.domaine.personnes.titulaires import en_cours
from certif.domaine.roles import roles
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Question, paginer
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui

SANS_ROLE = "sans"
"""Criterion of the list: who holds no role today."""
_AVEC_ROLES = selectinload(Individu.roles).joinedload(Role.entite)


@dataclass(frozen=True, slots=True)
class Saisie:
    """What a form says of a person, verified."""

    nom: str
    prenom: str
    naissance: date | None
    email: str | None = None
    role: TypeRole | None = None


def ressemblants(
    acteur: Acteur,
    nom: str,
    prenom: str,
    date_naissance: date | None,
    email: str = "",
    role: str | None = None,
) -> list[Individu]:
    """Who may already be the person that is about to be created; raises as `creer`."""
    exiger_administrateur(acteur)
    saisie = lire(nom, prenom, date_naissance, email, role)
    cherche = Cles(cle(saisie.nom), cle(saisie.prenom), saisie.naissance)
    memes_noms = or_(
        and_(Individu.cle_nom == cherche.nom, Individu.cle_prenom == cherche.prenom),
        and_(Individu.cle_nom == cherche.prenom, Individu.cle_prenom == cherche.nom),
    )
    meme_jour = Individu.date_naissance == cherche.naissance
    requete = (
        select(Individu)
        .where(or_(memes_noms, meme_jour) if cherche.naissance else memes_noms)
        .where(Individu.efface_le.is_(None), Individu.fusionne_dans_id.is_(None))
        .order_by(Individu.cle_nom, Individu.cle_prenom, Individu.id)
    )
    return [
        i
        for i in db.session.scalars(requete)
        if ressemblent(cherche, Cles(i.cle_nom, i.cle_prenom, i.date_naissance))
    ]


def creer(
    acteur: Acteur,
    nom: str,
    prenom: str,
    date_naissance: date | None,
    email: str = "",
    role: str | None = None,
) -> int:
    """Create a person with a N° Forprev of their own, and perhaps the role of formateur or administrateur.

    Who has an address and a role is invited.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: by field; the address of somebody else is one, no address for an administrateur too,
            and no birth date for a formateur, whom R4 finds by it.
    """
    exiger_administrateur(acteur)
    saisie = lire(nom, prenom, date_naissance, email, role)
    with transaction():
        if saisie.role:
            roles.ouvrir(acteur, saisie.role, None)
        individu = _ecrire(saisie)
        consigner(acteur, "creer", "individu", individu.id)
        if saisie.role:
            roles.attribuer(acteur, individu, saisie.role, None, None)
        return individu.id


def modifier(acteur: Acteur, individu: Individu, nom: str, prenom: str, date_naissance: date | None) -> None:
    """Correct names and birth date. What was issued keeps what it printed.

    Raises:
        Introuvable: not an administrateur, or the person was erased.
        SaisieInvalide: by field.
    """
    exiger_administrateur(acteur)
    saisie = lire(nom, prenom, date_naissance)
    with transaction():
        individu = sous_verrou(individu.id)
        nouvelles = {"nom": saisie.nom, "prenom": saisie.prenom, "date_naissance": saisie.naissance}
        changes = [champ for champ, valeur in nouvelles.items() if getattr(individu, champ) != valeur]
        for champ in changes:
            setattr(individu, champ, nouvelles[champ])
        individu.cle_nom, individu.cle_prenom = cle(saisie.nom), cle(saisie.prenom)
        if changes:
            consigner(acteur, "modifier", "individu", individu.id, apres={"champs": changes})


def lire(
    nom: str, prenom: str, date_naissance: date | None, email: str = "", role: str | None = None
) -> Saisie:
    """What was typed, verified; the prénom may be empty, some people have one name only.

    Raises:
        SaisieInvalide: every field that cannot be used.
    """
    fautes = Fautes()
    lu_prenom, lu_email = "", None
    with fautes.recueillir():
        lu_nom = verifier_nom(nom, "nom")
    with fautes.recueillir():
        if normaliser(prenom):
            lu_prenom = verifier_nom(prenom, "prenom")
    with fautes.recueillir():
        verifier_naissance(date_naissance, aujourd_hui())
    with fautes.recueillir():
        lu_email = verifier_email(email) if email else None
    if lu_email and changement_d_email.prise(lu_email):
        fautes.noter("email", textes.ADRESSE_PRISE)
    if role == TypeRole.FORMATEUR and date_naissance is None:
        fautes.noter("date_naissance", textes.NAISSANCE_DE_FORMATEUR)
    if role == TypeRole.ADMINISTRATEUR and not email:
        fautes.noter("email", textes.ADRESSE_D_ADMINISTRATEUR)
    fautes.lever()
    return Saisie(lu_nom, lu_prenom, date_naissance, lu_email, TypeRole(role) if role else None)


def _ecrire(saisie: Saisie) -> Individu:
    try:
        return nouvelle_personne(saisie.nom, saisie.prenom, saisie.email, saisie.naissance)
    except IntegrityError:  # somebody else has just taken the address
        raise SaisieInvalide({"email": [textes.ADRESSE_PRISE]}) from None


def lister(acteur: Acteur, question: Question) -> PageDe[Individu]:
    """The persons whose names, N° or address hold every word that begins so, with their roles; by name.

    A N° that was merged finds the person who remains. Criteria: `etat`, "" for whoever was not erased,
    "actifs" for who may come in today, "desactives", or "effaces"; `role`, "" for all, a TypeRole held today,
    or SANS_ROLE.

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    requete = select(Individu).where(trouve(question.recherche), Individu.fusionne_dans_id.is_(None))
    match question.criteres.get("etat", ""):
        case "desactives":
            requete = requete.where(Individu.efface_le.is_(None), ~en_cours(Individu))
        case "effaces":
            requete = requete.where(Individu.efface_le.is_not(None))
        case "actifs":
            requete = requete.where(Individu.efface_le.is_(None), en_cours(Individu))
        case _:
            requete = requete.where(Individu.efface_le.is_(None))
    if role := question.criteres.get("role"):
        requete = requete.where(_tient(role))
    requete = requete.options(_AVEC_ROLES)
    par_venue = question.tri == "connexion"
    ordres: list[Any] = [Individu.cle_nom, Individu.cle_prenom]
    if par_venue:  # whoever never came is the oldest, on both databases
        ordres = [Individu.derniere_connexion.is_not(None), Individu.derniere_connexion]
    ordres = [*(ordre.desc() if question.decroissant else ordre for ordre in ordres), Individu.id]
    if par_venue:
        return paginer(requete.order_by(*ordres), question.place, cle=Individu.id)
    return feuilleter(requete, question.place, ordres)


def charger(acteur: Acteur, individu_id: int) -> Individu:
    """One person; of somebody merged, the one who remains.

    Raises:
        Introuvable: nobody, or not an administrateur.
    """
    exiger_administrateur(acteur)
    individu = db.session.get(Individu, individu_id, options=[_AVEC_ROLES])
    if individu is not None and individu.fusionne_dans_id is not None:
        individu = db.session.get(Individu, individu.fusionne_dans_id, options=[_AVEC_ROLES])
    if individu is None:
        raise Introuvable
    return individu


def anciens_numeros(individu: Individu) -> list[str]:
    """The N° of the persons who were found to be this one."""
    requete = select(Individu.numero).filter_by(fusionne_dans_id=individu.id).order_by(Individu.id)
    return list(db.session.scalars(requete))


def _tient(role: str) -> Any:
    """Nearly everybody is a formateur, who are recognised one by one; the others are few, and found first."""
    tenus = select(Role.individu_id).where(en_cours(Role))
    if role == SANS_ROLE:
        return Individu.id.not_in(tenus)
    tenus = tenus.where(Role.type == TypeRole(role))
    if role == TypeRole.FORMATEUR:
        return tenus.where(Role.individu_id == Individu.id).exists()
    return Individu.id.in_(tenus)
