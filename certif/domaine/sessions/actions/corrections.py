"""The corrections that the formateur proposes: kept with their draft, sent with it, then accepted (R5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Fautes, PartieIntrouvable, SaisieInvalide
from certif.domaine.libelles.sessions.chronologie import corrections_acceptees
from certif.domaine.libelles.sessions.refus import AUCUNE_CORRECTION, PROPOSITION_ABSENTE, STAGIAIRE_ABSENT
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    identite_saisie,
    modifier_stagiaire,
    retirer_stagiaire,
)
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.regles import retouches
from certif.domaine.sessions.valeurs import GenreProposition
from certif.socle.base.transaction import transaction

Corrections = Mapping[int, IdentiteSaisie]
"""By trainee, the identity as it should be; what equals theirs is no correction."""
AUCUNE: Corrections = MappingProxyType({})


@dataclass(frozen=True)
class Applique:
    """What « Rétablir » needs: the identity of before, and whose it was; None for who was taken out."""

    avant: IdentiteSaisie
    corrige: int | None = None


def accepter_corrections(acteur: Acteur, numero: int, version: int) -> None:
    """Make what the formateur proposed the session's own: already their word, it needs no new validation.

    Raises:
        ActionImpossible: nothing is proposed.
        Refus: R12 does not hold of the trainees once corrected.
    """
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ACCEPTER_CORRECTIONS)
        if session_certif is None:
            return
        proposees = en_attente(session_certif)
        if not proposees:
            raise ActionImpossible(AUCUNE_CORRECTION)
        for stagiaire in session_certif.stagiaires:
            voulu = retouches.corrigee(stagiaire, proposees)
            for colonne in (*retouches.IDENTITE, "cle_nom", "cle_prenom"):
                if getattr(stagiaire, colonne) != getattr(voulu, colonne):
                    setattr(stagiaire, colonne, getattr(voulu, colonne))
        retouches.verifier_acceptation(session_certif.stagiaires, session_certif.formateur)
        details = [corrections_acceptees(len(proposees))]
        conclure(session_certif, acteur, Action.ACCEPTER_CORRECTIONS, details=details)


def appliquer(acteur: Acteur, numero: int, version: int, proposition_id: int) -> Applique | None:
    """Do in saisie what the formateur asks for, as if it had been typed; None when nothing is left to do.

    Raises:
        Introuvable: nothing of this session, or what only the tab "Session" can change.
        SaisieInvalide, VersionPerimee, ActionImpossible: as for what is typed.
    """
    session_certif = charger(acteur, numero)
    proposition = next((p for p in session_certif.propositions if p.id == proposition_id), None)
    if proposition is None or proposition.genre is GenreProposition.SESSION:
        raise PartieIntrouvable(PROPOSITION_ABSENTE)
    if proposition.genre is GenreProposition.AJOUTER:
        ajouter_stagiaire(acteur, numero, version, identite_saisie(proposition))
        return None
    stagiaire = retouches.visee(proposition, session_certif.stagiaires)
    if stagiaire is None:
        return None
    avant, stagiaire_id = identite_saisie(stagiaire), stagiaire.id
    if proposition.genre is GenreProposition.RETIRER:
        retire = retirer_stagiaire(acteur, numero, version, stagiaire_id)
        return Applique(retire) if retire else None
    voulue = identite_saisie(retouches.corrigee(stagiaire, [proposition]))
    modifier_stagiaire(acteur, numero, version, stagiaire_id, voulue)
    return Applique(avant, stagiaire_id)


def proposer(session_certif: SessionCertification, corrections: Corrections) -> dict[str, list[str]]:
    """Keep what is well formed, in the caller's transaction; what is refused, by field, leaves what was.

    The fields are `nom-<id>`, `prenom-<id>`, `date_naissance-<id>`.

    Raises:
        Introuvable: a correction for somebody who is not of this session.
    """
    fautes, attendues = Fautes(), _attendues(session_certif)
    for stagiaire, saisie in _a_qui(session_certif, corrections):
        with fautes.recueillir():
            changes = _lire(session_certif, stagiaire, saisie, attendues)
            attendues[stagiaire.id] = _garder(
                session_certif, stagiaire, changes, attendues.get(stagiaire.id, [])
            )
    return fautes.champs


def reproposer(session_certif: SessionCertification, brouillons: Iterable[Mapping[str, Any]]) -> None:
    """Propose again what was never sent, but beside a trainee of whom something is proposed by now."""
    deja = _attendues(session_certif)
    saisies: dict[int, IdentiteSaisie] = {}
    for brouillon in brouillons:
        for stagiaire in session_certif.stagiaires:
            if stagiaire.identite == brouillon["identite"] and stagiaire.id not in deja:
                saisie = saisies.get(stagiaire.id) or identite_saisie(stagiaire)
                voulue = replace(saisie, **{brouillon["champ"]: brouillon["valeur"]})
                saisies[stagiaire.id] = replace(voulue, nom_unique=not voulue.prenom)
    proposer(session_certif, saisies)


def refusees(session_certif: SessionCertification, corrections: Corrections) -> dict[str, list[str]]:
    """What `proposer` would refuse of them; nothing is kept."""
    fautes, attendues = Fautes(), _attendues(session_certif)
    for stagiaire, saisie in _a_qui(session_certif, corrections):
        with fautes.recueillir():
            _lire(session_certif, stagiaire, saisie, attendues)
    return fautes.champs


def _attendues(session_certif: SessionCertification) -> dict[int, list[Proposition]]:
    """By trainee, what is proposed and does not stand."""
    attendues: dict[int, list[Proposition]] = defaultdict(list)
    for proposition in en_attente(session_certif):
        if (stagiaire := retouches.visee(proposition, session_certif.stagiaires)) is not None:
            attendues[stagiaire.id].append(proposition)
    return attendues


def _a_qui(
    session_certif: SessionCertification, corrections: Corrections
) -> Iterator[tuple[Stagiaire, IdentiteSaisie]]:
    stagiaires = {stagiaire.id: stagiaire for stagiaire in session_certif.stagiaires}
    if not corrections.keys() <= stagiaires.keys():
        raise PartieIntrouvable(STAGIAIRE_ABSENT)
    for stagiaire_id, saisie in corrections.items():
        yield stagiaires[stagiaire_id], saisie


def _lire(
    session_certif: SessionCertification,
    stagiaire: Stagiaire,
    saisie: IdentiteSaisie,
    attendues: Mapping[int, Sequence[Proposition]],
) -> dict[str, str]:
    """The fields that differ from what stands, as they are stored."""
    saisis = (saisie.nom, saisie.prenom, saisie.date_naissance)
    if retouches.telle_quelle(stagiaire, *saisis):
        return {}
    autres = [s for s in session_certif.stagiaires if s is not stagiaire]
    try:
        return retouches.verifier_correction(
            stagiaire,
            saisis,
            [retouches.corrigee(autre, attendues.get(autre.id, ())) for autre in autres],
            session_certif.formateur,
            session_certif.date_fin,
            un_seul_nom=saisie.nom_unique,
        )
    except SaisieInvalide as refus:
        champs = {f"{champ}-{stagiaire.id}": messages for champ, messages in refus.champs.items()}
        raise SaisieInvalide(champs) from None


def _garder(
    session_certif: SessionCertification,
    stagiaire: Stagiaire,
    changes: Mapping[str, str],
    attendues: Sequence[Proposition],
) -> list[Proposition]:
    """Make what is proposed of one trainee these changes, and no other."""
    gardees = {p.champ: p for p in attendues if p.champ in changes}
    for perdue in attendues:
        if perdue.champ not in changes:
            session_certif.propositions.remove(perdue)
    for champ, valeur in changes.items():
        if champ in gardees:
            gardees[champ].valeur = valeur
            continue
        gardees[champ] = Proposition(
            genre=GenreProposition.CORRIGER,
            stagiaire_id=stagiaire.id,
            nom=stagiaire.nom,
            prenom=stagiaire.prenom,
            date_naissance=stagiaire.date_naissance,
            champ=champ,
            valeur=valeur,
        )
        session_certif.propositions.append(gardees[champ])
    return list(gardees.values())
