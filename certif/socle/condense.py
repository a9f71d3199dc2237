"""A digest of what was shown or posted, by which it is recognised when it comes back."""

import hashlib
import json
from typing import Any

COURT = 16
"""Digits that are enough for what a form brings back of its own page."""


def condense(contenu: Any) -> str:
    """64 hexadecimal digits: the same for the same content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(contenu, sort_keys=True, default=str).encode()).hexdigest()


def condense_court(contenu: Any) -> str:
    """Its first digits, for a field of a form."""
    return condense(contenu)[:COURT]
