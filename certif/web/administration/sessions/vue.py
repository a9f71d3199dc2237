"""One session as the administrateur's page reads it: plain texts, dates and links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import EMIS, EtatEmission, StatutRegistre
from certif.domaine.courriers.modeles import EtatCourrier
from certif.domaine.exploitation.courriers import CourrierDeSession
from certif.domaine.exploitation.pourquoi import Explication
from certif.domaine.exploitation.production import Production
from certif.domaine.exploitation.traces import Disparue, Trace
from certif.domaine.exploitation.verdicts import Verdict
from certif.domaine.libelles import exploitation as textes
from certif.domaine.libelles.sessions.etats import ETATS
from certif.domaine.libelles.typographie import pluriel
from certif.domaine.sessions.etats import Etat
from certif.domaine.temps import format_date_heure

_REGISTRE = (
    (StatutRegistre.DELIVRE, "Certificats délivrés"),
    (StatutRegistre.ANNULE, "Certificats annulés"),
    (StatutRegistre.RESERVE, "Numéros réservés"),
    (StatutRegistre.ABANDONNE, "Numéros abandonnés"),
)
_EMISSIONS = (
    (EtatEmission.PRODUIT, "établi", "établis"),
    (EtatEmission.EN_COURS, "en cours", "en cours"),
    (EtatEmission.A_PRODUIRE, "à établir", "à établir"),
    (EtatEmission.ECHEC, "en échec", "en échec"),
)


@dataclass(frozen=True, slots=True)
class Fait:
    """A label and what it says; `href` leads to the record that it names."""

    libelle: str
    valeur: Any
    href: str = ""


@dataclass(frozen=True, slots=True)
class LigneDeCourrier:
    """One mail: to whom by role, and what became of it, the hue of its badge first."""

    sujet: str
    a_qui: str
    ecrit_le: datetime
    genre: str
    etat: str
    precision: str


@dataclass(frozen=True, slots=True)
class Avis:
    """A verdict with its sign, as `composants/etats.html` names it, and its words."""

    quoi: str
    genre: str
    dit: str
    texte: str
    appuis: Sequence[str]


@dataclass(frozen=True, slots=True)
class VueSession:
    """What `templates/administration/session.html` reads of a session that exists."""

    genre: str
    etat: str
    tour: str
    retenues: Sequence[str]
    faits: Sequence[Fait]
    avis: Sequence[Avis]
    fichiers: Sequence[Fait]
    courriers: Sequence[LigneDeCourrier]
    evenements: Sequence[dict[str, str]]
    au_registre: bool


@dataclass(frozen=True, slots=True)
class VueDisparue:
    """The same of one that is no more."""

    connue: bool
    faits: Sequence[Fait]
    evenements: Sequence[dict[str, str]]
    au_registre: bool


def vue_de(e: Explication) -> VueSession:
    """The session in words; nothing is read."""
    return VueSession(
        genre=e.etat.value,
        etat=ETATS[e.etat],
        tour=e.tour,
        retenues=e.retenues,
        faits=[
            *_faits(e),
            *(Fait(quoi, quand) for quoi, quand in e.reperes if quand),
            *(Fait(quoi, jour) for quoi, jour in e.fins),
        ],
        avis=[_avis(verdict) for verdict in e.verdicts],
        fichiers=list(_fichiers(e.production, e.registre, e.etat)),
        courriers=[_courrier(courrier) for courrier in e.courriers],
        evenements=_evenements(e.traces),
        au_registre=_dans_la_liste(e.registre),
    )


def vue_de_la_disparue(d: Disparue) -> VueDisparue:
    """What remains of it."""
    faits = [Fait("Entité", d.entite, _entite(d.entite_id))] if d.entite else []
    if d.certificat:
        faits.append(Fait("Certificat", d.certificat))
    if d.date_fin:
        faits.append(Fait("Date de fin", d.date_fin))
    if d.stagiaires is not None:
        faits.append(Fait("Stagiaires", str(d.stagiaires)))
    faits += _au_registre(d.registre)
    return VueDisparue(bool(faits or d.traces), faits, _evenements(d.traces), _dans_la_liste(d.registre))


def _dans_la_liste(registre: Mapping[StatutRegistre, int]) -> bool:
    """Whether the list of the register shows some of them."""
    return any(registre.get(statut) for statut in EMIS)


def _entite(entite_id: int | None) -> str:
    return url_for("administration.entites_fiche", identifiant=entite_id) if entite_id else ""


def _faits(e: Explication) -> Iterator[Fait]:
    yield Fait("Entité", e.entite, _entite(e.entite_id))
    yield Fait("Dispositif et niveau", e.niveau)
    yield Fait("Certificat", e.certificat)
    yield Fait("Date de fin", e.date_fin)
    yield Fait("Dans cet état depuis", e.depuis)
    if e.formateur is None:
        yield Fait("Formateur", "")
    else:
        fiche = url_for("administration.individus_fiche", identifiant=e.formateur.individu_id)
        yield Fait("Formateur", f"{e.formateur.nom} ({e.formateur.numero})", fiche)
    if e.rectifie_numero is not None:
        corrigee = url_for("administration.session", numero=e.rectifie_numero)
        yield Fait("Corrige la session", f"n°{e.rectifie_numero}", corrigee)


def _avis(v: Verdict) -> Avis:
    genre, dit = {True: ("succes", "Oui"), False: ("danger", "Non"), None: ("neutre", "Pas jugé")}[v.reussi]
    return Avis(v.quoi, genre, dit, v.texte, v.appuis)


def _fichiers(p: Production | None, registre: Mapping[StatutRegistre, int], etat: Etat) -> Iterator[Fait]:
    if p is not None:
        combien = [pluriel(p.etats[e], un, plusieurs) for e, un, plusieurs in _EMISSIONS if p.etats.get(e)]
        yield Fait("Certificats", ", ".join(combien))
        if p.essais:
            yield Fait("Essais manqués d’un même certificat", str(p.essais))
    if p is not None and etat is Etat.GENERE:
        yield Fait("Fichier zip", "Prêt" if p.archive_faite else "À refaire")
        dossier = "Prêt" if p.dossier_fait else "En échec" if p.dossier_rate else "En préparation"
        yield Fait("Dossier", dossier)
    yield from _au_registre(registre)


def _au_registre(registre: Mapping[StatutRegistre, int]) -> list[Fait]:
    return [Fait(libelle, str(registre[statut])) for statut, libelle in _REGISTRE if registre.get(statut)]


def _courrier(c: CourrierDeSession) -> LigneDeCourrier:
    genre, etat = {
        EtatCourrier.A_ENVOYER: ("attente", "À envoyer"),
        EtatCourrier.ENVOYE: ("succes", "Envoyé"),
        EtatCourrier.ABANDONNE: ("danger", "Refusé" if c.refuse else "Abandonné"),
    }[c.etat]
    fini = f"le {format_date_heure(c.fini_le)}" if c.fini_le else ""
    essais = textes.essais(c.essais) if c.essais > 1 or (c.essais and not c.fini_le) else ""
    a_qui = TypeRole.libelle_de(c.role) if c.role else "Sans rôle ici"
    return LigneDeCourrier(c.sujet, a_qui, c.ecrit_le, genre, etat, ", ".join(filter(None, (fini, essais))))


def _evenements(traces: Sequence[Trace]) -> list[dict[str, str]]:
    return [
        {"texte": t.phrase, "quand": format_date_heure(t.quand), "iso": t.quand.isoformat()} for t in traces
    ]
