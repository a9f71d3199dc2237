"""What a retour asks for, as its form shows it: whom to add or take out, what the session should say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certif.domaine.libelles.sessions import propositions as textes
from certif.domaine.sessions.actions.demandes_du_retour import VALEUR_MAX, Demandes
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.propositions import lisible, valeurs_de_la_session
from certif.domaine.sessions.valeurs import Identification
from certif.web.formateur.stagiaires.reponses import AJOUTS_MAX

Erreurs = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Ajout:
    """The fields of one to be added; `rang` numbers them, `ouvert` when something stands there."""

    rang: int
    valeurs: IdentiteSaisie
    erreurs: Erreurs
    ouvert: bool


@dataclass(frozen=True, slots=True)
class Champ:
    """A field of the session: what was typed, and what it says now."""

    nom: str
    libelle: str
    valeur: str
    actuelle: str
    erreurs: Sequence[str]


@dataclass(frozen=True, slots=True)
class VueDemandes:
    """What `formateur/_retour.html` reads; a fold is open when something was typed in it."""

    ajouts: Sequence[Ajout]
    retraits: frozenset[int]
    champs: Sequence[Champ]
    identifications: Sequence[tuple[str, str]]
    session_ouverte: bool
    valeur_max = VALEUR_MAX


def vue_demandes(s: SessionCertification, demandes: Demandes, erreurs: Erreurs) -> VueDemandes:
    """As the page that was refused left it; empty otherwise."""
    actuelles = valeurs_de_la_session(s)
    champs = [
        Champ(
            nom=nom,
            libelle=textes.champ(nom),
            valeur=demandes.session.get(nom, ""),
            actuelle=textes.actuellement(lisible(nom, actuelle)),
            erreurs=erreurs.get(f"session-{nom}", ()),
        )
        for nom, actuelle in actuelles.items()
    ]
    return VueDemandes(
        ajouts=[_ajout(demandes, rang, erreurs) for rang in range(1, AJOUTS_MAX + 1)],
        retraits=demandes.retraits,
        champs=champs,
        identifications=Identification.options(),
        session_ouverte=any(champ.valeur for champ in champs),
    )


def _ajout(demandes: Demandes, rang: int, erreurs: Erreurs) -> Ajout:
    valeurs = demandes.ajouts[rang - 1] if rang <= len(demandes.ajouts) else IdentiteSaisie()
    siennes = {
        champ: erreurs[cle]
        for champ in ("nom", "prenom", "date_naissance")
        if (cle := f"ajout-{champ}-{rang}") in erreurs
    }
    return Ajout(rang, valeurs, siennes, valeurs != IdentiteSaisie())
