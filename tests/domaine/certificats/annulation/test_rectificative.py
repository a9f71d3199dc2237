"""R14, the session that is opened to make the certificates again, and who is refused."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import StatutRegistre
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import (
    ActionImpossible,
    Introuvable,
    Refus,
    SaisieInvalide,
    VersionPerimee,
)
from certif.domaine.sessions.actions.soumission import soumettre_au_formateur
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.domaine.certificats.annulation.session import annuler, ids, refaire, registre
from tests.support import invariants
from tests.support.factories import Organisme, un_organisme, un_stagiaire, une_session, version
from tests.support.moves import agir, lignes, lire

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


class TestRectificative:
    def test_elle_reprend_tout_sauf_les_resultats_et_les_autres_stagiaires(
        self, organisme: Organisme, numero: int
    ) -> None:
        nouvelle = lire(annuler(organisme, numero, 2) or 0)
        origine = db.session.get_one(SessionCertification, numero)
        repris = ("certificat_id", "niveau_id", "date_fin", "lieu", "identification", "formateur_id")
        for champ in (*repris, "reference_interne", "entite_id"):
            assert getattr(nouvelle, champ) == getattr(origine, champ), champ
        assert (nouvelle.etat, nouvelle.version, nouvelle.rectifie_numero) == (Etat.SAISIE, 1, numero)
        assert nouvelle.declarant_id == organisme.gestionnaire.individu_id
        assert nouvelle.premiere_soumission_le is nouvelle.soumise_le is nouvelle.genere_le is None
        assert [s.identite for s in nouvelle.stagiaires] == [s.identite for s in origine.stagiaires[:2]]
        assert {s.resultat for s in nouvelle.stagiaires} == {None}
        assert [ligne.detail for ligne in lignes(nouvelle.numero)] == [f"rectificative de la n°{numero}"]

    def test_annuler_sans_refaire(self, organisme: Organisme, numero: int) -> None:
        assert annuler(organisme, numero, motif="tort", refaire=False) is None
        assert db.session.scalars(select(SessionCertification.numero)).all() == [numero]

    def test_cas_21_le_meme_stagiaire_est_accepte_apres_annulation(
        self, organisme: Organisme, horloge_a: Callable[[str], None], config: Config
    ) -> None:
        horloge_a("2026-06-10T12:00:00+02:00")
        premiere = une_session(organisme, Etat.GENERE, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
        seconde = une_session(organisme, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])
        with pytest.raises(Refus, match="LEFÈVRE Hélène"):
            demander_generation(organisme.gestionnaire, seconde, version(seconde))
        nouvelle = annuler(organisme, premiere)
        assert nouvelle is not None
        refaire(organisme, nouvelle)
        assert lire(nouvelle).etat is Etat.GENERE
        with pytest.raises(Refus, match="LEFÈVRE Hélène"):
            demander_generation(organisme.gestionnaire, seconde, version(seconde))
        invariants.verifier(config)

    def test_r1_compte_comme_rempli_le_reste_s_applique(
        self, organisme: Organisme, horloge_a: Callable[[str], None], config: Config
    ) -> None:
        """Generated at the very end of a late validation: F is long past when it is corrected."""
        horloge_a("2026-06-10T12:00:00+02:00")
        numero = une_session(organisme, Etat.VALIDATION_ENTITE, date_fin=date(2026, 6, 10))
        horloge_a("2026-11-20T12:00:00+01:00")
        demander_generation(organisme.gestionnaire, numero, version(numero))
        produire(numero)
        nouvelle = annuler(organisme, numero, motif="date") or 0
        agir(Action.ENREGISTRER, organisme.gestionnaire, nouvelle)
        soumettre_au_formateur(organisme.gestionnaire, nouvelle, version(nouvelle))
        assert lire(nouvelle).premiere_soumission_le == date(2026, 11, 20)
        agir(Action.REPRENDRE_SAISIE, organisme.gestionnaire, nouvelle)
        refaire(organisme, nouvelle)
        assert lire(nouvelle).genere_le is not None
        reconstituer(numero)
        invariants.verifier(config)

    def test_elle_se_supprime_comme_tout_brouillon(self, organisme: Organisme, numero: int) -> None:
        nouvelle = annuler(organisme, numero) or 0
        agir(Action.SUPPRIMER, organisme.gestionnaire, nouvelle)
        assert registre(numero)[0].statut is StatutRegistre.ANNULE

    def test_une_rectificative_se_rectifie(self, organisme: Organisme, numero: int, config: Config) -> None:
        nouvelle = annuler(organisme, numero) or 0
        refaire(organisme, nouvelle)
        encore = annuler(organisme, nouvelle) or 0
        assert lire(encore).rectifie_numero == nouvelle
        for session_numero in (numero, nouvelle):
            reconstituer(session_numero)
        invariants.verifier(config)


class TestRefus:
    def test_qui_peut(self, organisme: Organisme, numero: int) -> None:
        asked = Annulation(ids(numero, 1), "identite")
        etranger = un_organisme("FORMATION GUY")
        avant = invariants.empreinte_de_la_base()
        for acteur, refus in (
            (organisme.delegataire, ActionImpossible),
            (organisme.formateur, ActionImpossible),
            (etranger.gestionnaire, Introuvable),
            (etranger.formateur, Introuvable),
        ):
            with pytest.raises(refus):
                annuler_et_refaire(acteur, numero, version(numero), asked)
        assert invariants.empreinte_de_la_base() == avant

    @pytest.mark.parametrize("etat", [etat for etat in Etat if etat is not Etat.GENERE], ids=str)
    def test_seulement_apres_la_generation(self, organisme: Organisme, etat: Etat) -> None:
        numero = une_session(organisme, etat)
        with pytest.raises(ActionImpossible):
            annuler_et_refaire(organisme.gestionnaire, numero, version(numero), Annulation((1,), "identite"))

    def test_une_entite_suspendue_ne_change_rien(self, organisme: Organisme, numero: int) -> None:
        lire(numero).entite.suspendue_le = date(2020, 1, 1)
        db.session.commit()
        with pytest.raises(ActionImpossible, match="suspendue"):
            annuler(organisme, numero)

    @pytest.mark.parametrize(
        ("combien", "motif", "precisions", "champs"),
        [
            (0, "identite", "", {"certificat"}),
            (1, "", "", {"motif"}),
            (1, "ailleurs", "", {"motif"}),
            (1, "fraude", "x" * 501, {"precisions"}),
            (0, "", "\0", {"certificat", "motif", "precisions"}),
        ],
    )
    def test_tout_ce_qui_manque_est_dit(
        self,
        organisme: Organisme,
        numero: int,
        combien: int,
        motif: str,
        precisions: str,
        champs: set[str],
    ) -> None:
        avant = invariants.empreinte_de_la_base()
        with pytest.raises(SaisieInvalide) as erreur:
            annuler(organisme, numero, combien, motif=motif, precisions=precisions)
        assert erreur.value.champs.keys() == champs
        assert invariants.empreinte_de_la_base() == avant

    def test_le_certificat_d_une_autre_session(self, organisme: Organisme, numero: int) -> None:
        autre = une_session(organisme, Etat.GENERE, date_fin=date(2026, 1, 5))
        for foreign in (*ids(autre, 1), 0, -1, 404):
            with pytest.raises(Introuvable):
                annuler_et_refaire(
                    organisme.gestionnaire,
                    numero,
                    version(numero),
                    Annulation((*ids(numero, 1), foreign), "identite"),
                )

    def test_un_certificat_deja_annule(self, organisme: Organisme, numero: int) -> None:
        annuler(organisme, numero)
        with pytest.raises(Introuvable):
            annuler(organisme, numero)

    def test_repeter_le_clic_reussit_et_ne_fait_rien(self, organisme: Organisme, numero: int) -> None:
        vue, asked = version(numero), Annulation(ids(numero, 1), "identite", "vu")
        nouvelle = annuler_et_refaire(organisme.gestionnaire, numero, vue, asked)
        avant = invariants.empreinte_de_la_base()
        assert annuler_et_refaire(organisme.gestionnaire, numero, vue, asked) == nouvelle
        assert invariants.empreinte_de_la_base() == avant
        for autre in (Annulation(ids(numero, 2), "identite", "vu"), Annulation(ids(numero, 1), "date", "vu")):
            with pytest.raises(VersionPerimee) as perimee:
                annuler_et_refaire(organisme.gestionnaire, numero, vue, autre)
            assert "a annulé 1\u00a0certificat à" in perimee.value.changements[0]

    def test_un_telechargement_commence_avant_n_est_pas_remis_apres(
        self, organisme: Organisme, numero: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Checking a file takes time: what was cancelled meanwhile is not handed over."""
        from certif.domaine.certificats import telechargement

        def lent(fichier: telechargement.Fichier) -> None:
            monkeypatch.undo()
            annuler(organisme, numero)

        premier = ids(numero, 1)[0]
        monkeypatch.setattr(telechargement, "verifier", lent)
        with pytest.raises(Introuvable):
            marquer_telechargement(organisme.gestionnaire, numero, premier)
