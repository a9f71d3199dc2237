"""R15 by the number alone: what anyone may know of a certificate, and no more."""

from datetime import date

import pytest
from sqlalchemy import select

from certif.domaine.certificats.modeles import (
    REGROUPENT,
    CertificatEmis,
    StatutRegistre,
)
from certif.domaine.certificats.registre.verification import verifier_identite, verifier_numero
from certif.domaine.libelles.certificats import verification as textes
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.regles import validite
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.domaine.certificats.verification.certificats import INCONNU, MARIE, F, Regler, changer, registre
from tests.support.factories import Organisme, un_organisme, une_entite, une_session

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


class TestNumero:
    def test_ce_qui_se_voit(self, organisme: Organisme, numero: str) -> None:
        etat = verifier_numero(numero)
        assert etat is not None
        assert (etat.statut, etat.emission.libelle.texte, etat.emission.delivre_par) == (
            validite.Statut.VALIDE,
            "SST-1",
            "MAROSE FORMATION",
        )
        assert (etat.date_fin, etat.fin_validite, etat.annule_le) == (F, date(2028, 6, 10), None)

    def test_ce_qui_distingue_d_un_homonyme(self, organisme: Organisme, numero: str) -> None:
        """Admitted or not, of the name that was printed; nothing is added while nobody has it besides."""
        etat = verifier_numero(numero)
        assert etat and etat.emission.precision_de_l_emetteur == ""
        with transaction():
            entite = db.session.get_one(Entite, organisme.entite_id)
            entite.siret, entite.ville = "73282932000074", "ETOILE SUR RHONE"
        une_entite("Marose-Formation")
        etat = verifier_numero(numero)
        assert etat and etat.emission.precision_de_l_emetteur == (
            "SIREN\u00a0732\u00a0829\u00a0320 — ETOILE SUR RHONE"
        )

    def test_ce_qui_le_distingue_sous_son_nom_d_aujourd_hui(self, organisme: Organisme, numero: str) -> None:
        une_entite("FORMATION GUY")
        with transaction():
            entite = db.session.get_one(Entite, organisme.entite_id)
            entite.siret, entite.ville = "73282932000074", "ETOILE SUR RHONE"
            entite.raison_sociale = "Formation Guy"
        etat = verifier_numero(numero)
        assert etat and "SIREN\u00a0732\u00a0829\u00a0320" in etat.emission.precision_de_l_emetteur

    @pytest.mark.parametrize(
        ("instant", "statut"),
        [
            ("2028-06-10T23:59:00+02:00", validite.Statut.VALIDE),
            ("2028-06-11T00:00:00+02:00", validite.Statut.EXPIRE),
        ],
    )
    def test_le_dernier_jour_compte(
        self, numero: str, horloge_a: Regler, instant: str, statut: validite.Statut
    ) -> None:
        horloge_a(instant)
        etat = verifier_numero(numero)
        assert etat and etat.statut is statut

    def test_annule_avant_expire(self, numero: str, horloge_a: Regler) -> None:
        changer(numero, statut=StatutRegistre.ANNULE, annule_le=date(2026, 6, 12), motif_annulation="fraude")
        horloge_a("2030-01-01T12:00:00+01:00")
        etat = verifier_numero(numero)
        assert etat and (etat.statut, etat.annule_le) == (validite.Statut.ANNULE, date(2026, 6, 12))
        assert "fraude" not in str(etat)

    @pytest.mark.parametrize("statut", [StatutRegistre.RESERVE, StatutRegistre.ABANDONNE])
    def test_rien_n_est_connu_avant_certificats_generes(self, numero: str, statut: StatutRegistre) -> None:
        changer(numero, statut=statut)
        assert verifier_numero(numero) is None
        assert verifier_identite(numero, MARIE) == (None, None)

    def test_pendant_la_generation(self, organisme: Organisme) -> None:
        [ligne] = registre(une_session(organisme, Etat.GENERATION, reussites=1))
        assert verifier_numero(ligne.numero) is None

    def test_un_numero_qui_n_existe_pas(self) -> None:
        assert verifier_numero(INCONNU) is None

    def test_sans_limite_de_duree(self, horloge_a: Regler) -> None:
        [ligne] = registre(une_session(un_organisme(mois=None), Etat.GENERE, reussites=1))
        horloge_a("2099-01-01T12:00:00+01:00")
        etat = verifier_numero(ligne.numero)
        assert etat and (etat.statut, etat.fin_validite) == (validite.Statut.VALIDE, None)


def test_le_certificat_porte_l_adresse_ou_on_le_verifie(organisme: Organisme, numero: str) -> None:
    emis = db.session.scalars(select(CertificatEmis).filter_by(numero=numero)).one()
    assert emis.donnees["adresse_verification"] == f"http://localhost:5000/v/{numero}"


def test_les_mots_de_chaque_sorte() -> None:
    assert textes.SORTES.keys() >= {"certificat", *REGROUPENT}
    assert {s.value for s in validite.Statut} <= textes.MOTS.keys()
