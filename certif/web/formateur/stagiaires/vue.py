"""The tab "Stagiaires" of the formateur as its template reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from certif.domaine.certificats.remise.lectures import codes_montrables
from certif.domaine.erreurs import ErreurMetier, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.ecrans import enregistre_a, enregistre_sauf, reprendre_les_reponses
from certif.domaine.libelles.sessions import formateur as textes
from certif.domaine.libelles.sessions import resultats as mots
from certif.domaine.libelles.sessions.droits import bloquee
from certif.domaine.libelles.sessions.etats import ACTIONS
from certif.domaine.libelles.sessions.refus import du_stagiaire, sans_resultat
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import resultats_corrigeables
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.regles import resultats, retouches
from certif.domaine.sessions.relecture import Relecture, relecture
from certif.domaine.sessions.valeurs import MotifEchec, Resultat
from certif.domaine.temps import date_de, format_date_heure, format_heure
from certif.socle.horloge import aujourd_hui
from certif.web.formateur.session import annonce
from certif.web.formateur.stagiaires.demandes import VueDemandes, vue_demandes
from certif.web.formateur.stagiaires.lignes import Ligne, lignes
from certif.web.formateur.stagiaires.reponses import Saisie, ecrire_annulables
from certif.web.sessions.cadre import Cadre

CHOIX = (Action.ENVOYER_RESULTATS, Action.RETOUR_COMMENTE)
MOTIFS = tuple(MotifEchec.options())


@dataclass(frozen=True, slots=True)
class Choix:
    """One option of the *Action* box; `empechement` says why it cannot be chosen now."""

    valeur: str
    libelle: str
    empechement: str
    avec_commentaire: bool


@dataclass(frozen=True)
class VueResultats:
    """What `formateur/_resultats.html` and its pieces read."""

    cadre: Cadre
    lignes: list[Ligne]
    relue: Relecture
    saisie: Saisie
    erreur: ErreurMetier | None

    @property
    def session_certif(self) -> SessionCertification:
        return self.cadre.session_certif

    @property
    def entite(self) -> str:
        return self.session_certif.entite.raison_sociale

    @property
    def modifiable(self) -> bool:
        return Action.ENREGISTRER_RESULTATS in self.cadre.actions

    @property
    def refusable(self) -> bool:
        """Whether *Ce n’est pas ma session* is still an answer."""
        return Action.PAS_MA_SESSION in self.cadre.actions

    @property
    def suspension(self) -> str:
        """Why nothing can be entered, when it is the formateur's turn."""
        suspendue = self.session_certif.entite.suspendue
        return textes.entite_suspendue(self.entite) if suspendue else ""

    @property
    def suite_des_fermes(self) -> str:
        """What can still be done about results that were sent, as long as something can."""
        return textes.resultats_fermes(self.entite) if resultats_corrigeables(self.session_certif) else ""

    @property
    def remise(self) -> str:
        """Where the hand-over codes are shown, once the entité made some (R9)."""
        s = self.session_certif
        montrables = s.etat is Etat.GENERE and codes_montrables(s.numero)
        return url_for("formateur.remise", numero=s.numero) if montrables else ""

    # The answers

    motifs = MOTIFS
    commentaire_max = resultats.COMMENTAIRE_MAX

    @property
    def comptes(self) -> resultats.Comptes:
        trouves = [ligne.resultat for ligne in self.lignes]
        return resultats.Comptes(
            len(trouves), trouves.count(Resultat.REUSSITE), trouves.count(Resultat.ECHEC)
        )

    @property
    def manquants(self) -> list[Ligne]:
        return [ligne for ligne in self.lignes if not ligne.resultat]

    @property
    def manque(self) -> str:
        """« 3 stagiaires sans résultat », or nothing."""
        return sans_resultat(len(self.manquants)) if self.manquants else ""

    @property
    def envoyes(self) -> bool:
        return self.session_certif.resultats_le is not None

    @property
    def bilan(self) -> str:
        """« Résultats : 4 réussites, 2 échecs »."""
        return mots.envoyes(self.comptes.reussites, self.comptes.echecs)

    @property
    def a_change(self) -> str:
        return annonce(self.relue)

    @property
    def reprendre(self) -> str:
        """The button that takes old answers back, while it would add one."""
        if not self.relue.reprenables.intersection(ligne.cle for ligne in self.manquants):
            return ""
        return reprendre_les_reponses(len(self.relue.reprenables), len(self.lignes))

    @property
    def annulables(self) -> frozenset[int]:
        """Those whom *Tous en réussite* answered, as long as they still have that answer."""
        en_reussite = (ligne.cle for ligne in self.lignes if ligne.resultat == Resultat.REUSSITE)
        return self.saisie.annulables.intersection(en_reussite)

    @property
    def annulables_texte(self) -> str:
        return ecrire_annulables(self.annulables)

    @property
    def mis_en_reussite(self) -> str:
        return textes.tous_en_reussite(len(self.annulables))

    @property
    def enregistre(self) -> str:
        """When these answers were recorded, or sent; nothing when they are not."""
        s = self.session_certif
        if not self.modifiable:
            return textes.envoyes_le(format_date_heure(s.resultats_le)) if s.resultats_le else ""
        if self.erreur or (len(self.manquants) == len(self.lignes) and not self.corrections):
            return ""
        if self.saisie.refusees:
            return enregistre_sauf(format_heure(s.modifiee_le), len(self.saisie.refusees))
        if date_de(s.modifiee_le) == aujourd_hui():
            return enregistre_a(format_heure(s.modifiee_le))
        return textes.enregistre_le(date_de(s.modifiee_le), format_heure(s.modifiee_le))

    # The action box

    @property
    def choix(self) -> list[Choix]:
        possibles = [action for action in CHOIX if action in self.cadre.actions]
        return [
            Choix(a.value, ACTIONS[a.value], self._empechement(a), a is Action.RETOUR_COMMENTE)
            for a in possibles
        ]

    @property
    def choisi(self) -> str:
        return self.saisie.action or next((c.valeur for c in self.choix if not c.empechement), "")

    @property
    def demandes(self) -> VueDemandes:
        return vue_demandes(self.session_certif, self.saisie.demandes, self.champs)

    @property
    def jointes(self) -> str:
        """« 2 corrections proposées seront jointes »: those that a retour takes along."""
        return textes.jointes(self.corrections) if self.corrections else ""

    @property
    def avertissement(self) -> str:
        """R10: the results are about to go before the session ends."""
        fin = self.session_certif.date_fin
        return (resultats.avertissement_envoi(aujourd_hui(), fin) or "") if fin else ""

    @property
    def effet_envoi(self) -> str:
        c = self.comptes
        return textes.effet_envoi(self.entite, c.reussites, c.echecs, self.corrections)

    @property
    def a_redire(self) -> list[Ligne]:
        """The trainees of whose identity the page says something, or is to: what a save brings up to date."""
        return [ligne for ligne in self.lignes if ligne.correction.parle or ligne.cle in self.saisie.dites]

    @property
    def corrections(self) -> int:
        """How many are proposed, as they are stored."""
        return len(en_attente(self.session_certif))

    @property
    def effet_retour(self) -> str:
        d = self.demandes
        autres = d.retraits or d.session_ouverte or any(ajout.ouvert for ajout in d.ajouts)
        return textes.effet_retour(
            self.entite,
            commentaire=bool(self.saisie.commentaire.strip()),
            corrections=bool(self.corrections or autres),
        )

    # What was refused

    @property
    def champs(self) -> Mapping[str, Sequence[str]]:
        """Messages by field."""
        return self.erreur.champs if isinstance(self.erreur, SaisieInvalide) else self.saisie.refusees

    @property
    def resume(self) -> list[tuple[str, str]]:
        """The summary: the control to go to, and the message, naming the trainee whom it is about."""
        noms = {
            f"{champ}-{ligne.cle}": f"{ligne.nom} {ligne.prenom}".strip()
            for ligne in self.lignes
            for champ in ("resultat", *retouches.IDENTITE)
        }
        dits = ((champ, " ".join(messages)) for champ, messages in self.champs.items())
        return [(champ, du_stagiaire(noms[champ], dit) if champ in noms else dit) for champ, dit in dits]

    @property
    def refus(self) -> str:
        """A refusal that no field caused."""
        return self.erreur.message if self.erreur and not self.champs else ""

    @property
    def changements(self) -> list[str] | None:
        """What happened since a stale page was shown; None when the page is not stale."""
        return (
            list(dict.fromkeys(self.erreur.changements)) if isinstance(self.erreur, VersionPerimee) else None
        )

    def _empechement(self, action: Action) -> str:
        blocage = self.cadre.blocage if action is Action.ENVOYER_RESULTATS else None
        return bloquee(blocage) if blocage else ""


def vue_resultats(
    le_cadre: Cadre, saisie: Saisie | None = None, erreur: ErreurMetier | None = None
) -> VueResultats:
    """The tab: what is stored or, after `erreur`, what the refused page held."""
    relue = relecture(le_cadre.session_certif)
    if Action.ENREGISTRER_RESULTATS not in le_cadre.actions:
        saisie = None  # nothing can be entered any more: the page shows what is stored
    montrees = lignes(le_cadre.session_certif, relue, saisie, erreur)
    return VueResultats(le_cadre, montrees, relue, saisie or Saisie(), erreur)
