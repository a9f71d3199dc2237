"""Another identity, another trade name: what sessions lose when their entité is called otherwise (R17)."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.demandes.annonces import annoncer_a_l_entite
from certif.domaine.demandes.etats import Action
from certif.domaine.demandes.identite import Souhait, impossibles, lire, souhait_de
from certif.domaine.demandes.modification import conclure, ouvrir
from certif.domaine.entites.chargement import (
    FichePerimee,
    empreinte_du_nom,
    entite_a_modifier,
    nom_commercial_de,
)
from certif.domaine.entites.identites import Identite, annoncer, identite_de
from certif.domaine.entites.noms_commerciaux import noter
from certif.domaine.entites.noms_pris import prendre
from certif.domaine.erreurs import Introuvable, SaisieInvalide
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.libelles.demandes import identite as textes
from certif.domaine.libelles.entites import identite as textes_identite
from certif.domaine.libelles.entites.mon_entite import SIRET_PRIS
from certif.domaine.libelles.sessions.chronologie import NOMS_DE_CHAMPS
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.modification import noter_une_consequence
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import maintenant

_LONGUEUR_STOCKEE = 160
_FIGEES = (Etat.GENERATION, Etat.GENERE)
"""Their certificates say what they were given at the click, whatever becomes of the name."""


def sessions_au_nom(nom_id: int) -> int:
    """How many sessions that are not generated chose this trade name."""
    s = SessionCertification
    requete = select(func.count()).select_from(s).where(s.nom_commercial_id == nom_id)
    return db.session.scalar(requete.where(s.etat.not_in(_FIGEES))) or 0


def retirer(acteur: Acteur, nom_id: int, marque: str) -> None:
    """Remove a trade name; a second click finds it gone and does nothing.

    Raises:
        Introuvable, ActionImpossible: not for this actor.
        FichePerimee: it was renamed since the page was shown.
    """
    with transaction():
        entite = entite_a_modifier(acteur)
        try:
            nom = nom_commercial_de(acteur, nom_id)
        except Introuvable:
            if _deja_retire(acteur, nom_id):
                return
            raise
        if marque != empreinte_du_nom(nom):
            raise FichePerimee
        identite = identite_de(entite)
        _retirer(acteur, nom)
        prendre(entite, {})
        annoncer(acteur, entite, identite)


def poser(acteur: Acteur, entite: Entite, noms: Mapping[int, str], ajouts: Collection[str]) -> None:
    """Rename these trade names of the entité, which the caller holds, take out those left empty, add others.

    Nothing is judged here.
    """
    presents = {nom.id: nom for nom in entite.noms_commerciaux}
    for nom_id, libelle in noms.items():
        if not libelle:
            _retirer(acteur, presents[nom_id])
    db.session.flush()
    changes = {n: noms[n.id] for n in presents.values() if noms.get(n.id) and noms[n.id] != n.libelle}
    anciens = {nom.id: nom.libelle for nom in changes}
    for nom in changes:
        # Two names may change places: neither can be under the other's in between. Nobody can type this one.
        nom.libelle = f"{nom.id}".rjust(_LONGUEUR_STOCKEE)
    db.session.flush()
    for nom, libelle in changes.items():
        nom.libelle = libelle
        noter(acteur, "renommer", nom, avant={"libelle": anciens[nom.id]}, apres={"libelle": libelle})
    for libelle in filter(None, ajouts):
        nom = NomCommercial(entite_id=entite.id, libelle=libelle)
        db.session.add(nom)
        db.session.flush()
        noter(acteur, "ajouter", nom, apres={"libelle": libelle})
    db.session.flush()


def _retirer(acteur: Acteur, nom: NomCommercial) -> None:
    _rendre_a_la_raison_sociale(acteur, nom.id)
    requete = select(NomCommercial).filter_by(id=nom.id)
    nom = db.session.scalars(tenir(requete, NomCommercial)).one()
    # Those that chose it while the first ones were waited for; nobody can any more.
    _rendre_a_la_raison_sociale(acteur, nom.id)
    noter(acteur, "retirer", nom, avant={"libelle": nom.libelle, "logo": nom.logo_sha256})
    db.session.delete(nom)


def _rendre_a_la_raison_sociale(acteur: Acteur, nom_id: int) -> None:
    requete = select(SessionCertification).filter_by(nom_commercial_id=nom_id)
    for session_certif in db.session.scalars(tenir(requete, SessionCertification)):
        session_certif.nom_commercial_id = None
        if session_certif.etat not in _FIGEES:
            noter_une_consequence(session_certif, acteur, NOMS_DE_CHAMPS["nom_commercial_id"])
    modeles = update(ModeleGarde).where(ModeleGarde.nom_commercial_id == nom_id)
    db.session.execute(modeles.values(nom_commercial_id=None))
    db.session.flush()


def _deja_retire(acteur: Acteur, nom_id: int) -> bool:
    requete = select(EntreeJournal.id).filter_by(
        objet="nom_commercial", objet_id=nom_id, action="retirer", acteur_id=acteur.individu_id
    )
    return db.session.scalar(requete.limit(1)) is not None


def accepter(acteur: Acteur, demande_id: int, version: int, *, admettre: bool = False) -> None:
    """Give the entité what its demande wishes, judged again; `admettre` a name that another entité has.

    Raises:
        SaisieInvalide: by field, what cannot be, or a name that is another's and not admitted; the demande
            stays transmise.
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    with transaction():
        demande = ouvrir(acteur, demande_id, version, Action.ACCEPTER, admettre, d_identite=True)
        if demande is None:
            return
        entite = _verrouiller(demande.entite_id)
        avant = identite_de(entite)
        _donner(acteur, entite, avant, souhait_de(demande), admettre=admettre)
        demande.decidee_le = maintenant()
        conclure(demande, acteur, Action.ACCEPTER, admettre)
        changements = [*avant.devenue(identite_de(entite)), textes_identite.CERTIFICATS_INCHANGES]
        annoncer_a_l_entite(demande, textes.acceptee(" ".join(changements)))


def corriger_les_noms(acteur: Acteur, entite: Entite, confirme: bool = False, **saisis: str) -> None:
    """Rename, add or take out trade names, by field as `demandes.identite.lire`; `confirme` admits.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: by field.
    """
    exiger_administrateur(acteur)
    with transaction():
        entite = _verrouiller(entite.id)
        avant = identite_de(entite)
        _donner(acteur, entite, avant, lire(saisis, entite), admettre=confirme)
        annoncer(acteur, entite, avant)


def _verrouiller(entite_id: int) -> Entite:
    """Held until the transaction ends: changes to its names follow one another."""
    requete = select(Entite).filter_by(id=entite_id)
    return db.session.scalars(tenir(requete, Entite)).one()


def _donner(acteur: Acteur, entite: Entite, avant: Identite, souhait: Souhait, *, admettre: bool) -> None:
    if erreurs := impossibles(souhait, entite):
        raise SaisieInvalide(erreurs)
    voulues: dict[str, Any] = {"raison_sociale": souhait.raison_sociale, "siret": souhait.siret}
    changes = [champ for champ, valeur in voulues.items() if valeur != getattr(avant, champ)]
    for champ in changes:
        setattr(entite, champ, voulues[champ])
    try:
        db.session.flush()
    except IntegrityError:  # another entité has just taken it
        raise SaisieInvalide({"siret": [SIRET_PRIS]}) from None
    poser(acteur, entite, souhait.noms, souhait.ajouts)
    prendre(entite, souhait.a_porter, admettre=admettre)
    if changes:
        consigner(
            acteur,
            "modifier",
            "entite",
            entite.id,
            avant={champ: getattr(avant, champ) for champ in changes},
            apres={champ: voulues[champ] for champ in changes},
        )
