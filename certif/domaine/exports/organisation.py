"""Of an entité: what it is called, who is in it, what it may certify, what it asked for, its models."""

from collections.abc import Iterator

from sqlalchemy import Select, select

from certif.documents.tableaux import Cellule, Piece
from certif.domaine.acteur import TypeRole
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.modeles import (
    Demande,
    EvenementDemande,
    NomSouhaite,
    PieceJointe,
    PlateformeDemandee,
)
from certif.domaine.exports.lecture import Rangees, lire, par_pages
from certif.domaine.libelles import exports as textes
from certif.domaine.libelles.demandes.demandes import ETATS, NATURES
from certif.domaine.libelles.entites.mon_entite import CHAMPS
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Entite, Individu, Logo, NomCommercial, Role
from certif.domaine.referentiel.modeles import (
    Certificat,
    Dispositif,
    Habilitation,
    Niveau,
    Plateforme,
    Suspension,
)
from certif.domaine.roles.modeles import RolePropose
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.regles import lieux
from certif.socle.base.extensions import db

_CHAMPS = (
    *("raison_sociale", "siret", "adresse", "code_postal", "ville", "email", "telephone"),
    *("signataire", "signataire_qualite"),
)


def logos(e: int) -> Iterator[Piece]:
    """The pictures, each by itself: of the entité, then of its trade names."""
    du_nom = select(NomCommercial.id, NomCommercial.logo_sha256).where(
        NomCommercial.entite_id == e, NomCommercial.logo_sha256.is_not(None)
    )
    voulus = {f"logos/nom-commercial-{nom}.png": sha256 for nom, sha256 in lire(du_nom)}
    for (sha256,) in lire(select(Entite.logo_sha256).where(Entite.id == e, Entite.logo_sha256.is_not(None))):
        voulus["logos/entite.png"] = sha256
    lues = lire(select(Logo.sha256, Logo.png).where(Logo.sha256.in_(voulus.values())))
    images = {ligne.sha256: ligne.png for ligne in lues}
    for nom, sha256 in voulus.items():
        yield Piece(nom, images[sha256])


def identite(e: int) -> Rangees:
    """What it is, and what its certificates print."""
    entite = db.session.get_one(Entite, e)
    lus: list[tuple[str, Cellule]] = [
        (CHAMPS.get(champ, champ.replace("_", " ").capitalize()), getattr(entite, champ)) for champ in _CHAMPS
    ]
    yield from lus
    yield "Suspendue le", entite.suspendue_le


def noms_commerciaux(e: int) -> Rangees:
    """Its trade names."""
    n = NomCommercial
    for ligne in lire(select(n.id, n.libelle).where(n.entite_id == e).order_by(n.id)):
        yield tuple(ligne)


def utilisateurs(e: int, *, tout: bool) -> Rangees:
    """Who is in it today; `tout`: and who was invited, whom its gestionnaires alone see."""
    r, i, p = Role, Individu, RolePropose
    requete = (
        select(r.id, i.nom, i.prenom, i.numero, i.email, r.type, r.fin_le, r.derniere_venue)
        .join(i, i.id == r.individu_id)
        .where(r.entite_id == e, r.actif, i.efface_le.is_(None))
    )
    for _, nom, prenom, numero, email, type_, fin, venue in par_pages(requete, r.id):
        yield nom, prenom, numero, email, type_.libelle, fin, venue
    invites = select(p.nom, p.prenom, p.email, p.type, p.fin_le).where(p.entite_id == e).order_by(p.id)
    for nom, prenom, email, type_, fin in lire(invites) if tout else ():
        yield nom, prenom, "", email, textes.invite(type_.libelle), fin, None


def habilitations(e: int) -> Rangees:
    """Its rights, then the days on which they did not count."""
    h, s = Habilitation, Suspension
    requete = (
        select(h.numero, Dispositif.code, Niveau.numero, h.debut, h.fin, h.retrait_le, s.debut, s.fin)
        .select_from(h)
        .join(Niveau, Niveau.id == h.niveau_id)
        .join(Dispositif, Dispositif.id == Niveau.dispositif_id)
        .outerjoin(s, s.habilitation_id == h.id)
        .where(h.entite_id == e)
        .order_by(h.id, s.id)
    )
    for numero, code, niveau, *dates in lire(requete):
        yield numero, f"{code} / {niveau}", *dates


def plateformes(e: int) -> Rangees:
    """Where it may certify what asks for a platform."""
    p = Plateforme
    requete = (
        select(Dispositif.code, p.code_postal, p.ville, p.debut, p.fin)
        .join(Dispositif, Dispositif.id == p.dispositif_id)
        .where(p.entite_id == e)
        .order_by(p.id)
    )
    for ligne in lire(requete):
        yield tuple(ligne)


def demandes(e: int, *, tout: bool) -> Rangees:
    """What it asked for, and what became of it; `tout`: drafts too, which it alone reads (R16)."""
    d = Demande
    requete = (
        select(
            *(d.id, d.nature, Dispositif.code, Niveau.numero, d.etat, d.debut_souhaite, d.raison_sociale),
            *(d.siret, d.message, d.motif, d.cree_le, d.transmise_le, d.decidee_le),
        )
        .outerjoin(Niveau, Niveau.id == d.niveau_id)
        .outerjoin(Dispositif, Dispositif.id == Niveau.dispositif_id)
        .where(d.id.in_(_demandes(e, tout=tout)))
    )
    for numero, nature, code, niveau, etat, *reste in par_pages(requete, d.id):
        quoi = f"{code} / {niveau}" if code else ""
        yield numero, NATURES[nature.value], quoi, ETATS[etat.value], *reste


def suivi_des_demandes(e: int, *, tout: bool) -> Rangees:
    """Each step of them, what was asked beside, and the names of the files."""
    v, siennes = EvenementDemande, _demandes(e, tout=tout)
    requete = select(v.id, v.demande_id, v.quand, v.role, v.action, v.detail, v.commentaire)
    for _, demande, quand, role, action, detail, commentaire in par_pages(
        requete.where(v.demande_id.in_(siennes)), v.id
    ):
        fait = textes.demande(action)
        yield demande, quand, TypeRole.libelle_de(role), fait, detail, commentaire
    p = PieceJointe
    pieces = select(p.id, p.demande_id, p.ajoutee_le, p.nom).where(p.demande_id.in_(siennes))
    for _, demande, quand, nom in par_pages(pieces, p.id):
        yield demande, quand, "", textes.PIECE_JOINTE, nom, ""
    n, f = NomSouhaite, PlateformeDemandee
    for _, demande, libelle in par_pages(
        select(n.id, n.demande_id, n.libelle).where(n.demande_id.in_(siennes)), n.id
    ):
        yield demande, None, "", textes.NOM_SOUHAITE, libelle, ""
    for _, demande, code, ville in par_pages(
        select(f.id, f.demande_id, f.code_postal, f.ville).where(f.demande_id.in_(siennes)), f.id
    ):
        yield demande, None, "", textes.PLATEFORME, f"{code} {ville}", ""


def _demandes(e: int, *, tout: bool) -> Select[int]:
    siennes = select(Demande.id).where(Demande.entite_id == e)
    return siennes if tout else siennes.where(Demande.etat != EtatDemande.BROUILLON)


def modeles(e: int) -> Rangees:
    """Its models."""
    m, i = ModeleGarde, Individu
    requete = (
        select(
            *(m.id, m.nom, Certificat.libelle, m.identification, m.lieu_type, m.code_postal, m.ville, m.pays),
            *(m.reference_interne, i.nom, i.prenom, m.rappele_le, m.servi_le),
        )
        .outerjoin(Certificat, Certificat.id == m.certificat_id)
        .outerjoin(i, i.id == m.formateur_id)
        .where(m.entite_id == e)
    )
    for _, nom, libelle, stage, *lieu, reference, fnom, fprenom, rappel, servi in par_pages(requete, m.id):
        ou = lieux.libelle_du_lieu(*lieu)
        genre = stage.libelle if stage else ""
        yield nom, libelle, genre, ou, reference, _nom(fnom, fprenom), rappel, servi


def _nom(nom: str | None, prenom: str | None) -> str:
    return nom_affiche(nom, prenom or "") if nom else ""
