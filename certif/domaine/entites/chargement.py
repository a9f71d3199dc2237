"""Loading an entité to change it, and telling a stale form: what MON ENTITÉ and its trade names share."""

from collections.abc import Sequence

from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, PartieIntrouvable, VersionPerimee
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir
from certif.socle.condense import condense_court


class FichePerimee(VersionPerimee):
    """What is stored is not what the form showed."""

    def __init__(self, changements: Sequence[str] = ()) -> None:
        super().__init__(changements)
        self.message = textes.PERIMEE


def empreinte_du_nom(nom: NomCommercial) -> str:
    """The digest of a trade name as its forms show it."""
    return condense_court({"libelle": nom.libelle})


def entite_a_modifier(acteur: Acteur) -> Entite:
    """The actor's entité, locked: changes to what is printed in its name follow one another.

    Raises:
        Introuvable: the actor is no gestionnaire.
        ActionImpossible: it is suspended (R17).
    """
    if acteur.role is not TypeRole.GESTIONNAIRE or acteur.entite_id is None:
        raise Introuvable
    requete = select(Entite).filter_by(id=acteur.entite_id)
    entite = db.session.scalars(tenir(requete, Entite)).one()
    if entite.suspendue:
        raise ActionImpossible(entite_suspendue(entite.raison_sociale))
    return entite


def nom_commercial_de(acteur: Acteur, nom_id: int, *, verrou: bool = False) -> NomCommercial:
    """One trade name of the actor's entité, locked when it is about to go.

    Raises:
        Introuvable: there is none, or it is another's.
    """
    requete = select(NomCommercial).filter_by(id=nom_id, entite_id=acteur.entite_id)
    if verrou:
        requete = tenir(requete, NomCommercial)
    if not acteur.est_entite:
        raise Introuvable
    nom = db.session.scalars(requete).one_or_none()
    if nom is None:
        raise PartieIntrouvable(textes.NOM_ABSENT)
    return nom
