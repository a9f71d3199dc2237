"""The overview: what waits and since when, which rights end, what a month holds; what the entité may know."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.personnes.modeles import Role
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.ensemble.attentes import ATTENTES_MAX, attentes
from certif.domaine.sessions.ensemble.fins_de_droits import fins_de_droits
from certif.domaine.sessions.ensemble.mois import SESSIONS_MAX, sessions_du_mois
from certif.domaine.sessions.etats import Etat
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import (
    Organisme,
    un_acteur,
    un_certificat,
    un_organisme,
    une_habilitation,
    une_qualification,
    une_session,
)
from tests.support.moves import porter_a
from tests.support.production import pdf_factice, rendre_par

pytestmark = pytest.mark.usefixtures("contexte")

JOUR = date(2026, 6, 10)


class TestCeQuiAttend:
    def numeros(self, organisme: Organisme) -> list[int]:
        db.session.rollback()
        return [a.session_certif.numero for a in attentes(organisme.gestionnaire, aujourd_hui()).sessions]

    def test_the_longest_wait_first_whoever_s_turn_it_is(self, organisme: Organisme) -> None:
        chez_le_formateur = une_session(organisme, Etat.VALIDATION_FORMATEUR)
        a_generer = une_session(organisme, Etat.VALIDATION_ENTITE)
        du_delegue = une_session(organisme, Etat.SAISIE, declarant=organisme.delegataire)
        hier, avant_hier = maintenant() - timedelta(days=1), maintenant() - timedelta(days=2)
        porter_a(chez_le_formateur, soumise_le=hier)
        porter_a(du_delegue, creee_le=avant_hier)
        assert self.numeros(organisme) == [du_delegue, chez_le_formateur, a_generer]
        vues = attentes(organisme.gestionnaire, aujourd_hui()).sessions
        assert [date_de(v.depuis) for v in vues] == [date_de(avant_hier), date_de(hier), JOUR]
        assert [v.tour.a_moi for v in vues] == [False, False, True]

    def test_what_was_handed_over_or_is_being_made_waits_for_nobody(
        self, organisme: Organisme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rendre_par(monkeypatch, pdf_factice)
        etats = (Etat.GENERE, Etat.GENERE, Etat.GENERATION, Etat.GENERATION)
        a_telecharger, remise, en_cours, ratee = (
            une_session(organisme, etat, date_fin=JOUR - timedelta(days=rang))
            for rang, etat in enumerate(etats)
        )
        porter_a(remise, telecharge_le=maintenant())
        porter_a(ratee, certificats_en_echec=1)
        assert sorted(self.numeros(organisme)) == sorted([a_telecharger, ratee]) and en_cours

    def test_of_this_entite_alone(self, organisme: Organisme) -> None:
        une_session(un_organisme("FORMATION GUY"), Etat.SAISIE)
        assert self.numeros(organisme) == []

    def test_so_many_and_how_many_there_are(self, organisme: Organisme) -> None:
        with transaction():
            for _ in range(ATTENTES_MAX + 2):
                une_session(organisme, Etat.SAISIE, reussites=0)
        lues = attentes(organisme.gestionnaire, aujourd_hui())
        assert (len(lues.sessions), lues.total) == (ATTENTES_MAX, ATTENTES_MAX + 2)


class TestDroitsQuiFinissent:
    def fins(self, organisme: Organisme) -> list[tuple[str, str, date]]:
        db.session.rollback()
        lues = fins_de_droits(organisme.entite_id, JOUR)
        return [(f.qui.nom if f.qui else "", f.niveau, f.fin) for f in lues]

    @pytest.mark.parametrize(("jours", "dit"), [(-1, False), (0, True), (90, True), (91, False)])
    def test_within_ninety_days(self, organisme: Organisme, jours: int, dit: bool) -> None:
        fin = JOUR + timedelta(days=jours)
        with transaction():
            db.session.get_one(Habilitation, organisme.habilitation_id).fin = fin
        assert self.fins(organisme) == ([("", "SST / 1", fin)] if dit else [])

    def test_not_what_another_one_goes_on_from(self, organisme: Organisme) -> None:
        with transaction():
            db.session.get_one(Habilitation, organisme.habilitation_id).fin = JOUR
        une_habilitation(organisme.entite_id, organisme.niveau_id, debut=JOUR + timedelta(days=1))
        assert self.fins(organisme) == []

    def test_a_formateur_s_for_the_niveaux_certified_together_alone(self, organisme: Organisme) -> None:
        fin = JOUR + timedelta(days=30)
        ailleurs = un_certificat("CATEC-1", "CATEC").niveau_id
        paul = un_acteur(TypeRole.FORMATEUR, nom="Garnier", prenom="Paul")
        for niveau_id in (organisme.niveau_id, ailleurs):
            une_qualification(paul.individu_id, niveau_id, fin=fin)
        assert self.fins(organisme) == [], "nobody of theirs"
        une_session(organisme, Etat.VALIDATION_FORMATEUR, formateur_id=paul.individu_id)
        assert self.fins(organisme) == [("Garnier", "SST / 1", fin)]

    def test_nor_of_who_is_no_formateur_any_more(self, organisme: Organisme) -> None:
        paul = un_acteur(TypeRole.FORMATEUR, nom="Garnier", prenom="Paul")
        une_qualification(paul.individu_id, organisme.niveau_id, fin=JOUR)
        une_session(organisme, Etat.VALIDATION_FORMATEUR, formateur_id=paul.individu_id)
        assert self.fins(organisme)
        with transaction():
            for role in db.session.query(Role).filter_by(individu_id=paul.individu_id):
                role.actif = False
        assert self.fins(organisme) == []

    def test_somebody_declared_lately_stays_after_the_purge(
        self, organisme: Organisme, monkeypatch: pytest.MonkeyPatch, horloge_a: Callable[[str], None]
    ) -> None:
        rendre_par(monkeypatch, pdf_factice)
        fin = date(2026, 8, 31)
        paul = un_acteur(TypeRole.FORMATEUR, nom="Garnier", prenom="Paul")
        une_qualification(paul.individu_id, organisme.niveau_id, fin=fin)
        une_session(organisme, Etat.GENERE, formateur_id=paul.individu_id)
        horloge_a("2026-07-01T12:00:00+02:00")
        assert purger_les_generees() == 1
        assert [f.fin for f in fins_de_droits(organisme.entite_id, date(2026, 7, 1))] == [fin]
        assert fins_de_droits(organisme.entite_id, fin)
        assert fins_de_droits(organisme.entite_id, date(2027, 8, 1)) == []


class TestMois:
    def autour(self, organisme: Organisme, mois: int) -> tuple[bool, bool]:
        lu = sessions_du_mois(organisme.gestionnaire, date(2026, mois, 1))
        return lu.avant, lu.apres

    def test_whether_anything_ends_before_or_after_it(self, organisme: Organisme) -> None:
        for fin in (date(2026, 5, 31), date(2026, 8, 1), None):
            une_session(organisme, Etat.SAISIE, date_fin=fin)
        une_session(un_organisme("FORMATION GUY"), Etat.SAISIE, date_fin=date(2026, 12, 1))
        avant, apres = zip(*(self.autour(organisme, mois) for mois in (4, 5, 6, 8, 9)), strict=True)
        assert (avant, apres) == ((False, False, True, True, True), (True, True, True, False, False))

    def test_by_f_with_the_bounds_of_the_month(self, organisme: Organisme) -> None:
        fins = (date(2026, 6, 1), date(2026, 6, 30), date(2026, 5, 31), date(2026, 7, 1))
        premier, dernier, *_ = (une_session(organisme, Etat.SAISIE, date_fin=fin) for fin in fins)
        une_session(organisme, Etat.SAISIE, date_fin=None)
        mois = sessions_du_mois(organisme.gestionnaire, date(2026, 6, 1))
        assert [s.numero for s in mois.sessions] == [premier, dernier] and mois.entier
        assert mois.stagiaires == {premier: 2, dernier: 2}

    def test_what_is_erased_is_told_by_its_bilan(
        self, organisme: Organisme, monkeypatch: pytest.MonkeyPatch, horloge_a: Callable[[str], None]
    ) -> None:
        rendre_par(monkeypatch, pdf_factice)
        numero = une_session(organisme, Etat.GENERE, reussites=2, echecs=1)
        horloge_a("2026-07-01T12:00:00+02:00")
        assert purger_les_generees() == 1
        mois = sessions_du_mois(organisme.gestionnaire, date(2026, 6, 1))
        (effacee,) = mois.effacees
        assert mois.sessions == []
        assert (effacee.numero, effacee.stagiaires, effacee.reussites) == (numero, 3, 2)
        assert self.autour(organisme, 5) == (False, True) and self.autour(organisme, 7) == (True, False)
        guy = un_organisme("FORMATION GUY")
        assert sessions_du_mois(guy.gestionnaire, date(2026, 6, 1)).effacees == []
        assert self.autour(guy, 5) == self.autour(guy, 7) == (False, False)

    def test_a_month_that_holds_too_much_says_so(self, organisme: Organisme) -> None:
        with transaction():
            for _ in range(SESSIONS_MAX + 1):
                une_session(organisme, Etat.SAISIE, reussites=0)
        mois = sessions_du_mois(organisme.gestionnaire, date(2026, 6, 1))
        assert len(mois.sessions) == SESSIONS_MAX and not mois.entier
