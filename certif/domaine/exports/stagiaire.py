"""What is kept under the identity of a trainee, who has no account: for their entité, or the administrateur.

Somebody types the identity: sessions that are still kept are found by its keys, certificates by the hashes
that the register has of it. Nothing of the search is written.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.modeles import AVEC_L_EMISSION, EMIS, LigneRegistre
from certif.domaine.certificats.registre.empreintes import empreintes_possibles
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.certificats.registre.verification import lire_identite
from certif.domaine.erreurs import Introuvable
from certif.domaine.libelles.exports import STATUTS
from certif.domaine.libelles.sessions.etats import ETATS
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import MOT_MAX
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.effacement import efface_le
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db

NOMBRE_MAX = 200
"""Of each kind: more than anybody has."""


@dataclass(frozen=True, slots=True)
class SessionTrouvee:
    """A session where they stand; `resultat` once it was sent, and for their entité alone."""

    numero: int
    organisation: str
    certificat: str
    date_fin: date | None
    etat: str
    resultat: str
    effacee_le: date


@dataclass(frozen=True, slots=True)
class CertificatTrouve:
    """A certificate of theirs; after `oublie_le` nothing tells whose it is any more (R18)."""

    numero: str
    organisation: str
    certificat: str
    date_fin: date
    fin_validite: date | None
    statut: str
    oublie_le: date


@dataclass(frozen=True, slots=True)
class Trouve:
    """What is kept under one identity."""

    sessions: list[SessionTrouvee]
    certificats: list[CertificatTrouve]


def chercher(acteur: Acteur, saisie: IdentiteSaisie) -> Trouve:
    """What this actor may tell its owner: of their entité for a gestionnaire, where for the administrateur.

    Raises:
        Introuvable: neither of them.
        SaisieInvalide: fields `nom`, `prenom`, `date_naissance` that hold no identity.
    """
    de_la_session, du_registre = _portee(acteur)
    nom, prenom, ne_le = lire_identite(saisie)
    q, r = Stagiaire, LigneRegistre
    stagiaires = (
        select(q)
        .join(MotStagiaire, MotStagiaire.stagiaire_id == q.id)
        .join(q.session_certif)
        .where(
            *(MotStagiaire.mot == cle(nom)[:MOT_MAX], q.cle_nom == cle(nom), q.cle_prenom == cle(prenom)),
            *(q.date_naissance == ne_le, de_la_session),
        )
        .options(
            joinedload(q.session_certif).joinedload(SessionCertification.entite),
            joinedload(q.session_certif).joinedload(SessionCertification.certificat),
        )
        .order_by(q.session_numero)
        .limit(NOMBRE_MAX)
    )
    possibles = [e.valeur for e in empreintes_possibles(nom, prenom, ne_le)]
    lignes = (
        select(r)
        .where(r.empreinte_identite.in_(possibles), r.statut.in_(EMIS), du_registre)
        .options(*AVEC_L_EMISSION)
        .order_by(r.date_fin.desc(), r.numero)
        .limit(NOMBRE_MAX)
    )
    complet = acteur.role is TypeRole.GESTIONNAIRE
    return Trouve(
        [_session(stagiaire, complet=complet) for stagiaire in db.session.scalars(stagiaires)],
        [_certificat(ligne) for ligne in db.session.scalars(lignes)],
    )


def _portee(acteur: Acteur) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    if acteur.role is TypeRole.ADMINISTRATEUR:
        return true(), true()
    if acteur.role is TypeRole.GESTIONNAIRE:
        return SessionCertification.entite_id == acteur.entite_id, LigneRegistre.entite_id == acteur.entite_id
    raise Introuvable


def _session(stagiaire: Stagiaire, *, complet: bool) -> SessionTrouvee:
    s = stagiaire.session_certif
    resultat = stagiaire.resultat if complet and s.resultats_le is not None else None
    generee = s.etat is Etat.GENERE and s.genere_le is not None
    return SessionTrouvee(
        s.numero,
        s.entite.raison_sociale,
        s.certificat.libelle if s.certificat else "",
        s.date_fin,
        ETATS[s.etat.value],
        resultat.libelle if resultat else "",
        delais.purge_le(date_de(s.genere_le)) if generee and s.genere_le else efface_le(s),
    )


def _certificat(ligne: LigneRegistre) -> CertificatTrouve:
    return CertificatTrouve(
        presenter(ligne.numero),
        ligne.raison_sociale,
        ligne.certificat_libelle,
        ligne.date_fin,
        ligne.fin_validite,
        STATUTS[ligne.statut.value],
        delais.empreinte_effacee_le(ligne.date_fin, ligne.fin_validite),
    )
