"""Results as people read them: `docs/vitesse.md` holds these tables, each between two marks."""

import re
from typing import Any

ENTETE = "| engine | trainees | PDF/s | × naive | KiB/PDF | MB |"


def tableau(resultats: dict[str, Any]) -> list[str]:
    """The lines of a Markdown table; `*` marks one document of as many pages."""
    lignes = [ENTETE, "|---|---:|---:|---:|---:|---:|"]
    for x in resultats["moteurs"]:
        nom = f"{x['moteur']}{' *' if x['en_lot'] else ''}"
        kio = x["octets_par_pdf"] / 1024
        lignes.append(
            f"| {nom} | {x['stagiaires']:,} | {x['pdf_par_seconde']:,.0f} | {x['ratio_naif']:.1f}"
            f" | {kio:.0f} | {x['memoire_mo']:.0f} |"
        )
    return lignes


def dossiers(resultats: dict[str, Any]) -> list[str]:
    """Each document of a dossier: what it takes, and what it takes the referee."""
    return [
        "| document | certificates | ms | by the referee, ms | ratio |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {x['document']} | {x['stagiaires']} | {x['ms']:,.0f} | {x['ms_arbitre']:,.0f}"
            f" | {x['ratio_arbitre']:.1f} |"
            for x in resultats["dossiers"]
        ),
    ]


def clics(resultats: dict[str, Any]) -> list[str]:
    """From the click to the finished zip."""
    tete, filets, clic = _en_ligne("réussites", _par_nombre(resultats["clic_zip_ms"]), "from the click, ms")
    *_, chaude = _en_ligne("réussites", _par_nombre(resultats["tache_chaude_ms"]), "the job alone, warm, ms")
    return [tete, filets, clic, chaude]


def pendant(resultats: dict[str, Any]) -> list[str]:
    """The same for four, beside the work of somebody else."""
    return _en_ligne("for 4, meanwhile:", resultats["clic_pendant_ms"])


def _par_nombre(temps: dict[str, float]) -> dict[str, float]:
    return {f"{int(nombre):,}": ms for nombre, ms in temps.items()}


def _en_ligne(tete: str, temps: dict[str, float], quoi: str = "ms") -> list[str]:
    """One row of milliseconds, named `quoi`."""
    return [
        f"| {tete} | {' | '.join(temps)} |",
        f"|---|{'---:|' * len(temps)}",
        f"| {quoi} | {' | '.join(f'{ms:,.0f}' for ms in temps.values())} |",
    ]


def origine(resultats: dict[str, Any]) -> list[str]:
    """Of which commit these figures are, and on what they were measured."""
    r = resultats
    commit = f"Commit {r['commit']}{'' if r['arbre_propre'] else ' and what was not committed yet'}"
    return [
        f"{commit}, {r['fait_le']}: one core ({r['processeur']}, Python {r['versions']['python']}),",
        f"engines in turn, medians of {r['tours']} rounds.",
    ]


def blocs(resultats: dict[str, Any]) -> dict[str, list[str]]:
    """What `docs/vitesse.md` shows, by the name of its marks; what was not measured is left as it stands."""
    tous = {"moteurs": tableau(resultats), "clics": clics(resultats), "origine": origine(resultats)}
    tous |= {"dossiers": dossiers(resultats)} if resultats["dossiers"] else {}
    return tous | ({"pendant": pendant(resultats)} if resultats["clic_pendant_ms"] else {})


def actualiser(page: str, resultats: dict[str, Any]) -> str:
    """The page with these results between its marks.

    Raises:
        ValueError: a pair of marks is missing.
    """
    for nom, lignes in blocs(resultats).items():
        texte = "\n".join(lignes).replace("\\", r"\\")
        motif = re.compile(rf"(<!-- bench {nom} -->\n).*?(\n<!-- fin -->)", re.DOTALL)
        page, nombre = motif.subn(rf"\g<1>{texte}\g<2>", page)
        if nombre != 1:
            raise ValueError(f"the page has no mark for {nom}")
    return page
