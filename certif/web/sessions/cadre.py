"""The frame of a session page: title, state, banners, tabs, timeline. Views add their tab's content."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.impression import Impression, impression_de
from certif.domaine.libelles.sessions.etats import ETATS
from certif.domaine.libelles.sessions.propositions import demandees
from certif.domaine.noms import nom_court
from certif.domaine.sessions.chronologie import LigneChronologie, chronologie
from certif.domaine.sessions.courriers.remise import courriels_non_remis
from certif.domaine.sessions.droits.conditions import JUGEES, blocages
from certif.domaine.sessions.droits.lecture import Droits, lire_droits
from certif.domaine.sessions.droits.relais import Relais, relais_de
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import actions_possibles, tour_de
from certif.domaine.sessions.tour import Tour
from certif.domaine.temps import format_date_heure
from certif.web.htmx import Fragment
from certif.web.menus import fragment_du_menu


@dataclass(frozen=True, slots=True)
class Onglet:
    """One tab; `marque` is "complet", "a-completer" or None."""

    libelle: str
    href: str
    actif: bool
    marque: str | None = None


@dataclass(frozen=True, slots=True)
class Retour:
    """The formateur's banner: who, when; the comment, and how much is asked for, "" when there is none."""

    titre: str
    commentaire: str
    demandes: str


@dataclass(frozen=True, slots=True)
class Cadre:
    """What the frame's templates read; `semblable` opens a session like it, with the one-time `jeton`;
    `garder` keeps it as a model.

    `impression` is what its certificates print, once they are asked for. `non_remis` are refused mails.
    `droits`: what R2 and R3 are judged on, until its certificates are asked for.
    """

    session_certif: SessionCertification
    impression: Impression | None
    tour: Tour
    etat_libelle: str
    blocage: str | None
    droits: Droits
    relais: Relais
    actions: frozenset[Action]
    retour: Retour | None
    non_remis: list[str]
    evenements: list[dict[str, Any]]
    onglets: Sequence[Onglet]
    semblable: str
    garder: str
    jeton: str

    @property
    def entite(self) -> str:
        """Whose session it is: of certificates, who issued them."""
        if self.impression is None:
            return self.session_certif.entite.raison_sociale
        return self.impression.emission.emetteur

    @property
    def dispositif_niveau(self) -> str:
        """ "SST / 1", or "" while it is to be chosen."""
        if self.impression is not None:
            return self.impression.dispositif_niveau
        return self.session_certif.niveau.libelle if self.session_certif.niveau else ""


def cadre(session_certif: SessionCertification, acteur: Acteur, onglets: Sequence[Onglet]) -> Cadre:
    """The frame of this session for this actor."""
    droits = lire_droits([session_certif] if session_certif.etat in JUGEES else [])
    blocage = blocages([session_certif], droits).get(session_certif.numero)
    relais = relais_de(session_certif)
    return Cadre(
        session_certif=session_certif,
        impression=impression_de(session_certif),
        tour=tour_de(session_certif, acteur, blocage, relais),
        etat_libelle=ETATS[session_certif.etat],
        blocage=blocage,
        droits=droits,
        relais=relais,
        actions=actions_possibles(session_certif, acteur, relais),
        retour=_retour(session_certif),
        non_remis=courriels_non_remis(session_certif, acteur),
        evenements=[_evenement(ligne) for ligne in chronologie(session_certif.numero)],
        onglets=onglets,
        semblable=_semblable(session_certif, acteur),
        garder=_garder(session_certif, acteur),
        jeton=secrets.token_urlsafe(32),
    )


def fragments_du_cadre(le_cadre: Cadre) -> list[Fragment]:
    """Every piece of the frame that a change may move, down to the counts of the menu."""
    contexte = {"cadre": le_cadre}
    return [
        fragment_du_menu(),
        ("sessions/_tete.html", contexte),
        ("sessions/_etat.html", contexte),
        ("sessions/_bandeaux.html", contexte),
        ("sessions/_onglets.html", contexte),
        ("sessions/_chronologie.html", contexte),
    ]


def _semblable(s: SessionCertification, acteur: Acteur) -> str:
    """For the entité, unless it is suspended: whoever sees a session may open one like it."""
    if not acteur.est_entite or s.entite.suspendue:
        return ""
    return url_for("entite.creer_semblable", entite_id=s.entite_id, numero=s.numero)


def _garder(s: SessionCertification, acteur: Acteur) -> str:
    """The same persons, once it says what it certifies."""
    if not _semblable(s, acteur) or s.certificat_id is None:
        return ""
    return url_for("entite.nommer_modele", entite_id=s.entite_id, numero=s.numero)


def _retour(session_certif: SessionCertification) -> Retour | None:
    if session_certif.retour_le is None:
        return None
    qui = session_certif.retour_par
    nom = nom_court(qui.nom, qui.prenom) if qui else "du formateur"
    quand = format_date_heure(session_certif.retour_le)
    commentaire = session_certif.retour_commentaire
    if commentaire is None:
        commentaire = "« Ce n’est pas ma session »"
    nombre = len(session_certif.propositions)
    demandes = demandees(nombre) if nombre else ""
    return Retour(f"Retour de {nom}, {quand}", commentaire, demandes)


def _evenement(ligne: LigneChronologie) -> dict[str, Any]:
    quand: datetime = ligne.quand
    return {
        "texte": ligne.texte,
        "quand": format_date_heure(quand),
        "iso": quand.isoformat(),
        "commentaire": ligne.commentaire,
    }
