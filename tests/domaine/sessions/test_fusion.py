"""Two persons found to be one: what follows the one who remains, and what the former N° still opens (R18)."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, UniqueConstraint, func, select

from certif.domaine.acces import hachage, liens
from certif.domaine.acces.authentification import Attente, Ouverture, connecter
from certif.domaine.acces.espaces import espaces, personne_connectee
from certif.domaine.acces.modeles import Connexion, LienCompte, SorteLien
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.personnes import lectures_journal
from certif.domaine.personnes.modeles import Individu, MotIndividu
from certif.domaine.personnes.numeros_forprev import porteur
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.roles.fusion import NON_DEPLACEES, colonnes_deplacees
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.personnes import decrire_la_fusion, fusionner
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Question
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel, maintenant
from tests.domaine.sessions.recherche import chercher, identite, un_formateur
from tests.domaine.sessions.test_concurrence import ensemble
from tests.support.factories import un_role, une_personne, une_qualification, une_session
from tests.support.moves import Troupe, courriers, lire

G, D, F, A = TypeRole
SECRET = "un mot de passe d'essai"


@pytest.fixture
def doublon(troupe: Troupe, monkeypatch: pytest.MonkeyPatch) -> int:
    """A second row of MAROSE's formateur, with an account of its own and the role of gestionnaire."""
    monkeypatch.setattr(hachage, "verifier", lambda hache, saisi: bool(hache) and saisi == SECRET)
    qui = une_personne("Riviere", "Stephanie", email="double@guy.example", mot_de_passe="haché").id
    un_role(qui, F)
    un_role(qui, G, troupe.guy.entite_id)
    return qui


def individu(identifiant: int) -> Individu:
    db.session.rollback()
    return db.session.get_one(Individu, identifiant)


def entrer(identifiant: str) -> Ouverture | Attente:
    return connecter(identifiant, SECRET, adresse="192.0.2.1", navigateur="neuf")


def regler(identifiant: int, **colonnes: Any) -> None:
    with transaction():
        for nom, valeur in colonnes.items():
            setattr(db.session.get_one(Individu, identifiant), nom, valeur)


def le(mois: int, quantieme: int) -> date:
    return date(2026, mois, quantieme)


def nomme(colonne: Column[Any], identifiant: int) -> bool:
    requete = select(func.count()).select_from(colonne.table).where(colonne == identifiant)
    return bool(db.session.scalar(requete))


def vers_un_individu() -> list[Column[Any]]:
    tables = Individu.metadata.tables.values()
    return [
        c
        for t in tables
        for c in t.columns
        if any(k.column is Individu.__table__.c.id for k in c.foreign_keys)
    ]


@pytest.mark.parametrize("_base", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_everything_that_named_the_one_names_the_other(troupe: Troupe, doublon: int, _base: str) -> None:
    reste, guy = troupe.formateur.individu_id, troupe.guy
    une_qualification(doublon, guy.niveau_id)
    declarant = Acteur(doublon, G, guy.entite_id)
    en_formateur = une_session(guy, Etat.VALIDATION_FORMATEUR, formateur_id=doublon, retour_par_id=doublon)
    declaree = une_session(guy, Etat.VALIDATION_ENTITE, declarant=declarant)
    delivree = une_session(guy, Etat.GENERE, declarant=declarant, formateur_id=doublon)
    ouverture = entrer("double@guy.example")
    assert isinstance(ouverture, Ouverture)
    with transaction():
        for qui in (doublon, reste):
            ecrire("meme-evenement", qui, "Sujet", "Corps")
        liens.creer(doublon, SorteLien.OPPOSITION, email="ancienne@guy.example")
    alias = une_personne(fusionne_dans_id=doublon, actif=False, email=None).numero

    fusionner(troupe.administrateur, doublon, reste)
    fusionner(troupe.administrateur, doublon, reste)  # a second click

    nommees = [c.table.name for c in vers_un_individu() if nomme(c, doublon)]
    assert nommees == [MotIndividu.__tablename__]
    assert lire(en_formateur).formateur_id == lire(en_formateur).retour_par_id == reste
    assert lire(declaree).declarant_id == lire(delivree).declarant_id == reste
    fusion = select(EntreeJournal).filter_by(action="fusionner", objet="individu")
    (ligne,) = db.session.scalars(fusion).all()
    assert (ligne.objet_id, ligne.apres) == (reste, {"absorbe": doublon})
    absorbe = individu(doublon)
    assert (absorbe.fusionne_dans_id, absorbe.actif) == (reste, False)
    assert absorbe.email is None and absorbe.mot_de_passe is None
    assert porteur(alias).id == porteur(absorbe.numero).id == reste
    assert personne_connectee(ouverture.connexion_id, ouverture.timbre) is None
    assert {e.role for e in espaces(reste)} == {F, G}


def test_no_table_that_names_persons_is_forgotten() -> None:
    """A new one moves by itself; one that holds a secret, or allows one row a person, is to be thought of."""
    laissees = {c.table.name for c in vers_un_individu()} - {c.table.name for c in colonnes_deplacees()}
    assert laissees == NON_DEPLACEES == {
        "connexion", "lien_compte", "code_secours", "cle_acces", "saisie_conservee", "mot_individu"
    }  # fmt: skip
    uniques = set()
    for colonne in colonnes_deplacees():
        table = colonne.table
        uniques_de: list[Any] = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
        uniques_de += [index for index in table.indexes if index.unique]
        if colonne.primary_key or any(colonne.name in c.columns for c in uniques_de):
            uniques.add(table.name)
    assert uniques == {"role", "courrier", "rappel_dit", "rappel_refuse"}


def test_of_two_equal_roles_the_widest_stays(troupe: Troupe, doublon: int) -> None:
    """Each with the days that it had under its own account: a closed account gives nothing back."""
    marose, jour = troupe.marose.entite_id, date(2026, 6, 10)
    reste = une_personne("Rivière", "Stéphanie", fin_le=jour + timedelta(90)).id
    un_role(reste, G, marose, fin_le=jour + timedelta(30))
    un_role(reste, D, marose)
    un_role(doublon, G, marose, fin_le=jour + timedelta(60))
    un_role(doublon, D, marose, actif=False)
    fusionner(troupe.administrateur, doublon, reste)
    ferme = une_personne(actif=False).id
    un_role(ferme, F)
    un_role(ferme, D, troupe.guy.entite_id)
    fusionner(troupe.administrateur, ferme, reste)
    roles = {(r.type, r.entite_id): (r.actif, r.fin_le) for r in individu(reste).roles}
    assert roles == {
        (G, marose): (True, jour + timedelta(60)),
        (D, marose): (True, jour + timedelta(90)),
        (F, None): (True, None),
        (G, troupe.guy.entite_id): (True, None),
        (D, troupe.guy.entite_id): (False, None),
    }
    assert individu(reste).fin_le is None


def test_qualifications_share_no_day_and_none_is_lost(troupe: Troupe, doublon: int) -> None:
    niveau, reste = troupe.marose.niveau_id, une_personne().id

    def jours(qui: int) -> set[date]:
        db.session.rollback()
        lues = db.session.scalars(select(Qualification).filter_by(individu_id=qui)).all()
        tous = [q.debut + timedelta(n) for q in lues for n in range((q.dernier_jour - q.debut).days + 1)]
        assert len(tous) == len(set(tous)) or qui != reste
        return set(tous)

    for qui, debut, fin in (
        (reste, le(1, 1), le(3, 31)),
        (doublon, le(3, 1), le(5, 31)),
        (reste, le(4, 1), le(4, 30)),
        (doublon, le(9, 1), le(9, 1)),
        (reste, le(9, 1), le(9, 1)),
    ):
        une_qualification(qui, niveau, debut, fin)
    avant = jours(reste) | jours(doublon)
    fusionner(troupe.administrateur, doublon, reste)
    assert jours(reste) == avant
    assert db.session.scalar(select(func.count()).where(Qualification.individu_id == reste)) == 5


def test_the_former_number_logs_in_is_searched_and_filters_the_journal(troupe: Troupe, doublon: int) -> None:
    reste, numero = un_formateur(troupe, "De La Tour", "Anne").id, individu(doublon).numero
    regler(doublon, cle_nom="delatour", cle_prenom="anne")
    regler(reste, mot_de_passe="haché")
    fusionner(troupe.administrateur, doublon, reste)
    ouverture = entrer(numero.lower())
    assert isinstance(ouverture, Ouverture) and ouverture.individu_id == reste
    with pytest.raises(Refus):
        entrer("double@guy.example")
    session = une_session(troupe.marose, Etat.SAISIE, formateur_id=None)
    assert chercher(troupe, session, numero=numero).acceptee and lire(session).formateur_id == reste
    assert chercher(troupe, session, **identite("Delatour", "Anne")).numero == individu(reste).numero
    mot = select(MotIndividu.individu_id).filter_by(mot=numero.lower())
    assert set(db.session.scalars(mot)) == {doublon, reste}
    regler(reste, prenom="Annie")  # written again, its words keep the former N°
    assert set(db.session.scalars(mot)) == {doublon, reste}
    question = Question(criteres={"acteur": numero})
    with transaction():
        db.session.add(
            EntreeJournal(quand=maintenant(), acteur_id=reste, action="x", objet="session", objet_id=1)
        )
    assert [ligne.action for ligne in lectures_journal.lister(troupe.administrateur, question).lignes] == [
        "x"
    ]


def test_merges_that_follow_one_another_lead_to_the_last(troupe: Troupe, doublon: int) -> None:
    b, c = une_personne().id, troupe.formateur.individu_id
    numeros = [individu(doublon).numero, individu(b).numero]
    fusionner(troupe.administrateur, doublon, b)
    fusionner(troupe.administrateur, b, c)
    assert [porteur(numero).id for numero in numeros] == [c, c]
    assert {individu(i).fusionne_dans_id for i in (doublon, b)} == {c}
    for numero in numeros:
        assert c in db.session.scalars(select(MotIndividu.individu_id).filter_by(mot=numero.lower())).all()


@pytest.mark.parametrize("_base", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_two_administrateurs_who_merge_the_other_way_round(
    contexte: Flask, troupe: Troupe, doublon: int, _base: str
) -> None:
    par, reste = troupe.administrateur, troupe.formateur.individu_id
    faits = ensemble(
        contexte, [lambda: fusionner(par, doublon, reste), lambda: fusionner(par, reste, doublon)]
    )
    assert sorted(type(fait).__name__ for fait in faits) == ["ActionImpossible", "NoneType"]
    menees = {individu(doublon).fusionne_dans_id, individu(reste).fusionne_dans_id}
    assert None in menees and menees & {doublon, reste}


class TestAccount:
    def test_who_had_none_takes_it_over_with_its_second_factor(self, troupe: Troupe, doublon: int) -> None:
        reste = troupe.formateur.individu_id
        venue = instant_reel()
        regler(doublon, totp_depuis=venue, totp_secret=b"x", derniere_connexion=venue, mot_de_passe_long=True)
        acces = decrire_la_fusion(troupe.administrateur, doublon, reste).acces
        perdue = individu(reste).email
        assert (acces.email, acces.adresse_perdue, acces.repris) == ("double@guy.example", perdue, True)
        fusionner(troupe.administrateur, doublon, reste)
        assert isinstance(entrer("double@guy.example"), Attente)
        assert individu(reste).derniere_connexion == venue and individu(reste).mot_de_passe_long
        envoyes = {c.adresse: c.corps for c in courriers() if c.sujet == textes.SUJET_REUNIES}
        assert textes.ADRESSE_GARDEE in envoyes[None] and textes.ADRESSE_PERDUE in envoyes[perdue]

    def test_who_had_no_address_takes_it_and_the_invitation_comes_again(
        self, troupe: Troupe, doublon: int
    ) -> None:
        reste = une_personne(email=None, date_naissance=None).id
        regler(doublon, mot_de_passe=None)
        with transaction():
            liens.creer(doublon, SorteLien.INVITATION, entite_id=troupe.guy.entite_id)
        fusionner(troupe.administrateur, doublon, reste)
        assert individu(reste).email == "double@guy.example"
        assert individu(reste).date_naissance == date(1980, 2, 1)
        (lien,) = db.session.scalars(select(LienCompte)).all()
        assert (lien.individu_id, lien.entite_id) == (reste, troupe.guy.entite_id)

    def test_a_deactivated_account_gives_no_password(self, troupe: Troupe, doublon: int) -> None:
        regler(doublon, actif=False)
        fusionner(troupe.administrateur, doublon, troupe.formateur.individu_id)
        assert individu(troupe.formateur.individu_id).mot_de_passe is None
        assert db.session.scalars(select(Connexion)).all() == []


def test_what_cannot_be_merged(troupe: Troupe, doublon: int) -> None:
    par, reste = troupe.administrateur, troupe.formateur.individu_id
    refus = {
        (doublon, doublon): textes.ELLE_MEME,
        (doublon, une_personne(fusionne_dans_id=reste, actif=False).id): textes.DEJA_FUSIONNEE,
        (une_personne(fusionne_dans_id=reste, actif=False).id, doublon): textes.DEJA_FUSIONNEE,
        (doublon, une_personne(efface_le=maintenant(), actif=False).id): textes.DEJA_EFFACEE,
        (par.individu_id, doublon): textes.SON_COMPTE,
        (doublon, une_personne(actif=False).id): textes.DESACTIVEE,
        (doublon, une_personne(date_naissance=date(1981, 2, 1)).id): textes.NAISSANCES,
    }
    for (absorbe, survivant), message in refus.items():
        for faire in (decrire_la_fusion, fusionner):
            with pytest.raises(ActionImpossible) as leve:
                faire(par, absorbe, survivant)
            assert leve.value.message == message
    for qui, absorbe in ((troupe.gestionnaire, doublon), (par, 0)):
        for faire in (decrire_la_fusion, fusionner):
            with pytest.raises(Introuvable):
                faire(qui, absorbe, reste)
    for texte in ("ZZZ", "ZZZ99999"):
        with pytest.raises(SaisieInvalide):
            porteur(texte)


def test_the_recap_says_what_moves(troupe: Troupe, doublon: int) -> None:
    une_qualification(doublon, troupe.guy.niveau_id)
    une_session(troupe.guy, Etat.VALIDATION_FORMATEUR, formateur_id=doublon)
    vue = decrire_la_fusion(troupe.administrateur, doublon, troupe.formateur.individu_id)
    assert [(r.type, r.entite_id) for r in vue.roles] == [(F, None), (G, troupe.guy.entite_id)]
    assert (vue.qualifications, vue.sessions) == (1, 1)
