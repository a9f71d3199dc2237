"""Journeys: what people do in a row, endlessly; between two requests, each lets others pass (`yield`)."""

import random
import re
from collections.abc import Callable, Iterator

from charge.seul import ADMINISTRATEUR
from charge.taille import Taille
from charge.visite import Visiteur, champs_du_formulaire, liens

Journee = Callable[[Visiteur, Taille, int], Iterator[None]]
"""What somebody does: the visitor, the size of the base, and which of their kind they are."""
_LECTURES = 4
"""Rounds of reading between two certificates."""


def gestionnaire(qui: Visiteur, taille: Taille, rang: int) -> Iterator[None]:
    """Of an ordinary entité: reads its lists and one session after the other; generates now and then."""
    yield from _dans_une_entite(qui, taille.petite(rang), "entité ordinaire")


def gestionnaire_d_une_grande(qui: Visiteur, taille: Taille, rang: int) -> Iterator[None]:
    """Of a large one: the same."""
    yield from _dans_une_entite(qui, taille.grande(rang), "grande entité")


def _dans_une_entite(qui: Visiteur, email: str, espace: str) -> Iterator[None]:
    hasard = random.Random(email)
    accueil = qui.entrer(email, "Mes sessions")
    (racine,) = {lien.rpartition("sessions/")[0] for lien in liens(accueil, r"/entite/\d+/sessions/en-cours")}
    yield
    while True:
        for tour in range(_LECTURES):
            yield from _lire_une_entite(qui, racine, espace, hasard, tour)
        yield from _generer(qui, racine, espace)


def _lire_une_entite(
    qui: Visiteur, racine: str, espace: str, hasard: random.Random, tour: int
) -> Iterator[None]:
    a_traiter = qui.lire(f"{espace} : à traiter", f"{racine}sessions/a-traiter", "Mes sessions")
    yield
    lues = liens(a_traiter, rf"{racine}sessions/\d+")
    qui.lire(f"{espace} : en cours", f"{racine}sessions/en-cours", "Mes sessions")
    yield
    if lues:
        session = hasard.choice(lues)
        for onglet, mot in (("session", "Lieu"), ("stagiaires", "Stagiaires")):
            qui.lire(f"{espace} : onglet {onglet}", f"{session}/{onglet}", mot)
            yield
    recherche = f"{racine}sessions/en-cours?recherche={100 + tour}"
    qui.lire(f"{espace} : recherche", recherche, "Mes sessions")
    yield
    qui.lire(f"{espace} : vue d’ensemble", f"{racine}vue-d-ensemble", "Vue d’ensemble")
    yield


def _generer(qui: Visiteur, racine: str, espace: str) -> Iterator[None]:
    """The oldest session whose results came, while there is one: its recap, then its certificates."""
    liste = f"{racine}sessions/a-traiter?etat=validation_entite"
    pretes = liens(qui.lire(f"{espace} : à traiter", liste, "Mes sessions"), rf"{racine}sessions/\d+")
    yield
    if pretes:
        recap = qui.lire(f"{espace} : récapitulatif", f"{pretes[0]}/actions?action=generer", "version")
        yield
        champs = {nom: _cache(recap, nom) for nom in ("version", "lu")}
        qui.poster(f"{espace} : générer", f"{pretes[0]}/actions/generer", champs, "ertificats")
        yield


def _cache(page: str, nom: str) -> str:
    """What a hidden field of this name holds."""
    trouve = re.search(rf'name="{nom}" value="([^"]*)"', page)
    return trouve[1] if trouve else ""


def formateur(qui: Visiteur, taille: Taille, rang: int) -> Iterator[None]:
    """Reads what waits, then answers for a session, one trainee at a time, and keeps it at each answer."""
    qui.entrer(taille.formateur(rang), "Mes sessions")
    yield
    while True:
        liste = qui.lire("formateur : à traiter", "/formateur/sessions/a-traiter", "Mes sessions")
        yield
        session = liens(liste, r"/formateur/sessions/\d+")[0]
        qui.lire("formateur : la session", session, "Session de certification")
        yield
        yield from repondre(qui, session)
        qui.lire("formateur : qualifications", "/formateur/qualifications", "Mes qualifications")
        yield


def formateur_qui_repond(qui: Visiteur, taille: Taille, rang: int) -> Iterator[None]:
    """Does nothing but answer."""
    accueil = qui.entrer(taille.formateur(rang), "Mes sessions")
    session = liens(accueil, r"/formateur/sessions/\d+")[0]
    yield
    while True:
        yield from repondre(qui, session)


def repondre(qui: Visiteur, session: str) -> Iterator[None]:
    """The tab of the results, and each answer kept by itself, as the page does."""
    page = qui.lire("formateur : résultats", f"{session}/stagiaires", 'id="resultats"')
    yield
    champs = champs_du_formulaire(page, "resultats")
    for cle in list(dict.fromkeys(re.findall(r'name="resultat-(\d+)"', page))):
        champs[f"resultat-{cle}"] = "echec" if champs.get(f"resultat-{cle}") == "reussite" else "reussite"
        champs.pop(f"motif-{cle}", None)
        if champs[f"resultat-{cle}"] == "echec":
            champs[f"motif-{cle}"] = "absent"
        reponse = qui.poster(
            "formateur : une réponse", f"{session}/resultats", champs, "hx-partial", partiel=True
        )
        champs["version"] = _cache(reponse, "version") or champs["version"]
        yield


def administrateur(qui: Visiteur, _: Taille, __: int) -> Iterator[None]:
    """Looks for people and entités, reads the register, the journal and the state of the platform."""
    qui.entrer(ADMINISTRATEUR, "Entités")
    yield
    pages = (
        ("entités", "/administration/entites", "Entités"),
        ("une entité cherchée", "/administration/entites?recherche=organisme+7", "Entités"),
        ("individus", "/administration/individus", "Individus"),
        ("formateurs", "/administration/individus?role=formateur", "Individus"),
        ("registre", "/administration/registre", "Registre"),
        ("registre d’une entité", "/administration/registre?entite=organisme+7", "Registre"),
        ("journal", "/administration/journal", "Journal"),
        ("plateforme", "/administration/plateforme", "État de la plateforme"),
    )
    while True:
        for nom, adresse, mot in pages:
            qui.lire(f"administration : {nom}", adresse, mot)
            yield
        champs = {"recherche": "lefevre"}
        qui.poster(
            "administration : une personne", "/administration/individus/recherche", champs, "Individus"
        )
        yield


JOURNEES: tuple[tuple[Journee, int], ...] = (
    (gestionnaire, 5),
    (formateur, 4),
    (gestionnaire_d_une_grande, 2),
    (administrateur, 1),
)
"""Who is there at the same time, and how many of a dozen."""
