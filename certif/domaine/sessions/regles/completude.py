"""What a draft still lacks before it can be submitted to the formateur (R5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from certif.domaine.libelles import geographie
from certif.domaine.libelles.sessions import droits, refus
from certif.domaine.sessions.regles import inscription
from certif.domaine.sessions.regles.inscription import Personne
from certif.domaine.sessions.valeurs import TypeLieu

P = TypeVar("P", bound=Personne)


class Session(Protocol):
    """The part of a session that completeness reads."""

    @property
    def niveau_id(self) -> int | None: ...
    @property
    def certificat_id(self) -> int | None: ...
    @property
    def lieu_type(self) -> str | None: ...
    @property
    def code_postal(self) -> str | None: ...
    @property
    def ville(self) -> str | None: ...
    @property
    def pays(self) -> str | None: ...
    @property
    def plateforme_id(self) -> int | None: ...
    @property
    def identification(self) -> str | None: ...
    @property
    def date_fin(self) -> date | None: ...
    @property
    def formateur_id(self) -> int | None: ...
    @property
    def formateur(self) -> Personne | None: ...
    @property
    def verification_a_relancer(self) -> str | None: ...
    @property
    def stagiaires(self) -> Sequence[Personne]: ...


ONGLETS = {
    "session": (
        "niveau_id",
        "certificat_id",
        "lieu_type",
        "plateforme_id",
        "code_postal",
        "ville",
        "pays",
        "identification",
        "date_fin",
    ),
    "formateur": ("formateur_id",),
    "stagiaires": ("stagiaires",),
}


def manques(session_certif: Session) -> dict[str, str]:
    """What must be filled or mended, field by field in the order of the screens; empty when complete.

    R1, R2, R3 and the rights to the place (R13) are judged apart: they need today, or lookups.
    """
    trouves: dict[str, str] = {}
    if session_certif.niveau_id is None:
        trouves["niveau_id"] = refus.NIVEAU_MANQUANT
    if session_certif.certificat_id is None:
        trouves["certificat_id"] = refus.CERTIFICAT_MANQUANT
    trouves |= _manques_du_lieu(session_certif)
    if not session_certif.identification:
        trouves["identification"] = refus.IDENTIFICATION_MANQUANTE
    if session_certif.date_fin is None:
        trouves["date_fin"] = refus.DATE_FIN_MANQUANTE
    if session_certif.formateur_id is None:
        trouves["formateur_id"] = droits.FORMATEUR_MANQUANT
    elif session_certif.verification_a_relancer:
        trouves["formateur_id"] = droits.verification_a_relancer(session_certif.verification_a_relancer)
    if messages := _manques_aux_stagiaires(session_certif):
        trouves["stagiaires"] = " ".join(messages)
    return trouves


def manques_par_onglet(trouves: dict[str, str]) -> dict[str, dict[str, str]]:
    """The same, under the tab that mends it; a tab with nothing to mend is empty."""
    return {
        onglet: {champ: trouves[champ] for champ in champs if champ in trouves}
        for onglet, champs in ONGLETS.items()
    }


def _manques_du_lieu(session_certif: Session) -> dict[str, str]:
    match session_certif.lieu_type:
        case TypeLieu.FRANCE:
            attendus = {"code_postal": refus.CODE_POSTAL_MANQUANT, "ville": geographie.VILLE_MANQUANTE}
        case TypeLieu.ETRANGER:
            attendus = {"ville": geographie.VILLE_MANQUANTE, "pays": geographie.PAYS_MANQUANT}
        case TypeLieu.PLATEFORME:
            attendus = {"plateforme_id": refus.PLATEFORME_MANQUANTE}
        case _:
            return {"lieu_type": refus.LIEU_MANQUANT}
    return {champ: message for champ, message in attendus.items() if not getattr(session_certif, champ)}


@dataclass(frozen=True, slots=True)
class Defauts(Generic[P]):
    """What is wrong with the stagiaires: without a birth date, with one that is refused (and why), who is the
    formateur too, who are one person; nobody at all.
    """

    aucun: bool
    sans_date: list[P]
    dates_refusees: list[tuple[P, str]]
    formateurs: list[P]
    confondus: list[list[P]]


def defauts(stagiaires: Sequence[P], date_fin: date | None, formateur: Personne | None) -> Defauts[P]:
    """All of it at once: nobody mends one trainee to learn of the next."""
    return Defauts(
        aucun=not stagiaires,
        sans_date=[s for s in stagiaires if s.date_naissance is None],
        dates_refusees=[
            (s, message)
            for s in stagiaires
            if s.date_naissance and (message := inscription.refus_naissance(s.date_naissance, date_fin))
        ],
        formateurs=[s for s in stagiaires if formateur and inscription.meme_personne(s, formateur)],
        confondus=inscription.confondus(stagiaires),
    )


def _manques_aux_stagiaires(session_certif: Session) -> list[str]:
    """The same, everyone named."""
    stagiaires = session_certif.stagiaires
    trouves = defauts(stagiaires, session_certif.date_fin, session_certif.formateur)
    if trouves.aucun:
        return [refus.AUCUN_STAGIAIRE]
    messages = []
    if trouves.sans_date:
        messages.append(refus.naissances_manquantes([inscription.affiche(s) for s in trouves.sans_date]))
    messages += refus.des_stagiaires(
        (inscription.affiche(s), pourquoi) for s, pourquoi in trouves.dates_refusees
    )
    messages += [refus.stagiaire_formateur(inscription.affiche(s)) for s in trouves.formateurs]
    confondus = inscription.refus_des_confondus(stagiaires)
    return [*messages, confondus] if confondus else messages
