"""Results as people read them: `docs/echelle.md` holds these tables, each between two marks."""

import re
from collections.abc import Mapping
from typing import Any

from charge.seul import ADMINISTRATION, FORMATEUR, GRANDE, ORDINAIRE

ESPACES = (ORDINAIRE, FORMATEUR, GRANDE, ADMINISTRATION)
BLOCS = ("origine", "pages", "debits", "lentes")


def origine(r: Mapping[str, Any]) -> list[str]:
    """Of which commit these figures are, on what, and over how much."""
    commit = f"Commit {r['commit']}{'' if r['arbre_propre'] else ' and what was not committed yet'}"
    return [
        f"{commit}, {r['fait_le']}: {r['coeurs']} cores ({r['processeur']}, Python {r['python']}),",
        f"{r['sessions']:,} sessions, {r['registre']:,} lines of the register, {r['entites']:,} entités,"
        f" {r['individus']:,} individus.",
    ]


def pages(r: Mapping[str, Any]) -> list[str]:
    """By space: the page in the middle and the slowest one, in times the bare page."""
    bases = r["bases"]
    lignes = [
        f"| one visitor, × the bare page | pages |{''.join(f' {b}: middle | slowest |' for b in bases)}",
        f"|---|---:|{'---:|---:|' * len(bases)}",
    ]
    for espace in ESPACES:
        fois = {b: sorted(p["fois"] for p in m["pages"] if p["espace"] == espace) for b, m in bases.items()}
        nombre = max(map(len, fois.values()))
        cellules = "".join(f" {f[len(f) // 2]:.1f} | {f[-1]:.1f} |" for f in fois.values())
        lignes.append(f"| {espace} | {nombre} |{cellules}")
    nues = [sorted(p["nue_ms"] for p in m["pages"]) for m in bases.values()]
    cellules = "".join(f" {n[len(n) // 2]:.1f} | {n[-1]:.1f} |" for n in nues)
    lignes.append(f"| the bare page itself, ms | |{cellules}")
    return lignes


def debits(r: Mapping[str, Any]) -> list[str]:
    """What passes in a second."""
    bases = r["bases"]
    lignes = [f"| a second |{''.join(f' {b} |' for b in bases)}", f"|---|{'---:|' * len(bases)}"]
    rangees = [
        ("requests, at most", [m["maximum"]["par_seconde"] for m in bases.values()]),
        ("requests, half of it", [m["moitie"]["par_seconde"] for m in bases.values()]),
        ("requests of twenty formateurs who answer", [m["reponses"]["par_seconde"] for m in bases.values()]),
    ]
    nombres = next(iter(bases.values()))["certificats"]
    for n in nombres:
        valeurs = [m["certificats"][n] for m in bases.values()]
        rangees.append((f"certificates, {n} worker{'s' if int(n) > 1 else ''}", valeurs))
    for nom, valeurs in rangees:
        lignes.append(f"| {nom} |{''.join(f' {v:,.0f} |' for v in valeurs)}")
    return lignes


def lentes(r: Mapping[str, Any]) -> list[str]:
    """What is asked for at half of the maximum: median and 99th percentile."""
    bases = r["bases"]
    lignes = [
        f"| at half of the maximum, ms |{''.join(f' {b}: p50 | p99 |' for b in bases)}",
        f"|---|{'---:|---:|' * len(bases)}",
    ]
    noms = sorted({nom for m in bases.values() for nom in m["moitie"]["pages"]})
    for nom in noms:
        lues = [m["moitie"]["pages"].get(nom) for m in bases.values()]
        cellules = "".join(f" {p['p50']:,.0f} | {p['p99']:,.0f} |" if p else " – | – |" for p in lues)
        lignes.append(f"| {nom} |{cellules}")
    return lignes


def blocs(r: Mapping[str, Any]) -> dict[str, list[str]]:
    """What `docs/echelle.md` shows, by the name of its marks."""
    return dict(zip(BLOCS, (origine(r), pages(r), debits(r), lentes(r)), strict=True))


def rapport(r: Mapping[str, Any]) -> list[str]:
    """All tables, and each page alone."""
    lignes = [ligne for bloc in blocs(r).values() for ligne in ("", *bloc)]
    lignes += ["", "Chaque page, seule : base, ms, × la page nue"]
    for base, mesures in r["bases"].items():
        for p in mesures["pages"]:
            lignes.append(f"  {base:10} {p['ms']:7.1f} {p['fois']:5.1f}  {p['espace']:16} {p['page']}")
    return [*lignes, ""]


def actualiser(page: str, r: Mapping[str, Any]) -> str:
    """The page with these results between its marks.

    Raises:
        ValueError: a pair of marks is missing.
    """
    for nom, lignes in blocs(r).items():
        texte = "\n".join(lignes).replace("\\", r"\\")
        motif = re.compile(rf"(<!-- charge {nom} -->\n).*?(\n<!-- fin -->)", re.DOTALL)
        page, nombre = motif.subn(rf"\g<1>{texte}\g<2>", page)
        if nombre != 1:
            raise ValueError(f"the page has no mark for {nom}")
    return page
