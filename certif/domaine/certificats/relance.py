"""Having the dossier of a session made once more: after it failed, or because its certificates changed.

Apart from its making: whoever only asks loads no layout engine.
"""

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import DossierSession
from certif.domaine.erreurs import Introuvable
from certif.domaine.journal import consigner
from certif.domaine.sessions.portee import charger
from certif.socle.extensions import db
from certif.socle.file import enfiler
from certif.socle.transaction import apres_commit, transaction


def refaire_le_dossier(session_numero: int) -> None:
    """Have the dossier made anew, in the caller's transaction, from what the rows will be once it commits.

    The one that stands is withdrawn at once; the register still answers for what was downloaded of it.
    """
    ligne = db.session.get(DossierSession, session_numero)
    if ligne is not None:
        db.session.delete(ligne)
        db.session.flush()
    apres_commit(enfiler, "produire_dossier", session_numero)


def relancer_le_dossier(acteur: Acteur, numero: int) -> None:
    """Have a dossier that failed made again; nothing to do when it did not fail, or not any more.

    Raises:
        Introuvable: not this actor's session, or a formateur's view of it (R9).
    """
    if not acteur.est_entite:
        raise Introuvable
    with transaction():
        charger(acteur, numero, verrou=True)
        ligne = db.session.get(DossierSession, numero)
        if ligne is None or not ligne.rate:
            return
        ligne.echecs, ligne.cause = 0, None
        consigner(acteur, "relancer_dossier", "session", numero)
        apres_commit(enfiler, "produire_dossier", numero)
