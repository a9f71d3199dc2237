"""Who already holds the certificate that a session would issue (R6), by the hashes of the register alone."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import func, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.modeles import EN_VIGUEUR, LigneRegistre
from certif.domaine.certificats.registre.empreintes import empreintes_possibles
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.regles.inscription import Personne
from certif.socle.base.colonnes import est_parmi
from certif.socle.base.extensions import db

P = TypeVar("P", bound=Personne)


def deja_delivres(session_certif: SessionCertification, stagiaires: Iterable[Stagiaire]) -> list[Stagiaire]:
    """Those of `stagiaires` to whom *Générer* would refuse another certificate, under any register key."""
    return _parmi(stagiaires, _declarants(session_certif))


def deja_delivres_connus_de(
    acteur: Acteur, session_certif: SessionCertification, personnes: Iterable[P]
) -> list[P]:
    """Those of `personnes`, in the session or about to be, of whom this actor may be warned.

    A délégataire learns nothing of their colleagues' sessions (R9): only what they declared themselves.
    """
    declarants = _declarants(session_certif)
    if acteur.role is not TypeRole.GESTIONNAIRE:
        declarants = {e: qui for e, qui in declarants.items() if qui == acteur.individu_id}
    return _parmi(personnes, declarants)


def _declarants(s: SessionCertification) -> dict[str | None, int]:
    """For each certificate in force of the entité, this certificat and this F: whose session issued it."""
    if s.certificat_id is None or s.date_fin is None:
        return {}
    ligne, encore = LigneRegistre, SessionCertification
    requete = (
        select(ligne.empreinte_identite, func.coalesce(encore.declarant_id, Bilan.declarant_id, 0))
        .outerjoin(encore, encore.numero == ligne.session_numero)
        .outerjoin(Bilan, Bilan.numero == ligne.session_numero)
        .where(
            ligne.entite_id == s.entite_id,
            ligne.certificat_id == s.certificat_id,
            ligne.date_fin == s.date_fin,
            est_parmi(ligne.statut, EN_VIGUEUR),
            ligne.session_numero != s.numero,
        )
    )
    return {ligne[0]: ligne[1] for ligne in db.session.execute(requete)}


def _parmi(personnes: Iterable[P], declarants: dict[str | None, int]) -> list[P]:
    if not declarants:
        return []
    return [
        p
        for p in personnes
        if p.date_naissance is not None
        and not declarants.keys().isdisjoint(
            e.valeur for e in empreintes_possibles(p.nom, p.prenom, p.date_naissance)
        )
    ]
