"""A long list, read page after page: each begins at its first row, under the eyes and under the keyboard."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.stack import Lance

LISTE = "/administration/journal?objet=session&objet_id=987654"
LIGNES = 60


@pytest.fixture
def journal(pile: Lance) -> None:
    """Sixty lines about a session that is nobody's."""
    with closing(sqlite3.connect(pile.donnees / "certif.db")) as base, base:
        base.execute("DELETE FROM journal WHERE objet_id = 987654")
        base.executemany(
            "INSERT INTO journal (quand, role, action, objet, objet_id)"
            " VALUES (?, 'administrateur', 'essai', 'session', 987654)",
            [(f"2026-01-01 08:{minute:02}:00.000000",) for minute in range(LIGNES)],
        )


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(("js", "largeur"), [(True, 1280), (True, 390), (False, 390)])
def test_another_page_begins_at_its_first_row(ouvrir: Callable[..., Page], js: bool, largeur: int) -> None:
    page = ouvrir("admin@certif.example", js=js, largeur=largeur)
    page.goto(LISTE)
    for lien, rangs in (
        ("Suivante", "26 à 50 sur 60 lignes"),
        ("Suivante", "51 à 60 sur 60 lignes"),
        ("Précédente", "26 à 50 sur 60 lignes"),
        ("Précédente", "1 à 25 sur 60 lignes"),
    ):
        page.get_by_role("link", name=lien).click()
        expect(page.get_by_text(rangs)).to_be_visible()
        if js:
            expect(page.locator(".liste-cadre")).to_be_focused()
            expect(premiere(page)).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_text("26 à 50 sur 60 lignes")).to_be_visible()


def premiere(page: Page) -> Locator:
    return page.locator("table.liste tbody tr").first
