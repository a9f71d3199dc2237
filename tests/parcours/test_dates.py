"""R19 under the fingers: whatever stands between day, month and year, the field shows jj/mm/aaaa."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from certif.config import RACINE

pytestmark = pytest.mark.navigateur

CHAMP = '<input data-date maxlength="10" aria-label="Date">'
SCRIPT: Path = RACINE / "static" / "certif.js"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page with one date field, and our script."""
    page = chromium.new_page()
    page.set_content(f"<main>{CHAMP}</main>")
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


@pytest.mark.parametrize(
    ("frappe", "montre"),
    [
        ("10062026", "10/06/2026"),
        ("10/06/2026", "10/06/2026"),
        ("10.06.2026", "10/06/2026"),
        ("10-06-2026", "10/06/2026"),
        ("10 06 2026", "10/06/2026"),
        ("1/6/2026", "01/06/2026"),
        ("1.6.2026", "01/06/2026"),
        ("1-6-2026", "01/06/2026"),
        ("2026-06-10", "10/06/2026"),
        ("1990-1-2", "1990-1-2"),
    ],
)
def test_typed_one_key_after_the_other(page: Page, frappe: str, montre: str) -> None:
    champ = page.get_by_label("Date")
    champ.fill("")
    champ.press_sequentially(frappe)
    assert champ.input_value() == montre


@pytest.mark.parametrize(
    "colle", ["1/6/2026", "01.06.2026", "1-6-2026", "1 6 2026", "2026-06-01", "01062026"]
)
def test_pasted_at_once(page: Page, colle: str) -> None:
    champ = page.get_by_label("Date")
    champ.fill("")
    champ.focus()
    page.keyboard.insert_text(colle)
    assert champ.input_value() == "01/06/2026"
