"""One answer for two readers: fragments for htmx, pages and 303 for everything else.

`HX-*` headers choose the shape of an answer and nothing else: no guard reads them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, make_response, redirect, render_template, request

Fragment = tuple[str, Mapping[str, Any]]
"""A `_fragment.html` and its context."""

# The id of the root element, whatever attributes stand before it.
_RACINE = re.compile(r"""\s*<[a-zA-Z][\w-]*(?:\s+[^\s=>"'/]+(?:="[^"]*")?)*?\s+id="([A-Za-z][\w-]*)\"""")


def est_fragment() -> bool:
    """Whether the reader is htmx and swaps pieces of a page that it already has."""
    return request.headers.get("HX-Request-Type") == "partial"


def est_htmx() -> bool:
    """Whether htmx asks at all: it cannot be sent elsewhere by a 303, which fetch follows by itself."""
    return est_fragment() or request.headers.get("HX-Request") == "true"


def succes(fragments: Sequence[Fragment], vers: str) -> Response:
    """After a change: what moved on the page, or 303 to `vers`, where a refresh repeats nothing.

    Without fragments htmx too goes to `vers`.
    """
    if est_fragment() and fragments:
        return morceaux(fragments, 200)
    return redirection(vers)


def echec(fragments: Sequence[Fragment], page: Callable[[], str], statut: int) -> Response:
    """After a refusal: the fragments with their errors, or the whole page with the same status."""
    if est_fragment():
        return morceaux(fragments, statut)
    return make_response(page(), statut)


def page_ou_fragments(fragments: Sequence[Fragment], page: Callable[[], str]) -> Response:
    """A reading that refreshes pieces of its own page (filters, polling): 200 either way."""
    if est_fragment():
        return morceaux(fragments, 200)
    return make_response(page(), 200)


def redirection(vers: str) -> Response:
    """Send the reader to an address of the site by GET: `HX-Redirect` for htmx, else 303."""
    if est_htmx():
        return Response(status=200, headers={"HX-Redirect": vers})
    return make_response(redirect(vers, 303))


def morceau(html: str, cible: str = "") -> str:
    """Wrap one rendered fragment for htmx; it replaces the element that has its root's id, or `cible`.

    Raises:
        ValueError: no target is given and the root element has no plain id.
    """
    if not cible:
        racine = _RACINE.match(html)
        if racine is None:
            raise ValueError(f"a fragment needs an id on its root element: {html.strip()[:80]!r}")
        cible = f"#{racine[1]}"
    return f'<hx-partial hx-target="{cible}" hx-swap="outerMorph">{html.strip()}</hx-partial>'


def morceaux(fragments: Sequence[Fragment], statut: int) -> Response:
    """Rendered fragments, each aimed at its own place."""
    corps = "\n".join(morceau(render_template(gabarit, **contexte)) for gabarit, contexte in fragments)
    return make_response(corps, statut)
