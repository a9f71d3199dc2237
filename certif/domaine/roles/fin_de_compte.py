"""What an account that ends for good loses: all that opened it, and when erased all that named its person."""

from sqlalchemy import delete, or_, select

from certif.domaine.acces.modeles import CleAcces, CodeSecours, Connexion, LienCompte, SaisieConservee
from certif.domaine.courriers import rappels
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.libelles.ecrans import PERSONNE_SUPPRIMEE
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.domaine.roles.roles_proposes import oublier_l_adresse
from certif.socle.base.extensions import db
from certif.socle.horloge import maintenant

SECRETS: tuple[
    type[Connexion], type[LienCompte], type[CodeSecours], type[CleAcces], type[SaisieConservee]
] = (Connexion, LienCompte, CodeSecours, CleAcces, SaisieConservee)
"""The tables of what a person logs in with, or left when a login ended: worth nothing to anybody else."""


def fermer(individu: Individu) -> None:
    """Nothing opens this account any more, and no address is its own, not even one it could take back.

    In the caller's transaction, and written at once: the address is free for another account.
    """
    for modele in SECRETS:
        db.session.execute(delete(modele).where(modele.individu_id == individu.id))
    individu.actif = False
    individu.email = individu.mot_de_passe = individu.derniere_connexion = None
    individu.totp_secret = individu.totp_attente = individu.totp_depuis = individu.totp_pas = None
    individu.timbre = nouveau_timbre()
    db.session.flush()


def effacer(individu: Individu) -> None:
    """Close the account and forget who it was, under the N° merged into it too; roles end, mails go.

    In the caller's transaction.
    """
    if individu.email:
        oublier_l_adresse(individu.email)
        db.session.execute(delete(Courrier).where(Courrier.adresse == individu.email))
    fermer(individu)
    db.session.execute(delete(Courrier).where(Courrier.destinataire_id == individu.id))
    rappels.oublier_la_personne(individu.id)
    for role in individu.roles:
        role.actif = False
    lignes = select(Individu).where(or_(Individu.id == individu.id, Individu.fusionne_dans_id == individu.id))
    for ligne in db.session.scalars(lignes):
        ligne.nom, ligne.prenom = PERSONNE_SUPPRIMEE, ""
        ligne.cle_nom = ligne.cle_prenom = ""
        ligne.date_naissance = None
        ligne.efface_le = maintenant()
    db.session.flush()
