"""Changing the e-mail address of an account: confirmed at the new one, open to objection at the old one.

Nobody learns here whether an address has an account: the same is answered and done, only the mail differs.
"""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acces import authentification, changement_de_mot_de_passe, liens
from certif.domaine.acces.espaces import espaces
from certif.domaine.acces.invitations import a_inviter, ecrire_invitation
from certif.domaine.acces.modeles import LienCompte, SorteLien
from certif.domaine.acces.presence import Provenance, verifier_presence
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles.acces import liens as textes
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.personnes.adresses_email import verifier_email
from certif.domaine.personnes.modeles import Individu
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenue
from certif.socle.horloge import PARIS, instant_reel

MON_COMPTE = "/compte/"


def demander(individu_id: int, connexion_id: str, email: str, actuel: str, depuis: Provenance) -> None:
    """Ask for another address: a link goes to it, and the present one is told at once.

    Raises:
        SaisieInvalide: on `email` (malformed, or already theirs) or `mot_de_passe`.
        TropDeTentatives: wrong passwords count with those of the login page.
        ActionImpossible: the login was ended, or another password chosen, meanwhile.
    """
    nouvelle = verifier_email(email)
    presence = verifier_presence(individu_id, connexion_id, actuel, depuis, toujours=True)
    with transaction():
        individu = presence.tenue()
        if individu.email == nouvelle:
            raise SaisieInvalide({"email": [textes.MEME_ADRESSE]})
        liens.annuler(individu_id, SorteLien.NOUVEL_EMAIL)
        lien = liens.creer(individu_id, SorteLien.NOUVEL_EMAIL, email=nouvelle)
        if prise(nouvelle, individu_id):
            sujet, message = (
                textes.SUJET_ADRESSE_PRISE,
                corps(textes.MESSAGE_ADRESSE_PRISE, adresse("/connexion")),
            )
        else:
            sujet, message = textes.SUJET_CONFIRMER_ADRESSE, corps(textes.CONFIRMER_ADRESSE, lien)
        _ecrire("nouvelle-adresse", individu_id, sujet, message, nouvelle)
        _ecrire(
            "adresse-demandee",
            individu_id,
            textes.SUJET_ADRESSE_DEMANDEE,
            corps(textes.ADRESSE_DEMANDEE, adresse(MON_COMPTE)),
        )
        consigner(individu_id, "demander_adresse", "individu", individu_id)


def adresse_en_attente(individu_id: int) -> tuple[str, datetime] | None:
    """The address that waits for its confirmation, and until when."""
    lien = liens.en_attente(individu_id, SorteLien.NOUVEL_EMAIL)
    return (lien.email, lien.expire_le.astimezone(PARIS)) if lien and lien.email else None


def lire_confirmation(secret: str) -> str:
    """The address that this link confirms; reading uses nothing.

    Raises:
        LienPerime: the link opens nothing.
    """
    return liens.lire(SorteLien.NOUVEL_EMAIL, secret).email or ""


def confirmer(secret: str, navigateur: str) -> None:
    """Use the link: the address becomes the account's, and the old one may object for 72 hours.

    The account knows this browser from now on.

    Raises:
        LienPerime: the link opens nothing.
        ActionImpossible: the address went to another account in the meantime.
    """
    with transaction():
        lien = liens.consommer(SorteLien.NOUVEL_EMAIL, secret)
        individu, ancienne = lien.individu, lien.individu.email
        _poser(individu, lien.email or "")
        liens.annuler(individu.id, SorteLien.NOUVEL_EMAIL, SorteLien.MOT_DE_PASSE)
        authentification.reconnaitre(individu.id, navigateur)
        consigner(individu.id, "confirmer_adresse", "individu", individu.id, apres={"champ": "email"})
        if ancienne:
            objection = liens.creer(individu.id, SorteLien.OPPOSITION, email=ancienne)
            message = corps(textes.ADRESSE_CHANGEE, objection)
            _ecrire("adresse-changee", individu.id, textes.SUJET_ADRESSE_CHANGEE, message, ancienne)


def lire_opposition(secret: str) -> str:
    """The address that this link gives back; reading uses nothing.

    Raises:
        LienPerime: the link opens nothing.
    """
    return liens.lire(SorteLien.OPPOSITION, secret).email or ""


def s_opposer(secret: str) -> str:
    """Use the link: the old address is back, every login ended, the password worth nothing, other links dead.

    Returns the address of a link to choose a new password: who reads the old address's mail may.

    Raises:
        LienPerime: the link opens nothing.
    """
    with transaction():
        lien = liens.consommer(SorteLien.OPPOSITION, secret)
        individu, ancienne = lien.individu, lien.email or ""
        # Kept for its owner as long as they may object; should another account have it, its N° is left.
        individu.email = None if prise(ancienne, individu.id) else ancienne
        changement_de_mot_de_passe.rendre_inutilisable(individu)
        authentification.fermer_toutes_les_connexions(individu)
        liens.annuler(individu.id, *SorteLien)
        consigner(individu.id, "retablir_adresse", "individu", individu.id, apres={"champ": "email"})
        message = corps(textes.ADRESSE_RETABLIE, adresse("/mot-de-passe-oublie"))
        _ecrire("adresse-retablie", individu.id, textes.SUJET_ADRESSE_RETABLIE, message, ancienne)
        return liens.creer(individu.id, SorteLien.MOT_DE_PASSE)


def changer_email_par_administrateur(acteur: Acteur, individu_id: int, email: str) -> None:
    """Set somebody's address at once: both addresses are told, logins end, pending links die.

    Who has no account yet is invited at the new address instead, if there is a role to come into. The same
    address changes nothing.

    Raises:
        Introuvable: the actor is no administrateur, or there is nobody to change.
        SaisieInvalide: on `email`: malformed, or another account's.
    """
    nouvelle = verifier_email(email)
    with transaction():
        # Under a lock: a merge that takes its place finds the address, or leaves an alias that takes none.
        individu = tenue(Individu, individu_id)
        if acteur.role is not TypeRole.ADMINISTRATEUR or individu is None or _retiree(individu):
            raise Introuvable
        ancienne = individu.email
        if ancienne == nouvelle:
            return
        invitation = liens.en_attente(individu_id, SorteLien.INVITATION)
        try:
            _poser(individu, nouvelle)
        except ActionImpossible:
            raise SaisieInvalide({"email": [textes.ADRESSE_PRISE]}) from None
        authentification.fermer_toutes_les_connexions(individu)
        liens.annuler(individu_id, *SorteLien)
        consigner(acteur, "changer_adresse", "individu", individu_id, apres={"champ": "email"})
        if a_inviter(individu):
            _inviter(individu, invitation)
            return
        message = corps(textes.ADRESSE_CHANGEE_PAR_ADMINISTRATEUR, adresse("/connexion"))
        for lue in filter(None, (ancienne, nouvelle)):
            cote = "ancienne" if lue == ancienne else "nouvelle"
            _ecrire(f"adresse-changee-{cote}", individu_id, textes.SUJET_ADRESSE_CHANGEE, message, lue)


def _inviter(individu: Individu, invitation: LienCompte | None) -> None:
    """Whose invitation was pending, or who has a space to come into: in the name of the same entité."""
    source = invitation or next(iter(espaces(individu.id)), None)
    if source is not None:
        ecrire_invitation(individu, source.entite_id)


def _poser(individu: Individu, email: str) -> None:
    """Give the address, unless another account has it."""
    if prise(email, individu.id):
        raise ActionImpossible(textes.ADRESSE_PRISE_DEPUIS)
    individu.email = email
    try:
        db.session.flush()
    except IntegrityError:  # somebody else took it between the two
        raise ActionImpossible(textes.ADRESSE_PRISE_DEPUIS) from None


def prise(email: str, individu_id: int = 0) -> bool:
    """Whether another account than this one has the address, or may still take it back."""
    reprenable = (
        select(LienCompte.individu_id)
        .where(
            LienCompte.sorte == SorteLien.OPPOSITION,
            LienCompte.email == email,
            LienCompte.individu_id != individu_id,
            LienCompte.utilise_le.is_(None),
            LienCompte.expire_le > instant_reel(),
        )
        .exists()
    )
    autre = select(Individu.id).where(Individu.id != individu_id, or_(Individu.email == email, reprenable))
    return db.session.scalar(autre.limit(1)) is not None


def _retiree(individu: Individu) -> bool:
    return individu.efface_le is not None or individu.fusionne_dans_id is not None


def _ecrire(sorte: str, individu_id: int, sujet: str, message: str, vers: str | None = None) -> None:
    ecrire(f"{sorte}-{instant_reel().isoformat()}", individu_id, sujet, message, adresse=vers)
