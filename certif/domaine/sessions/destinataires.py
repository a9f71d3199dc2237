"""Who hears from the application about a session, on the entité's side."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import en_cours
from certif.socle.extensions import db
from certif.socle.lots import par_lots

_ENTITES = 500
"""Asked about in one query at most."""


def destinataires(entite_id: int, declarant_id: int) -> list[int]:
    """Of a session, the declarer; the gestionnaires in their place once they have left the entité (R17).

    Whoever has no address is left out.
    """
    return destinataires_de_chacune([(entite_id, declarant_id)])[entite_id, declarant_id]


def destinataires_de_chacune(couples: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[int]]:
    """The same for many sessions at once, by entité and declarer."""
    presents: dict[int, dict[int, set[TypeRole]]] = defaultdict(lambda: defaultdict(set))
    muets: set[int] = set()
    for entites in par_lots(sorted({entite_id for entite_id, _ in couples}), _ENTITES):
        requete = (
            select(Role.entite_id, Role.individu_id, Role.type, Individu.email)
            .join(Role.individu)
            .where(Role.entite_id.in_(entites), en_cours(Role), en_cours(Individu))
            .order_by(Role.individu_id)
        )
        for entite_id, individu_id, genre, email in db.session.execute(requete):
            presents[entite_id or 0][individu_id].add(genre)
            if not email:
                muets.add(individu_id)
    trouves = {}
    for entite_id, declarant_id in couples:
        roles = presents[entite_id]
        gestionnaires = [qui for qui, genres in roles.items() if TypeRole.GESTIONNAIRE in genres]
        concernes = [declarant_id] if declarant_id in roles else gestionnaires
        trouves[entite_id, declarant_id] = [qui for qui in concernes if qui not in muets]
    return trouves
