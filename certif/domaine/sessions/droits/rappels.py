"""Reminders that an habilitation, or a qualification, is about to end: ninety, sixty, thirty days before.

Each threshold is said once. After days without a digest only the nearest one is. What is renewed already, or
cannot be asked for any more, is not warned of.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, selectinload

from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.modeles import SorteDeRappel
from certif.domaine.courriers.rappels import Rappel
from certif.domaine.libelles.sessions import annonces as textes
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.personnes.titulaires import titulaires
from certif.domaine.referentiel.modeles import Dispositif, Habilitation, Niveau, Qualification
from certif.domaine.sessions.droits.qualifications import periode_d_habilitation, periode_de_qualification
from certif.domaine.sessions.regles import couverture, preavis
from certif.domaine.sessions.regles.preavis import Periode
from certif.socle.base.extensions import db

_AVANCE = timedelta(days=max(preavis.SEUILS))


def dus(jour: date) -> list[Rappel]:
    """What is due that day; as many queries whatever their number."""
    return [*_des_habilitations(jour), *_des_qualifications(jour)]


def _des_habilitations(jour: date) -> list[Rappel]:
    h = Habilitation
    bientot = or_(h.fin <= jour + _AVANCE, h.retrait_le <= jour + _AVANCE + timedelta(days=1))
    concernees = select(h.entite_id).where(h.fin >= jour, bientot)
    requete = (
        select(h)
        .join(h.niveau)
        .join(Niveau.dispositif)
        .join(h.entite)
        .where(h.fin >= jour, h.entite_id.in_(concernees), Dispositif.archive_le.is_(None))
        .where(or_(Entite.suspendue_le.is_(None), Entite.suspendue_le > jour))
        .options(selectinload(h.niveau), contains_eager(h.entite))
    )
    par_niveau: dict[tuple[int, int], list[Habilitation]] = defaultdict(list)
    for habilitation in db.session.scalars(requete):
        par_niveau[habilitation.entite_id, habilitation.niveau_id].append(habilitation)
    dues = [
        (habilitation, seuil)
        for toutes in par_niveau.values()
        for habilitation in toutes
        if (
            seuil := _seuil_du(
                periode_d_habilitation(habilitation), map(periode_d_habilitation, toutes), jour
            )
        )
        is not None
    ]
    gestionnaires = _gestionnaires({habilitation.entite_id for habilitation, _ in dues})
    return [
        Rappel(
            _evenement("habilitation", periode_d_habilitation(habilitation), seuil),
            destinataire_id,
            SorteDeRappel.DROITS,
            habilitation.entite.raison_sociale,
            textes.habilitation_finit(habilitation.niveau.libelle, couverture.fin_effective(habilitation)),
            f"/entite/{habilitation.entite_id}/habilitations",
            couverture.fin_effective(habilitation),
            precisions=textes.HABILITATION_FINIT,
        )
        for habilitation, seuil in dues
        for destinataire_id in gestionnaires[habilitation.entite_id]
    ]


def _des_qualifications(jour: date) -> list[Rappel]:
    q = Qualification
    bientot = or_(q.fin <= jour + _AVANCE, q.retrait_le <= jour + _AVANCE + timedelta(days=1))
    concernes = select(q.individu_id).where(q.fin >= jour, bientot)
    requete = (
        select(q)
        .where(q.fin >= jour, q.individu_id.in_(concernes))
        .where(q.individu_id.in_(titulaires(TypeRole.FORMATEUR).where(Individu.email.is_not(None))))
        .options(selectinload(q.niveau))
    )
    par_niveau: dict[tuple[int, int], list[Qualification]] = defaultdict(list)
    for qualification in db.session.scalars(requete):
        par_niveau[qualification.individu_id, qualification.niveau_id].append(qualification)
    return [
        Rappel(
            _evenement("qualification", periode_de_qualification(qualification), seuil),
            qualification.individu_id,
            SorteDeRappel.DROITS,
            "",
            textes.qualification_finit(qualification.niveau.libelle, qualification.dernier_jour),
            "/formateur/qualifications",
            qualification.dernier_jour,
            precisions=textes.QUALIFICATION_FINIT,
        )
        for toutes in par_niveau.values()
        for qualification in toutes
        if (
            seuil := _seuil_du(
                periode_de_qualification(qualification), map(periode_de_qualification, toutes), jour
            )
        )
        is not None
    ]


def _seuil_du(periode: Periode, du_meme_niveau: Iterable[Periode], jour: date) -> int | None:
    """The warning that is due; none for a right that has not begun, or that another one goes on from."""
    if periode.debut > jour or preavis.relais(periode, du_meme_niveau):
        return None
    return preavis.seuil(periode.fin, jour)


def _evenement(quoi: str, periode: Periode, seuil: int) -> str:
    """An end that is put off warns anew."""
    return f"{quoi}-{periode.id}-{periode.fin:%Y%m%d}-{seuil}"


def _gestionnaires(entites: set[int]) -> dict[int, Sequence[int]]:
    """By entité, its gestionnaires of today who have an address."""
    requete = (
        titulaires(TypeRole.GESTIONNAIRE)
        .where(Role.entite_id.in_(entites), Individu.email.is_not(None))
        .with_only_columns(Role.entite_id, Role.individu_id)
        .order_by(Role.individu_id)
    )
    trouves: dict[int, list[int]] = defaultdict(list)
    for entite_id, individu_id in db.session.execute(requete):
        if entite_id is not None:
            trouves[entite_id].append(individu_id)
    return {entite_id: trouves[entite_id] for entite_id in entites}
