"""What the entité declared lately, offered again: its formateurs (R3, R4) and its places (R13)."""

from datetime import date
from typing import Any

import pytest

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.personnes.modeles import Individu
from certif.domaine.referentiel.modeles import Dispositif
from certif.domaine.sessions.declaration.recents import RECENTS, derniers_lieux, formateurs_recents
from certif.domaine.sessions.effacement import effacer_session
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant
from tests.domaine.sessions.recherche import chercher, identite, recherches, un_formateur
from tests.support.factories import un_acteur, un_alias, une_qualification, une_session
from tests.support.moves import Troupe, lire
from tests.support.statements import requetes

BRUXELLES: dict[str, Any] = {
    "lieu_type": TypeLieu.ETRANGER,
    "code_postal": None,
    "ville": "Bruxelles",
    "pays": "BE",
}


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """A draft without formateur nor place, F = 10/06/2026."""
    vide: dict[str, Any] = dict.fromkeys(("formateur_id", "lieu_type", "code_postal", "ville"))
    return une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire, **vide)


def recents(numero: int) -> list[tuple[int, str]]:
    return [(recent.individu.id, recent.refus) for recent in formateurs_recents(lire(numero))]


def lieux(numero: int) -> list[str]:
    return [lieu.libelle for lieu in derniers_lieux(lire(numero))]


def declares(troupe: Troupe, combien: int) -> list[int]:
    """Formateurs whom the entité declared, one session each, the first long ago."""
    ids = [un_formateur(troupe, "Martin", "Jean").id for _ in range(combien)]
    for individu_id in ids:
        une_session(troupe.marose, Etat.SAISIE, formateur_id=individu_id)
    return ids


def forprev(individu_id: int) -> str:
    return db.session.get_one(Individu, individu_id).numero


class TestFormateurs:
    def test_les_derniers_declares_le_plus_recent_d_abord(
        self, chaque_base: str, troupe: Troupe, numero: int
    ) -> None:
        ids = declares(troupe, RECENTS + 1)
        une_session(troupe.marose, Etat.SAISIE, formateur_id=ids[1])
        attendus = [ids[1], *(i for i in reversed(ids[2:]))][:RECENTS]
        assert recents(numero) == [(individu_id, "") for individu_id in attendus]

    def test_un_delegataire_aussi_voit_ceux_de_ses_collegues(self, troupe: Troupe, numero: int) -> None:
        """R9 hides sessions, not with whom the entité works."""
        une_session(troupe.marose, Etat.SAISIE, declarant=troupe.collegue)
        assert recents(numero) == [(troupe.formateur.individu_id, "")]

    def test_ce_qui_reste_d_une_session_effacee(self, troupe: Troupe, numero: int) -> None:
        effacee = une_session(troupe.marose)
        with transaction():
            effacer_session(lire(effacee), avec_bilan=True)
        assert recents(numero) == [(troupe.formateur.individu_id, "")]
        assert lieux(numero) == ["26800 ETOILE SUR RHONE"]

    def test_une_autre_entite_n_en_dit_rien(self, troupe: Troupe, numero: int) -> None:
        une_session(troupe.guy, Etat.SAISIE, **BRUXELLES)
        assert not recents(numero) and not lieux(numero)

    def test_celui_de_la_session_n_est_pas_repropose(self, troupe: Troupe) -> None:
        une_session(troupe.marose, Etat.SAISIE)
        assert recents(une_session(troupe.marose, Etat.SAISIE)) == []

    @pytest.mark.parametrize("manque", ["niveau_id", "date_fin"])
    def test_personne_tant_que_rien_ne_peut_etre_juge(self, troupe: Troupe, manque: str) -> None:
        declares(troupe, 1)
        colonnes: dict[str, Any] = {manque: None, "formateur_id": None}
        assert recents(une_session(troupe.marose, Etat.SAISIE, **colonnes)) == []

    def test_la_raison_est_dite_avant(self, troupe: Troupe, numero: int) -> None:
        """Worked case 7: until the eve of F."""
        acteur = un_acteur(TypeRole.FORMATEUR, nom="Expirée")
        une_qualification(acteur.individu_id, troupe.marose.niveau_id, fin=date(2026, 6, 9))
        une_session(troupe.marose, Etat.SAISIE, formateur_id=acteur.individu_id)
        ((_, refus),) = recents(numero)
        assert "prend fin le 09/06/2026" in refus or "a pris fin le 09/06/2026" in refus

    def test_un_role_desactive_se_dit(self, troupe: Troupe, numero: int) -> None:
        (individu_id,) = declares(troupe, 1)
        with transaction():
            db.session.get_one(Individu, individu_id).actif = False
        ((_, refus),) = recents(numero)
        assert refus == "Cette personne n’a pas de rôle formateur actif."

    def test_une_personne_effacee_n_est_plus_personne(self, troupe: Troupe, numero: int) -> None:
        (individu_id,) = declares(troupe, 1)
        with transaction():
            db.session.get_one(Individu, individu_id).efface_le = maintenant()
        assert recents(numero) == []

    def test_autant_de_requetes_pour_un_que_pour_six(self, troupe: Troupe, numero: int) -> None:
        def lues() -> int:
            session_certif = lire(numero)
            assert session_certif.niveau is not None
            with requetes() as vues:
                formateurs_recents(session_certif)
            return len(vues)

        declares(troupe, 1)
        un = lues()
        declares(troupe, RECENTS)
        assert lues() == un == 3


class TestFrein:
    """R4: what the page shows already is nobody's secret; whatever else is searched counts."""

    def test_un_formateur_recent_ne_compte_pas(self, troupe: Troupe, numero: int) -> None:
        (individu_id,) = declares(troupe, 1)
        assert chercher(troupe, numero, numero=forprev(individu_id)).acceptee
        assert recherches() == 0 and lire(numero).formateur_id == individu_id

    def test_ni_quand_il_est_refuse(self, troupe: Troupe, numero: int) -> None:
        (individu_id,) = declares(troupe, 1)
        with transaction():
            db.session.get_one(Individu, individu_id).actif = False
        refusee = chercher(troupe, numero, numero=forprev(individu_id))
        assert refusee.verdicts[1].reussi is False and refusee.identite == ""
        assert recherches() == 0 and lire(numero).formateur_id is None

    def test_celui_d_une_autre_entite_compte(self, troupe: Troupe, numero: int) -> None:
        """R3 asks for no link: it is a search like any other."""
        une_session(troupe.guy, Etat.SAISIE, formateur_id=troupe.remplacant.individu_id)
        assert chercher(troupe, numero, numero=forprev(troupe.remplacant.individu_id)).acceptee
        assert recherches() == 1

    def test_declare_il_y_a_trop_longtemps_il_compte(self, troupe: Troupe, numero: int) -> None:
        ancien, *_ = declares(troupe, RECENTS + 1)
        chercher(troupe, numero, numero=forprev(ancien))
        assert recherches() == 1

    def test_deviner_sa_date_de_naissance_compte(self, troupe: Troupe, numero: int) -> None:
        (individu_id,) = declares(troupe, 1)
        with pytest.raises(SaisieInvalide):
            chercher(troupe, numero, numero=forprev(individu_id), **identite("Martin", "Jean", "03/02/1980"))
        chercher(troupe, numero, **identite("Martin", "Jean"))
        assert recherches() == 2

    def test_l_ancien_numero_d_une_personne_reunie_mene_a_elle(self, troupe: Troupe, numero: int) -> None:
        (individu_id,) = declares(troupe, 1)
        with transaction():
            alias = un_alias(individu_id).numero
        assert chercher(troupe, numero, numero=alias).acceptee
        assert lire(numero).formateur_id == individu_id

    def test_une_personne_effacee_est_inconnue(self, troupe: Troupe, numero: int) -> None:
        (individu_id,) = declares(troupe, 1)
        connu = forprev(individu_id)
        with transaction():
            db.session.get_one(Individu, individu_id).efface_le = maintenant()
        assert chercher(troupe, numero, numero=connu).verdicts[0].reussi is False
        assert recherches() == 1


class TestLieux:
    def test_distincts_le_plus_recent_d_abord(self, chaque_base: str, troupe: Troupe, numero: int) -> None:
        for _ in range(2):
            une_session(troupe.marose, Etat.SAISIE, code_postal="69007", ville="LYON")
            une_session(troupe.marose, Etat.SAISIE, **BRUXELLES)
        une_session(troupe.marose, Etat.SAISIE)
        assert lieux(numero) == ["26800 ETOILE SUR RHONE", "Bruxelles, Belgique", "69007 LYON"]

    def test_un_lieu_incomplet_n_est_pas_propose(self, troupe: Troupe, numero: int) -> None:
        une_session(troupe.marose, Etat.SAISIE, ville=None)
        une_session(troupe.marose, Etat.SAISIE, **(BRUXELLES | {"pays": None}))
        assert lieux(numero) == []

    def test_ni_celui_de_la_session_meme(self, troupe: Troupe) -> None:
        assert lieux(une_session(troupe.marose, Etat.SAISIE)) == []

    def test_un_dispositif_a_plateforme_n_en_propose_aucun(self, troupe: Troupe, numero: int) -> None:
        une_session(troupe.marose, Etat.SAISIE)
        dispositif = lire(numero).niveau
        assert dispositif is not None
        with transaction():
            db.session.get_one(Dispositif, dispositif.dispositif_id).plateforme_requise = True
        assert lieux(numero) == []
