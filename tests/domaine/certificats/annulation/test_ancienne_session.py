"""R14, the session whose certificates are cancelled: what is out, what stays."""

from datetime import date

import pytest
from sqlalchemy import select

from certif.config import Config
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.modeles import EmpreinteFichier, StatutRegistre
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.production.reconciliation import archives_a_reconstituer
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import (
    Introuvable,
    ServiceIndisponible,
)
from certif.domaine.journal import EntreeJournal
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.presentation import actions_possibles
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.domaine.certificats.annulation.session import annuler, contenu_du_zip, emis, ids, registre
from tests.support import invariants
from tests.support.factories import Organisme, une_session, version
from tests.support.moves import courriers, lignes, lire

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


class TestAncienneSession:
    def test_le_numero_est_annule_aujourd_hui_et_les_autres_restent(
        self, organisme: Organisme, numero: int
    ) -> None:
        annuler(organisme, numero, motif="date", precisions="  Saisie\r\ntrop vite ")
        premiere, *autres = registre(numero)
        assert (premiere.statut, premiere.annule_le) == (StatutRegistre.ANNULE, aujourd_hui())
        assert (premiere.motif_annulation, premiere.note_annulation) == ("date", "Saisie\ntrop vite")
        assert premiere.empreinte_identite and premiere.fin_validite
        assert {(ligne.statut, ligne.annule_le) for ligne in autres} == {(StatutRegistre.DELIVRE, None)}

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
