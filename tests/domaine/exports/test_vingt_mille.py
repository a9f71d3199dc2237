"""Twenty thousand sessions leave with little memory, begun at once, and as many queries as pages."""

import time
import tracemalloc
from typing import Any

import pytest
from sqlalchemy import insert, inspect, select

from certif.documents.tableaux import ecrire
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.exports import entite
from certif.domaine.exports.lecture import LOT
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Stagiaire
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from tests.support.factories import un_organisme, une_session
from tests.support.production import pdf_factice, rendre_par
from tests.support.sampling import ampleur
from tests.support.statements import requetes

SESSIONS = ampleur(600, 20_000)
STAGIAIRES, MEMOIRE_MAX, PREMIER_OCTET_MAX_S = 10, 15_000_000, 10.0


def colonnes(objet: Any) -> dict[str, Any]:
    lues = {a.key: getattr(objet, a.key) for a in inspect(type(objet)).column_attrs}
    lues.pop("id", None)
    return lues


@pytest.mark.taille
@pytest.mark.lent
def test_twenty_thousand_sessions(
    chaque_base: str, contexte: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendre_par(monkeypatch, pdf_factice)
    organisme = un_organisme()
    generee = une_session(organisme, Etat.GENERE, reussites=1)
    une = colonnes(db.session.get_one(SessionCertification, generee))
    evenement = colonnes(db.session.scalars(select(Evenement)).first())
    stagiaire = colonnes(db.session.scalars(select(Stagiaire)).first())
    ligne = colonnes(db.session.scalars(select(LigneRegistre)).first())
    numeros = range(10_000, 10_000 + SESSIONS)
    with transaction():
        db.session.execute(
            insert(SessionCertification), [une | {"numero": n, "jeton": f"j{n}"} for n in numeros]
        )
        db.session.execute(insert(Evenement), [evenement | {"session_numero": n} for n in numeros])
        for rang in range(STAGIAIRES):
            db.session.execute(
                insert(Stagiaire), [stagiaire | {"session_numero": n, "nom": f"N{n}{rang}"} for n in numeros]
            )
            db.session.execute(
                insert(LigneRegistre),
                [
                    ligne | {"numero": f"{n}-{rang}", "session_numero": n, "empreinte_identite": f"{n}{rang}"}
                    for n in numeros
                ],
            )
    db.session.rollback()
    debut = time.monotonic()
    envoi = ecrire(entite.tableaux(organisme.entite_id, tout=True), instant_reel())
    next(envoi)
    assert time.monotonic() - debut < PREMIER_OCTET_MAX_S
    envoi.close()
    tracemalloc.start()
    with requetes() as vues:
        taille = sum(map(len, ecrire(entite.tableaux(organisme.entite_id, tout=True), instant_reel())))
    _, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taille > 5 * SESSIONS and sommet < MEMOIRE_MAX
    # Six tables by lots of sessions, and the few others.
    assert len([vue for vue in vues if vue.startswith("SELECT")]) < 6 * (SESSIONS // LOT + 2) + 60
