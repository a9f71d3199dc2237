"""Make `communes.json` and `pays.json` from two npm packages; their versions are in `SOURCES.md`.

npm pack @etalab/decoupage-administratif i18n-iso-countries     (then unpack each)
python -m certif.domaine.geographie.donnees.fabriquer DECOUPAGE/data/communes.json I18N/langs/fr.json
"""

import json
import re
import sys
from pathlib import Path

from certif.domaine.geographie.communes import COMMUNES, forme_postale
from certif.domaine.geographie.pays import PAYS

# France and the lands that have French postcodes are declared as places in France; XK is not an ISO code.
HORS_LISTE = {"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "TF", "XK"}


def villes_par_code(communes: list[dict[str, object]]) -> dict[str, list[str]]:
    """Towns in postal style under each postcode; only today's communes, so no arrondissement."""
    trouvees: dict[str, set[str]] = {}
    for commune in communes:
        if commune["type"] != "commune-actuelle":
            continue
        # "Château-Chinon (Ville)": the bracket is the register's, not the address's.
        ville = forme_postale(re.sub(r" \(.*\)", "", str(commune["nom"])))
        codes = commune.get("codesPostaux", [])
        assert isinstance(codes, list)
        for code in codes:
            trouvees.setdefault(code, set()).add(ville)
    return {code: sorted(trouvees[code]) for code in sorted(trouvees)}


def main(communes: str, pays: str) -> None:
    """Write both files."""
    villes = villes_par_code(json.loads(Path(communes).read_text(encoding="utf-8")))
    lignes = (
        f"{json.dumps(code)}:{json.dumps(noms, separators=(',', ':'))}" for code, noms in villes.items()
    )
    COMMUNES.write_text("{\n" + ",\n".join(lignes) + "\n}\n", encoding="ascii")
    noms = json.loads(Path(pays).read_text(encoding="utf-8"))["countries"]
    gardes = {code: noms[code] for code in sorted(noms) if code not in HORS_LISTE}
    PAYS.write_text(
        json.dumps(gardes, ensure_ascii=False, indent=0).replace("'", "’") + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
