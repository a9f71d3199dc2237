"""R4, R6, R15: names that nobody tells apart on paper, in one session and across the versions of the key."""

import hmac
from datetime import date
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.config import Config
from certif.domaine import cle_v1
from certif.domaine.certificats import generation
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre, StatutRegistre
from certif.domaine.certificats.registre import empreintes
from certif.domaine.certificats.registre.verification import (
    ReponseIdentite,
    verifier_identite,
)
from certif.domaine.erreurs import Refus, SaisieInvalide
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.domaine.sessions.test_concurrence import ensemble
from tests.support.factories import Organisme, un_organisme, un_stagiaire, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import agir, lire

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")
NEE = date(1991, 2, 14)
D, ETH = "Đorđević", "Ðorđević"
R = Resultat.REUSSITE


def generer(organisme: Organisme, numero: int) -> None:
    demander_generation(organisme.gestionnaire, numero, version(numero))


def delivree_en_version_1(organisme: Organisme, config: Config, nom: str, prenom: str = "Ana") -> str:
    """The number of a certificate whose identity was hashed when look-alikes had keys of their own."""
    session_numero = une_session(organisme, Etat.GENERE, stagiaires=[un_stagiaire(nom, prenom, NEE, R)])
    ligne = db.session.scalars(select(LigneRegistre).filter_by(session_numero=session_numero)).one()
    message = f"1|{cle_v1.cle(nom)}|{cle_v1.cle(prenom)}|{NEE.isoformat()}"
    cle_id, secret = config.cles_registre[0]
    ligne.empreinte_identite = hmac.digest(secret, message.encode(), "sha256").hex()
    ligne.cle_id, ligne.version_normalisation = cle_id, 1
    db.session.commit()
    return ligne.numero


@pytest.mark.parametrize("resultats", [(R, R), (R, Resultat.ECHEC)])
def test_deux_stagiaires_devenus_un_sont_nommes_a_la_generation(
    organisme: Organisme, resultats: tuple[Resultat, Resultat]
) -> None:
    stagiaires = [un_stagiaire(nom, "Ana", NEE, lu) for nom, lu in zip((D, ETH), resultats, strict=True)]
    numero = une_session(organisme, stagiaires=stagiaires)
    avant = empreinte_de_la_base()
    with pytest.raises(Refus, match="ĐORĐEVIĆ Ana et ÐORĐEVIĆ Ana"):
        generer(organisme, numero)
    assert empreinte_de_la_base() == avant


def test_et_a_la_soumission(organisme: Organisme) -> None:
    stagiaires = [un_stagiaire(nom, "Ana", NEE) for nom in ("Copa", D, "СОРА", ETH)]
    numero = une_session(organisme, Etat.SAISIE, stagiaires=stagiaires)
    with pytest.raises(SaisieInvalide) as refus:
        agir(Action.SOUMETTRE_AU_FORMATEUR, organisme.gestionnaire, numero)
    assert "COPA Ana et СОРА Ana" in refus.value.message
    assert "ĐORĐEVIĆ Ana et ÐORĐEVIĆ Ana" in refus.value.message
    assert lire(numero).etat is Etat.SAISIE


def test_deja_certifies_tous_deux_ils_se_refont_ensemble(organisme: Organisme) -> None:
    """Generated before they became one: cancelled, both stand in the session that corrects them."""
    numero = une_session(
        organisme, Etat.GENERE, stagiaires=[un_stagiaire(nom, "Ana", NEE, R) for nom in ("Copa", "Corb")]
    )
    second = lire(numero).stagiaires[1]
    second.nom, second.cle_nom = "СОРА", second.session_certif.stagiaires[0].cle_nom
    db.session.commit()
    emis = tuple(db.session.scalars(select(CertificatEmis.id).filter_by(session_numero=numero)))
    refaite = annuler_et_refaire(
        organisme.gestionnaire, numero, version(numero), Annulation(emis, "identite")
    )
    assert [s.nom for s in lire(refaite or 0).stagiaires] == ["Copa", "СОРА"]


@pytest.mark.parametrize(("avant", "apres"), [(D, ETH), (ETH, D), ("СОРА", "Copa"), ("Copa", "СОРА")])
def test_ce_que_l_ancienne_cle_a_certifie_ne_l_est_pas_deux_fois(
    organisme: Organisme, config: Config, avant: str, apres: str
) -> None:
    delivree_en_version_1(organisme, config, avant)
    numero = une_session(organisme, stagiaires=[un_stagiaire(apres, "Ana", NEE, R)])
    with pytest.raises(Refus, match="déjà été délivré"):
        generer(organisme, numero)


@pytest.mark.parametrize("tape", ["ĸarl", "karl", "KARL"])
def test_une_saisie_plus_stricte_n_exclut_pas_un_ancien_titulaire(
    organisme: Organisme, config: Config, tape: str
) -> None:
    numero = delivree_en_version_1(organisme, config, "ĸarl")
    _, reponse = verifier_identite(numero, IdentiteSaisie(tape, "Ana", "14/02/1991"))
    assert reponse is ReponseIdentite.CORRESPOND


@pytest.mark.parametrize("tape", ["СOPA", "COPA", "copa", "Сopa"])
def test_un_nom_de_deux_ecritures_verifie_encore(organisme: Organisme, config: Config, tape: str) -> None:
    numero = delivree_en_version_1(organisme, config, "СOPA")
    _, reponse = verifier_identite(numero, IdentiteSaisie(tape, "Ana", "14/02/1991"))
    assert reponse is ReponseIdentite.CORRESPOND
    assert (
        verifier_identite(numero, IdentiteSaisie("СODA", "Ana", "14/02/1991"))[1] is ReponseIdentite.DIFFERE
    )


def test_le_nom_garde_s_imprime_comme_avant(organisme: Organisme) -> None:
    """Entry would refuse or rewrite them today; what is stored is frozen as it is."""
    noms = ["Raﬁk", "ĸarl", "СOPA"]
    numero = une_session(organisme, stagiaires=[un_stagiaire(nom, "Ana", NEE, R) for nom in noms])
    generer(organisme, numero)
    emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero))
    assert {e.donnees["nom"] for e in emis} == {"RAFiK", "ĸARL", "СOPA"}


@pytest.mark.parametrize("_base", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_deux_sessions_au_meme_instant_sous_deux_cles(
    contexte: Flask, config: Config, monkeypatch: pytest.MonkeyPatch, _base: str
) -> None:
    """The index sees two hashes; under the lock of the entité, the second finds the first."""
    organisme = un_organisme()
    empreintes.regler((("nouvelle", b"n" * 32), *config.cles_registre))
    rang = count()
    monkeypatch.setattr(
        generation, "empreinte", lambda *qui: empreintes.empreintes_possibles(*qui)[next(rang) % 2]
    )
    numeros = [
        une_session(organisme, stagiaires=[un_stagiaire(nom, "Ana", NEE, R)]) for nom in ("Copa", "СОРА")
    ]
    try:
        faits = ensemble(contexte, [lambda n=n: generer(organisme, n) for n in numeros])  # type: ignore[misc]
    finally:
        empreintes.regler(config.cles_registre)
    assert sorted(type(fait).__name__ for fait in faits) == ["NoneType", "Refus"]
    assert db.session.scalar(select(func.count()).select_from(LigneRegistre)) == 1
    etats = db.session.scalars(select(SessionCertification.etat)).all()
    assert sorted(etats) == [Etat.GENERATION, Etat.VALIDATION_ENTITE]
    assert db.session.scalars(select(LigneRegistre.statut)).all() == [StatutRegistre.RESERVE]
