"""Logos, under the digest of their bytes: what is kept, what certificates print, and their changes."""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import select

from certif.documents.hors_processus import DocumentIndisponible, DocumentRefuse
from certif.documents.nettoyage_du_logo import POIDS_MAX, demander_logo
from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.entites.chargement import entite_a_modifier, nom_commercial_de
from certif.domaine.entites.identites import annoncer_le_logo
from certif.domaine.erreurs import Introuvable, SaisieInvalide, ServiceIndisponible
from certif.domaine.journal import consigner
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.personnes.modeles import Entite, Logo, NomCommercial
from certif.domaine.personnes.titulaires import entite_de
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction


def conserver(png: bytes, *, pale: bool = False) -> str:
    """Keep a PNG, once; returns the name under which it is found again."""
    nom = sha256(png).hexdigest()
    logo = db.session.get(Logo, nom)
    if logo is None:
        db.session.add(Logo(sha256=nom, png=png, pale=pale))
    elif pale:  # kept before logos were judged
        logo.pale = True
    db.session.flush()
    return nom


def lire(nom: str | None) -> bytes | None:
    """The PNG of that name, or None when there is no name.

    Raises:
        LookupError: no logo has this name.
    """
    if nom is None:
        return None
    logo = db.session.get(Logo, nom)
    if logo is None:
        raise LookupError("no such logo")
    return logo.png


def pales(noms: Iterable[str | None]) -> set[str]:
    """Of these logos, those that can hardly be seen on white paper."""
    cherches = [nom for nom in noms if nom is not None]
    if not cherches:
        return set()
    return set(db.session.scalars(select(Logo.sha256).where(Logo.sha256.in_(cherches), Logo.pale)))


def logo_imprime(entite: Entite, nom: NomCommercial | None) -> tuple[str | None, bool]:
    """The logo of certificates in this name, and whether it shows it: a trade name may have its own."""
    if nom is None or nom.logo_sha256 is not None:
        porteur = nom or entite
        return porteur.logo_sha256, porteur.logo_porte_le_nom
    return entite.logo_sha256, False


def logo_de(acteur: Acteur, nom_id: int | None = None) -> bytes:
    """The PNG of the actor's entité, or of one of its trade names.

    Raises:
        Introuvable: not this actor's, or it has no logo.
    """
    if acteur.entite_id is None:
        raise Introuvable
    porteur = entite_de(acteur.entite_id) if nom_id is None else nom_commercial_de(acteur, nom_id)
    png = lire(porteur.logo_sha256)
    if png is None:
        raise Introuvable
    return png


def logo_lu(acteur: Acteur, entite_id: int, nom_id: int | None = None) -> bytes:
    """The PNG of any entité, or of one of its trade names, for the administrateur.

    Raises:
        Introuvable: not an administrateur, or it has no logo.
    """
    exiger_administrateur(acteur)
    requete = select(Entite.logo_sha256).filter_by(id=entite_id)
    if nom_id is not None:
        requete = select(NomCommercial.logo_sha256).filter_by(id=nom_id, entite_id=entite_id)
    png = lire(db.session.scalar(requete))
    if png is None:
        raise Introuvable
    return png


def changer_le_logo(
    acteur: Acteur, fichier: bytes, nom_id: int | None = None, *, porte_le_nom: bool = False
) -> None:
    """Print this picture from now on; certificates already asked for keep the one they were given.

    `porte_le_nom`: it shows the name, which is then printed small. Without a file, that alone changes.

    Raises:
        Introuvable, ActionImpossible: not for this actor.
        SaisieInvalide: on `logo`: no file and nothing else to change, too heavy, no readable picture.
        ServiceIndisponible: it cannot be read now.
    """
    with transaction():
        porteur = _porteur(acteur, nom_id)  # nothing is decoded for who may not
        if not fichier:
            if porteur.logo_sha256 is None or porteur.logo_porte_le_nom == porte_le_nom:
                raise SaisieInvalide({"logo": [textes.LOGO_ABSENT]})
            _poser(acteur, nom_id, porteur.logo_sha256, porte_le_nom)
            return
    if len(fichier) > POIDS_MAX:
        raise SaisieInvalide({"logo": [textes.LOGO_LOURD]})
    try:
        propre = demander_logo(fichier)
    except DocumentRefuse as erreur:
        raise SaisieInvalide({"logo": [erreur.message]}) from erreur
    except DocumentIndisponible as erreur:
        raise ServiceIndisponible(erreur.message) from erreur
    with transaction():
        _poser(acteur, nom_id, conserver(propre.png, pale=not propre.se_voit), porte_le_nom)


def retirer_le_logo(acteur: Acteur, nom_id: int | None = None) -> None:
    """Print none; a trade name then has the entité's.

    Raises:
        Introuvable, ActionImpossible: not for this actor.
    """
    with transaction():
        _poser(acteur, nom_id, None)


def _porteur(acteur: Acteur, nom_id: int | None) -> Entite | NomCommercial:
    entite = entite_a_modifier(acteur)
    return entite if nom_id is None else nom_commercial_de(acteur, nom_id)


def _poser(acteur: Acteur, nom_id: int | None, logo: str | None, porte_le_nom: bool = False) -> None:
    porteur = _porteur(acteur, nom_id)
    avant = {"logo": porteur.logo_sha256, "porte_le_nom": porteur.logo_porte_le_nom}
    apres = {"logo": logo, "porte_le_nom": porte_le_nom}
    if avant == apres:
        return
    porteur.logo_sha256, porteur.logo_porte_le_nom = logo, porte_le_nom
    objet = "entite" if nom_id is None else "nom_commercial"
    consigner(acteur, "changer_logo", objet, porteur.id, avant=avant, apres=apres)
    if logo not in (None, avant["logo"]):
        annoncer_le_logo(porteur)
