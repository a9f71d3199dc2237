"""R4 again and again: a verdict that no longer holds, and the throttle of the searches."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import SaisieInvalide, TropDeTentatives
from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.actions.designation import verification_du_formateur
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.socle import horloge
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.domaine.sessions.recherche import chercher, identite, recherches, un_formateur
from tests.support.factories import une_personne, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, declarer, lire


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """A draft without formateur, F = 10/06/2026."""
    return une_session(troupe.marose, Etat.SAISIE, formateur_id=None)


class TestARelancer:
    @pytest.mark.parametrize(
        ("champs", "cause"),
        [
            ({"date_fin": "11/06/2026"}, "date_fin"),
            ({"date_fin": ""}, "date_fin"),
            ({"niveau_id": ""}, "niveau"),
        ],
    )
    def test_un_changement_efface_le_verdict(
        self, troupe: Troupe, champs: dict[str, str], cause: str
    ) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE)
        saisie.enregistrer(troupe.gestionnaire, numero, 1, champs)
        assert lire(numero).verification_a_relancer == cause
        with pytest.raises(SaisieInvalide) as erreur:
            agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
        assert "Vérification à relancer" in erreur.value.champs["formateur_id"][0]

    def test_le_reste_ne_l_efface_pas(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE)
        champs = {"identification": "maj", "code_postal": "69007", "ville": "LYON", "reference_interne": "1"}
        saisie.enregistrer(troupe.gestionnaire, numero, 1, champs)
        assert lire(numero).verification_a_relancer is None

    def test_cas_7_relancee_elle_juge_la_nouvelle_date(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE)
        with transaction():
            db.session.execute(update(Qualification).values(fin=date(2026, 6, 10)))
        individu_id = troupe.formateur.individu_id
        assert declarer(troupe.gestionnaire, numero, individu_id).acceptee
        saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"date_fin": "11/06/2026"})
        refusee = declarer(troupe.gestionnaire, numero, individu_id)
        assert refusee.verdicts[3].reussi is False and "10/06/2026" in refusee.verdicts[3].message
        assert lire(numero).verification_a_relancer == "date_fin"
        saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"date_fin": "10/06/2026"})
        assert declarer(troupe.gestionnaire, numero, individu_id).acceptee
        assert lire(numero).verification_a_relancer is None
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)

    def test_les_verdicts_du_formateur_declare(self, troupe: Troupe, numero: int) -> None:
        assert verification_du_formateur(lire(numero)) is None
        declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id)
        lue = verification_du_formateur(lire(numero))
        assert lue is not None and lue.acceptee and lue.identite == "RIVIÈRE Stéphanie"


class TestLimites:
    def epuiser(self, acteur: Acteur, combien: int) -> None:
        """Searches made lately."""
        with transaction():
            for _ in range(combien):
                db.session.add(
                    RechercheFormateur(
                        individu_id=acteur.individu_id,
                        entite_id=acteur.entite_id,
                        quand=horloge.instant_reel(),
                        cle="0" * 64,
                    )
                )

    def test_la_vingt_et_unieme_de_la_meme_personne(self, troupe: Troupe, numero: int) -> None:
        self.epuiser(troupe.gestionnaire, 19)
        chercher(troupe, numero, numero="ZZZ99999")
        avant = empreinte_de_la_base()
        with pytest.raises(TropDeTentatives, match="20 recherches"):
            chercher(troupe, numero, numero="ZZZ99999")
        assert empreinte_de_la_base() == avant
        chercher(troupe, une_session(troupe.guy, Etat.SAISIE), numero="ZZZ99999", par=troupe.etranger)

    def test_la_soixante_et_unieme_de_l_entite(self, troupe: Troupe, numero: int) -> None:
        for acteur in (troupe.delegataire, troupe.collegue):
            self.epuiser(acteur, 20)
        self.epuiser(troupe.gestionnaire, 19)
        chercher(troupe, numero, numero="ZZZ99999")
        autre = Acteur(une_personne().id, TypeRole.GESTIONNAIRE, troupe.marose.entite_id)
        with pytest.raises(TropDeTentatives, match="60 recherches"):
            chercher(troupe, numero, numero="ZZZ99999", par=autre)

    def test_une_heure_reelle_plus_tard(self, troupe: Troupe, numero: int, horloge_a: Any) -> None:
        self.epuiser(troupe.gestionnaire, 20)
        horloge_a("2026-06-10T18:00:00+02:00")
        with pytest.raises(TropDeTentatives):
            chercher(troupe, numero, numero="ZZZ99999")
        with transaction():
            il_y_a_une_heure = horloge.instant_reel() - timedelta(hours=1)
            db.session.execute(update(RechercheFormateur).values(quand=il_y_a_une_heure))
        chercher(troupe, numero, numero="ZZZ99999")

    def test_verifier_de_nouveau_le_formateur_declare_ne_compte_pas(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE)
        self.epuiser(troupe.gestionnaire, 20)
        assert declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id).acceptee
        assert recherches() == 20

    def test_deviner_sur_le_formateur_declare_compte(self, troupe: Troupe) -> None:
        """Otherwise the birth date of anyone could be guessed, one contradiction after another."""
        numero = une_session(troupe.marose, Etat.SAISIE)
        forprev = db.session.get_one(Individu, troupe.formateur.individu_id).numero
        with pytest.raises(SaisieInvalide):
            chercher(troupe, numero, numero=forprev, **identite("Rivière", "Stéphanie", "03/02/1980"))
        assert recherches() == 1

    def test_les_refusees_comptent(self, troupe: Troupe, numero: int) -> None:
        un_formateur(troupe, "Martin", "Jean", numero="HOM10006")
        un_formateur(troupe, "Martin", "Jean", numero="HOM10007")
        for recherche in (identite("martin", "jean"), {"numero": "HOM10006", **identite("a", "b")}):
            with pytest.raises(SaisieInvalide):
                chercher(troupe, numero, **recherche)
        assert recherches() == 2
