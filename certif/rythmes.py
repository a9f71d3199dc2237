"""What is done again and again, each at its rhythm: see `certif.periodique`.

Nothing of what draws a document is loaded. Each runs in an application context, which whoever calls provides.
"""

from collections.abc import Callable, Iterable

import structlog
from flask import current_app

from certif.config import Config
from certif.domaine import conservation, une_fois
from certif.domaine.acces import authentification, formulaires_gardes, liens
from certif.domaine.certificats import purge, rappels
from certif.domaine.certificats.production import (
    fichiers,
    reconciliation,
    scelleur,
)
from certif.domaine.certificats.registre import effacement, verification
from certif.domaine.courriers import envoi, recapitulatif
from certif.domaine.courriers import rappels as memoire_des_rappels
from certif.domaine.demandes import pieces
from certif.domaine.pannes import veille
from certif.domaine.roles import roles_proposes
from certif.domaine.sessions.actions import designation
from certif.domaine.sessions.courriers import rappels as rappels_des_sessions
from certif.domaine.sessions.droits import rappels as rappels_des_droits
from certif.domaine.sessions.droits import relais
from certif.domaine.sessions.modeles_gardes import rappels as rappels_des_modeles
from certif.socle.base import copie_de_base, oubli, statistiques
from certif.socle.base.extensions import db

Effaceur = tuple[tuple[conservation.Ligne, ...], Callable[[], object]]
"""Lines of what is kept, and what erases what is due of them; it may run twice."""

_journal = structlog.get_logger(__name__)


class EffacementIncomplet(Exception):
    """What should have been erased was not: the names of its lines."""


def _retirer_la_copie() -> None:
    config: Config = current_app.config["CERTIF"]
    copie_de_base.retirer_la_perimee(config.donnees, conservation.COPIE.duree.delta)


TOUTES_LES_DIX_MINUTES: tuple[Effaceur, ...] = (
    ((conservation.TENTATIVES,), authentification.oublier_les_essais),
    ((conservation.CONNEXIONS,), authentification.oublier_les_navigateurs),
    ((conservation.SAISIES,), formulaires_gardes.oublier_les_anciennes),
    (
        (conservation.INVITATIONS, conservation.OUBLIS, conservation.ADRESSES, conservation.OPPOSITIONS),
        liens.purger,
    ),
    ((conservation.ROLES_PROPOSES,), roles_proposes.purger),
    ((conservation.RECHERCHES,), designation.oublier_les_recherches),
    ((conservation.GESTES,), une_fois.oublier_les_gestes),
    ((conservation.SESSIONS_GENEREES,), purge.purger_les_generees),
    ((conservation.SESSIONS_SANS_CERTIFICAT,), purge.effacer_les_abandonnees),
    ((conservation.BROUILLONS_VIDES,), purge.retirer_les_brouillons_vides),
)
TOUTES_LES_HEURES: tuple[Effaceur, ...] = (
    ((conservation.COPIE,), _retirer_la_copie),
    ((conservation.RESTES,), fichiers.balayer),
    ((conservation.PIECES,), pieces.balayer),
    ((conservation.EMPREINTES,), effacement.effacer_les_empreintes),
    ((conservation.EMPREINTES_SANS_FIN,), effacement.effacer_les_empreintes_sans_fin),
    ((conservation.JOURNAL,), effacement.effacer_le_journal),
    ((conservation.ESSAIS,), verification.oublier_les_essais),
    ((conservation.COURRIELS,), envoi.effacer_les_anciens),
    ((conservation.RECAPITULATIFS,), recapitulatif.oublier),
    ((conservation.RAPPELS,), memoire_des_rappels.oublier),
    ((conservation.PANNES,), veille.oublier),
)
"""What lists the whole store, or has been kept for so long that an hour more is nothing."""

RAPPELS = (
    rappels_des_sessions.resultats_dus,
    rappels.telechargements_dus,
    rappels.effacements_dus,
    rappels_des_droits.dus,
    rappels_des_modeles.dus,
)
"""What the digest of the day is made of: each says which reminders are due on a day."""


def envoyer_courriers() -> None:
    """Send the mails that wait."""
    config: Config = current_app.config["CERTIF"]
    envoi.envoyer(config.smtp_url)


def veiller() -> None:
    """Every 10 seconds: see what does not answer, tell those who can help when it lasts."""
    veille.veiller()


def reconcilier() -> None:
    """Every 10 seconds: put back on the way what was lost."""
    reconciliation.reconcilier()


def purger() -> None:
    """Every ten minutes: erase what is due (R8, R18), and what the database left of it."""
    _effacer(TOUTES_LES_DIX_MINUTES)


def entretenir() -> None:
    """Every hour: erase what nothing explains, or has been kept long enough."""
    _effacer(TOUTES_LES_HEURES)


def annoncer() -> None:
    """Every ten minutes: tell what ends today, and whose session waits for somebody who cannot answer."""
    rappels.avertir()
    rappels_des_sessions.avertir_du_dernier_jour()
    relais.prevenir()


def recapituler() -> None:
    """Every minute: write the digests of the day, once it is time."""
    recapitulatif.recapituler(RAPPELS)


def surveiller_le_sceau() -> None:
    """Every hour: tell that the key that seals is about to end."""
    scelleur.avertir()


def etudier_les_tables() -> None:
    """Every hour: have the database look again at tables that have grown."""
    statistiques.entretenir()


def _effacer(effaceurs: Iterable[Effaceur]) -> None:
    """Run each, in transactions of its own: one that fails keeps none of the others.

    Raises:
        EffacementIncomplet: some failed; each has its line in the log, and is tried again the next time.
    """
    rates: list[str] = []
    for lignes, effacer in effaceurs:
        try:
            effacer()
        except Exception:  # noqa: BLE001 - whatever it is, what else is due goes
            db.session.rollback()
            rates += (noms := [nom for nom, ligne in conservation.LIGNES.items() if ligne in lignes])
            _journal.exception("conservation.echec", lignes=noms)
    oubli.oublier(conservation.tables())
    if rates:
        raise EffacementIncomplet(", ".join(rates))
