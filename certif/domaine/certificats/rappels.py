"""Reminders before a purge or an erasure (R8, R18), and the mail of the last day of download.

A reminder whose day was missed (no worker for a day) is caught up; of several, only the last.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from certif.domaine.certificats.annonces import faits_imprimes, lettres_du_dernier_jour
from certif.domaine.certificats.purge import sans_certificats_depuis
from certif.domaine.courriers.actions import ecrire_toutes
from certif.domaine.courriers.modeles import SorteDeRappel
from certif.domaine.courriers.rappels import Rappel
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.libelles.sessions.annonces import sujet_entite
from certif.domaine.sessions.annonces import destinataires_de_chacune
from certif.domaine.sessions.courriers.faits import AVEC_LEURS_FAITS, faits
from certif.domaine.sessions.effacement import efface_le
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import date_de, debut_du_jour
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

_AVANCE = timedelta(days=31)


def avertir() -> None:
    """Write the mails of the last day of download, once each; as many queries for one as for many."""
    derniers = [s for s, jours in _non_telechargees(aujourd_hui()) if jours == 1]
    a_qui = destinataires_de_chacune({(s.entite_id, s.declarant_id) for s in derniers})
    lettres = lettres_du_dernier_jour(derniers, a_qui)
    db.session.rollback()
    ecrire_toutes(lettres)


def telechargements_dus(jour: date) -> list[Rappel]:
    """Certificates never downloaded, seven and three days before they go; the last day is a mail."""
    dues = [(s, jours) for s, jours in _non_telechargees(jour) if jours > 1]
    dits = faits_imprimes([s for s, _ in dues])
    a_qui = destinataires_de_chacune({(s.entite_id, s.declarant_id) for s, _ in dues})
    return [
        Rappel(
            f"session-{s.numero}-telechargement-{jours}",
            qui,
            SorteDeRappel.TELECHARGEMENTS,
            s.entite.raison_sociale,
            sujet_entite(s.numero, textes.objet_non_telecharges((suppression - jour).days)),
            f"/entite/{s.entite_id}/sessions/{s.numero}/telechargements",
            suppression,
            s.numero,
            dits[s.numero].en_ligne(
                textes.phrase_non_telecharges(s.certificats_total, s.numero, suppression)
            ),
        )
        for s, jours in dues
        if (suppression := delais.purge_le(_genere_le(s)))
        for qui in a_qui[s.entite_id, s.declarant_id]
    ]


def effacements_dus(jour: date) -> list[Rappel]:
    """R18: sessions without certificates, thirty and seven days before they go; a corrected F warns anew."""
    requete = select(SessionCertification).where(sans_certificats_depuis(_AVANCE)).options(*AVEC_LEURS_FAITS)
    dues = [
        (s, efface, jours)
        for s in db.session.scalars(requete)
        if jour < (efface := efface_le(s)) and (jours := _du(delais.rappels_effacement(efface), jour))
    ]
    dits = faits([s for s, _, _ in dues])
    a_qui = destinataires_de_chacune({(s.entite_id, s.declarant_id) for s, _, _ in dues})
    return [
        Rappel(
            f"session-{s.numero}-effacement-{efface.isoformat()}-{jours}",
            qui,
            SorteDeRappel.EFFACEMENTS,
            s.entite.raison_sociale,
            sujet_entite(s.numero, textes.rappel_d_effacement(efface)),
            f"/entite/{s.entite_id}/sessions/{s.numero}/session",
            efface,
            s.numero,
            dits[s.numero].en_ligne(textes.A_TERMINER),
        )
        for s, efface, jours in dues
        for qui in a_qui[s.entite_id, s.declarant_id]
    ]


def _non_telechargees(jour: date) -> Iterator[tuple[SessionCertification, int]]:
    """With the days left of the last warning that has come."""
    s = SessionCertification
    # From the first warning on, until the files go; the exact days are judged one by one.
    depuis = debut_du_jour(jour - timedelta(days=delais.JOURS_DE_TELECHARGEMENT + 1))
    jusqu_a = debut_du_jour(
        jour - timedelta(days=delais.JOURS_DE_TELECHARGEMENT - max(delais.RAPPELS_DE_TELECHARGEMENT))
    )
    requete = (
        select(s)
        .where(
            s.etat == Etat.GENERE,
            s.telecharge_le.is_(None),
            s.certificats_total > 0,
            s.genere_le.between(depuis, jusqu_a),
        )
        .options(*AVEC_LEURS_FAITS)
    )
    for session_certif in db.session.scalars(requete):
        genere_le = _genere_le(session_certif)
        rappels = delais.rappels_telechargement(genere_le)
        if jour < delais.purge_le(genere_le) and (jours := _du(rappels, jour)):
            yield session_certif, jours


def _genere_le(s: SessionCertification) -> date:
    if s.genere_le is None:
        raise ValueError("a generated session has its date")
    return date_de(s.genere_le)


def _du(rappels: dict[int, date], jour: date) -> int | None:
    """The last warning whose day has come, as its number of days; None before the first."""
    return min((jours for jours, quand in rappels.items() if quand <= jour), default=None)
