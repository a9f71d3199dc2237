"""Who may see which model (R9): every query on models starts here, so that loading is authorising."""

from sqlalchemy import Select, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import Introuvable
from certif.domaine.libelles.sessions.modeles import MODELE_ABSENT
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir


def exiger_entite(acteur: Acteur) -> None:
    """Raises Introuvable for who does not speak for an entité."""
    if not acteur.est_entite:
        raise Introuvable


def visibles_de(acteur: Acteur) -> Select[ModeleGarde]:
    """The models of a gestionnaire's entité; of a délégataire, those that they kept themselves.

    Who leaves leaves theirs to the gestionnaires.

    Raises:
        Introuvable: the actor does not speak for an entité.
    """
    exiger_entite(acteur)
    requete = select(ModeleGarde).filter_by(entite_id=acteur.entite_id)
    if acteur.role is TypeRole.GESTIONNAIRE:
        return requete
    return requete.filter_by(auteur_id=acteur.individu_id)


def charger(acteur: Acteur, modele_id: int, *, verrou: bool = False) -> ModeleGarde:
    """One model, within what the actor may see, locked for writing when `verrou`.

    Raises:
        Introuvable: no such model for this actor.
    """
    requete = visibles_de(acteur).where(ModeleGarde.id == modele_id)
    modele = db.session.scalars(tenir(requete, ModeleGarde) if verrou else requete).one_or_none()
    if modele is None:
        raise Introuvable(MODELE_ABSENT)
    return modele
