"""Anyone clicking anything on one session, in any order and from any version: what must hold, holds."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, ErreurMetier, Introuvable
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions.designation import RechercheSaisie, verifier_et_declarer
from certif.domaine.sessions.actions.resultats import Reponse, enregistrer_resultats, envoyer_resultats
from certif.domaine.sessions.actions.saisie import creer, enregistrer
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    identite_saisie,
    retirer_stagiaire,
)
from certif.domaine.sessions.etats import MOUVEMENTS, Action, Etat
from certif.domaine.sessions.listes import compter
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import horloge
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.domaine.sessions.conftest import MIDI, Atelier
from tests.support.factories import une_session
from tests.support.moves import GESTES, Troupe, lignes
from tests.support.sampling import TOUT, ampleur

ENTITE = ("gestionnaire", "delegataire")
PERSONNES = (*ENTITE, "formateur", "remplacant", "collegue", "etranger", "administrateur")
# The right people act most of the time, so that sessions go somewhere.
QUI = st.sampled_from((*ENTITE, "formateur", "formateur", *PERSONNES))
RETARD = st.sampled_from((0, 0, 0, 0, 1, 2, 99))
CHAMPS = st.dictionaries(
    st.sampled_from(("date_fin", "identification", "code_postal", "ville", "reference_interne", "niveau_id")),
    st.sampled_from(
        ("", "10/06/2026", "09/06/2026", "31/02/2026", "maj", "initial", "26800", "LYON", "\0", "1")
    ),
    max_size=3,
)
RESULTATS = st.lists(st.sampled_from((*Resultat, *Resultat, None)), min_size=4, max_size=4)
NOMS = st.sampled_from(("Bernard", "BERNARD", "Petit", "Roux", "李", ""))
SANS_EFFACER = set(GESTES) - {Action.GENERER, Action.SUPPRIMER, Action.CLORE_SANS_CERTIFICAT}
_TABLE = {(m.de, m.action.value, m.vers) for m in MOUVEMENTS}


class UneSession(RuleBasedStateMachine):
    """One session of MAROSE FORMATION, and everybody."""

    atelier: Atelier
    controlee: object = "never"

    @initialize(vide=st.booleans())
    def ouvrir(self, vide: bool) -> None:
        self.troupe: Troupe = self.atelier.remettre_a_neuf()
        horloge.regler(MIDI - horloge.instant_reel())
        if vide:
            self.numero = creer(self.troupe.delegataire, "k" * 43)
        else:
            self.numero = une_session(
                self.troupe.marose,
                Etat.SAISIE,
                declarant=self.troupe.delegataire,
                date_fin=aujourd_hui(),
            )

    def situation(self) -> tuple[Etat, int, int] | None:
        """State, version and number of lines; None once erased."""
        db.session.rollback()
        s = db.session.get(SessionCertification, self.numero)
        return None if s is None else (s.etat, s.version, len(lignes(self.numero)))

    def tenter(self, nom: str, geste: Callable[[Acteur, int], object], retard: int) -> None:
        """Try as this person, on a page that is `retard` versions old."""
        acteur: Acteur = getattr(self.troupe, nom)
        avant = self.situation()
        vue = max((avant[1] if avant else 1) - retard, 0)
        visible = self.visible(acteur)
        try:
            geste(acteur, vue)
        except ErreurMetier as erreur:
            assert self.situation() == avant, "a refusal changed the session"
            if not visible:
                assert isinstance(erreur, Introuvable), f"{nom} learns that it exists"
        apres = self.situation()
        if apres != avant:
            assert avant is not None and visible and retard == 0, (
                "changed by who cannot see, or from an old page"
            )
        self.verifier_le_pas(avant, apres)

    def formateur(self) -> str:
        """Which of the two formateurs has the session."""
        db.session.rollback()
        s = db.session.get_one(SessionCertification, self.numero)
        return "remplacant" if s.formateur_id == self.troupe.remplacant.individu_id else "formateur"

    def visible(self, acteur: Acteur) -> bool:
        db.session.rollback()
        try:
            charger(acteur, self.numero)
        except Introuvable:
            return False
        return True

    def verifier_le_pas(
        self, avant: tuple[Etat, int, int] | None, apres: tuple[Etat, int, int] | None
    ) -> None:
        if avant is None or apres is None or apres == avant:
            assert avant is not None or apres is None, "came back from the dead"
            return
        assert apres[1:] == (avant[1] + 1, avant[2] + 1), "one change: one version, one line"
        derniere = lignes(self.numero)[-1]
        assert (derniere.de, derniere.vers, derniere.version_avant) == (avant[0], apres[0], avant[1])
        assert (derniere.de, derniere.action, derniere.vers) in _TABLE

    @rule(choix=st.integers(0, 11))
    def avancer(self, choix: int) -> None:
        """Someone does what their page offers."""
        situation = self.situation()
        offerts = [m for m in MOUVEMENTS if situation and m.de is situation[0] and m.action in SANS_EFFACER]
        if offerts:
            # Forward first: small numbers are drawn more often.
            offerts.sort(key=lambda m: m.vers in (m.de, Etat.SAISIE))
            pas = offerts[choix % len(offerts)]
            qui = self.formateur() if "formateur" in pas.qui else ENTITE[choix % 2]
            self.tenter(qui, lambda acteur, vue: GESTES[pas.action](acteur, self.numero, vue), 0)

    @rule(autre=st.booleans())
    def completer(self, autre: bool) -> None:
        """The déclarant fills whatever is missing."""
        situation = self.situation()
        if situation is None or situation[0] is not Etat.SAISIE:
            return
        marose = self.troupe.marose
        champs = {
            "niveau_id": str(marose.niveau_id),
            "certificat_id": str(marose.certificat_id),
            "identification": "initial",
            "date_fin": "10/06/2026",
            "lieu_type": "france",
            "code_postal": "69007",
        }
        self.enregistrer(champs, "delegataire", 0)
        self.ajouter("Morel", "delegataire", 0)
        self.declarer("delegataire", autre, 0)
        self.avancer(1)

    @rule(choix=st.integers(0, 11))
    def avancer_encore(self, choix: int) -> None:
        """Twice as often as anything else."""
        self.avancer(choix)

    @rule(action=st.sampled_from(sorted(set(GESTES) - {Action.GENERER})), qui=QUI, retard=RETARD)
    def agir(self, action: Action, qui: str, retard: int) -> None:
        if self.situation() is None and action in (Action.ENREGISTRER_RESULTATS, Action.ENVOYER_RESULTATS):
            return
        self.tenter(qui, lambda acteur, vue: GESTES[action](acteur, self.numero, vue), retard)

    @rule(champs=CHAMPS, qui=QUI, retard=RETARD)
    def enregistrer(self, champs: dict[str, str], qui: str, retard: int) -> None:
        self.tenter(qui, lambda acteur, vue: enregistrer(acteur, self.numero, vue, champs), retard)

    @rule(nom=NOMS, qui=QUI, retard=RETARD)
    def ajouter(self, nom: str, qui: str, retard: int) -> None:
        saisie = IdentiteSaisie(nom, "Lise", "14/02/1991")
        self.tenter(qui, lambda acteur, vue: ajouter_stagiaire(acteur, self.numero, vue, saisie), retard)

    @rule(rang=st.integers(0, 2), qui=QUI, retard=RETARD)
    def retirer(self, rang: int, qui: str, retard: int) -> None:
        ids = [id_ for (id_,) in db.session.query(Stagiaire.id).filter_by(session_numero=self.numero)]
        choisi = ids[rang] if rang < len(ids) else 0
        self.tenter(qui, lambda acteur, vue: retirer_stagiaire(acteur, self.numero, vue, choisi), retard)

    @rule(valeurs=RESULTATS, envoi=st.booleans(), qui=QUI, retard=RETARD)
    def repondre(self, valeurs: list[Resultat | None], envoi: bool, qui: str, retard: int) -> None:
        ids = [id_ for (id_,) in db.session.query(Stagiaire.id).filter_by(session_numero=self.numero)]
        donnees = {id_: Reponse(valeur) for id_, valeur in zip(ids, valeurs, strict=False)}
        faire = envoyer_resultats if envoi else enregistrer_resultats
        self.tenter(qui, lambda acteur, vue: faire(acteur, self.numero, vue, donnees), retard)

    @rule(nom=NOMS, rang=st.integers(0, 2), qui=QUI, retard=RETARD)
    def proposer(self, nom: str, rang: int, qui: str, retard: int) -> None:
        """A correction beside a trainee, kept with the drafts."""
        stagiaires = db.session.query(Stagiaire).filter_by(session_numero=self.numero).all()
        if rang < len(stagiaires):
            qui_est = stagiaires[rang]
            voulu = {qui_est.id: replace(identite_saisie(qui_est), nom=nom)}
            self.tenter(
                qui, lambda acteur, vue: enregistrer_resultats(acteur, self.numero, vue, {}, voulu), retard
            )

    @rule(qui=QUI, autre=st.booleans(), retard=RETARD)
    def declarer(self, qui: str, autre: bool, retard: int) -> None:
        personne = self.troupe.remplacant if autre else self.troupe.formateur
        numero_forprev = db.session.get_one(Individu, personne.individu_id).numero
        recherche = RechercheSaisie(numero=numero_forprev)

        def geste(acteur: Acteur, vue: int) -> object:
            if not acteur.est_entite:
                raise ActionImpossible("only an entité searches") if self.visible(acteur) else Introuvable
            return verifier_et_declarer(acteur, self.numero, vue, recherche)

        self.tenter(qui, geste, retard)

    @invariant()
    def sans_resultat_en_saisie(self) -> None:
        db.session.rollback()
        s = db.session.get(SessionCertification, self.numero)
        if s is not None and s.etat is Etat.SAISIE:
            assert {stagiaire.resultat for stagiaire in s.stagiaires} <= {None}
        if s is not None and s.etat is Etat.VALIDATION_ENTITE:
            assert s.stagiaires and None not in {stagiaire.resultat for stagiaire in s.stagiaires}

    @invariant()
    def rien_n_est_propose_dans_le_dos(self) -> None:
        """Drafts of corrections die with the drafts of results, and what is accepted waits no more."""
        db.session.rollback()
        s = db.session.get(SessionCertification, self.numero)
        derniere = next((ligne.action for ligne in reversed(lignes(self.numero))), "")
        if s is not None and derniere in (
            Action.REPRENDRE_SAISIE,
            Action.PAS_MA_SESSION,
            Action.ACCEPTER_CORRECTIONS,
        ):
            assert not en_attente(s)
        if s is not None and s.etat in (Etat.GENERATION, Etat.GENERE):
            assert not en_attente(s)

    @invariant()
    def personne_d_autre_ne_la_voit(self) -> None:
        situation = self.situation()
        if situation == self.controlee:
            return
        self.controlee = situation
        db.session.rollback()
        s = db.session.get(SessionCertification, self.numero)
        formateur = s.formateur_id if s is not None else None
        jour = aujourd_hui()
        for nom in PERSONNES:
            acteur: Acteur = getattr(self.troupe, nom)
            comptes = compter(acteur, jour)
            listee = comptes.a_traiter + comptes.en_cours == 1
            if s is None:
                assert not listee and not self.visible(acteur)
            elif nom in ENTITE:
                assert listee and self.visible(acteur)
            elif acteur.individu_id == formateur:
                assert self.visible(acteur) is (s.etat is not Etat.SAISIE)
                assert listee or s.etat is Etat.SAISIE
            else:
                assert not listee and not self.visible(acteur)

    @invariant()
    def rien_ne_reste_d_une_session_effacee(self) -> None:
        if self.situation() is None:
            assert not db.session.query(Evenement).count() and not db.session.query(Stagiaire).count()
            assert not db.session.query(Proposition).count()


@pytest.mark.marches
def test_n_importe_qui_clique_n_importe_quoi(atelier: Atelier, contexte: Flask) -> None:
    class Ici(UneSession):
        pass

    Ici.atelier = atelier
    reglages = settings(max_examples=ampleur(6, 100), stateful_step_count=30, derandomize=not TOUT)
    run_state_machine_as_test(Ici, settings=reglages)
