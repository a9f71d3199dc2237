"""How long what remains is kept (R18): identity hashes, journal, mails, searches of formateurs."""

from datetime import timedelta

from sqlalchemy import and_, or_, select, update

from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.journal import EntreeJournal
from certif.domaine.referentiel.initial import chargements
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import ajouter_mois, debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots, par_lots
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel

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
    requete = select(ligne.numero, ligne.date_fin, ligne.fin_validite)
    lignes = db.session.execute(requete.where(ligne.empreinte_identite.is_not(None), anciennes)).all()
    db.session.rollback()
    # F and the last valid day never change once they are in the register.
    dues = [n for n, date_fin, fin in lignes if delais.empreinte_effacee_le(date_fin, fin) <= jour]
    for lot in par_lots(dues):
        with transaction():
            db.session.execute(
                update(ligne).where(ligne.numero.in_(lot)).values(empreinte_identite=None, cle_id=None)
            )
    return len(dues)


def effacer_les_traces_anciennes() -> None:
    """Erase what is older than three years of journal and mails, and the searches that no throttle counts."""
    avant = debut_du_jour(delais.journal_efface_avant(aujourd_hui()))
    effacer_par_lots(EntreeJournal, EntreeJournal.quand < avant, ~chargements())
    effacer_par_lots(Courrier, Courrier.cree_le < avant)
    effacer_par_lots(RechercheFormateur, RechercheFormateur.quand < instant_reel() - _VIE_D_UNE_RECHERCHE)
