"""Models: kept from a session until deleted (R18), seen by whom (R9), opened, recalled."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from certif.domaine.acteur import Acteur
from certif.domaine.entites.chargement import empreinte_du_nom, nom_commercial_de
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.roles import fusion
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie, ajouter_stagiaire
from certif.domaine.sessions.changements_de_nom import retirer
from certif.domaine.sessions.chronologie import chronologie
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import REPRIS, SessionCertification
from certif.domaine.sessions.modeles_gardes import actions, lectures, portee, rappels, regles
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.valeurs import Identification
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Question
from certif.socle.base.transaction import transaction
from tests.support.factories import un_nom_commercial, une_personne, une_session, version
from tests.support.moves import Troupe, agir, lire

JETON = "m" * 43


def garder(acteur: Acteur, numero: int, nom: str = "Usine de Lyon", rappel: date | None = None) -> int:
    return actions.garder(acteur, numero, nom, rappel)


def relu(modele_id: int) -> ModeleGarde:
    db.session.rollback()
    return db.session.get_one(ModeleGarde, modele_id)


def ouvertes() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SessionCertification)) or 0


def suspendre(troupe: Troupe) -> None:
    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = date(2026, 6, 1)


class TestGarder:
    @pytest.mark.parametrize("etat", list(Etat))
    def test_de_toute_session_ce_qu_elle_dit(self, troupe: Troupe, etat: Etat) -> None:
        numero = une_session(
            troupe.marose, etat, reference_interne="Convention 118", identification=Identification.MAJ
        )
        modele_id = garder(troupe.gestionnaire, numero, rappel=date(2028, 6, 1))
        modele, origine = relu(modele_id), lire(numero)
        assert {c: getattr(modele, c) for c in REPRIS} == {c: getattr(origine, c) for c in REPRIS}
        assert (modele.nom, modele.rappele_le) == ("Usine de Lyon", date(2028, 6, 1))
        assert (modele.entite_id, modele.auteur_id) == (
            troupe.marose.entite_id,
            troupe.gestionnaire.individu_id,
        )

    def test_jamais_un_stagiaire_ni_une_date_de_session(self) -> None:
        """Nothing of the table leads to them."""
        table = ModeleGarde.__table__
        assert "date_fin" not in table.c
        vers = {cle.column.table.name for cle in table.foreign_keys}
        assert not vers & {"stagiaire", "session_certification"}

    def test_il_survit_a_la_session(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE)
        modele_id = garder(troupe.gestionnaire, numero)
        with transaction():
            db.session.delete(lire(numero))
        assert relu(modele_id).certificat_id == troupe.marose.certificat_id

    def test_de_ce_que_l_on_voit_seulement(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, declarant=troupe.delegataire)
        for acteur in (troupe.collegue, troupe.etranger, troupe.formateur, troupe.administrateur):
            with pytest.raises(Introuvable):
                garder(acteur, numero)
        garder(troupe.delegataire, numero)

    def test_rien_a_garder_sans_certificat(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE, certificat_id=None)
        with pytest.raises(ActionImpossible, match="rien à garder"):
            garder(troupe.gestionnaire, numero)

    @pytest.mark.parametrize(("rappel", "admis"), [(date(2026, 6, 10), False), (date(2026, 6, 11), True)])
    def test_le_rappel_est_a_venir(self, troupe: Troupe, rappel: date, admis: bool) -> None:
        numero = une_session(troupe.marose)
        if admis:
            garder(troupe.gestionnaire, numero, rappel=rappel)
        else:
            with pytest.raises(SaisieInvalide) as refus:
                garder(troupe.gestionnaire, numero, rappel=rappel)
            assert list(refus.value.champs) == ["rappele_le"]

    def test_le_journal_ne_le_nomme_pas(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose), "Mme Lefèvre")
        (ligne,) = db.session.scalars(select(EntreeJournal).filter_by(objet="modele"))
        assert (ligne.action, ligne.objet_id) == ("garder", modele_id)
        assert "Lefèvre" not in f"{ligne.avant}{ligne.apres}"

    @pytest.mark.parametrize(
        ("reference", "ville", "nom"),
        [
            ("Convention 118", "LYON", "Convention 118 – LYON"),
            (None, "LYON", "SST-1 – LYON"),
            (None, None, "SST-1"),
            ("x" * 80, "LYON", "x" * 80),
        ],
    )
    def test_le_nom_propose(self, reference: str | None, ville: str | None, nom: str) -> None:
        assert regles.nom_propose(reference, "SST-1", ville) == nom


class TestPortee:
    def test_le_gestionnaire_les_voit_tous_le_delegataire_les_siens(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, declarant=troupe.delegataire)
        sien, autre = garder(troupe.delegataire, numero), garder(troupe.gestionnaire, numero)
        vus = {
            acteur: {m.id for m in lectures.lister(acteur, Question()).lignes}
            for acteur in (troupe.gestionnaire, troupe.delegataire, troupe.collegue, troupe.etranger)
        }
        assert list(vus.values()) == [{sien, autre}, {sien}, set(), set()]

    def test_celui_d_un_autre_n_existe_pas(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.delegataire, une_session(troupe.marose, declarant=troupe.delegataire))
        for acteur in (troupe.collegue, troupe.etranger, troupe.formateur, troupe.administrateur):
            with pytest.raises(Introuvable):
                portee.charger(acteur, modele_id)
            with pytest.raises(Introuvable):
                saisie.creer_depuis_un_modele(acteur, modele_id, JETON)
            for action in (actions.supprimer, lambda a, m: actions.modifier(a, m, "x", None)):
                with pytest.raises(Introuvable):
                    action(acteur, relu(modele_id))
        assert relu(modele_id).nom == "Usine de Lyon" and ouvertes() == 1

    def test_une_entite_suspendue_les_lit(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose)
        modele_id = garder(troupe.gestionnaire, numero)
        suspendre(troupe)
        assert lectures.proposes(troupe.gestionnaire)
        for geste in (
            lambda: garder(troupe.gestionnaire, numero),
            lambda: actions.modifier(troupe.gestionnaire, relu(modele_id), "x", None),
            lambda: actions.supprimer(troupe.gestionnaire, relu(modele_id)),
            lambda: saisie.creer_depuis_un_modele(troupe.gestionnaire, modele_id, JETON),
        ):
            with pytest.raises(ActionImpossible, match="est suspendue"):
                geste()

    def test_les_derniers_qui_ont_servi_sont_proposes(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose)
        ids = [garder(troupe.gestionnaire, numero, f"n° {n}") for n in range(lectures.PROPOSES + 1)]
        saisie.creer_depuis_un_modele(troupe.gestionnaire, ids[0], JETON)
        assert [m.id for m in lectures.proposes(troupe.gestionnaire)] == [ids[0], *reversed(ids[2:])]


class TestOuvrir:
    def test_tout_y_est_sauf_la_date_et_les_stagiaires(self, chaque_base: str, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose, reference_interne="Lyon"))
        numero = saisie.creer_depuis_un_modele(troupe.gestionnaire, modele_id, JETON)
        nouvelle, modele = lire(numero), relu(modele_id)
        assert {c: getattr(nouvelle, c) for c in REPRIS} == {c: getattr(modele, c) for c in REPRIS}
        assert nouvelle.date_fin is None and not nouvelle.stagiaires
        assert [ligne.texte for ligne in chronologie(numero)] == [
            "PARIS Karine a ouvert la session, depuis un modèle"
        ]

    def test_le_meme_jeton_rend_la_meme_session(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose))
        numero = saisie.creer_depuis_un_modele(troupe.gestionnaire, modele_id, JETON)
        assert saisie.creer_depuis_un_modele(troupe.gestionnaire, modele_id, JETON) == numero
        assert ouvertes() == 2

    def test_un_seul_champ_puis_les_stagiaires(self, troupe: Troupe) -> None:
        """F typed, the formateur is verified: nothing else is missing."""
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose))
        numero = saisie.creer_depuis_un_modele(troupe.gestionnaire, modele_id, JETON)
        saisie.enregistrer(troupe.gestionnaire, numero, 1, {"date_fin": "10/06/2026"})
        qui = IdentiteSaisie("Lefèvre", "Hélène", "14/02/1991")
        ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), qui)
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)


class TestChanger:
    def test_le_nom_et_le_rappel(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose), rappel=date(2028, 6, 1))
        actions.modifier(troupe.gestionnaire, relu(modele_id), "Siège", None)
        assert (relu(modele_id).nom, relu(modele_id).rappele_le) == ("Siège", None)
        actions.modifier(troupe.gestionnaire, relu(modele_id), "Usine", None)
        actions.modifier(troupe.gestionnaire, relu(modele_id), "Usine", None)
        lignes = db.session.scalars(
            select(EntreeJournal).filter_by(objet="modele").order_by(EntreeJournal.id)
        )
        assert [(ligne.action, ligne.avant, ligne.apres) for ligne in lignes] == [
            ("garder", None, {"rappel": "2028-06-01"}),
            ("modifier", {"rappel": "2028-06-01"}, {"rappel": None}),
            ("renommer", None, None),
        ]

    def test_un_rappel_deja_passe_peut_rester(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose), rappel=date(2028, 6, 1))
        with transaction():
            db.session.get_one(ModeleGarde, modele_id).rappele_le = date(2026, 6, 9)
        actions.modifier(troupe.gestionnaire, relu(modele_id), "Siège", date(2026, 6, 9))
        with pytest.raises(SaisieInvalide):
            actions.modifier(troupe.gestionnaire, relu(modele_id), "Siège", date(2026, 6, 8))

    def test_supprime_il_n_en_reste_rien(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose))
        numero = saisie.creer_depuis_un_modele(troupe.gestionnaire, modele_id, JETON)
        actions.supprimer(troupe.gestionnaire, relu(modele_id))
        db.session.rollback()
        assert db.session.get(ModeleGarde, modele_id) is None and lire(numero)

    def test_un_nom_commercial_retire_ne_le_retient_pas(self, chaque_base: str, troupe: Troupe) -> None:
        nom_id = un_nom_commercial(troupe.marose.entite_id)
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose, nom_commercial_id=nom_id))
        marque = empreinte_du_nom(nom_commercial_de(troupe.gestionnaire, nom_id))
        retirer(troupe.gestionnaire, nom_id, marque)
        assert relu(modele_id).nom_commercial_id is None

    def test_une_fusion_emmene_formateur_et_auteur(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.delegataire, une_session(troupe.marose, declarant=troupe.delegataire))
        survivant = une_personne()
        garde = survivant.id
        with transaction():
            for individu_id in (troupe.formateur.individu_id, troupe.delegataire.individu_id):
                fusion.reunir(db.session.get_one(Individu, individu_id), db.session.get_one(Individu, garde))
        assert (relu(modele_id).formateur_id, relu(modele_id).auteur_id) == (garde, garde)


class TestRappel:
    """« Rappel MAC »: a line of the digest, once, for who kept the model."""

    JOUR = date(2028, 6, 1)

    def rappeles(self, jour: date) -> list[tuple[int, str]]:
        db.session.rollback()
        return [(rappel.destinataire_id, rappel.evenement) for rappel in rappels.dus(jour)]

    def test_ce_jour_la_et_un_mois_encore(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose), rappel=self.JOUR)
        garder(troupe.gestionnaire, une_session(troupe.marose), "sans rappel")
        dit = [(troupe.gestionnaire.individu_id, f"modele-{modele_id}-2028-06-01")]
        attendus = {-1: [], 0: dit, 30: dit, 31: []}
        assert {n: self.rappeles(self.JOUR + timedelta(days=n)) for n in attendus} == attendus

    def test_ce_qu_il_dit_et_ou_il_mene(self, troupe: Troupe) -> None:
        modele_id = garder(troupe.gestionnaire, une_session(troupe.marose), rappel=self.JOUR)
        (rappel,) = rappels.dus(self.JOUR)
        assert rappel.texte.replace("\u00a0", " ") == (
            "Rappel MAC : le modèle « Usine de Lyon » (SST-1) est à proposer de nouveau."
        )
        assert rappel.chemin == f"/entite/{troupe.marose.entite_id}/modeles/{modele_id}"
        assert (rappel.organisation, rappel.echeance) == ("MAROSE FORMATION", self.JOUR)

    def test_son_auteur_parti_les_gestionnaires(self, chaque_base: str, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, declarant=troupe.delegataire)
        garder(troupe.delegataire, numero, rappel=self.JOUR)
        assert [qui for qui, _ in self.rappeles(self.JOUR)] == [troupe.delegataire.individu_id]
        with transaction():
            db.session.execute(
                update(Role).where(Role.individu_id == troupe.delegataire.individu_id).values(actif=False)
            )
        assert [qui for qui, _ in self.rappeles(self.JOUR)] == [troupe.gestionnaire.individu_id]

    def test_une_entite_suspendue_n_est_pas_rappelee(self, troupe: Troupe) -> None:
        garder(troupe.gestionnaire, une_session(troupe.marose), rappel=self.JOUR)
        suspendre(troupe)
        assert self.rappeles(self.JOUR) == []
