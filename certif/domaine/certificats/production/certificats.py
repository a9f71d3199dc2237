"""Making the certificates of a session, lot after lot; then its generation ends (R6)."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import Select, select

from certif.documents.certificat.fabrique import Fabrique
from certif.documents.donnees import DonneesCertificat, DonneesPlusRecentes
from certif.domaine.certificats.modeles import CertificatEmis, EtatEmission
from certif.domaine.certificats.production import archive, scelleur
from certif.domaine.certificats.production.emis import faire_le_point
from certif.domaine.certificats.production.fichiers import cle_certificat
from certif.domaine.certificats.production.recette import (
    Recette,
    Suspendu,
    cause_de,
    echu,
    marquer,
    reprendre_les_echus,
    suivre,
    travail,
)
from certif.domaine.entites import logos
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.pannes.attente import attendre, reprendre
from certif.domaine.pannes.modeles import SorteDePanne
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.delai import DelaiDepasse, delai
from certif.socle.file import ceder
from certif.socle.horloge import instant_reel
from certif.socle.rupture import point_de_rupture

LOT = 25
RENDU_MAX_S = 30.0
"""A certificate that takes longer hangs; three times this is under the five minutes of a visible failure."""
_PROLONGATION_S = 10.0

_journal = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Prise:
    """One certificate claimed by this attempt: nobody else may mark this `essai` of it."""

    id: int
    essai: int
    session_numero: int
    numero: str
    donnees: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fait:
    """What became of a claim: a stored file, the cause of its failure, or left to a newer version."""

    prise: Prise
    cle: str | None = None
    sha256: str | None = None
    taille: int | None = None
    cause: str | None = None
    plus_recent: bool = False


def produire(session_numero: int) -> None:
    """Make what is missing of a session's certificates, then end its generation if all of them are there.

    May be called at any time, any number of times, by several processes at once.
    """
    refaits: set[int] = set()
    with travail(session_numero):
        produire_les_certificats(session_numero)
        while not archive.achever(session_numero, refaits):
            produire_les_certificats(session_numero)


def produire_les_certificats(session_numero: int) -> None:
    """Make every certificate of the session still to be made.

    Raises:
        EnPanne: an outage stops the work; it goes on from there once it is over.
        Suspendu: others wait for theirs; this session has gone behind them.
    """
    atelier = Atelier(session_numero)
    while suivre(atelier.recette, session_numero):
        if atelier.il_en_reste() and ceder("produire_certificats", session_numero):
            raise Suspendu


@dataclass(slots=True)
class Atelier:
    """What one job keeps from lot to lot: what it prepared, and which certificates it cannot read."""

    session_numero: int
    laisses: set[int] = field(default_factory=set)
    fabrique: Fabrique | None = None

    @property
    def recette(self) -> Recette[list[Prise], list[Fait]]:
        """How a lot is made."""
        return Recette("certificats", Etat.GENERATION, self.prendre, self.faire, _marquer, _lacher)

    def prendre(self, session_certif: SessionCertification) -> list[Prise] | None:
        """At most 25 certificates, those that never failed first; one that failed is claimed alone.

        Alone, because it may kill the process: its neighbours must not be counted as failing with it.
        """
        reprendre_les_echus(echus(session_certif.numero), textes.CAUSE_INTERROMPU)
        faire_le_point(session_certif)
        prets = db.session.scalars(self.prochains()).all()
        lot = [c for c in prets if c.echecs == 0] or list(prets[:1])
        for certificat in lot:
            certificat.etat = EtatEmission.EN_COURS
            certificat.essai += 1
            certificat.prise_a = instant_reel()
        return [Prise(c.id, c.essai, c.session_numero, c.numero, c.donnees) for c in lot] or None

    def faire(self, lot: list[Prise]) -> list[Fait]:
        """Make a lot; what was made is marked on the way, when that takes long or an outage stops it."""
        self.fabrique = self.fabrique or _fabrique(self.session_numero)
        faits: list[Fait] = []
        depuis = time.monotonic()
        for prise in lot:
            try:
                faits.append(_faire(prise, self.fabrique))
            except Exception:
                if faits:
                    marquer(self.recette, self.session_numero, lot, faits)
                raise
            if faits[-1].plus_recent:
                self.laisses.add(prise.id)
            if time.monotonic() - depuis > _PROLONGATION_S:
                marquer(self.recette, self.session_numero, lot, faits)
                faits, depuis = [], time.monotonic()
        return faits

    def prochains(self) -> Select[CertificatEmis]:
        """Select the next lot: those that failed least, first."""
        return self._a_produire().order_by(CertificatEmis.echecs, CertificatEmis.id).limit(LOT)

    def il_en_reste(self) -> bool:
        """Whether a certificate waits that this job can make."""
        reste = db.session.scalar(self._a_produire().with_only_columns(CertificatEmis.id).limit(1))
        db.session.rollback()
        return reste is not None

    def _a_produire(self) -> Select[CertificatEmis]:
        requete = select(CertificatEmis).filter_by(
            session_numero=self.session_numero, etat=EtatEmission.A_PRODUIRE
        )
        return requete.where(CertificatEmis.id.not_in(self.laisses))


def echus(session_numero: int) -> Sequence[CertificatEmis]:
    """The certificates of a session whose claim no longer holds."""
    requete = select(CertificatEmis).filter_by(session_numero=session_numero, etat=EtatEmission.EN_COURS)
    return db.session.scalars(requete.where(echu())).all()


def _fabrique(session_numero: int) -> Fabrique:
    """What makes the certificates of this session that are still to be made.

    Raises:
        CleInutilisable: nothing can be sealed.
    """
    requete = (
        select(CertificatEmis.donnees)
        .where(CertificatEmis.session_numero == session_numero, CertificatEmis.etat != EtatEmission.PRODUIT)
        .order_by(CertificatEmis.id)
    )
    donnees = []
    for ligne in db.session.scalars(requete):
        with suppress(ValueError):  # it will fail by itself, and stop none of the others
            donnees.append(DonneesCertificat.de_json(ligne))
    logo = logos.lire(donnees[0].logo) if donnees else None
    db.session.rollback()
    return Fabrique(donnees, logo, scelleur.sceau())


def _faire(prise: Prise, fabrique: Fabrique) -> Fait:
    """Render and store one certificate. A failure that is its own is said; an outage is raised."""
    try:
        with delai(RENDU_MAX_S):
            fichier = fabrique.faire(DonneesCertificat.de_json(prise.donnees))
            point_de_rupture("certificats_apres_rendu")
    except DonneesPlusRecentes:
        _journal.warning("production.version", session=prise.session_numero, certificat=prise.id)
        return Fait(prise, plus_recent=True)
    except (Exception, DelaiDepasse) as erreur:  # noqa: BLE001 - `cause_de` raises what is not its own
        cause = cause_de(
            erreur, textes.CAUSE_DELAI, textes.CAUSE_INTERNE, certificat=prise.id, essai=prise.essai
        )
        return Fait(prise, cause=cause)
    cle = cle_certificat(prise.session_numero, prise.numero, prise.essai)
    stockage.ecrire(cle, fichier.octets)
    point_de_rupture("certificats_apres_ecriture")
    return Fait(prise, cle, fichier.sha256, len(fichier.octets))


def _marquer(session_certif: SessionCertification, lot: list[Prise], faits: list[Fait]) -> None:
    """Mark what was made or failed; prolong the claims still to be worked on."""
    par_id = {fait.prise.id: fait for fait in faits}
    for certificat in tenus(lot):
        fait = par_id.get(certificat.id)
        if fait is None:
            certificat.prise_a = instant_reel()
        elif fait.plus_recent:
            certificat.liberer()
            attendre(session_certif.numero, SorteDePanne.VERSION)
        elif fait.cause is not None:
            certificat.compter_un_echec(fait.cause)
        else:
            certificat.etat = EtatEmission.PRODUIT
            certificat.cle_objet, certificat.sha256, certificat.taille = fait.cle, fait.sha256, fait.taille
            certificat.cause = None
    if any(fait.cle for fait in faits):
        reprendre(session_certif.numero)
    faire_le_point(session_certif)


def _lacher(_: SessionCertification, lot: list[Prise]) -> bool:
    gardes = tenus(lot)
    for certificat in gardes:
        certificat.liberer()
    return bool(gardes)


def tenus(lot: list[Prise]) -> list[CertificatEmis]:
    """Of these claims, the rows that nobody else took over since."""
    essais = {prise.id: prise.essai for prise in lot}
    requete = (
        select(CertificatEmis)
        .where(CertificatEmis.id.in_(essais), CertificatEmis.etat == EtatEmission.EN_COURS)
        .execution_options(populate_existing=True)
    )
    return [c for c in db.session.scalars(requete) if c.essai == essais[c.id]]
