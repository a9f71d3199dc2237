"""What of the register and of the journal is not kept for ever (R18)."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, select, update

from certif.domaine import conservation
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.journal import EntreeJournal
from certif.domaine.referentiel.initial import chargements
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import ajouter_mois, debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots, par_lots
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui


def effacer_les_empreintes() -> int:
    """Erase the identity hashes of certificates that ended long ago; the rest stays. Returns how many."""
    jour = ajouter_mois(aujourd_hui(), -conservation.EMPREINTES.duree.mois)
    return _effacer_les_empreintes(LigneRegistre.fin_validite <= _au_plus_tard(jour))


def effacer_les_empreintes_sans_fin() -> int:
    """The same of certificates that never end, by the end of their session."""
    jour = ajouter_mois(aujourd_hui(), -conservation.EMPREINTES_SANS_FIN.duree.mois)
    return _effacer_les_empreintes(
        LigneRegistre.fin_validite.is_(None), LigneRegistre.date_fin <= _au_plus_tard(jour)
    )


def effacer_le_journal() -> None:
    """Erase the lines of the journal whose time is over; those that alone tell what was loaded stay."""
    avant = debut_du_jour(ajouter_mois(aujourd_hui(), -conservation.JOURNAL.duree.mois))
    effacer_par_lots(EntreeJournal, EntreeJournal.quand < avant, ~chargements())


def _au_plus_tard(jour: date) -> date:
    """Months of unequal length shift the bound by three days at most; the rule decides one by one."""
    return jour + timedelta(days=3)


def _effacer_les_empreintes(*anciennes: ColumnElement[bool]) -> int:
    ligne, jour = LigneRegistre, aujourd_hui()
    requete = select(ligne.numero, ligne.date_fin, ligne.fin_validite)
    lignes = db.session.execute(requete.where(ligne.empreinte_identite.is_not(None), *anciennes)).all()
    db.session.rollback()
    # F and the last valid day never change once they are in the register.
    dues = [n for n, date_fin, fin in lignes if delais.empreinte_effacee_le(date_fin, fin) <= jour]
    for lot in par_lots(dues):
        with transaction():
            db.session.execute(
                update(ligne).where(ligne.numero.in_(lot)).values(empreinte_identite=None, cle_id=None)
            )
    return len(dues)
