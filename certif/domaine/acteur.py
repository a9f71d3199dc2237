"""Who acts: a person standing in one of their roles, and the kinds of roles there are."""

from dataclasses import dataclass

from certif.domaine.erreurs import Introuvable
from certif.domaine.valeurs import Valeur


class TypeRole(Valeur):
    """What a person may be in the application."""

    GESTIONNAIRE = "gestionnaire", "Gestionnaire"
    DELEGATAIRE = "delegataire", "Délégataire"
    FORMATEUR = "formateur", "Formateur"
    ADMINISTRATEUR = "administrateur", "Administrateur"


ROLES_ENTITE = (TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE)


@dataclass(frozen=True, slots=True)
class Acteur:
    """The actor of an action or of a reading; `entite_id` is None for formateurs and administrateurs."""

    individu_id: int
    role: TypeRole
    entite_id: int | None = None

    @property
    def est_formateur(self) -> bool:
        return self.role is TypeRole.FORMATEUR

    @property
    def est_entite(self) -> bool:
        return self.entite_id is not None


def exiger_administrateur(acteur: Acteur) -> None:
    """Raises Introuvable for anybody else."""
    if acteur.role is not TypeRole.ADMINISTRATEUR:
        raise Introuvable


def exiger_gestionnaire(acteur: Acteur) -> int:
    """The entité of this gestionnaire; raises Introuvable for anybody else."""
    if acteur.role is not TypeRole.GESTIONNAIRE or acteur.entite_id is None:
        raise Introuvable
    return acteur.entite_id
