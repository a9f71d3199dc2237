"""Merging two persons found to be one, and erasing one, by the administrateur (R18).

Both change rows of every package, which is why they stand above the accounts.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.journal import consigner
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import peut_entrer
from certif.domaine.referentiel.droits_des_formateurs import (
    departager,
    verrouiller,
)
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.roles import fin_de_compte, fusion, maintien
from certif.domaine.roles.fusion import Acces
from certif.domaine.roles.regles import JAMAIS
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction


@dataclass(frozen=True, slots=True)
class Fusion:
    """What would move from one person to the other.

    `roles`: those of the absorbed one that have not ended; `sessions`: those, generated or not, of which
    they are the formateur or the declarer.
    """

    absorbe: Individu
    survivant: Individu
    acces: Acces
    roles: list[Role]
    qualifications: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Effacement:
    """What would end with a person, and why it cannot yet: `empechements` are sentences, none when it can."""

    individu: Individu
    roles: list[Role]
    qualifications: int
    sessions: list[SessionCertification]
    empechements: list[str]


def decrire_la_fusion(acteur: Acteur, absorbe_id: int, survivant_id: int) -> Fusion:
    """What `fusionner` would do. Raises as it does."""
    absorbe, survivant = _deux_personnes(acteur, absorbe_id, survivant_id)
    _exiger_fusionnables(acteur, absorbe, survivant)
    s = SessionCertification
    siennes = select(func.count(s.numero)).where(
        or_(s.formateur_id == absorbe_id, s.declarant_id == absorbe_id)
    )
    return Fusion(
        absorbe,
        survivant,
        fusion.acces_apres(absorbe, survivant),
        _roles_en_vigueur(absorbe_id),
        _qualifications(absorbe_id),
        db.session.scalar(siennes) or 0,
    )


def fusionner(acteur: Acteur, absorbe_id: int, survivant_id: int) -> None:
    """Make two persons one: the survivor keeps every role and every line of history, and both N° (R18).

    The absorbed row's N° becomes an alias; its account closes at once, on every device, unless the survivor
    had none and takes it over. Done again, it changes nothing.

    Raises:
        Introuvable: not an administrateur, or nobody has one of these identifiers.
        ActionImpossible: one is erased or already merged, both are the same, the absorbed one is the actor,
            the survivor may not log in today, or their birth dates differ.
    """
    exiger_administrateur(acteur)
    with transaction():
        _verrouiller_avec_les_roles({absorbe_id, survivant_id})
        absorbe, survivant = _deux_personnes(acteur, absorbe_id, survivant_id)
        if absorbe.fusionne_dans_id == survivant_id:
            return
        _exiger_fusionnables(acteur, absorbe, survivant)
        fusion.reunir(absorbe, survivant)
        departager(acteur, survivant_id)
        consigner(acteur, "fusionner", "individu", survivant_id, apres={"absorbe": absorbe_id})


def decrire_l_effacement(acteur: Acteur, individu_id: int) -> Effacement:
    """What `effacer` would do, and every reason why it would be refused.

    Raises:
        Introuvable: not an administrateur, or nobody has this identifier, or who had it is erased.
    """
    individu = _personne(acteur, individu_id)
    if individu.efface_le is not None:
        raise Introuvable
    sessions = _sessions_a_terminer(individu_id)
    return Effacement(
        individu,
        _roles_en_vigueur(individu_id),
        _qualifications(individu_id),
        sessions,
        _empechements(acteur, individu, sessions),
    )


def effacer(acteur: Acteur, individu_id: int) -> None:
    """Make somebody « Personne supprimée » under the same identifier and N°; done again, it changes nothing.

    What names their row stays: sessions, register, qualifications, journal.

    Raises:
        Introuvable: not an administrateur, or nobody has this identifier.
        ActionImpossible: it is the actor or a merged row; the last gestionnaire of an entité or the last
            administrateur (R17); or the formateur of a session not generated yet.
    """
    exiger_administrateur(acteur)
    with transaction():
        _verrouiller_avec_les_roles({individu_id})
        individu = _personne(acteur, individu_id)
        if individu.efface_le is not None:
            return
        if refus := _empechements(acteur, individu, _sessions_a_terminer(individu_id)):
            raise ActionImpossible(" ".join(refus))
        fin_de_compte.effacer(individu)
        consigner(acteur, "effacer", "individu", individu_id)


def _personne(acteur: Acteur, individu_id: int) -> Individu:
    exiger_administrateur(acteur)
    individu = db.session.get(Individu, individu_id)
    if individu is None:
        raise Introuvable
    return individu


def _deux_personnes(acteur: Acteur, absorbe_id: int, survivant_id: int) -> tuple[Individu, Individu]:
    return _personne(acteur, absorbe_id), _personne(acteur, survivant_id)


def _exiger_fusionnables(acteur: Acteur, absorbe: Individu, survivant: Individu) -> None:
    naissances = {i.date_naissance for i in (absorbe, survivant)} - {None}
    sans_appel = (
        (absorbe is survivant, textes.ELLE_MEME),
        (absorbe.fusionne_dans_id or survivant.fusionne_dans_id, textes.DEJA_FUSIONNEE),
        (absorbe.efface_le or survivant.efface_le, textes.DEJA_EFFACEE),
    )
    if message := next((message for cas, message in sans_appel if cas), None):
        raise ActionImpossible(message)
    refus = (
        (absorbe.id == acteur.individu_id, textes.SON_COMPTE),
        (peut_entrer(survivant.id) is None, textes.DESACTIVEE),
        (len(naissances) > 1, textes.NAISSANCES),
    )
    if messages := [message for cas, message in refus if cas]:
        raise ActionImpossible(" ".join(messages))


def _empechements(acteur: Acteur, individu: Individu, sessions: list[SessionCertification]) -> list[str]:
    """Why this person cannot be erased; under the lock of their roles when it is to be done."""
    if individu.fusionne_dans_id is not None:
        return [textes.FUSIONNEE]
    if individu.id == acteur.individu_id:
        return [textes.PAS_SA_PROPRE_FICHE]
    refus = [textes.sessions_a_terminer([s.numero for s in sessions])] if sessions else []
    return refus + maintien.sans_maintien((role, JAMAIS) for role in individu.roles)


def _verrouiller_avec_les_roles(individus: Collection[int]) -> None:
    """Changes to the roles of these persons, then to the persons, wait; everything is read again."""
    maintien.verrouiller(None)
    requete = select(Role.entite_id).where(Role.individu_id.in_(individus), Role.entite_id.is_not(None))
    for entite_id in db.session.scalars(requete.distinct().order_by(Role.entite_id)).all():
        maintien.verrouiller(entite_id)
    verrouiller(individus)


def _sessions_a_terminer(individu_id: int) -> list[SessionCertification]:
    """Those, without certificates, of which this person is the formateur.

    What they declared is their entité's: its gestionnaires go on with it.
    """
    s = SessionCertification
    requete = select(s).where(s.formateur_id == individu_id, s.etat != Etat.GENERE)
    entite_et_niveau = (joinedload(s.entite), joinedload(s.niveau))
    return list(db.session.scalars(requete.options(*entite_et_niveau).order_by(s.numero)))


def _roles_en_vigueur(individu_id: int) -> list[Role]:
    requete = select(Role).filter_by(individu_id=individu_id).options(joinedload(Role.entite))
    return [role for role in db.session.scalars(requete.order_by(Role.id)) if maintien.en_vigueur(role)]


def _qualifications(individu_id: int) -> int:
    requete = select(func.count()).select_from(Qualification).filter_by(individu_id=individu_id)
    return db.session.scalar(requete) or 0
