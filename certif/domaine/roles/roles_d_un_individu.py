"""The roles of one person, as the administrateur gives and withdraws them from their record."""

from datetime import date

from sqlalchemy import select

from certif.domaine.acteur import ROLES_ENTITE, Acteur, TypeRole, exiger_administrateur
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.noms import cle, normaliser
from certif.domaine.personnes.modeles import MOT_MAX, Entite, Individu, MotEntite, Role
from certif.domaine.roles import roles
from certif.domaine.roles.maintien import en_vigueur
from certif.socle.base.extensions import db


def tenus(individu: Individu) -> list[Role]:
    """The roles that have not ended."""
    return [role for role in individu.roles if en_vigueur(role)]


def donner(
    acteur: Acteur, individu: Individu, role: str, entite: str = "", fin_le: date | None = None
) -> None:
    """Give a role, in the entité of this SIRET or raison sociale if it is held in one: see `roles.donner`.

    Raises:
        SaisieInvalide: also on `entite`: none, one too many, unknown, or the name of several; on `role`: an
            administrateur has an address.
    """
    exiger_administrateur(acteur)
    type_ = TypeRole(role)
    if type_ is TypeRole.ADMINISTRATEUR and not individu.email:
        raise SaisieInvalide({"role": [textes.SANS_ADRESSE_PAS_ADMINISTRATEUR]})
    roles.donner(acteur, individu.id, type_, _entite_du_role(type_, normaliser(entite)), fin_le)


def changer_la_fin(acteur: Acteur, individu: Individu, role: str, fin_le: date | None) -> None:
    """Let one of this person's roles end on another day: see `roles.changer_la_fin`."""
    exiger_administrateur(acteur)
    roles.changer_la_fin(acteur, le_role(individu, role).id, fin_le)


def retirer(acteur: Acteur, individu: Individu, role: str) -> None:
    """Withdraw one of this person's roles: see `roles.retirer`."""
    exiger_administrateur(acteur)
    roles.retirer(acteur, le_role(individu, role).id)


def le_role(individu: Individu, role: str) -> Role:
    """The one of this person's roles that has this identifier.

    Raises:
        SaisieInvalide: on `role`.
    """
    trouve = next((r for r in tenus(individu) if str(r.id) == role), None)
    if trouve is None:
        raise SaisieInvalide({"role": [textes.ROLE_INCONNU]})
    return trouve


def _entite_du_role(type_: TypeRole, entite: str) -> int | None:
    if type_ not in ROLES_ENTITE:
        if entite:
            raise SaisieInvalide({"entite": [textes.ENTITE_EN_TROP]})
        return None
    if not entite:
        raise SaisieInvalide({"entite": [textes.ENTITE_A_INDIQUER]})
    trouvees = _nommees(entite)
    if len(trouvees) != 1:
        raise SaisieInvalide({"entite": [textes.ENTITES_HOMONYMES if trouvees else textes.ENTITE_INCONNUE]})
    return trouvees[0].id


def _nommees(entite: str) -> list[Entite]:
    """The entités that have this SIRET or this raison sociale, whatever its case, accents and spaces."""
    cherche = cle(entite)
    requete = (
        select(Entite)
        .join(MotEntite, MotEntite.entite_id == Entite.id)
        .where(MotEntite.mot == cherche[:MOT_MAX])
        .order_by(Entite.id)
    )
    return [e for e in db.session.scalars(requete) if cherche in (cle(e.raison_sociale), e.siret)]
