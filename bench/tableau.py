"""Results as people read them: the README holds this table."""

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


def clics(resultats: dict[str, Any]) -> list[str]:
    """From the click to the finished zip."""
    temps = resultats["clic_zip_ms"]
    return [
        f"| réussites | {' | '.join(f'{int(n):,}' for n in temps)} |",
        f"|---|{'---:|' * len(temps)}",
        f"| ms | {' | '.join(f'{ms:,.0f}' for ms in temps.values())} |",
    ]
