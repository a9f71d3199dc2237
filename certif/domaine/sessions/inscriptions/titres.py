"""Headings of a list's columns, and what each says that its column holds."""

import re

from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.noms import cle
from certif.domaine.sessions.inscriptions.identites import Ordre
from certif.domaine.valeurs import Valeur
from certif.socle.tableur.tableur import Rangee


class Sens(Valeur):
    """What a column holds."""

    NOM = "le_nom", textes.SENS_NOM
    PRENOM = "le_prenom", textes.SENS_PRENOM
    NAISSANCE = "la_naissance", textes.SENS_NAISSANCE
    NOM_PUIS_PRENOM = "nom_prenom", textes.SENS_NOM_PUIS_PRENOM
    PRENOM_PUIS_NOM = "prenom_nom", textes.SENS_PRENOM_PUIS_NOM
    ENSEMBLE = "ensemble", textes.SENS_ENSEMBLE
    IGNOREE = "ignoree", textes.SENS_IGNOREE

    @property
    def ordre(self) -> Ordre | None:
        """Of a column that holds both: which comes first where capitals do not say it."""
        return {Sens.NOM_PUIS_PRENOM: Ordre.NOM, Sens.PRENOM_PUIS_NOM: Ordre.PRENOM}.get(self)


ENSEMBLES = (Sens.ENSEMBLE, Sens.NOM_PUIS_PRENOM, Sens.PRENOM_PUIS_NOM)
NOMMANTS = (Sens.NOM, *ENSEMBLES)


def titres_de(rangee: Rangee) -> dict[int, Sens]:
    """The sense of each cell that is a heading; the best of those that say the same."""
    lus: dict[int, tuple[Sens, int]] = {}
    for place, texte in enumerate(rangee.cellules):
        if trouve := _titre(cle(texte)):
            lus[place] = trouve
    retenus: dict[int, Sens] = {}
    for sens in Sens:
        places = sorted((rang, place) for place, (s, rang) in lus.items() if s is sens)
        if places:
            retenus[places[0][1]] = sens
    if Sens.NOM in retenus.values() and Sens.PRENOM in retenus.values():
        return {place: s for place, s in retenus.items() if s not in ENSEMBLES}
    return retenus


_QUI = (
    "(?:stagiaire|participant|salarie|apprenant|candidat|agent|employe|eleve|personne|collaborateur|inscrit"
    "|beneficiaire)e?s?"
)
_DE_QUI = re.compile(f"(?:du|dela|de|des|l)?{_QUI}")
_NOMS = (
    "nom",
    "noms",
    "nomdefamille",
    "nomdenaissance",
    "nompatronymique",
    "nomdusage",
    "nomusuel",
    "nommarital",
)
"""The best first: a certificate bears the name of the identity card."""
_NOMS_ANGLAIS = ("lastname", "surname", "familyname")
_PRENOMS = ("prenom", "prenoms", "1erprenom", "premierprenom", "prenomusuel", "firstname", "givenname")
_ENSEMBLE = ("identite", "nomcomplet", "fullname")
_NAISSANCE = re.compile(
    r"(?:date)?(?:de|d)?(?:la)?naiss(?:ance)?(?:jj.*)?|datenais|ne|nee|neele|nele|nelee|ddn|dn|dob"
)


def _titre(lue: str) -> tuple[Sens, int] | None:
    """The sense of a heading, by its key, and its rank among those that say the same."""
    court = _DE_QUI.sub("", lue) if lue.startswith(("nom", "prenom", "identite", "date")) else lue
    for sens, noms in (
        (Sens.NOM, (*_NOMS, *_NOMS_ANGLAIS)),
        (Sens.PRENOM, _PRENOMS),
        (Sens.ENSEMBLE, _ENSEMBLE),
    ):
        if court in noms:
            return sens, noms.index(court)
    if _NAISSANCE.fullmatch(court):
        return Sens.NAISSANCE, 0
    if re.fullmatch(r"noms?(?:defamille)?(?:et)?prenoms?", court):
        return Sens.NOM_PUIS_PRENOM, 0
    if re.fullmatch(r"prenoms?(?:et)?noms?", court):
        return Sens.PRENOM_PUIS_NOM, 0
    if re.fullmatch(_QUI, lue):
        return Sens.ENSEMBLE, 1
    return None
