"""Somebody erased: nobody any more, and still what the register and the sessions name (R17, R18)."""

from typing import Any

import pytest
from sqlalchemy import func, select

from certif.domaine.acces import hachage, liens
from certif.domaine.acces.authentification import Ouverture, connecter
from certif.domaine.acces.espaces import personne_connectee
from certif.domaine.acces.formulaires_gardes import conserver
from certif.domaine.acces.modeles import CodeSecours, SorteLien
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.courriers.actions import ecrire
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.roles import individus
from certif.domaine.libelles.sessions import droits
from certif.domaine.libelles.sessions.etats import COMPLETER_OU_CONFIER
from certif.domaine.noms import nom_affiche, nom_court, prenom_nom
from certif.domaine.personnes.modeles import Individu, MotIndividu
from certif.domaine.personnes.numeros_forprev import porteur
from certif.domaine.roles.fin_de_compte import SECRETS
from certif.domaine.sessions.droits.relais import relais_de
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.personnes import decrire_l_effacement, effacer, fusionner
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.presentation import tour_de
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.domaine.sessions.recherche import chercher, identite, messages
from tests.support.factories import un_acteur, une_personne, une_session
from tests.support.moves import Troupe

SECRET = "un mot de passe d'essai"


def individu(identifiant: int) -> Individu:
    db.session.rollback()
    return db.session.get_one(Individu, identifiant)


def test_nothing_names_nor_opens_any_more_and_the_register_keeps_its_formateur(
    troupe: Troupe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hachage, "verifier", lambda hache, saisi: bool(hache) and saisi == SECRET)
    qui = troupe.formateur.individu_id
    une_session(troupe.marose, Etat.GENERE)
    doublon = une_personne("Rivière", "Stéphanie", email=None).id
    fusionner(troupe.administrateur, doublon, qui)
    with transaction():
        db.session.get_one(Individu, qui).mot_de_passe = "haché"
        liens.creer(qui, SorteLien.OPPOSITION, email="ancienne@guy.example")
        db.session.add(CodeSecours(individu_id=qui, condense="x"))
        ecrire("un-evenement", qui, "Sujet", "Corps")
    numero, email = individu(qui).numero, individu(qui).email or ""
    conserver(qui, "/formateur/", [("champ", "valeur")], "secret")
    ouverture = connecter(email, SECRET, adresse="192.0.2.1", navigateur="neuf")
    assert isinstance(ouverture, Ouverture)

    effacer(troupe.administrateur, qui)
    effacer(troupe.administrateur, qui)  # a second click

    assert personne_connectee(ouverture.connexion_id, ouverture.timbre) is None
    for identifiant in (email, numero):
        with pytest.raises(Refus):
            connecter(identifiant, SECRET, adresse="192.0.2.1", navigateur="neuf")
    for ligne in (individu(qui), individu(doublon)):
        restes = (ligne.nom, ligne.prenom, ligne.cle_nom, ligne.cle_prenom, ligne.date_naissance, ligne.email)
        assert restes == (ecrans.PERSONNE_SUPPRIMEE, "", "", "", None, None) and ligne.efface_le
        mots = db.session.scalars(select(MotIndividu.mot).filter_by(individu_id=ligne.id)).all()
        assert mots == [ligne.numero.lower()]
    assert individu(qui).numero == numero and not any(role.actif for role in individu(qui).roles)
    for modele in SECRETS:
        assert db.session.scalar(select(func.count()).where(modele.individu_id == qui)) == 0
    assert db.session.scalars(select(Courrier).filter_by(destinataire_id=qui)).all() == []
    assert set(db.session.scalars(select(LigneRegistre.formateur_id))) == {qui}
    (journal,) = db.session.scalars(select(EntreeJournal).filter_by(action="effacer")).all()
    assert (journal.objet_id, journal.avant, journal.apres) == (qui, None, None)


def test_a_search_finds_nobody_there(troupe: Troupe) -> None:
    qui = un_acteur(TypeRole.FORMATEUR, nom="Passé", prenom="Jean").individu_id
    numero = individu(qui).numero
    effacer(troupe.administrateur, qui)
    session = une_session(troupe.marose, Etat.SAISIE, formateur_id=None)
    recherches: tuple[dict[str, Any], ...] = ({"numero": numero}, identite("Passé", "Jean"))
    for champs in recherches:
        assert messages(chercher(troupe, session, **champs))[0] == (False, droits.PERSONNE_INCONNUE)
    with pytest.raises(SaisieInvalide):
        porteur(numero)


def test_the_words_stand_as_they_are_wherever_a_name_would() -> None:
    supprimee = ecrans.PERSONNE_SUPPRIMEE
    assert {nom_affiche(supprimee), prenom_nom(supprimee), nom_court(supprimee)} == {"Personne supprimée"}


def test_who_cannot_be_erased_yet(troupe: Troupe) -> None:
    par = troupe.administrateur
    brouillon = une_session(troupe.marose, Etat.SAISIE)
    soumise = une_session(troupe.guy, Etat.VALIDATION_FORMATEUR, formateur_id=troupe.formateur.individu_id)
    une_session(troupe.marose, Etat.GENERE)
    alias = une_personne(fusionne_dans_id=troupe.formateur.individu_id, actif=False).id
    refus = {
        troupe.formateur.individu_id: [individus.sessions_a_terminer([brouillon, soumise])],
        par.individu_id: [individus.PAS_SA_PROPRE_FICHE],
        alias: [individus.FUSIONNEE],
    }
    for qui, messages_ in refus.items():
        assert decrire_l_effacement(par, qui).empechements == messages_
        with pytest.raises(ActionImpossible):
            effacer(par, qui)
        assert individu(qui).efface_le is None
    individu(troupe.etranger.individu_id).mot_de_passe = "x"
    db.session.commit()
    (seul,) = decrire_l_effacement(par, troupe.etranger.individu_id).empechements
    assert "plus de gestionnaire" in seul
    for acteur, qui in ((troupe.gestionnaire, troupe.collegue.individu_id), (par, 0)):
        with pytest.raises(Introuvable):
            effacer(acteur, qui)
        with pytest.raises(Introuvable):
            decrire_l_effacement(acteur, qui)


def test_the_draft_of_who_is_erased_is_the_gestionnaires_turn(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire)
    effacer(troupe.administrateur, troupe.delegataire.individu_id)
    brouillon = charger(troupe.gestionnaire, numero)
    tour = tour_de(brouillon, troupe.gestionnaire, None, relais_de(brouillon))
    assert (tour.texte, tour.a_moi) == (COMPLETER_OU_CONFIER, True)


def test_the_recap_says_what_ends(troupe: Troupe) -> None:
    vue = decrire_l_effacement(troupe.administrateur, troupe.remplacant.individu_id)
    assert [role.type for role in vue.roles] == [TypeRole.FORMATEUR]
    assert (vue.qualifications, vue.sessions, vue.empechements) == (1, [], [])
