"""Whose key seals, and what is said when it cannot (R6)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from structlog.testing import capture_logs

from certif.documents.sceau import cle_de_sceau
from certif.documents.sceau.cle_de_sceau import CleInutilisable
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats import obstacles
from certif.domaine.certificats.production import scelleur
from certif.domaine.libelles.certificats import generation as textes
from tests.support.factories import un_acteur
from tests.support.moves import courriers

DEBUT = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    chemin = tmp_path / "sceau.p12"
    chemin.write_bytes(cle_de_sceau.fabriquer(DEBUT, "secret"))
    return chemin


@pytest.fixture
def au(fichier: Path, tmp_path: Path) -> Callable[[datetime], time_machine.travel]:
    """The key of the file, at an instant of real time."""
    scelleur.regler(fichier, "secret", tmp_path / "aucune")
    return lambda instant: time_machine.travel(instant, tick=False)


def test_the_demonstration_makes_one_key_and_keeps_it(tmp_path: Path) -> None:
    demonstration = tmp_path / "cles" / "sceau.p12"
    scelleur.regler(None, None, demonstration)
    premiere = scelleur.cle().certificat
    scelleur.regler(None, None, demonstration)
    assert scelleur.cle().certificat == premiere
    assert demonstration.stat().st_mode & 0o077 == 0
    assert scelleur.empechement() is None


def test_a_key_that_serves_stands_in_nobody_s_way(au: Callable[[datetime], time_machine.travel]) -> None:
    with au(DEBUT + timedelta(days=1)):
        assert scelleur.empechement() is None
        assert scelleur.avertissement() is None


def test_its_end_is_announced_sixty_days_before(au: Callable[[datetime], time_machine.travel]) -> None:
    fin = scelleur.cle().fin
    with au(fin - timedelta(days=59)):
        assert scelleur.empechement() is None
        assert scelleur.avertissement() == textes.sceau_finit_le(fin.date())
        with capture_logs() as lignes:
            scelleur.surveiller()
    assert [ligne["event"] for ligne in lignes] == ["sceau.fin_proche"]


def test_each_administrateur_gets_one_mail_a_key(
    contexte: object, au: Callable[[datetime], time_machine.travel]
) -> None:
    admin = un_acteur(TypeRole.ADMINISTRATEUR, nom="Certif", prenom="Alix")
    un_acteur(TypeRole.FORMATEUR, nom="Garnier", prenom="Paul")
    with au(scelleur.cle().fin - timedelta(days=61)):
        scelleur.avertir()
    assert courriers() == []
    for jours in (59, 58, -1):
        with au(scelleur.cle().fin - timedelta(days=jours)):
            scelleur.avertir()
    assert [(c.destinataire_id, c.sujet) for c in courriers()] == [
        (admin.individu_id, textes.sujet_du_sceau(scelleur.cle().fin.date()))
    ]


def test_a_key_that_cannot_be_read_is_told_in_the_log_only(
    contexte: object, fichier: Path, tmp_path: Path
) -> None:
    un_acteur(TypeRole.ADMINISTRATEUR, nom="Certif", prenom="Alix")
    scelleur.regler(fichier, "faux", tmp_path / "aucune")
    with capture_logs() as lignes:
        scelleur.avertir()
    assert [ligne["event"] for ligne in lignes] == ["sceau.fin_proche"] and courriers() == []


def test_a_key_that_has_ended_refuses_the_click(
    contexte: object, au: Callable[[datetime], time_machine.travel], fichier: Path, tmp_path: Path
) -> None:
    scelleur.regler(fichier, "secret", tmp_path / "aucune")
    with au(scelleur.cle().fin + timedelta(seconds=1)):
        assert obstacles.empechement(1) == textes.sceau_expire()


@pytest.mark.parametrize("mot_de_passe", ["faux", None])
def test_a_key_that_cannot_be_read_refuses_the_click(
    contexte: object, fichier: Path, tmp_path: Path, mot_de_passe: str | None
) -> None:
    scelleur.regler(fichier, mot_de_passe, tmp_path / "aucune")
    assert obstacles.empechement(1) == textes.sceau_illisible()
    avertissement = scelleur.avertissement()
    assert avertissement and "mot de passe" in avertissement


def test_a_file_that_is_gone_refuses_the_click(fichier: Path, tmp_path: Path) -> None:
    scelleur.regler(fichier, "secret", tmp_path / "aucune")
    fichier.unlink()
    with pytest.raises(CleInutilisable):
        scelleur.cle()
    assert scelleur.empechement() == textes.sceau_illisible()
