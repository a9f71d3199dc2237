"""Fixtures of real browsers: one Chromium for all the tests of a process that do not end it."""

import asyncio
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright

from tests.support.servers import CHROMIUM, absent

PATIENCE_MS = 30_000
"""How long a browser may take to do or show something, on a machine that does much else."""

expect.set_options(timeout=PATIENCE_MS)

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    # Whatever escaped the watch would still go nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


@pytest.fixture(autouse=True)
def _sans_boucle(request: pytest.FixtureRequest) -> Iterator[None]:
    """No event loop runs for a test without a browser: Playwright leaves its own to the thread."""
    avec_navigateur = "playwright" in request.fixturenames
    boucle = None if avec_navigateur else asyncio._get_running_loop()
    if boucle is not None:
        asyncio._set_running_loop(None)
    yield
    if boucle is not None:
        asyncio._set_running_loop(boucle)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers: one for all the tests of a process."""
    with sync_playwright() as conducteur:
        yield conducteur


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, found on this machine: nothing is downloaded."""
    if not CHROMIUM:
        absent("navigateur Chromium")
    try:
        navigateur = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    except Error:
        absent("navigateur Chromium")
    yield navigateur
    navigateur.close()
