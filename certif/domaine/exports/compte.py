"""Of a person: who they are, what they may, how they come in, what was written to them."""

from sqlalchemy import or_, select

from certif.domaine.acces.modeles import CleAcces, CodeSecours, Connexion, LienCompte, SaisieConservee
from certif.domaine.courriers.modeles import Courrier, RappelDit, RappelRefuse
from certif.domaine.exports.lecture import Rangees, lire, par_pages
from certif.domaine.libelles import exports as textes
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.referentiel.modeles import Dispositif, Niveau, Qualification
from certif.domaine.roles.modeles import RolePropose
from certif.socle.base.extensions import db


def identite(i: int) -> Rangees:
    """Who they are, and whether their account opens."""
    moi = db.session.get_one(Individu, i)
    anciens = select(Individu.numero).filter_by(fusionne_dans_id=i).order_by(Individu.id)
    yield "Nom", moi.nom
    yield "Prénom", moi.prenom
    yield "Date de naissance", moi.date_naissance
    yield "N° Forprev", moi.numero
    for numero in list(db.session.scalars(anciens)):
        yield "Ancien N° Forprev", numero
    yield "Adresse e-mail", moi.email
    yield "Compte actif", moi.actif
    yield "Dernier jour du compte", moi.fin_le
    yield "Mot de passe choisi", moi.mot_de_passe is not None
    yield "Dernière connexion", moi.derniere_connexion


def roles(i: int) -> Rangees:
    """What they are or were, and where."""
    requete = (
        select(Role.type, Entite.raison_sociale, Role.fin_le, Role.actif, Role.derniere_venue)
        .outerjoin(Entite, Entite.id == Role.entite_id)
        .where(Role.individu_id == i)
        .order_by(Role.id)
    )
    for type_, organisation, fin, actif, venue in lire(requete):
        yield type_.libelle, organisation or "Certif", fin, not actif, venue


def proposes(i: int) -> Rangees:
    """The roles offered to their address."""
    r = RolePropose
    sienne = select(Individu.email).where(Individu.id == i).scalar_subquery()
    requete = (
        select(r.type, Entite.raison_sociale, r.cree_le, r.expire_le, r.refuse_le)
        .join(Entite, Entite.id == r.entite_id)
        .where(r.email == sienne)
        .order_by(r.id)
    )
    for type_, *reste in lire(requete):
        yield type_.libelle, *reste


def droits(i: int) -> Rangees:
    """Their qualifications."""
    q = Qualification
    requete = (
        select(Dispositif.code, Niveau.numero, q.debut, q.fin, q.retrait_le)
        .select_from(q)
        .join(Niveau, Niveau.id == q.niveau_id)
        .join(Dispositif, Dispositif.id == Niveau.dispositif_id)
        .where(q.individu_id == i)
        .order_by(q.id)
    )
    for code, niveau, *dates in lire(requete):
        yield f"{code} / {niveau}", *dates


def connexions(i: int) -> Rangees:
    """From where they logged in."""
    c = Connexion
    requete = select(c.id, c.cree_le, c.appareil, c.second_facteur, c.fermee_le).where(c.individu_id == i)
    for _, *ligne in par_pages(requete, c.id):
        yield tuple(ligne)


def moyens(i: int) -> Rangees:
    """What opens the account, never what would open it."""
    depuis = select(Individu.totp_depuis).where(Individu.id == i, Individu.totp_depuis.is_not(None))
    for (quand,) in lire(depuis):
        yield "Double authentification", "", quand, None
    cles = select(CleAcces.libelle, CleAcces.cree_le, CleAcces.utilisee_le).filter_by(individu_id=i)
    for ligne in lire(cles.order_by(CleAcces.id)):
        yield "Clé d’accès", *ligne
    for (servi,) in lire(select(CodeSecours.utilise_le).filter_by(individu_id=i).order_by(CodeSecours.id)):
        yield "Code de secours", "", None, servi
    liens = select(LienCompte.sorte, LienCompte.cree_le, LienCompte.utilise_le).filter_by(individu_id=i)
    for sorte, *dates in lire(liens.order_by(LienCompte.cree_le)):
        yield "Lien envoyé", textes.LIENS[sorte.value], *dates
    gardees = select(SaisieConservee.adresse, SaisieConservee.cree_le).filter_by(individu_id=i)
    for adresse, quand in lire(gardees.order_by(SaisieConservee.cree_le)):
        yield "Saisie gardée", adresse, quand, None


def courriels(i: int) -> Rangees:
    """What was written to them, and what became of it; never its text."""
    c = Courrier
    sienne = select(Individu.email).where(Individu.id == i).scalar_subquery()
    requete = select(*(c.id, c.cree_le, c.sujet, c.session_numero, c.etat, c.envoye_le, c.refuse_le)).where(
        or_(c.destinataire_id == i, c.adresse == sienne)
    )
    for _, ecrit, sujet, session, etat, *sort in par_pages(requete, c.id):
        yield ecrit, sujet, session, textes.COURRIELS[etat.value], *sort


def rappels(i: int) -> Rangees:
    """What digests told them, and what they do not want."""
    dits = select(RappelDit.evenement, RappelDit.session_numero, RappelDit.dit_le).filter_by(individu_id=i)
    for ligne in par_pages(dits, RappelDit.evenement):
        yield tuple(ligne)
    for (sorte,) in lire(select(RappelRefuse.sorte).filter_by(individu_id=i)):
        yield f"Refusé : {sorte.libelle}", None, None
