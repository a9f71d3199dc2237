"""Two rows found to be one person: what named the one now names the other (R18)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, delete, select, update

from certif.domaine.acces import invitations, liens
from certif.domaine.acces.modeles import SorteLien
from certif.domaine.courriers import actions, rappels
from certif.domaine.courriers.actions import ecrire
from certif.domaine.courriers.modeles import Courrier, EtatCourrier
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.personnes.modeles import Individu, MotIndividu, Role, indexer_individu
from certif.domaine.personnes.titulaires import peut_entrer
from certif.domaine.roles.fin_de_compte import SECRETS, fermer
from certif.domaine.roles.maintien import en_vigueur
from certif.domaine.roles.regles import SANS_FIN, dernier_jour
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.horloge import instant_reel

_COMPTE = ("mot_de_passe", "mot_de_passe_long", "totp_secret", "totp_depuis", "totp_pas")
"""What an account that is taken over brings."""

NON_DEPLACEES = frozenset({*(modele.__tablename__ for modele in SECRETS), MotIndividu.__tablename__})
"""Tables whose rows do not follow: what opened the account, and the words by which it was found."""


@dataclass(frozen=True, slots=True)
class Acces:
    """How the person who remains will log in.

    `repris`: with the password, and the code, of the other account, having none of their own. `email` is
    the address that remains, `adresse_perdue` the one that opens nothing any more.
    """

    email: str | None
    adresse_perdue: str | None
    repris: bool


def acces_apres(absorbe: Individu, survivant: Individu) -> Acces:
    """The survivor keeps their account; lacking one, or an address, they take the other's.

    The password of an account that was deactivated, or had ended, is not taken.
    """
    repris = survivant.mot_de_passe is None and absorbe.mot_de_passe is not None
    repris = repris and peut_entrer(absorbe.id) is not None
    premier, second = (absorbe, survivant) if repris else (survivant, absorbe)
    email = premier.email or second.email
    return Acces(email, second.email if second.email != email else None, repris)


def colonnes_deplacees() -> list[Column[Any]]:
    """Every column of the database that names a person, and follows them."""
    tables = [table for table in Individu.metadata.tables.values() if table.name not in NON_DEPLACEES]
    return [c for table in tables for c in table.columns if any(_vers_individu(c))]


def reunir(absorbe: Individu, survivant: Individu) -> None:
    """Move everything to the survivor, in the caller's transaction; both rows are locked.

    `absorbe` remains as an alias: its N° leads to the survivor, nothing else of it serves. Sessions,
    documents and lines of journal that named it name the survivor. What the journal says of two persons
    merged is read on the one who remains.
    """
    _reunir_les_roles(absorbe, survivant)
    _reunir_les_courriers(absorbe.id, survivant.id)
    rappels.reunir(absorbe.id, survivant.id)
    survivant.date_naissance = survivant.date_naissance or absorbe.date_naissance
    _reunir_les_comptes(absorbe, survivant)
    absorbe.fusionne_dans_id = survivant.id
    db.session.flush()
    for colonne in colonnes_deplacees():  # aliases of the absorbed one follow as well
        table = update(colonne.table).where(colonne == absorbe.id)
        db.session.execute(table.values({colonne.name: survivant.id}))
    e = EntreeJournal
    lignes = update(e).where(e.objet == "individu", e.objet_id == absorbe.id)
    db.session.execute(lignes.values(objet_id=survivant.id))
    db.session.expire_all()
    indexer_individu(db.session.connection(), survivant)


def _vers_individu(colonne: Column[Any]) -> list[bool]:
    return [cle.column is Individu.__table__.c.id for cle in colonne.foreign_keys]


def _reunir_les_roles(absorbe: Individu, survivant: Individu) -> None:
    """Each role keeps the days that it had under its own account; of two alike the widest stays."""
    fin = survivant.fin_le
    if absorbe.actif and dernier_jour(absorbe.fin_le) > dernier_jour(fin):
        fin = absorbe.fin_le
    for individu in (absorbe, survivant):
        for role in individu.roles if individu is absorbe or individu.fin_le != fin else ():
            role.actif = role.actif and individu.actif
            role.fin_le = _jour(dernier_jour(role.fin_le, individu.fin_le))
    survivant.fin_le = fin
    tenus = {(role.type, role.entite_id): role for role in survivant.roles}
    for role in absorbe.roles:
        tenu = tenus.get((role.type, role.entite_id))
        if tenu is None:
            continue
        if _etendue(role) > _etendue(tenu):
            tenu.actif, tenu.fin_le = role.actif, role.fin_le
        db.session.delete(role)
    db.session.flush()


def _etendue(role: Role) -> tuple[bool, date]:
    return en_vigueur(role), dernier_jour(role.fin_le)


def _jour(dernier: date) -> date | None:
    return None if dernier == SANS_FIN else dernier


def _reunir_les_courriers(absorbe_id: int, survivant_id: int) -> None:
    """Of a mail written to both the survivor's stays; one that waits with a link has lost it, and its reason.

    What says something of a session goes all the same.
    """
    deja = select(Courrier.evenement).where(Courrier.destinataire_id == survivant_id)
    siens = Courrier.destinataire_id == absorbe_id
    db.session.execute(
        delete(Courrier)
        .where(siens, Courrier.evenement.in_(deja))
        .execution_options(synchronize_session=False)
    )
    attendent = select(Courrier).where(
        siens, Courrier.etat == EtatCourrier.A_ENVOYER, Courrier.session_numero.is_(None)
    )
    for courrier in db.session.scalars(attendent):
        if actions.masquer(courrier.corps) != courrier.corps:
            db.session.delete(courrier)
    db.session.flush()


def _reunir_les_comptes(absorbe: Individu, survivant: Individu) -> None:
    """One account remains; its addresses are told, or the invitation that was pending comes again."""
    acces = acces_apres(absorbe, survivant)
    adresses = [email for email in (absorbe.email, survivant.email) if email]
    compte = {nom: getattr(absorbe, nom) for nom in _COMPTE}
    invitation = liens.en_attente(absorbe.id, SorteLien.INVITATION)
    invitante = invitation.entite_id if invitation else None
    venues = [i.derniere_connexion for i in (absorbe, survivant) if i.derniere_connexion]
    fermer(absorbe)
    survivant.email, survivant.derniere_connexion = acces.email, max(venues, default=None)
    if acces.repris:
        liens.annuler(survivant.id, *SorteLien)
        for nom, valeur in compte.items():
            setattr(survivant, nom, valeur)
    db.session.flush()
    if survivant.mot_de_passe is not None:
        for email in adresses:
            message = textes.ADRESSE_GARDEE if email == acces.email else textes.ADRESSE_PERDUE
            _ecrire(survivant, email, message)
    elif invitation and survivant.email and not liens.en_attente(survivant.id, SorteLien.INVITATION):
        invitations.ecrire_invitation(survivant, invitante)


def _ecrire(survivant: Individu, email: str, message: str) -> None:
    gardee = email == survivant.email
    ecrire(
        f"fusion-{'gardee' if gardee else 'perdue'}-{instant_reel().isoformat()}",
        survivant.id,
        textes.SUJET_REUNIES,
        corps(message, adresse("/connexion")),
        adresse=None if gardee else email,
    )
