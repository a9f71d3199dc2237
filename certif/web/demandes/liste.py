"""A list of demandes, as either side reads it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request

from certif.domaine.acteur import Acteur
from certif.domaine.demandes import lectures
from certif.domaine.demandes.annonces import objet_de
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.identite import champs_souhaites
from certif.domaine.demandes.lectures import ListeDemandes, PageDeDemandes
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.tour import Tour, tour
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.libelles.typographie import francais
from certif.domaine.temps import date_de
from certif.socle.base.pagination import Place
from certif.socle.horloge import aujourd_hui
from certif.web.adresses import lire_place

GENRES = {
    EtatDemande.BROUILLON: "saisie",
    EtatDemande.ACCEPTEE: "succes",
    EtatDemande.REFUSEE: "danger",
    EtatDemande.RETIREE: "saisie",
}
"""Colour and shape of each state; the others wait."""
TITRE_COURT = francais("Identité")
"""What a demande of another identity is about; others are about a niveau."""


@dataclass(frozen=True, slots=True)
class Puce:
    """A list beside this one, with what it holds."""

    libelle: str
    href: str
    compte: int
    actif: bool


@dataclass(frozen=True, slots=True)
class Ligne:
    """One demande; `court` says of what, `titre` too, whole."""

    demande: Demande
    court: str
    titre: str
    href: str
    nature: str
    genre: str
    etat: str
    tour: Tour
    souhaite: str


@dataclass(frozen=True)
class VueDemandes:
    """What `templates/demandes/liste.html` reads."""

    titre: str
    titre_court: str
    vide: tuple[str, str]
    resultats: PageDeDemandes
    lignes: list[Ligne]
    puces: list[Puce]
    avec_entite: bool
    nouvelle: str = ""

    def adresse_page(self, place: Place | None) -> str | None:
        """Another page of the same list."""
        if place is None:
            return None
        liste = request.args.get("liste", "")
        return f"?page={place.page}" + (f"&liste={liste}" if liste in set(ListeDemandes) else "")


def liste_demandee(defaut: ListeDemandes, permises: Sequence[ListeDemandes]) -> ListeDemandes:
    """The list that the address asks for, among those that the page offers."""
    voulue = request.args.get("liste", "")
    return next((liste for liste in permises if liste.value == voulue), defaut)


def lignes_de(
    acteur: Acteur, liste: ListeDemandes, adresse: Callable[[Demande], str]
) -> tuple[PageDeDemandes, list[Ligne]]:
    """The page of this list that the address asks for."""
    resultats = lectures.lister(acteur, liste, lire_place(request.args.get("page", "")))
    return resultats, [
        _ligne(d, acteur, adresse(d), empechee=d.id in resultats.empechees) for d in resultats.lignes
    ]


def tour_de(demande: Demande, acteur: Acteur, *, empechee: bool) -> Tour:
    """Whose turn it is, said to this actor."""
    jour = aujourd_hui()
    entite = demande.entite.raison_sociale
    depuis = date_de(demande.modifiee_le)
    return tour(demande.etat, acteur.role.value, entite, depuis, jour, empechee=empechee)


def _ligne(demande: Demande, acteur: Acteur, href: str, *, empechee: bool) -> Ligne:
    return Ligne(
        demande=demande,
        court=demande.niveau.libelle if demande.niveau is not None else TITRE_COURT,
        titre=textes.titre(objet_de(demande)),
        href=href,
        nature=textes.NATURES[demande.nature],
        genre=GENRES.get(demande.etat, "attente"),
        etat=textes.ETATS[demande.etat],
        tour=tour_de(demande, acteur, empechee=empechee),
        souhaite=_souhaite(demande),
    )


def _souhaite(demande: Demande) -> str:
    """From which day, or which part of the identity; "" as long as nothing is said."""
    if demande.d_identite:
        return ", ".join(champs_souhaites(demande))
    return textes.des_le(demande.debut_souhaite) if demande.debut_souhaite else ""
