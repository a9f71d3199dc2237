"""What comes before an entité's first certificates, and how far it is: read from what is there."""

from dataclasses import dataclass

from sqlalchemy import func, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.demandes.etats import OUVERTES
from certif.domaine.demandes.lectures import identite_ouverte
from certif.domaine.demandes.modeles import Demande
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.portee import visible_de
from certif.socle.base.extensions import db


@dataclass(frozen=True, slots=True)
class PremiersPas:
    """Each step, done or not; of a délégataire, `nom`, `signature` and `habilitation` are None: not theirs.

    `identite_id` and `demande_id`: the demandes of another name and of an habilitation that are open.
    `brouillon`: the session that is begun, if there is one.
    """

    nom: bool | None
    signature: bool | None
    habilitation: bool | None
    formateur: bool
    session: bool
    identite_id: int | None = None
    demande_id: int | None = None
    brouillon: int | None = None

    @property
    def pas(self) -> list[bool]:
        """Those that are this actor's, in order."""
        tous = (self.nom, self.signature, self.habilitation, self.formateur, self.session)
        return [fait for fait in tous if fait is not None]


def signature_prete(entite: Entite) -> bool:
    """Whether its certificates print who signs them."""
    return bool(entite.signataire)


def premiers_pas(acteur: Acteur) -> PremiersPas | None:
    """The steps that an entité without any certificate shows this actor; None once all are done.

    Of an entité that has issued some, nothing but that is read. A délégataire who could not declare anyhow
    has none either.
    """
    if acteur.entite_id is None or _a_delivre(acteur.entite_id):
        return None
    entite = db.session.get_one(Entite, acteur.entite_id)
    habilitee = bool(niveaux_proposes(entite.id))
    gestionnaire = acteur.role is TypeRole.GESTIONNAIRE
    if not gestionnaire and not habilitee:
        return None
    declares, soumises, brouillon = _sessions(acteur)
    pas = PremiersPas(
        nom=entite.nom_est_confirme if gestionnaire else None,
        signature=signature_prete(entite) and entite.logo_sha256 is not None if gestionnaire else None,
        habilitation=habilitee if gestionnaire else None,
        formateur=declares,
        session=soumises,
        identite_id=identite_ouverte(entite.id) if gestionnaire and not entite.nom_est_confirme else None,
        demande_id=_demande_ouverte(entite.id) if gestionnaire and not habilitee else None,
        brouillon=brouillon,
    )
    return None if all(pas.pas) else pas


def _a_delivre(entite_id: int) -> bool:
    requete = select(LigneRegistre.numero).filter_by(entite_id=entite_id).limit(1)
    return db.session.scalar(requete) is not None


def _sessions(acteur: Acteur) -> tuple[bool, bool, int | None]:
    """Of the sessions that this actor saw: is a formateur named, was one submitted; the first draft."""
    s = SessionCertification
    brouillon = func.min(s.numero).filter(s.etat == Etat.SAISIE)
    requete = select(func.count(s.formateur_id), func.count(s.premiere_soumission_le), brouillon)
    declares, soumises, numero = db.session.execute(requete.where(visible_de(acteur))).one()
    closes = select(Bilan.numero).filter_by(entite_id=acteur.entite_id).limit(1)
    if acteur.role is not TypeRole.GESTIONNAIRE:
        closes = closes.filter_by(declarant_id=acteur.individu_id)
    close = db.session.scalar(closes) is not None
    return bool(declares) or close, bool(soumises) or close, numero


def _demande_ouverte(entite_id: int) -> int | None:
    requete = select(Demande.id).where(
        Demande.entite_id == entite_id, Demande.etat.in_(OUVERTES), Demande.niveau_id.is_not(None)
    )
    return db.session.scalar(requete.order_by(Demande.id).limit(1))
