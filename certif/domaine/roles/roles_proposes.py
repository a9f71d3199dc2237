"""A role that a gestionnaire gives: proposed to an address, a role once its owner accepts (R17).

Nothing here looks whose address it is, but among those who hold a role in the entité, whose addresses it
sees: the answer, its time and its mail are the same for somebody known, unknown or deactivated.
"""

from collections.abc import Collection
from datetime import date, datetime
from urllib.parse import urlencode

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    delete,
    func,
    or_,
    select,
)

from certif.domaine import conservation
from certif.domaine.acces import liens
from certif.domaine.acteur import Acteur, TypeRole, exiger_gestionnaire
from certif.domaine.courriers.actions import ecrire_a, reprendre
from certif.domaine.courriers.remise import refus_des_evenements
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.acces.liens import organisation_invite
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.roles import roles_proposes as textes
from certif.domaine.noms import cle, nom_affiche
from certif.domaine.personnes.adresses_email import verifier_email
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.personnes.titulaires import en_cours
from certif.domaine.roles.arrivees import lire
from certif.domaine.roles.modeles import RolePropose
from certif.domaine.roles.roles import freiner, ouvrir
from certif.socle.adresses import adresse
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.base.pagination import PageDe, Question, paginer
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel

DUREE = conservation.ROLES_PROPOSES.duree.delta
CHEMIN = "/lien/role"


def vivant(
    instant: datetime | BindParameter[datetime] | None = None, jour: date | None = None
) -> ColumnElement[bool]:
    """SQL condition: it can still be accepted, unless it was refused; its role would not be over.

    Now, unless `instant` (real time) and `jour` say when.
    """
    fin = RolePropose.fin_le
    a_temps = RolePropose.expire_le > (instant_reel() if instant is None else instant)
    return a_temps & or_(fin.is_(None), fin >= (jour or aujourd_hui()))


def lister(acteur: Acteur, question: Question) -> PageDe[RolePropose]:
    """What the actor's entité proposed and nobody accepted, refused ones included; latest first.

    Raises:
        Introuvable: not a gestionnaire.
    """
    requete = _de_l_entite(exiger_gestionnaire(acteur))
    return paginer(requete.order_by(RolePropose.cree_le.desc(), RolePropose.id.desc()), question.place)


def combien(jour: date) -> ScalarSelect[int]:
    """How many wait for an answer, within a statement that is given `entite_id` and `instant` (real time)."""
    ou, instant = bindparam("entite_id", type_=Integer), bindparam("instant", type_=Instant)
    siens = (RolePropose.entite_id == ou, RolePropose.refuse_le.is_(None), vivant(instant, jour))
    return select(func.count()).select_from(RolePropose).where(*siens).scalar_subquery()


def charger(acteur: Acteur, propose_id: int) -> RolePropose:
    """One that waits in the actor's entité.

    Raises:
        Introuvable: none, or not a gestionnaire.
    """
    requete = _de_l_entite(exiger_gestionnaire(acteur)).where(RolePropose.id == propose_id)
    propose = db.session.scalar(requete)
    if propose is None:
        raise Introuvable
    return propose


def homonymes(acteur: Acteur, nom: str, prenom: str, email: str) -> list[str]:
    """Who has this name in the actor's entité, by the key of R4, at another address: invited, or with a role.

    Raises:
        Introuvable: not a gestionnaire.
        SaisieInvalide: as `proposer`.
    """
    entite_id = exiger_gestionnaire(acteur)
    nom, prenom, email = lire(nom, prenom, email, None)
    cherche = cle(nom), cle(prenom)
    titulaires = (
        select(Individu)
        .where(
            Individu.id.in_(select(Role.individu_id).where(Role.entite_id == entite_id, en_cours(Role))),
            Individu.cle_nom == cherche[0],
            Individu.cle_prenom == cherche[1],
            or_(Individu.email != email, Individu.email.is_(None)),
        )
        .order_by(Individu.id)
    )
    lignes = [
        textes.homonyme(nom_affiche(i.nom, i.prenom), i.email or i.numero)
        for i in db.session.scalars(titulaires)
    ]
    invites = _de_l_entite(entite_id).where(RolePropose.email != email).order_by(RolePropose.id)
    return lignes + [
        textes.homonyme_invite(nom_affiche(p.nom, p.prenom), p.email)
        for p in db.session.scalars(invites)
        if (cle(p.nom), cle(p.prenom)) == cherche
    ]


def proposer(acteur: Acteur, nom: str, prenom: str, email: str, role: str, fin_le: date | None = None) -> int:
    """Offer a role of the actor's entité to an address, in the place of the same offer; its identifier.

    Raises:
        Introuvable: not a gestionnaire.
        ActionImpossible: the entité is suspended.
        TropDeTentatives: see `roles.freiner`.
        SaisieInvalide: every field that cannot be used; on `email`, who holds that role here already.
    """
    entite_id, type_ = exiger_gestionnaire(acteur), TypeRole(role)
    nom, prenom, email = lire(nom, prenom, email, fin_le)
    with transaction():
        ouvrir(acteur, type_, entite_id)
        freiner(acteur)
        _exiger_sans_ce_role(entite_id, email, type_)
        propose = db.session.scalars(
            select(RolePropose).filter_by(entite_id=entite_id, email=email, type=type_)
        ).one_or_none()
        if propose is None:
            propose = RolePropose(entite_id=entite_id, email=email, type=type_)
            db.session.add(propose)
        propose.nom, propose.prenom, propose.fin_le = nom, prenom, fin_le
        _envoyer(acteur, propose)
        return propose.id


def proposer_a_un_utilisateur(acteur: Acteur, individu: Individu, role: str, fin_le: date | None) -> int:
    """Offer another role to who holds one in the actor's entité: see `proposer`.

    Raises:
        ActionImpossible: they have no address.
    """
    if not individu.email:
        raise ActionImpossible(textes.sans_adresse())
    return proposer(acteur, individu.nom, individu.prenom, individu.email, role, fin_le)


def corriger_l_adresse(acteur: Acteur, propose: RolePropose, email: str) -> None:
    """Send it to another address: what the former one received opens nothing any more.

    Raises:
        Introuvable, ActionImpossible, TropDeTentatives: as `renvoyer`.
        SaisieInvalide: on `email`: unusable, invited already, or of who holds that role here.
    """
    email = verifier_email(email)
    with transaction():
        propose = _a_changer(acteur, propose.id)
        if propose.email == email:
            return
        _exiger_sans_ce_role(propose.entite_id, email, propose.type)
        meme = {"entite_id": propose.entite_id, "email": email, "type": propose.type}
        if db.session.scalar(select(RolePropose.id).filter_by(**meme)):
            raise SaisieInvalide({"email": [textes.DEJA_INVITEE]})
        propose.email = email
        _envoyer(acteur, propose)


def renvoyer(acteur: Acteur, propose: RolePropose) -> None:
    """Send another link, for seven days more; the one before dies.

    Raises:
        Introuvable: as `charger`.
        ActionImpossible: the entité is suspended, or the answer was no.
        TropDeTentatives: see `roles.freiner`.
    """
    with transaction():
        _envoyer(acteur, _a_changer(acteur, propose.id))


def annuler(acteur: Acteur, propose: RolePropose) -> None:
    """Take it back: its link opens nothing any more, and the person sees it no longer.

    Raises:
        Introuvable: as `charger`.
        ActionImpossible: the entité is suspended.
    """
    with transaction():
        ouvrir(acteur, propose.type, exiger_gestionnaire(acteur))
        propose = charger(acteur, propose.id)
        reprendre(_evenement(propose))
        _consigner(acteur, "annuler_invitation", propose)
        db.session.delete(propose)


def purger() -> None:
    """Erase those that nobody accepted in time."""
    effacer_par_lots(RolePropose, RolePropose.expire_le <= instant_reel())


def oublier_l_adresse(email: str) -> None:
    """Erase what was proposed to this address, in the caller's transaction."""
    db.session.execute(delete(RolePropose).where(RolePropose.email == email))


def _de_l_entite(entite_id: int) -> Select[RolePropose]:
    return select(RolePropose).where(RolePropose.entite_id == entite_id, vivant())


def _a_changer(acteur: Acteur, propose_id: int) -> RolePropose:
    """One that may be sent again, under the lock of its entité."""
    ouvrir(acteur, TypeRole.DELEGATAIRE, exiger_gestionnaire(acteur))
    freiner(acteur)
    propose = charger(acteur, propose_id)
    if propose.refuse_le is not None:
        raise ActionImpossible(textes.REFUSEE)
    return propose


def _exiger_sans_ce_role(entite_id: int, email: str, type_: TypeRole) -> None:
    tenu = (
        select(Role.id)
        .join(Role.individu)
        .where(Role.entite_id == entite_id, Role.type == type_, Individu.email == email, en_cours(Role))
    )
    if db.session.scalar(tenu.limit(1)) is not None:
        raise SaisieInvalide({"email": [textes.deja_ce_role(type_.libelle.lower())]})


def _envoyer(acteur: Acteur, propose: RolePropose) -> None:
    """Make its link anew and write the mail; what was sent before opens nothing any more."""
    secret, reel = liens.nouveau_secret(), instant_reel()
    propose.condense, propose.par_id = liens.condenser(secret), acteur.individu_id
    propose.cree_le, propose.expire_le, propose.refuse_le = reel, reel + DUREE, None
    db.session.flush()
    reprendre(_evenement(propose))
    organisation = db.session.get_one(Entite, propose.entite_id).raison_sociale
    message = textes.message(organisation, propose.type.libelle.lower(), propose.fin_le)
    ecrire_a(
        propose.email,
        _evenement_du_courriel(propose),
        organisation_invite(organisation),
        corps(message, adresse(f"{CHEMIN}?{urlencode({'cle': secret})}")),
    )
    _consigner(acteur, "inviter", propose)


def refus_du_courriel(propose: RolePropose) -> datetime | None:
    """When the mail that was last sent for it was refused by a server."""
    evenement = _evenement_du_courriel(propose)
    return refus_des_evenements([evenement]).get(evenement)


def refus_des_courriels(proposes: Collection[RolePropose]) -> set[int]:
    """Of these, those whose last mail was refused, by id; in one query."""
    evenements = {_evenement_du_courriel(propose): propose.id for propose in proposes}
    return {evenements[evenement] for evenement in refus_des_evenements(list(evenements))}


def _evenement_du_courriel(propose: RolePropose) -> str:
    return f"{_evenement(propose)}{propose.cree_le.isoformat()}"


def _evenement(propose: RolePropose) -> str:
    return f"role-propose-{propose.id}-"


def _consigner(acteur: Acteur, action: str, propose: RolePropose) -> None:
    fin = propose.fin_le.isoformat() if propose.fin_le else None
    consigner(
        acteur,
        action,
        "role_propose",
        propose.id,
        apres={"role": propose.type.value, "entite": propose.entite_id, "fin_le": fin},
    )
