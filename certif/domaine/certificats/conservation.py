"""How long what remains is kept (R18): identity hashes, journal, mails, searches of formateurs."""

from datetime import timedelta

from sqlalchemy import and_, delete, or_, select

from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.journal import EntreeJournal
from certif.domaine.referentiel.initial import chargements
from certif.domaine.sessions import regles
from certif.domaine.sessions.modeles import RechercheFormateur
from certif.domaine.temps import ajouter_mois, debut_du_jour
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui, instant_reel
from certif.socle.transaction import transaction

_VIE_D_UNE_RECHERCHE = timedelta(days=1)
"""The throttle of R4 looks one hour back."""


def effacer_les_empreintes() -> int:
    """Erase the identity hashes whose time is over; number, dates and status stay. Returns how many."""
    ligne, jour = LigneRegistre, aujourd_hui()
    # Months of unequal length shift the bound by three days at most; the rule decides one by one.
    marge = timedelta(days=3)
    anciennes = or_(
        ligne.fin_validite <= ajouter_mois(jour, -60) + marge,
        and_(ligne.fin_validite.is_(None), ligne.date_fin <= ajouter_mois(jour, -120) + marge),
    )
    with transaction():
        lignes = db.session.scalars(select(ligne).where(ligne.empreinte_identite.is_not(None), anciennes))
        dues = [x for x in lignes if regles.empreinte_effacee_le(x.date_fin, x.fin_validite) <= jour]
        for echue in dues:
            echue.empreinte_identite = echue.cle_id = None
    return len(dues)


def effacer_les_traces_anciennes() -> None:
    """Erase what is older than three years of journal and mails, and the searches that no throttle counts."""
    avant = debut_du_jour(regles.journal_efface_avant(aujourd_hui()))
    with transaction():
        db.session.execute(delete(EntreeJournal).where(EntreeJournal.quand < avant, ~chargements()))
        db.session.execute(delete(Courrier).where(Courrier.cree_le < avant))
        db.session.execute(
            delete(RechercheFormateur).where(RechercheFormateur.quand < instant_reel() - _VIE_D_UNE_RECHERCHE)
        )
