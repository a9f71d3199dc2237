"""What the pages of a session show of its codes: to project, to print, and who has opened theirs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production.emis import POUR_LISTE, emis_de
from certif.domaine.certificats.remise.codes import code_de, etiquettes
from certif.domaine.certificats.remise.gestion import est_lisible
from certif.domaine.certificats.remise.modeles import CodeDeRemise
from certif.domaine.certificats.remise.regles import repose
from certif.domaine.certificats.telechargement import session_ouverte
from certif.socle.base.extensions import db


@dataclass(frozen=True, slots=True)
class EtatDuCode:
    """Where one certificate's code is: `vivant` while it may open, `repose` once tried too often.

    `etiquette` says whose in initials; `ouvertures`, first and last, are those of every code that it had.
    """

    etiquette: str
    vivant: bool = False
    repose: bool = False
    essais: int = 0
    ouvertures: int = 0
    premiere: datetime | None = None
    derniere: datetime | None = None


@dataclass(frozen=True, slots=True)
class Carte:
    """One card: whose, and the code in its plain form."""

    etiquette: str
    code: str


def etats_des_codes(session_numero: int) -> dict[int, EtatDuCode]:
    """By certificate in force of a generated session, where its code is; empty before any was made."""
    codes = _codes(session_numero)
    if not codes:
        return {}
    return {
        certificat.id: _etat(etiquette, codes.get(certificat.id, []))
        for certificat, etiquette in _etiquetes(_emis(session_numero))
    }


def cartes(acteur: Acteur, numero: int) -> list[Carte]:
    """The codes that open something, in the order of the trainees; an entité's or the session's formateur's.

    Raises:
        Introuvable: not this actor's session.
        ActionImpossible: the certificates are not generated yet.
        Refus: the fifteen days are over.
    """
    session_ouverte(acteur, numero)
    codes = _codes(numero)
    return [
        Carte(etiquette, code_de(code.sel))
        for certificat, etiquette in _etiquetes(_emis(numero))
        for code in codes.get(certificat.id, [])
        if code.arrete_le is None and not repose(code.essais) and est_lisible(code)
    ]


def codes_montrables(session_numero: int) -> bool:
    """Whether a generated session has codes that may be shown; cheap, for a link."""
    c = CodeDeRemise
    requete = (
        select(c.id)
        .join(c.certificat_emis)
        .where(
            CertificatEmis.session_numero == session_numero,
            CertificatEmis.cle_objet.is_not(None),
            c.arrete_le.is_(None),
        )
    )
    return db.session.scalar(requete.limit(1)) is not None


def _emis(session_numero: int) -> list[CertificatEmis]:
    """Cancelled ones too: whoever shares their initials keeps the rank that was printed."""
    return list(db.session.scalars(emis_de(session_numero).options(*POUR_LISTE)))


def _etiquetes(emis: list[CertificatEmis]) -> list[tuple[CertificatEmis, str]]:
    """Those in force, each with its label."""
    dites = etiquettes([(e.stagiaire.nom, e.stagiaire.prenom) for e in emis])
    return [(e, dite) for e, dite in zip(emis, dites, strict=True) if e.cle_objet is not None]


def _codes(session_numero: int) -> Mapping[int, list[CodeDeRemise]]:
    requete = (
        select(CodeDeRemise)
        .join(CodeDeRemise.certificat_emis)
        .where(CertificatEmis.session_numero == session_numero)
        .order_by(CodeDeRemise.id)
    )
    par_certificat: dict[int, list[CodeDeRemise]] = defaultdict(list)
    for code in db.session.scalars(requete):
        par_certificat[code.certificat_emis_id].append(code)
    return par_certificat


def _etat(etiquette: str, codes: list[CodeDeRemise]) -> EtatDuCode:
    dernier = codes[-1] if codes else None
    en_service = dernier is not None and dernier.arrete_le is None and est_lisible(dernier)
    essais = dernier.essais if dernier is not None else 0
    return EtatDuCode(
        etiquette=etiquette,
        vivant=en_service and not repose(essais),
        repose=en_service and repose(essais),
        essais=essais,
        ouvertures=sum(c.ouvertures for c in codes),
        premiere=min((c.premiere_ouverture for c in codes if c.premiere_ouverture), default=None),
        derniere=max((c.derniere_ouverture for c in codes if c.derniere_ouverture), default=None),
    )
