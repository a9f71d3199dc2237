"""R15 with an identity: corresponds or not, by the same work, twenty times a day."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from certif import rythmes
from certif.domaine.certificats.modeles import (
    EssaisIdentite,
)
from certif.domaine.certificats.registre import empreintes
from certif.domaine.certificats.registre.effacement import effacer_les_empreintes
from certif.domaine.certificats.registre.verification import (
    ReponseIdentite,
    verifier_identite,
    verifier_numero,
)
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.domaine.certificats.verification.certificats import (
    INCONNU,
    MARIE,
    PAULE,
    F,
    Regler,
    changer,
    registre,
    repondre,
)
from tests.support.factories import Organisme, un_stagiaire, une_session

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


class TestIdentite:
    @pytest.mark.parametrize(
        "saisie",
        [
            MARIE,
            IdentiteSaisie("DUPONT", "marie", "1991-02-14"),
            IdentiteSaisie("du pont", "Márie", "14/2/1991"),
        ],
    )
    def test_elle_correspond_comme_qu_on_l_ecrive(self, numero: str, saisie: IdentiteSaisie) -> None:
        assert repondre(numero, saisie) is ReponseIdentite.CORRESPOND

    @pytest.mark.parametrize(
        "saisie",
        [
            PAULE,
            IdentiteSaisie("Dupond", "Marie", "14/02/1991"),
            IdentiteSaisie("Dupont", "Marie", "15/02/1991"),
        ],
    )
    def test_elle_differe(self, numero: str, saisie: IdentiteSaisie) -> None:
        assert repondre(numero, saisie) is ReponseIdentite.DIFFERE

    def test_une_personne_qui_n_a_qu_un_seul_nom(self, organisme: Organisme, horloge_a: Regler) -> None:
        horloge_a("2026-06-11T09:00:00+02:00")
        seule = un_stagiaire("Soeharto", "", date(1970, 1, 1), Resultat.REUSSITE)
        [ligne] = registre(une_session(organisme, Etat.GENERE, stagiaires=[seule], date_fin=F))
        saisie = IdentiteSaisie("Soeharto", "", "01/01/1970", nom_unique=True)
        assert repondre(ligne.numero, saisie) is ReponseIdentite.CORRESPOND

    @pytest.mark.parametrize(
        ("saisie", "champs"),
        [
            (IdentiteSaisie(), {"nom", "prenom", "date_naissance"}),
            (IdentiteSaisie("Dupont", "Marie", ""), {"date_naissance"}),
            (IdentiteSaisie("Dupont", "", "14/02/1991"), {"prenom"}),
            (IdentiteSaisie("Dupont", "Marie", "14/02/1991", nom_unique=True), {"prenom"}),
            (IdentiteSaisie("李小龍", "Marie", "31/02/1991"), {"nom", "date_naissance"}),
        ],
    )
    def test_une_saisie_illisible_n_est_pas_comptee(
        self, numero: str, saisie: IdentiteSaisie, champs: set[str]
    ) -> None:
        with pytest.raises(SaisieInvalide) as refus:
            verifier_identite(numero, saisie)
        assert refus.value.champs.keys() == champs
        assert db.session.scalars(select(EssaisIdentite)).all() == []

    def test_une_fois_l_empreinte_effacee(self, numero: str, horloge_a: Regler) -> None:
        horloge_a("2033-06-10T00:00:00+02:00")
        effacer_les_empreintes()
        assert verifier_numero(numero) is not None
        assert {repondre(numero, MARIE), repondre(numero, PAULE)} == {ReponseIdentite.EFFACEE}

    def test_une_cle_nouvelle_verifie_les_anciens_certificats(self, numero: str) -> None:
        anciennes = empreintes._cles
        try:
            empreintes.regler((("nouvelle", b"n" * 32), *anciennes))
            assert repondre(numero, MARIE) is ReponseIdentite.CORRESPOND
            assert repondre(numero, PAULE) is ReponseIdentite.DIFFERE
            empreintes.regler((("nouvelle", b"n" * 32),))
            assert repondre(numero, MARIE) is ReponseIdentite.DIFFERE
        finally:
            empreintes.regler(anciennes)


class TestVingtParJour:
    def essayer(self, numero: str, fois: int) -> list[ReponseIdentite | None]:
        return [repondre(numero, PAULE) for _ in range(fois)]

    def test_la_vingt_et_unieme_n_a_pas_de_reponse(self, numero: str) -> None:
        reponses = self.essayer(numero, 22)
        assert reponses[:20] == [ReponseIdentite.DIFFERE] * 20
        assert reponses[20:] == [ReponseIdentite.EN_PAUSE] * 2
        assert repondre(numero, MARIE) is ReponseIdentite.EN_PAUSE, (
            "a pause that the right name ends tells it"
        )
        assert verifier_numero(numero) is not None

    def test_une_identite_juste_ne_compte_pas(self, numero: str) -> None:
        self.essayer(numero, 19)
        assert [repondre(numero, MARIE) for _ in range(3)] == [ReponseIdentite.CORRESPOND] * 3
        assert self.essayer(numero, 2) == [ReponseIdentite.DIFFERE, ReponseIdentite.EN_PAUSE]

    def test_chaque_numero_a_son_compte(self, organisme: Organisme, numero: str) -> None:
        self.essayer(numero, 21)
        autre = registre(une_session(organisme, Etat.GENERE, reussites=1))[0].numero
        assert repondre(autre, PAULE) is ReponseIdentite.DIFFERE

    def test_le_jour_est_celui_de_paris_en_temps_reel(self, numero: str, horloge_a: Regler) -> None:
        with time_machine.travel("2026-11-24T22:59:00+00:00", tick=False) as temps:
            self.essayer(numero, 21)
            horloge_a("2027-01-01T12:00:00+01:00")
            assert repondre(numero, MARIE) is ReponseIdentite.EN_PAUSE, "the rules' clock changes nothing"
            temps.move_to("2026-11-24T23:00:00+00:00")
            assert repondre(numero, MARIE) is ReponseIdentite.CORRESPOND

    def test_les_comptes_des_jours_passes_s_effacent(self, numero: str) -> None:
        with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False) as temps:
            self.essayer(numero, 1)
            rythmes.entretenir()
            assert len(db.session.scalars(select(EssaisIdentite)).all()) == 1
            temps.move_to("2026-11-25T12:00:00+01:00")
            rythmes.entretenir()
            assert db.session.scalars(select(EssaisIdentite)).all() == []

    def test_sur_chaque_base(self, chaque_base: str, numero: str) -> None:
        assert self.essayer(numero, 21)[19:] == [ReponseIdentite.DIFFERE, ReponseIdentite.EN_PAUSE]

    def test_rien_de_ce_qui_est_essaye_n_est_garde(self, numero: str) -> None:
        verifier_identite(numero, IdentiteSaisie("Zorglubine", "Quetzalie", "17/03/1983"))
        verifier_identite(INCONNU, MARIE)
        lignes = db.session.scalars(select(EssaisIdentite)).all()
        assert {(ligne.numero, ligne.essais) for ligne in lignes} == {(numero, 1), ("", 1)}


def test_le_meme_travail_quelle_que_soit_la_reponse(
    numero: str, organisme: Organisme, travail: list[str]
) -> None:
    """Known or not, erased or not, right or wrong, resting or not: the same hashes, the same statements."""
    efface, repose = (r.numero for r in registre(une_session(organisme, Etat.GENERE, reussites=2)))
    changer(efface, empreinte_identite=None, cle_id=None)
    for _ in range(21):
        verifier_identite(repose, PAULE)
    faits = []
    for cible, saisie in (
        (numero, MARIE),
        (numero, PAULE),
        (INCONNU, MARIE),
        (efface, MARIE),
        (repose, MARIE),
    ):
        db.session.rollback()
        travail.clear()
        verifier_identite(cible, saisie)
        faits.append(list(travail))
    assert faits[0].count("empreintes") == 1 and len(faits[0]) >= 3
    assert all(fait == faits[0] for fait in faits)
