"""What the last check of the invariants found, kept for whoever asks whether the service works."""

import json
from datetime import datetime
from pathlib import Path

from certif.socle.horloge import instant_reel

_NOM = "verification.json"
_dossier: Path | None = None


def regler(donnees: Path) -> None:
    """Keep it in this folder."""
    global _dossier
    _dossier = donnees


def noter(ecarts: int) -> None:
    """A check has just ended, and found so many."""
    if _dossier is None:
        raise RuntimeError("used before it is set")
    brouillon = _dossier / f".{_NOM}"
    brouillon.write_text(json.dumps({"faite_le": instant_reel().isoformat(), "ecarts": ecarts}), "ascii")
    brouillon.replace(_dossier / _NOM)


def lire() -> dict[str, str | int] | None:
    """`faite_le`, in ISO format, and `ecarts`; None when this machine has made none that can be read."""
    try:
        dit = json.loads((_dossier / _NOM).read_text("ascii")) if _dossier else None
        return dit and {
            "faite_le": datetime.fromisoformat(dit["faite_le"]).isoformat(),
            "ecarts": int(dit["ecarts"]),
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None
