"""One fault tried: who was told while it lasted; what is lost, doubled or left unsaid once it is healed."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select

from certif import rythmes, taches
from certif.config import Config
from certif.domaine.certificats.modeles import DossierSession
from certif.domaine.certificats.production.reconciliation import (
    archives_a_reconstituer,
    dossiers_a_reprendre,
    sessions_a_reprendre,
)
from certif.domaine.certificats.reprise import relancer_echecs, relancer_le_dossier
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ServiceIndisponible
from certif.domaine.exploitation.retards import retards
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from tests.pannes.moments import PURGE, RECONSTITUTION, Moment, il_manque
from tests.pannes.pages import gestionnaire_de, onglet_des_telechargements
from tests.support import invariants
from tests.support.factories import version
from tests.support.moves import etat
from tests.support.production import baux_echus
from tests.support.workers import guerir


class Ou(StrEnum):
    """Where a fault is told; `RIEN`: whatever was asked for was done all the same."""

    PAGE = "page"
    REFUS = "refused"
    COURRIER = "mail"
    JOURNAL = "journal"
    SANTE = "/sante"
    RIEN = "nothing was missing"


class Perdu(AssertionError):
    """Something that was asked for, or existed, is not there."""


class Double(AssertionError):
    """Something exists, or was done, more often than it should."""


class Muet(AssertionError):
    """Something is missing, and nobody is told."""


_DOUBLES = frozenset({"I1", "I7", "I9"})
_MUETS = frozenset({"I5"})
_ATTEND = re.compile(r"En attente|En ce moment|en préparation|attend\u00a0:|Relancer|en échec|a échoué")


class Essai:
    """What a test of a fault reports: `temoins` are the places where it was told."""

    def __init__(self, app: Flask, config: Config) -> None:
        self.app = app
        self.config = config
        self.temoins: list[Ou] = []
        self.soigner: Callable[[], None] = soigner_ici
        """What the time that passes does; `par_un_ouvrier` has real workers do it."""

    def par_un_ouvrier(self) -> None:
        """From now on, what is put back on its way is made by real workers of the real queue."""
        self.soigner = lambda: guerir(self.config)

    def dit(self, ou: Ou, vrai: object, quoi: str = "nobody is told") -> None:
        """That the fault is told there.

        Raises:
            Muet: it is not.
        """
        if not vrai:
            raise Muet(f"{ou}: {quoi}")
        self.temoins.append(ou)

    def compte(self, requete: Select[Any], attendu: int) -> None:
        """That so many rows are found."""
        db.session.rollback()
        if (nombre := len(db.session.scalars(requete).all())) != attendu:
            raise (Perdu if nombre < attendu else Double)(f"{nombre} instead of {attendu}")

    def regarde(self, *numeros: int, apres_s: int = 20) -> None:
        """What whoever waits for these sessions sees, so many seconds later."""
        for numero in numeros:
            if not il_manque(numero):
                self.dit(Ou.RIEN, True)
                continue
            page = onglet_des_telechargements(self.app, numero, apres_s)
            self.dit(Ou.PAGE, _ATTEND.search(page), "the page of the session does not say that it waits")

    def guerit(self, *numeros: int, dossiers: bool = False) -> None:
        """Let what happens by itself happen; then these sessions are generated, and everything holds."""
        self.soigner()
        for numero in numeros:
            if etat(numero) is Etat.GENERATION:
                # Stopped on failures of their own: shown, and whoever is shown them has them made again.
                self.verifie()
                self.regarde(numero)
                relancer_echecs(gestionnaire_de(numero), numero, version(numero))
                self.soigner()
            dossier = db.session.get(DossierSession, numero)
            if dossier is not None and dossier.rate:
                self.regarde(numero)
                relancer_le_dossier(gestionnaire_de(numero), numero)
                self.soigner()
        self.acheve(*numeros)
        self.verifie(dossiers=dossiers)

    def conclut(self, moment: Moment, numero: int, *, averti: bool) -> None:
        """Whoever waits sees it; what happens by itself happens, or is asked for again; everything holds."""
        if moment.present and averti:
            self.dit(Ou.REFUS, True)
        elif moment.fini(numero):
            self.dit(Ou.RIEN, True)
        elif moment is PURGE:
            self.dit(Ou.PAGE, retards(), "the administrateur's page does not say that it is late")
        else:
            self.regarde(numero)
        if moment is RECONSTITUTION and not moment.fini(numero):
            with pytest.raises(ServiceIndisponible):  # what was cancelled is handed over no more
                marquer_telechargement(gestionnaire_de(numero), numero)
        if not moment.fini(numero) and (moment.present or moment is PURGE):
            moment.faire(numero)
        self.guerit(*([] if moment is PURGE else [numero]), dossiers=True)
        if not moment.fini(numero):
            raise Perdu(f"{moment.nom}: it never ends")

    def acheve(self, *numeros: int) -> None:
        """That these sessions are generated."""
        pas = [numero for numero in numeros if etat(numero) is not Etat.GENERE]
        if pas:
            raise Perdu(f"never generated: {pas}")

    def verifie(self, *, dossiers: bool = False) -> None:
        """That everything holds (I1 to I9)."""
        juger(invariants.manquements(self.config, dossiers=dossiers))


def soigner_ici() -> None:
    """Claims lapse, the reconciler finds what waits, and whatever it finds is made here, at once."""
    for _ in range(5):
        baux_echus()
        a_faire = [
            (taches.produire_certificats, sessions_a_reprendre()),
            (taches.reconstituer_archive, archives_a_reconstituer()),
            (taches.produire_dossier, dossiers_a_reprendre()),
        ]
        if not any(numeros for _, numeros in a_faire):
            break
        for tache, numeros in a_faire:
            for numero in numeros:
                tache(numero)
    rythmes.entretenir()


def juger(manquements: Iterable[str]) -> None:
    """Raise what the worst of these tells of."""
    tous = list(manquements)
    quels = {manquement[:2] for manquement in tous}
    if quels - _DOUBLES - _MUETS:
        raise Perdu(tous)
    if quels & _DOUBLES:
        raise Double(tous)
    if quels:
        raise Muet(tous)
