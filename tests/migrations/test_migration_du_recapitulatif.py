"""Reminders that were mails of their own are known to the digest, which does not say them again."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from certif.socle.base.extensions import db
from tests.support.factories import une_personne

DITS = (
    "session-12-telechargement-7",
    "session-12-effacement-2026-12-10-30",
    "habilitation-3-20260930-90",
    "qualification-4-20260930-30",
)
AUTRES = ("session-12-v3-a-renseigner", "habilitation-3-corrigee", "invitation-2026-06-10")


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_what_was_mailed_is_said() -> None:
    qui = une_personne().id
    db.session.rollback()
    downgrade(revision="0017")
    ordre = text(
        "INSERT INTO courrier "
        "(evenement, destinataire_id, session_numero, sujet, corps, etat, essais, cree_le) "
        "VALUES (:evenement, :qui, :session, 's', 'c', 'envoye', 1, '2026-06-10 12:00:00')"
    )
    for evenement in (*DITS, *AUTRES):
        session = 12 if evenement.startswith("session") else None
        db.session.execute(ordre, {"evenement": evenement, "qui": qui, "session": session})
    sans_destinataire = {"evenement": "session-13-telechargement-7", "qui": None, "session": 13}
    db.session.execute(ordre, sans_destinataire)
    db.session.commit()
    upgrade()
    lus = db.session.execute(text("SELECT evenement, individu_id, session_numero FROM rappel_dit ORDER BY 1"))
    assert [tuple(ligne) for ligne in lus] == sorted(
        (evenement, qui, 12 if evenement.startswith("session") else None) for evenement in DITS
    )
    assert db.session.scalar(text("SELECT count(*) FROM courrier WHERE refuse_le IS NULL")) == 8
