"""What an entité may choose from: niveaux, certificats, platforms; and how they are called, by id."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import (
    Certificat,
    Dispositif,
    Habilitation,
    Niveau,
    Plateforme,
    Qualification,
    TypeNiveau,
)
from certif.socle.base.extensions import db


def habilitations_acteur(entite_id: int) -> list[Habilitation]:
    """The entité's habilitations for niveaux of type acteur, with their niveau (R2)."""
    requete = (
        select(Habilitation)
        .join(Habilitation.niveau)
        .where(Habilitation.entite_id == entite_id, Niveau.type == TypeNiveau.ACTEUR)
        .options(contains_eager(Habilitation.niveau), joinedload(Habilitation.suspensions))
        .order_by(Habilitation.fin.desc(), Habilitation.id)
    )
    return list(db.session.scalars(requete).unique())


def certificats_de(niveau_ids: list[int]) -> list[Certificat]:
    """The certificats of these niveaux that are still delivered, by niveau then label."""
    requete = (
        select(Certificat)
        .where(Certificat.niveau_id.in_(niveau_ids), Certificat.archive_le.is_(None))
        .order_by(Certificat.niveau_id, Certificat.id)
    )
    return list(db.session.scalars(requete))


def certificat_d_exemple(entite_id: int) -> tuple[Certificat | None, Habilitation | None]:
    """A certificat still delivered, with the habilitation of the entité for it; any, where it has none."""
    requete = (
        select(Certificat, Habilitation)
        .outerjoin(
            Habilitation,
            (Habilitation.niveau_id == Certificat.niveau_id) & (Habilitation.entite_id == entite_id),
        )
        .where(Certificat.archive_le.is_(None))
        .order_by(Habilitation.id.is_(None), Habilitation.fin.desc(), Certificat.id)
        .limit(1)
    )
    trouve = db.session.execute(requete).one_or_none()
    return (trouve[0], trouve[1]) if trouve else (None, None)


def niveaux_a_certifier() -> list[Niveau]:
    """The niveaux of type acteur of the dispositifs that are not archived, by code."""
    return _niveaux(Dispositif.archive_le.is_(None))


def niveaux_archives() -> list[Niveau]:
    """The niveaux of type acteur of the dispositifs that are archived, by code."""
    return _niveaux(Dispositif.archive_le.is_not(None))


def _niveaux(condition: ColumnElement[bool]) -> list[Niveau]:
    requete = select(Niveau).join(Niveau.dispositif).where(Niveau.type == TypeNiveau.ACTEUR, condition)
    return list(db.session.scalars(requete.order_by(Dispositif.code, Niveau.numero)))


def libelle_du_niveau(identifiant: int) -> str:
    """How this niveau is read; "" when there is none."""
    niveau = db.session.get(Niveau, identifiant)
    return niveau.libelle if niveau else ""


def libelle_du_certificat(identifiant: int) -> str:
    """How this certificat is read, archived or not; "" when there is none."""
    certificat = db.session.get(Certificat, identifiant)
    return certificat.libelle if certificat else ""


def plateformes_de(entite_id: int, dispositif_id: int) -> list[Plateforme]:
    """The platforms that the entité declared for a dispositif, whatever their dates."""
    requete = (
        select(Plateforme).filter_by(entite_id=entite_id, dispositif_id=dispositif_id).order_by(Plateforme.id)
    )
    return list(db.session.scalars(requete))


def plateformes_de_l_entite(entite_id: int) -> list[Plateforme]:
    """Every platform that the entité declared, whatever the dispositif and the dates."""
    return list(db.session.scalars(select(Plateforme).filter_by(entite_id=entite_id).order_by(Plateforme.id)))


def qualifications_de(individu_id: int) -> list[Qualification]:
    """The person's qualifications, past ones included, with their niveau; the first to end comes first."""
    requete = (
        select(Qualification)
        .filter_by(individu_id=individu_id)
        .options(selectinload(Qualification.niveau))
        .order_by(Qualification.fin, Qualification.id)
    )
    return list(db.session.scalars(requete))


def noms_de_niveaux(ids: Collection[int]) -> dict[int, str]:
    """`SST / 1`."""
    return {n.id: n.libelle for n in db.session.scalars(select(Niveau).where(Niveau.id.in_(ids)))}


def noms_de_dispositifs(ids: Collection[int]) -> dict[int, str]:
    """`SST`."""
    requete = select(Dispositif).where(Dispositif.id.in_(ids))
    return {d.id: d.code for d in db.session.scalars(requete)}


def noms_de_certificats(ids: Collection[int]) -> dict[int, str]:
    """`SST-1`."""
    requete = select(Certificat).where(Certificat.id.in_(ids))
    return {c.id: c.libelle for c in db.session.scalars(requete)}


def noms_d_habilitations(ids: Collection[int]) -> dict[int, str]:
    """`H-1001 (SST / 1) de MAROSE FORMATION`."""
    h = Habilitation
    requete = select(h).where(h.id.in_(ids)).options(joinedload(h.niveau), joinedload(h.entite))
    lues = db.session.scalars(requete)
    return {lue.id: f"{lue.numero} ({lue.niveau.libelle}) de {lue.entite.raison_sociale}" for lue in lues}


def noms_de_qualifications(ids: Collection[int]) -> dict[int, str]:
    """`SST / 1 de RIVIÈRE Stéphanie`."""
    q = Qualification
    requete = select(q).where(q.id.in_(ids)).options(joinedload(q.niveau), joinedload(q.individu))
    lues = db.session.scalars(requete)
    return {
        lue.id: f"{lue.niveau.libelle} de {nom_affiche(lue.individu.nom, lue.individu.prenom)}"
        for lue in lues
    }


def noms_de_plateformes(ids: Collection[int]) -> dict[int, str]:
    """`26800 ETOILE SUR RHONE de MAROSE FORMATION`."""
    p = Plateforme
    requete = select(p, Entite.raison_sociale).join(Entite, Entite.id == p.entite_id).where(p.id.in_(ids))
    return {lue.id: f"{lue.libelle} de {entite}" for lue, entite in db.session.execute(requete)}
