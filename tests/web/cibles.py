"""What the matrix of accesses aims at: one session per state and per tenant, and those who try."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select
from werkzeug.routing import Rule

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production import dossier
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.roles.roles_proposes import proposer
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes.actions import garder
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.demandes import fichier, une_demande
from tests.support.demandes import lire as lire_demande
from tests.support.factories import (
    un_certificat,
    un_nom_commercial,
    un_stagiaire,
    une_proposition,
    une_session,
)
from tests.web.distribution import Navigateur
from tests.web.scene import Scene


@dataclass(frozen=True)
class Cible:
    """One session, with ids that belong to it."""

    entite_id: int
    numero: int
    stagiaire_id: int
    certificat_id: int
    version: int
    nom_id: int
    """A trade name of the entité."""
    demande_id: int = 0
    piece_id: int = 0
    personne_id: int = 0
    """Somebody with a role in the entité."""
    propose_id: int = 0
    """A role that the entité proposed."""
    modele_id: int = 0
    """A model that its declarer kept."""
    registre: str = "x"
    """A number of the register, where the session issued some."""
    proposition_id: int = 0
    """What its formateur proposes; while they answer, it is theirs alone."""


@dataclass
class Matrice:
    """The cast of the table, and the sessions that they try to reach."""

    scene: Scene
    brouillon: Cible
    soumise: Cible
    verifiee: Cible
    generee: Cible
    guy: Cible

    def acteur(self, lettre: str) -> Acteur | None:
        t = self.scene.troupe
        return {
            "A": None,
            "G": t.gestionnaire,
            "E": t.etranger,
            "D": t.delegataire,
            "C": t.collegue,
            "F": t.formateur,
            "R": t.remplacant,
            "X": t.administrateur,
        }[lettre]

    def navigateur(self, lettre: str) -> Navigateur:
        acteur = self.acteur(lettre)
        if acteur is not None:
            return self.scene.navigateur(acteur)
        anonyme = Navigateur(self.scene.app.test_client())
        anonyme.rafraichir()
        return anonyme

    def cible_de(self, endpoint: str) -> Cible:
        """The session in whose state this route has something to do."""
        if endpoint == "formateur.remise":
            return self.generee
        if endpoint.startswith("formateur.") or endpoint == "entite.relancer_formateur":
            return self.soumise
        if endpoint in ("entite.apercu", "entite.apercus"):
            return self.verifiee
        if endpoint == "entite.telecharger_feuille":
            return self.brouillon
        generees = (
            "administration.registre",
            "entite.telecharger",
            "entite.relancer_dossier",
            "entite.annuler_certificats",
            "entite.confirmer_annulation",
            "entite.remise",
            "entite.creer_codes",
            "entite.arreter_code",
            "entite.renouveler_code",
        )
        return self.generee if endpoint.startswith(generees) else self.brouillon

    def _identifiant(self, endpoint: str, cible: Cible) -> int | str:
        if "invitations" in endpoint:
            return cible.propose_id
        if "modeles" in endpoint:
            return cible.modele_id
        if "utilisateurs" in endpoint or "individus" in endpoint:
            return cible.personne_id
        marose = self.scene.troupe.marose
        if "administration.habilitations" in endpoint:
            return marose.habilitation_id
        if "administration.certificats" in endpoint:
            return marose.certificat_id
        return cible.registre if "registre" in endpoint else cible.entite_id

    def adresse(self, regle: Rule, cible: Cible) -> str:
        ids: dict[str, Any] = {
            "entite_id": cible.entite_id,
            "numero": cible.numero,
            "stagiaire_id": cible.stagiaire_id,
            "certificat_id": cible.certificat_id,
            "nom_id": cible.nom_id,
            "liste": "en-cours",
            "action": "generer",
            "saisie_id": "x",
            "saisi": "x",
            "cle_id": 0,
            "propose_id": cible.propose_id,
            "identifiant": self._identifiant(regle.endpoint, cible),
            "courrier_id": 1,
            "demande_id": cible.demande_id,
            "piece_id": cible.piece_id,
            "proposition_id": cible.proposition_id,
            "rang": 1,
        }
        with self.scene.app.test_request_context():
            return self.scene.app.url_for(
                regle.endpoint, **{nom: ids[nom] for nom in sorted(regle.arguments)}
            )


def dresser(scene: Scene) -> Matrice:
    """The sessions of the table, each with a name that stands nowhere else."""
    t = scene.troupe

    noms = {o.entite_id: scene.dans(partial(un_nom_commercial, o.entite_id)) for o in (t.marose, t.guy)}

    def session(
        canari: str, etat: Etat, organisme: Any = t.marose, declarant: Acteur = t.delegataire
    ) -> Cible:
        stagiaires = [un_stagiaire(canari, resultat=Resultat.REUSSITE)]
        numero = une_session(
            organisme, etat, stagiaires=stagiaires, declarant=declarant, reference_interne=f"réf {canari}"
        )
        lue = db.session.get_one(SessionCertification, numero)
        emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)).first()
        if etat is Etat.GENERE:
            dossier.produire(numero)
        nom_id = noms[organisme.entite_id]
        demande_id, piece_id = demandes[organisme.entite_id]
        ids = (lue.stagiaires[0].id, emis.id if emis else 1, lue.version)
        registre = emis.numero if emis else "x"
        personne_id = organisme.delegataire.individu_id
        liees = (nom_id, demande_id, piece_id, personne_id, proposes[organisme.entite_id])
        modele_id = garder(declarant, numero, canari if organisme is t.guy else "canarimodele", None)
        proposee = "canaripropose" if etat is Etat.VALIDATION_FORMATEUR else f"{canari} bis"
        proposition_id = une_proposition(numero, valeur=proposee) if etat is not Etat.GENERE else 0
        return Cible(organisme.entite_id, numero, *ids, *liees, modele_id, registre, proposition_id)

    def demande(canari: str, etat: EtatDemande, gestionnaire: Acteur) -> tuple[int, int]:
        niveau_id = un_certificat("CATEC-1 Intervenant", "CATEC").niveau_id
        saisie = {"message": canari, "fichiers": (fichier(),)}
        identifiant = une_demande(gestionnaire, niveau_id, etat, t.administrateur, **saisie)
        return identifiant, lire_demande(identifiant).pieces[0].id

    proposes = {
        par.entite_id: scene.dans(
            partial(proposer, par, "canariinvitee", "", f"i{par.entite_id}@b.example", "delegataire")
        )
        for par in (t.gestionnaire, t.etranger)
    }
    demandes = scene.dans(
        lambda: {
            t.marose.entite_id: demande("canaridemande", EtatDemande.TRANSMISE, t.gestionnaire),
            t.guy.entite_id: demande("canariprojet", EtatDemande.BROUILLON, t.etranger),
        }
    )
    return scene.dans(
        lambda: Matrice(
            scene,
            session("canaribrouillon", Etat.SAISIE),
            session("canarisoumise", Etat.VALIDATION_FORMATEUR),
            session("canariverifiee", Etat.VALIDATION_ENTITE),
            session("canarigeneree", Etat.GENERE),
            session("canariguy", Etat.GENERE, t.guy, t.etranger),
        )
    )
