"""The header and the left menu of each space, with the counts that wait there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app, g, request, url_for

from certif.domaine.acces.espaces import Espace, Personne
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.demandes import lectures as demandes
from certif.domaine.sessions.listes import Comptes, Liste, compter
from certif.socle.horloge import aujourd_hui
from certif.web import acces
from certif.web.acces import mes_espaces
from certif.web.connexion import personne
from certif.web.htmx import Fragment

# Label, endpoint, parts of the address besides the entité. What no view serves is left out.
_Entrees = tuple[tuple[str, str, Mapping[str, str]], ...]

# By endpoint and part "liste": how many, and whether they wait for the reader.
_Compteurs = Mapping[tuple[str, str], tuple[int, bool]]

_CERTIFICATION = (
    ("En cours", "sessions", {"liste": Liste.EN_COURS.value}),
    ("À traiter", "sessions", {"liste": Liste.A_TRAITER.value}),
)
_DE_L_ENTITE: _Entrees = (
    *((libelle, f"entite.{vue}", partie) for libelle, vue, partie in _CERTIFICATION),
    ("Modèles", "entite.modeles", {}),
)
_DELEGATAIRE: tuple[tuple[str, _Entrees], ...] = (
    ("MON ENTITÉ", (("Informations", "entite.informations", {}),)),
    ("HABILITATION", (("Actives", "entite.habilitations", {}),)),
    ("CERTIFICATION", _DE_L_ENTITE),
)
MENUS: Mapping[TypeRole, tuple[tuple[str, _Entrees], ...]] = {
    TypeRole.DELEGATAIRE: _DELEGATAIRE,
    TypeRole.GESTIONNAIRE: (
        *_DELEGATAIRE[:-1],
        ("CERTIFICATION", (*_DE_L_ENTITE, ("Vue d’ensemble", "entite.ensemble", {}))),
        (
            "DEMANDES",
            (("En cours", "entite.demandes_en_cours", {}), ("À traiter", "entite.demandes_a_traiter", {})),
        ),
        (
            "UTILISATEURS",
            (("Rechercher", "entite.utilisateurs", {}), ("Invitations", "entite.invitations", {})),
        ),
    ),
    TypeRole.FORMATEUR: (
        (
            "CERTIFICATION",
            tuple((libelle, f"formateur.{vue}", partie) for libelle, vue, partie in _CERTIFICATION),
        ),
        ("MES QUALIFICATIONS", (("Consulter", "formateur.qualifications", {}),)),
        ("SUR LE TERRAIN", (("Sans réseau", "formateur.telephone", {}),)),
    ),
    TypeRole.ADMINISTRATEUR: (
        ("DEMANDES", (("À traiter", "administration.demandes", {}),)),
        (
            "ENTITÉS",
            (("Toutes", "administration.entites", {}), ("Habilitations", "administration.habilitations", {})),
        ),
        (
            "RÉFÉRENTIEL",
            (
                ("Consulter", "administration.referentiel", {}),
                ("Certificats", "administration.certificats", {}),
            ),
        ),
        (
            "INDIVIDUS",
            (
                ("Rechercher", "administration.individus", {}),
                ("Qualifications", "administration.qualifications", {}),
            ),
        ),
        ("REGISTRE", (("Rechercher", "administration.registre", {}),)),
        ("JOURNAL", (("Consulter", "administration.journal", {}),)),
        (
            "PLATEFORME",
            (
                ("État", "administration.plateforme", {}),
                ("Une session", "administration.sessions", {}),
            ),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Entree:
    """One link of the menu; `vif` when its count waits for the reader."""

    libelle: str
    href: str
    compte: int | None = None
    actif: bool = False
    vif: bool = False


@dataclass(frozen=True, slots=True)
class Groupe:
    """One title of the menu and what stands under it."""

    titre: str
    entrees: list[Entree]


@dataclass(frozen=True, slots=True)
class EnTete:
    """What base.html shows of the space: who, where, what else."""

    role_libelle: str
    prenom: str
    organisation: str | None
    menu: list[Groupe] = field(default_factory=list)
    autres_espaces: list[Entree] = field(default_factory=list)


def en_tete(present: Personne, espace: Espace) -> EnTete:
    """The header and menu of this space, and what waits in the person's others."""
    # Once for a request, whose answer may hold both the menu and the page.
    faits: dict[Espace, EnTete] = g.setdefault("en_tetes", {})
    if espace not in faits:
        autres = [lien_espace(autre) for autre in mes_espaces() if autre != espace]
        organisation = espace.entite or None
        faits[espace] = EnTete(espace.libelle, present.nom_affiche, organisation, _menu(espace), autres)
    return faits[espace]


def en_tete_du_compte(present: Personne) -> EnTete:
    """The same around the account of a person who has no space to stand in now."""
    compte = Entree("Consulter", url_for("moi.page"), actif=request.endpoint == "moi.page")
    autres = [lien_espace(autre) for autre in mes_espaces()]
    return EnTete("", present.nom_affiche, None, [Groupe("MON COMPTE", [compte])], autres)


def fragment_du_menu() -> Fragment:
    """The menu of the space of this request, for the answer to a change that may move its counts."""
    return ("_menu.html", {"espace": en_tete(cast(Personne, personne()), acces.espace())})


def adresse_espace(espace: Espace) -> str:
    """Where a space begins."""
    if espace.entite_id is not None:
        return f"/entite/{espace.entite_id}/"
    return "/formateur/" if espace.role is TypeRole.FORMATEUR else "/administration/"


def lien_espace(espace: Espace) -> Entree:
    """A space seen from elsewhere: « Gestionnaire – MAROSE FORMATION », and what waits there."""
    libelle = f"{espace.libelle} – {espace.entite}" if espace.entite else espace.libelle
    attente = sum(compte for compte, vif in _compter(espace).values() if vif)
    return Entree(libelle, adresse_espace(espace), attente)


def _menu(espace: Espace) -> list[Groupe]:
    comptes = _compter(espace)
    groupes = (Groupe(titre, _entrees(espace, lignes, comptes)) for titre, lignes in MENUS[espace.role])
    return [groupe for groupe in groupes if groupe.entrees]


def _entrees(espace: Espace, lignes: _Entrees, comptes: _Compteurs) -> list[Entree]:
    entrees = []
    for libelle, endpoint, parties in lignes:
        if endpoint not in current_app.view_functions:
            continue
        adresse: dict[str, Any] = {**parties, **({"entite_id": espace.entite_id} if espace.entite_id else {})}
        compte, vif = comptes.get((endpoint, parties.get("liste", "")), (None, False))
        # A search by a person's name is the same list, by another view.
        liste = (endpoint, f"{endpoint}_par_nom", f"{endpoint}_recherche")
        actif = request.endpoint in liste and (request.view_args or {}) == adresse
        entrees.append(Entree(libelle, url_for(endpoint, **adresse), compte, actif, vif))
    return entrees


def sessions_comptees(acteur: Acteur) -> Comptes:
    """How many sessions each list of this actor holds: asked once by a request, which moves them before."""
    faits: dict[Acteur, Comptes] = g.setdefault("sessions_comptees", {})
    if acteur not in faits:
        faits[acteur] = compter(acteur, aujourd_hui())
    return faits[acteur]


def _compter(espace: Espace) -> _Compteurs:
    """Sessions, for all but the administrateur; demandes, for the two sides of them."""
    comptes: dict[tuple[str, str], tuple[int, bool]] = {}
    if espace.role is not TypeRole.ADMINISTRATEUR:
        vue = "formateur.sessions" if espace.role is TypeRole.FORMATEUR else "entite.sessions"
        sessions = sessions_comptees(espace.acteur)
        comptes[vue, Liste.EN_COURS.value] = (sessions.en_cours, False)
        comptes[vue, Liste.A_TRAITER.value] = (sessions.a_traiter, True)
    if espace.role is TypeRole.GESTIONNAIRE:
        lues, invitations = demandes.compter_avec_invitations(espace.acteur)
        comptes["entite.demandes_en_cours", ""] = (lues.en_cours, False)
        comptes["entite.demandes_a_traiter", ""] = (lues.a_traiter, True)
        comptes["entite.invitations", ""] = (invitations, False)
    if espace.role is TypeRole.ADMINISTRATEUR:
        comptes["administration.demandes", ""] = (demandes.compter(espace.acteur).a_traiter, True)
    return comptes
