"""The blueprint of the formateur's space: for a person in that role, whatever the entité."""

from flask import Blueprint

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.libelles.sessions.formateur import retournee_en_saisie
from certif.domaine.sessions.modeles import SessionCertification as S
from certif.domaine.sessions.portee import charger_pour_lire, ligne_de
from certif.web.acces import exige

bp = exige(TypeRole.FORMATEUR)(Blueprint("formateur", __name__, url_prefix="/formateur"))


def charger_session(acteur: Acteur, numero: int) -> S:
    """The session, within what the formateur may open.

    Raises:
        Introuvable: not theirs; or back in saisie, which they may know (R9) and are told.
    """
    try:
        return charger_pour_lire(acteur, numero)
    except Introuvable:
        ligne = ligne_de(acteur, numero)
        if ligne is None:
            raise
        raise Introuvable(retournee_en_saisie(numero, ligne.entite.raison_sociale)) from None
