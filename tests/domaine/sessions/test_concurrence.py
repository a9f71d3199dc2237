"""Many at once, on real databases: one move is made once, and of two different ones one wins."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.erreurs import TropDeTentatives, VersionPerimee
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.actions.designation import RechercheSaisie, Verification, verifier_et_declarer
from certif.domaine.sessions.actions.resultats import envoyer_resultats
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie, ajouter_stagiaire
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from tests.support.factories import une_session, version
from tests.support.moves import GESTES, Troupe, courriers, etat, existe, lignes, lire, reponses

pytestmark = pytest.mark.usefixtures("chaque_base")

Geste = Callable[[], object]


def ensemble(app: Flask, gestes: Sequence[Geste]) -> list[object]:
    """Start all at the same instant, each in its own thread and connection; their results or exceptions."""
    depart = Barrier(len(gestes))

    def faire(geste: Geste) -> object:
        with app.app_context():
            depart.wait(timeout=30)
            try:
                return geste()
            except Exception as erreur:
                return erreur

    db.session.rollback()
    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(faire, gestes))


@pytest.mark.parametrize(
    ("action", "depuis", "qui"),
    [
        (Action.SOUMETTRE_AU_FORMATEUR, Etat.SAISIE, "gestionnaire"),
        (Action.PAS_MA_SESSION, Etat.VALIDATION_FORMATEUR, "formateur"),
        (Action.MODIFIER_SAISIE, Etat.VALIDATION_ENTITE, "gestionnaire"),
        (Action.GENERER, Etat.VALIDATION_ENTITE, "gestionnaire"),
    ],
    ids=str,
)
def test_cas_16_vingt_fois_le_meme_clic(
    troupe: Troupe, contexte: Flask, action: Action, depuis: Etat, qui: str
) -> None:
    numero = une_session(troupe.marose, depuis)
    vue, acteur = version(numero), getattr(troupe, qui)
    assert ensemble(contexte, [lambda: GESTES[action](acteur, numero, vue)] * 20) == [None] * 20
    assert len(lignes(numero, action)) == 1 and version(numero) == vue + 1
    assert len(courriers()) <= 1
    if action is Action.GENERER:
        assert db.session.scalar(select(func.count()).select_from(LigneRegistre)) == 2


def test_vingt_suppressions(troupe: Troupe, contexte: Flask) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    vue = version(numero)
    clics = [lambda: GESTES[Action.SUPPRIMER](troupe.gestionnaire, numero, vue)] * 20
    assert ensemble(contexte, clics) == [None] * 20
    assert not existe(numero) and len(courriers()) == 1


def test_vingt_ouvertures_du_meme_jeton(troupe: Troupe, contexte: Flask) -> None:
    numeros = ensemble(contexte, [lambda: saisie.creer(troupe.gestionnaire, "k" * 43)] * 20)
    db.session.rollback()
    (seule,) = db.session.scalars(select(SessionCertification.numero))
    assert numeros == [seule] * 20 and len(lignes(seule)) == 1


def test_deux_mouvements_differents(troupe: Troupe, contexte: Flask) -> None:
    """The formateur sends while the entité takes back: one wins, the other learns what happened."""
    for _ in range(3):
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        vue = version(numero)
        resultats = reponses(numero)
        envoi, reprise = ensemble(
            contexte,
            [
                partial(envoyer_resultats, troupe.formateur, numero, vue, resultats),
                partial(GESTES[Action.REPRENDRE_SAISIE], troupe.gestionnaire, numero, vue),
            ],
        )
        if envoi is None:
            assert isinstance(reprise, VersionPerimee) and reprise.changements
            assert etat(numero) is Etat.VALIDATION_ENTITE
        else:
            # Taken back, the session does not exist any more for the formateur.
            assert reprise is None and etat(numero) is Etat.SAISIE
        assert version(numero) == vue + 1


def test_vingt_contenus_differents(troupe: Troupe, contexte: Flask) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=[])
    noms = [f"Bernard{lettre}" for lettre in "abcdefghijklmnopqrst"]

    def ajouter(nom: str) -> Geste:
        ne_le = IdentiteSaisie(nom, "Lise", "14/02/1991")
        return lambda: ajouter_stagiaire(troupe.gestionnaire, numero, 1, ne_le)

    rendus = Counter(type(rendu) for rendu in ensemble(contexte, [ajouter(nom) for nom in noms]))
    assert rendus == {type(None): 1, VersionPerimee: 19}
    assert len(lire(numero).stagiaires) == 1


def test_deux_personnes_ouvrent_deux_sessions(troupe: Troupe, contexte: Flask) -> None:
    acteurs = (troupe.gestionnaire, troupe.delegataire, troupe.collegue, troupe.etranger)
    numeros = ensemble(contexte, [partial(saisie.creer, a, f"{n}" * 43) for n, a in enumerate(acteurs)])
    assert all(isinstance(numero, int) for numero in numeros) and len(set(numeros)) == 4


def test_des_recherches_simultanees_ne_depassent_pas_la_limite(troupe: Troupe, contexte: Flask) -> None:
    """Many drafts at once would each see the count of before (R4)."""
    numeros = [une_session(troupe.marose, Etat.SAISIE, stagiaires=[]) for _ in range(26)]
    inconnu = RechercheSaisie(numero="ZZZ00000")
    rendus = Counter(
        type(rendu)
        for rendu in ensemble(
            contexte,
            [partial(verifier_et_declarer, troupe.gestionnaire, n, 1, inconnu) for n in numeros],
        )
    )
    assert rendus == {Verification: 20, TropDeTentatives: 6}
