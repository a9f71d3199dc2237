"""Sessions to measure with: a place of their own, and clicks of the demonstration's organisation."""

import os
import secrets
from pathlib import Path

from sqlalchemy import select

from bench.donnees import Personne
from certif.demo.organisations import niveau_de
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modification import conclure
from certif.domaine.sessions.valeurs import Identification, Resultat, TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant


def s_isoler(donnees: Path) -> None:
    """Whatever this machine's settings are, nothing is written anywhere else."""
    for nom in list(os.environ):
        if nom.startswith("CERTIF_") or nom in ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "PORT"):
            del os.environ[nom]
    os.environ["CERTIF_DONNEES"] = str(donnees)


def demander(numero: int) -> None:
    """Click on *Générer*."""
    acteur = _acteur("ROM20001", TypeRole.GESTIONNAIRE)
    demander_generation(acteur, numero, db.session.get_one(SessionCertification, numero).version)


def session(stagiaires: list[Personne]) -> int:
    """A session of the demonstration's organisation whose results have come, all of them réussites."""
    romain = _acteur("ROM20001", TypeRole.GESTIONNAIRE)
    stephanie = _acteur("STE10001", TypeRole.FORMATEUR)
    niveau = niveau_de("SST")
    with transaction():
        session_certif = SessionCertification(
            entite_id=romain.entite_id,
            declarant_id=romain.individu_id,
            jeton=secrets.token_urlsafe(16),
            etat=Etat.SAISIE,
            version=1,
            creee_le=maintenant(),
            modifiee_le=maintenant(),
            niveau_id=niveau.id,
            certificat_id=niveau.certificats[0].id,
            lieu_type=TypeLieu.FRANCE,
            code_postal="26800",
            ville="ETOILE SUR RHONE",
            identification=Identification.INITIAL,
            date_fin=aujourd_hui(),
            formateur_id=stephanie.individu_id,
            soumise_le=maintenant(),
            premiere_soumission_le=aujourd_hui(),
            resultats_le=maintenant(),
            stagiaires=[_stagiaire(p) for p in stagiaires],
        )
        db.session.add(session_certif)
        db.session.flush()
        conclure(session_certif, romain, Action.SOUMETTRE_AU_FORMATEUR)
        conclure(session_certif, stephanie, Action.ENVOYER_RESULTATS)
        return session_certif.numero


def _stagiaire(personne: Personne) -> Stagiaire:
    return Stagiaire(
        nom=personne.nom,
        prenom=personne.prenom,
        cle_nom=cle(personne.nom),
        cle_prenom=cle(personne.prenom),
        date_naissance=personne.date_naissance,
        resultat=Resultat.REUSSITE,
    )


def _acteur(numero_forprev: str, role: TypeRole) -> Acteur:
    individu = db.session.scalars(select(Individu).filter_by(numero=numero_forprev)).one()
    return Acteur(individu.id, role, next(r.entite_id for r in individu.roles if r.type is role))
