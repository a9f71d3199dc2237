"""What the mere passing of days makes us say of a session before its certificates: reminders, last days."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select

from certif.domaine.courriers.actions import Lettre, ecrire_toutes
from certif.domaine.courriers.modeles import SorteDeRappel
from certif.domaine.courriers.rappels import Rappel
from certif.domaine.libelles import cadre_des_courriers
from certif.domaine.libelles.sessions import annonces as textes
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.annonces import destinataires_de_chacune
from certif.domaine.sessions.courriers.faits import AVEC_LEURS_FAITS, Faits, chemin_du_formateur, faits
from certif.domaine.sessions.droits.relais import formateur_empeche
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import delais, preavis
from certif.domaine.temps import date_de
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

_UN_MOIS = timedelta(days=31)


def resultats_dus(jour: date) -> list[Rappel]:
    """The formateurs from whom results are still expected, who can send them, and were not asked since."""
    dues = [
        (s, s.formateur_id, s.date_fin, quand)
        for s in _lire(*_peut_repondre(), _terminees(jour))
        if s.formateur_id is not None
        and s.date_fin is not None
        and (quand := preavis.rappel_des_resultats(s.date_fin, _demandes_le(s), jour))
    ]
    dits = faits([s for s, *_ in dues])
    return [
        Rappel(
            f"session-{s.numero}-resultats-{quand.isoformat()}",
            formateur_id,
            SorteDeRappel.RESULTATS,
            s.entite.raison_sociale,
            textes.sujet_entite(s.numero, textes.resultats_attendus(cloture)),
            chemin_du_formateur(s.numero),
            cloture,
            s.numero,
            dits[s.numero].en_ligne(),
        )
        for s, formateur_id, date_fin, quand in dues
        if (cloture := delais.fenetre(date_fin).cloture)
    ]


def avertir_du_dernier_jour() -> None:
    """Write the mails of the last day of the entry window, once each; as many queries for one as for many."""
    jour = aujourd_hui()
    lettres = [*_aux_formateurs(jour), *_aux_entites(jour)]
    db.session.rollback()
    ecrire_toutes(lettres)


def _aux_formateurs(jour: date) -> Iterator[Lettre]:
    derniers = _lire(*_peut_repondre(), _closes_le(jour))
    dits = faits(derniers)
    for s in derniers:
        if s.formateur_id is None or s.formateur is None or not s.formateur.email:
            continue
        objet, message = textes.DERNIER_JOUR_DES_RESULTATS
        sujet = textes.sujet_formateur(s.entite.raison_sociale, s.numero, objet)
        yield _lettre(s, s.formateur_id, sujet, message, chemin_du_formateur(s.numero), dits[s.numero])


def _aux_entites(jour: date) -> Iterator[Lettre]:
    """Of drafts that R1 lets be submitted until tonight."""
    s = SessionCertification
    jamais = (s.etat == Etat.SAISIE, s.premiere_soumission_le.is_(None), s.rectifie_numero.is_(None))
    derniers = _lire(*jamais, _closes_le(jour))
    dits = faits(derniers)
    a_qui = destinataires_de_chacune({(x.entite_id, x.declarant_id) for x in derniers})
    for x in derniers:
        objet, message = textes.DERNIER_JOUR_DE_SAISIE
        chemin = f"/entite/{x.entite_id}/sessions/{x.numero}/session"
        for qui in a_qui[x.entite_id, x.declarant_id]:
            sujet = textes.sujet_entite(x.numero, objet)
            yield _lettre(x, qui, sujet, message, chemin, dits[x.numero])


def _lettre(s: SessionCertification, qui: int, sujet: str, message: str, chemin: str, dits: Faits) -> Lettre:
    echeance = textes.aujourd_hui_dernier_jour(aujourd_hui())
    au_formateur = s.etat is Etat.VALIDATION_FORMATEUR
    lignes = dits.pour_le_formateur(echeance) if au_formateur else dits.pour_l_entite(echeance)
    texte = cadre_des_courriers.corps(message, adresse(chemin), lignes)
    return Lettre(f"session-{s.numero}-cloture-{aujourd_hui().isoformat()}", qui, sujet, texte, s.numero)


def _lire(*conditions: ColumnElement[bool]) -> list[SessionCertification]:
    """Those of entités that may write (R17)."""
    s = SessionCertification
    requete = (
        select(s)
        .join(s.entite)
        .where(*conditions, or_(Entite.suspendue_le.is_(None), Entite.suspendue_le > aujourd_hui()))
        .options(*AVEC_LEURS_FAITS)
        .order_by(s.numero)
    )
    return list(db.session.scalars(requete))


def _peut_repondre() -> tuple[ColumnElement[bool], ...]:
    """SQL conditions: it waits for its formateur, who can send results today."""
    return SessionCertification.etat == Etat.VALIDATION_FORMATEUR, ~formateur_empeche(partout=True)


def _terminees(jour: date) -> ColumnElement[bool]:
    """SQL condition: over, and the window of R1 not yet, or a little wider."""
    return SessionCertification.date_fin.between(jour - _UN_MOIS, jour)


def _closes_le(jour: date) -> ColumnElement[bool]:
    """SQL condition: the window of R1 ends on this day."""
    return SessionCertification.date_fin.in_(delais.dates_de_fin_closes_le(jour))


def _demandes_le(s: SessionCertification) -> date:
    """When the formateur was last asked: by the submission, or by a reminder of the entité."""
    return max(date_de(quand) for quand in (s.soumise_le, s.rappele_le) if quand is not None)
