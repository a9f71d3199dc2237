"""R14: a gestionnaire cancels certificates while the session exists, and has them made again."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.achevement import produire
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, EmpreinteFichier, LigneRegistre, Statut
from certif.domaine.certificats.reconciliation import archives_a_reconstituer
from certif.domaine.certificats.reconstitution import reconstituer
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import (
    ActionImpossible,
    Introuvable,
    Refus,
    SaisieInvalide,
    ServiceIndisponible,
    VersionPerimee,
)
from certif.domaine.journal import EntreeJournal
from certif.domaine.sessions.actions.soumission import soumettre_au_formateur
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import Resultat, SessionCertification
from certif.domaine.sessions.presentation import actions_possibles
from certif.socle import stockage
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui
from tests import invariants
from tests.fabriques import Organisme, un_organisme, un_stagiaire, une_session, version
from tests.gestes import agir, courriers, lignes, lire

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme()


@pytest.fixture
def numero(organisme: Organisme) -> int:
    """Three certificates, one échec; declared by the délégataire."""
    return une_session(
        organisme,
        Etat.GENERE,
        reussites=3,
        echecs=1,
        declarant=organisme.delegataire,
        reference_interne="Convention 118",
    )


def emis(numero: int) -> list[CertificatEmis]:
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return list(db.session.scalars(requete))


def ids(numero: int, combien: int) -> tuple[int, ...]:
    return tuple(c.id for c in emis(numero)[:combien])


def annuler(organisme: Organisme, numero: int, combien: int = 1, **options: object) -> int | None:
    """By the gestionnaire, from a page of now; the first `combien` certificates."""
    asked = Annulation(ids(numero, combien), **{"motif": "identite", **options})  # type: ignore[arg-type]
    return annuler_et_refaire(organisme.gestionnaire, numero, version(numero), asked)


def registre(numero: int) -> list[LigneRegistre]:
    db.session.rollback()
    ordre = {c.numero: c.id for c in emis(numero)}
    trouvees = db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero))
    return sorted(trouvees, key=lambda ligne: ordre[ligne.numero])


def contenu_du_zip(organisme: Organisme, numero: int) -> list[str]:
    fichier = marquer_telechargement(organisme.gestionnaire, numero)
    with zipfile.ZipFile(BytesIO(stockage.lire(fichier.cle))) as zip_:
        return zip_.namelist()


def refaire(organisme: Organisme, numero: int) -> None:
    """The rectificative session goes all the way to its certificates."""
    agir(Action.SOUMETTRE_AU_FORMATEUR, organisme.gestionnaire, numero)
    agir(Action.ENVOYER_RESULTATS, organisme.formateur, numero)
    demander_generation(organisme.gestionnaire, numero, version(numero))
    produire(numero)


class TestAncienneSession:
    def test_le_numero_est_annule_aujourd_hui_et_les_autres_restent(
        self, organisme: Organisme, numero: int
    ) -> None:
        annuler(organisme, numero, motif="date", precisions="  Saisie\r\ntrop vite ")
        premiere, *autres = registre(numero)
        assert (premiere.statut, premiere.annule_le) == (Statut.ANNULE, aujourd_hui())
        assert (premiere.motif_annulation, premiere.note_annulation) == ("date", "Saisie\ntrop vite")
        assert premiere.empreinte_identite and premiere.fin_validite
        assert {(ligne.statut, ligne.annule_le) for ligne in autres} == {(Statut.DELIVRE, None)}

    def test_le_fichier_est_retire_et_le_zip_refait_sans_lui(
        self, organisme: Organisme, numero: int, config: Config
    ) -> None:
        retire = emis(numero)[0]
        cle, nom, avant = retire.cle_objet or "", retire.nom_fichier, lire(numero).zip_sha256
        annuler(organisme, numero)
        assert cle not in stockage.lister()
        with pytest.raises(Introuvable):
            marquer_telechargement(organisme.gestionnaire, numero, retire.id)
        reconstituer(numero)
        noms = contenu_du_zip(organisme, numero)
        assert len(noms) == 2 and nom not in noms
        assert lire(numero).zip_sha256 != avant
        assert avant in set(db.session.scalars(select(EmpreinteFichier.sha256)))
        invariants.verifier(config)

    def test_pendant_qu_il_se_refait_l_ancien_zip_n_est_plus_remis_et_chaque_pdf_l_est(
        self, organisme: Organisme, numero: int
    ) -> None:
        annuler(organisme, numero)
        assert archives_a_reconstituer() == [numero]
        with pytest.raises(ServiceIndisponible, match="se prépare de nouveau"):
            marquer_telechargement(organisme.gestionnaire, numero)
        for certificat_id in ids(numero, 3)[1:]:
            marquer_telechargement(organisme.gestionnaire, numero, certificat_id)

    def test_telecharger_deux_fois_donne_les_memes_octets(self, organisme: Organisme, numero: int) -> None:
        annuler(organisme, numero)
        reconstituer(numero)
        premier = marquer_telechargement(organisme.gestionnaire, numero)
        for _ in range(3):
            reconstituer(numero)
        assert marquer_telechargement(organisme.delegataire, numero) == premier

    def test_tous_annules_il_n_y_a_plus_de_zip(
        self, organisme: Organisme, numero: int, config: Config
    ) -> None:
        annuler(organisme, numero, 3)
        assert archives_a_reconstituer() == []
        reconstituer(numero)
        for quoi in (None, *ids(numero, 3)):
            with pytest.raises(Introuvable):
                marquer_telechargement(organisme.gestionnaire, numero, quoi)
        assert stockage.lister(f"{numero}/") == []
        assert Action.ANNULER_ET_REFAIRE not in actions_possibles(lire(numero), organisme.gestionnaire)
        invariants.verifier(config)

    def test_l_un_apres_l_autre(self, organisme: Organisme, numero: int, config: Config) -> None:
        ouvertes = set()
        for rang in range(3):
            (choisi,) = ids(numero, rang + 1)[rang:]
            asked = Annulation((choisi,), "identite")
            ouvertes.add(annuler_et_refaire(organisme.gestionnaire, numero, version(numero), asked))
            if rang != 1:
                reconstituer(numero)
        assert len(ouvertes) == 3 and lire(numero).certificats_total == 0
        invariants.verifier(config)

    def test_l_historique_dit_combien_et_jamais_pourquoi(self, organisme: Organisme, numero: int) -> None:
        depuis = version(numero)
        annuler(organisme, numero, 2, motif="fraude", precisions="Pièce falsifiée")
        (ligne,) = lignes(numero, Action.ANNULER_ET_REFAIRE)
        assert ligne.detail.replace("\u00a0", " ") == "2 certificats" and ligne.commentaire is None
        assert (version(numero), ligne.version_avant) == (depuis + 1, depuis)
        trace = db.session.scalars(select(EntreeJournal).filter_by(action="annuler_et_refaire")).one()
        assert trace.acteur_id == organisme.gestionnaire.individu_id and trace.objet_id == numero
        assert trace.apres is not None and trace.apres["motif"] == "fraude"
        assert set(trace.apres["numeros"]) == {c.numero for c in emis(numero)[:2]}

    def test_le_declarant_est_prevenu_sauf_s_il_l_a_fait(self, organisme: Organisme, numero: int) -> None:
        annuler(organisme, numero)
        (courrier,) = [c for c in courriers() if c.evenement.endswith("-annules")]
        assert courrier.destinataire_id == organisme.delegataire.individu_id
        assert "certificat annulé" in courrier.sujet and "Lefèvre" not in courrier.corps
        sienne = une_session(organisme, Etat.GENERE, date_fin=date(2026, 1, 5))
        annuler(organisme, sienne)
        assert len([c for c in courriers() if c.evenement.endswith("-annules")]) == 1

    def test_telecharges_reste_vrai(self, organisme: Organisme, numero: int) -> None:
        """Two PDFs of three were downloaded; the third cancelled, nothing is left that never was."""
        _, *restants = ids(numero, 3)
        for certificat_id in restants:
            marquer_telechargement(organisme.gestionnaire, numero, certificat_id)
        assert lire(numero).telecharge_le is None
        annuler(organisme, numero)
        assert lire(numero).telecharge_le is not None

    def test_un_certificat_jamais_telecharge_attend_encore(self, organisme: Organisme, numero: int) -> None:
        premier, second, _ = ids(numero, 3)
        for certificat_id in (premier, second):
            marquer_telechargement(organisme.gestionnaire, numero, certificat_id)
        annuler(organisme, numero)
        assert lire(numero).telecharge_le is None


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
        self, organisme: Organisme, horloge_a, config: Config
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
        self, organisme: Organisme, horloge_a, config: Config
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
        assert registre(numero)[0].statut is Statut.ANNULE

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
        monkeypatch.setattr(telechargement, "_verifier", lent)
        with pytest.raises(Introuvable):
            marquer_telechargement(organisme.gestionnaire, numero, premier)
