"""Who must remain: an entité keeps a gestionnaire, the platform an administrateur (R17)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import Introuvable, Refus
from certif.domaine.libelles.roles import roles as textes
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.personnes.titulaires import peut_entrer, titulaires
from certif.domaine.roles.regles import A_TENIR, JAMAIS, SANS_FIN, dernier_jour, maintien_assure
from certif.socle.base.extensions import db
from certif.socle.base.verrou import attendre, tenir
from certif.socle.horloge import aujourd_hui


def verrouiller(entite_id: int | None) -> Entite | None:
    """Hold the roles of an entité, or those without entité (None), until the transaction ends.

    Raises:
        Introuvable: no such entité.
    """
    if entite_id is None:
        # An administrateur acts here: there is at least one row to hold.
        tous = select(Role.id).filter_by(type=TypeRole.ADMINISTRATEUR).order_by(Role.id)
        attendre(tous, cle_seule=True)
        return None
    requete = select(Entite).filter_by(id=entite_id)
    entite = db.session.scalars(tenir(requete, Entite, cle_seule=True)).one_or_none()
    if entite is None:
        raise Introuvable
    return entite


def exiger_le_maintien(role: Role, jusqu_au: date) -> None:
    """Refuse that the last who holds a role loses it: `regles.maintien_assure` says when.

    `jusqu_au` is the last day on which this person would hold it, their account included; `JAMAIS` to
    withdraw it, or to deactivate the account. The caller holds the lock (`verrouiller`). Persons and roles
    count as long as they are en cours, and who was invited and never came does not: nobody else could act.
    An entité keeps a gestionnaire, the platform an administrateur.

    Raises:
        Refus: R17.
    """
    titulaire = peut_entrer(role.individu_id)
    if role.type not in A_TENIR or not en_vigueur(role):
        return
    if titulaire is None or titulaire.mot_de_passe is None:
        return
    requete = titulaires(role.type).where(
        Role.entite_id == role.entite_id,
        Role.individu_id != role.individu_id,
        Individu.mot_de_passe.is_not(None),
    )
    fins = requete.with_only_columns(Role.fin_le, Individu.fin_le)
    autres = [dernier_jour(*fin) for fin in db.session.execute(fins)]
    if maintien_assure(dernier_jour(role.fin_le, role.individu.fin_le), jusqu_au, autres):
        return
    reste = max([*autres, jusqu_au])
    raise Refus(textes.dernier(*nommer(role), None if reste in (JAMAIS, SANS_FIN) else reste), "R17")


def exiger_les_maintiens(fins: Iterable[tuple[Role, date]]) -> None:
    """The same of several roles of a person at once, each with its last day.

    Raises:
        Refus: R17, with every role that nobody else holds.
    """
    if messages := sans_maintien(fins):
        raise Refus(" ".join(messages), "R17")


def sans_maintien(fins: Iterable[tuple[Role, date]]) -> list[str]:
    """Why these roles cannot end so, one sentence for each that nobody else holds."""
    messages = []
    for role, jusqu_au in fins:
        try:
            exiger_le_maintien(role, jusqu_au)
        except Refus as refus:
            messages.append(refus.message)
    return messages


def en_vigueur(role: Role) -> bool:
    """Whether the role is neither withdrawn nor past its last day, whatever its account."""
    return role.actif and dernier_jour(role.fin_le) >= aujourd_hui()


def nommer(role: Role) -> tuple[str, str]:
    """The role within a sentence, and the organisation where it is held ("" for none)."""
    return role.type.libelle.lower(), role.entite.raison_sociale if role.entite else ""
