"""« C'est exact »: a warning that somebody looked into stays answered (R12)."""

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import Introuvable
from certif.domaine.libelles.chronologie import AVERTISSEMENT_CONFIRME
from certif.domaine.sessions.declaration.avertissements import avertissements
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles_annexes import AvertissementConfirme
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction


def confirmer(acteur: Acteur, numero: int, version: int, marque: str) -> None:
    """Answer the warning of this `marque`, for as long as what it judged stays as it is.

    Raises:
        Introuvable: nothing is warned of so in this session.
    """
    contenu = ["exact", marque]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, contenu)
        if session_certif is None:
            return
        if marque not in {a.marque for a in avertissements(session_certif, acteur)}:
            raise Introuvable
        db.session.add(AvertissementConfirme(session_numero=numero, marque=marque))
        conclure(
            session_certif, acteur, Action.ENREGISTRER, contenu=contenu, details=[AVERTISSEMENT_CONFIRME]
        )
