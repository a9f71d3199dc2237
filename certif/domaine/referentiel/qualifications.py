"""The qualifications of formateurs as the administrateur keeps them: granted, extended, corrected, withdrawn.

Two qualifications of one person for one niveau share no day: what would is refused, and extended instead.
One that was withdrawn from its first day on counts for nothing, here too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.erreurs import ActionImpossible, Fautes, Introuvable, SaisieInvalide
from certif.domaine.libelles.referentiel import qualifications as textes
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.numeros_forprev import porteur
from certif.domaine.personnes.recherche import trouve
from certif.domaine.referentiel.droits_des_formateurs import (
    changer,
    chevauchees,
    ecrire,
    formateurs_actifs,
    tenues,
    verrouiller,
)
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.domaine.referentiel.modeles import Dispositif, Niveau, Qualification
from certif.socle.base.extensions import db
from certif.socle.base.pages_par_cle import feuilleter
from certif.socle.base.pagination import PageDe, Question
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui

BIENTOT = timedelta(days=90)
"""From the first warning of an end on (`regles.SEUILS`)."""


@dataclass(frozen=True, slots=True)
class Accord:
    """A qualification that may be granted, and to whom."""

    individu: Individu
    niveau: Niveau
    debut: date
    fin: date


def lister(acteur: Acteur, question: Question) -> PageDe[Qualification]:
    """Every qualification; by name, then niveau, unless sorted by "niveau" or "fin".

    The search is the first letters of words of the person's names, or of a N° that leads to them. Criteria:
    `niveau`, and `etat`: "", "en-vigueur", "bientot" (the last day is within 90 days) or "terminees".

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    q = Qualification
    conditions = []
    if question.criteres.get("niveau"):
        conditions.append(q.niveau_id == int(question.criteres["niveau"]))
    if question.criteres.get("etat"):
        conditions.append(_etat(question.criteres["etat"], aujourd_hui()))
    a_compter = select(q).where(*conditions)
    if question.recherche:
        a_compter = a_compter.join(q.individu).where(trouve(question.recherche))
    requete = select(q).join(q.individu).join(q.niveau).join(Niveau.dispositif)
    requete = requete.where(trouve(question.recherche), *conditions)
    noms, niveau = (Individu.cle_nom, Individu.cle_prenom), (Dispositif.code, Niveau.numero)
    fin = func.coalesce(q.retrait_le, q.fin)
    tris: dict[str, tuple[Any, ...]] = {"niveau": (*niveau, *noms, fin), "fin": (fin, *noms)}
    tri = tris.get(question.tri, (*noms, *niveau, fin))
    if question.decroissant:
        tri = (tri[0].desc(), *tri[1:])
    requete = requete.options(
        contains_eager(q.individu), contains_eager(q.niveau).contains_eager(Niveau.dispositif)
    )
    return feuilleter(requete, question.place, (*tri, q.id), a_compter=a_compter)


def charger(acteur: Acteur, qualification_id: int) -> Qualification:
    """One qualification, for the administrateur. Raises Introuvable."""
    exiger_administrateur(acteur)
    qualification = db.session.get(Qualification, qualification_id)
    if qualification is None:
        raise Introuvable
    return qualification


def verifier(acteur: Acteur, numero: str, niveau: str, debut: date, fin: date) -> Accord:
    """What would be granted; the N° of a merged person leads to the one who remains.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: by field: the N° is nobody's, or no active formateur's; niveau or dates make no
            sense, or a day is one of a qualification that the person has.
    """
    exiger_administrateur(acteur)
    fautes = Fautes()
    with fautes.recueillir():
        individu = porteur(numero)
        if not formateurs_actifs([individu.id]):
            fautes.noter("numero", textes.PAS_FORMATEUR)
    with fautes.recueillir():
        choisi = _niveau(niveau)
    if fin < debut:
        fautes.noter("fin", textes.FIN_AVANT_DEBUT)
    fautes.lever()
    _exiger_libre(individu.id, choisi, debut, fin)
    return Accord(individu, choisi, debut, fin)


def _niveau(identifiant: str) -> Niveau:
    choisi = next((n for n in niveaux_a_certifier() if str(n.id) == identifiant), None)
    if choisi is None:
        raise SaisieInvalide({"niveau": [textes.NIVEAU_INCONNU]})
    return choisi


def accorder(acteur: Acteur, numero: str, niveau: str, debut: date, fin: date) -> int:
    """Grant a qualification, from `debut` to `fin`, both included; its identifier. Raises as `verifier`."""
    exiger_administrateur(acteur)
    with transaction():
        verrouiller([verifier(acteur, numero, niveau, debut, fin).individu.id])
        accord = verifier(acteur, numero, niveau, debut, fin)
        q = Qualification(individu_id=accord.individu.id, niveau_id=accord.niveau.id, debut=debut, fin=fin)
        ecrire(acteur, [q])
        return q.id


def prolonger(acteur: Acteur, qualification: Qualification, fin: date) -> None:
    """Put off its end.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: withdrawn, or the person has no active formateur role.
        SaisieInvalide: not after its present end, or on days of the one that follows.
    """
    with transaction():
        q = _a_changer(acteur, qualification)
        if q.retrait_le is not None:
            raise ActionImpossible(textes.RETIREE)
        if not formateurs_actifs([q.individu_id]):
            raise ActionImpossible(textes.PAS_FORMATEUR)
        if fin <= q.fin:
            raise SaisieInvalide({"fin": [textes.fin_trop_tot(q.fin)]})
        _exiger_libre(q.individu_id, q.niveau, q.debut, fin, sauf=q.id, champ="fin")
        changer(acteur, "prolonger", q, fin=fin)


def corriger(acteur: Acteur, qualification: Qualification, debut: date, fin: date) -> None:
    """Write the dates that it should have had; shortened, it may block sessions.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: withdrawn.
        SaisieInvalide: in disorder, or on days of another one.
    """
    with transaction():
        q = _a_changer(acteur, qualification)
        verifier_les_dates(q, debut, fin)
        changer(acteur, "corriger", q, debut=debut, fin=fin)


def retirer(acteur: Acteur, qualification: Qualification, retrait_le: date) -> None:
    """From this day on it no longer counts; retroactive decisions included (R5).

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: withdrawn already.
        SaisieInvalide: after its end.
    """
    with transaction():
        q = _a_changer(acteur, qualification)
        verifier_le_retrait(q, retrait_le)
        changer(acteur, "retirer", q, retrait_le=retrait_le)


def annuler_le_retrait(acteur: Acteur, qualification: Qualification) -> None:
    """It counts again until its end.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: not withdrawn, or another one was granted for the same days.
    """
    with transaction():
        q = _a_changer(acteur, qualification)
        if q.retrait_le is None:
            raise ActionImpossible(textes.NON_RETIREE)
        try:
            _exiger_libre(q.individu_id, q.niveau, q.debut, q.fin, sauf=q.id)
        except SaisieInvalide as refus:
            raise ActionImpossible(refus.message) from refus
        changer(acteur, "annuler_retrait", q, retrait_le=None)


def verifier_les_dates(q: Qualification, debut: date, fin: date) -> None:
    """Whether it may have these dates. Raises as `corriger`."""
    if q.retrait_le is not None:
        raise ActionImpossible(textes.RETIREE)
    if fin < debut:
        raise SaisieInvalide({"fin": [textes.FIN_AVANT_DEBUT]})
    _exiger_libre(q.individu_id, q.niveau, debut, fin, sauf=q.id)


def verifier_le_retrait(q: Qualification, retrait_le: date) -> None:
    """Whether it may be withdrawn from this day on. Raises as `retirer`."""
    if q.retrait_le is not None:
        raise ActionImpossible(textes.DEJA_RETIREE)
    if retrait_le > q.fin:
        raise SaisieInvalide({"retrait_le": [textes.retrait_trop_tard(q.fin)]})


def _a_changer(acteur: Acteur, qualification: Qualification) -> Qualification:
    """The row, once nobody else changes what this person holds; in the caller's transaction."""
    exiger_administrateur(acteur)
    verrouiller([charger(acteur, qualification.id).individu_id])
    return charger(acteur, qualification.id)


def _exiger_libre(
    individu_id: int,
    niveau: Niveau,
    debut: date,
    fin: date,
    *,
    sauf: int | None = None,
    champ: str = "debut",
) -> None:
    autres = [q for q in tenues([individu_id])[individu_id, niveau.id] if q.id != sauf]
    if deja := chevauchees(autres, debut, fin):
        periodes = [(q.debut, q.dernier_jour) for q in deja]
        raise SaisieInvalide({champ: [textes.deja(niveau.libelle, periodes)]})


def _etat(etat: str, jour: date) -> ColumnElement[bool]:
    q = Qualification
    compte = or_(q.retrait_le.is_(None), q.retrait_le > jour)
    match etat:
        case "en-vigueur":
            return (q.debut <= jour) & (q.fin >= jour) & compte
        case "bientot":
            # Those that stand and those withdrawn have an index each, which finds the few that there are.
            dernier = jour + BIENTOT
            finit = or_(q.fin <= dernier, q.retrait_le <= dernier + timedelta(days=1))
            retiree = (q.retrait_le > jour) & (q.retrait_le > q.debut) & (q.fin >= jour) & finit
            return or_(q.retrait_le.is_(None) & q.fin.between(jour, dernier), retiree)
        case _:
            retiree = q.retrait_le.is_not(None) & or_(
                q.fin < jour, q.retrait_le <= jour, q.retrait_le <= q.debut
            )
            return or_(q.retrait_le.is_(None) & (q.fin < jour), retiree)
