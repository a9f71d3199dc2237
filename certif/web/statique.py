"""Static files: one address per version, sheets whole, scripts bare, compressed once, cached for good."""

import gzip
import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from certif.config import Config
from certif.web.securite import entetes_statiques

COMPRESSIBLES = frozenset({".css", ".js", ".svg", ".json", ".webmanifest", ".txt"})

IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?;')
IMPORT_JS = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT_JS = re.compile(r"^export ", re.MULTILINE)
SERVICE = "telephone/service.js"
"""The script that may stand between a phone and the whole site; its parts are modules."""
COMMENTAIRE = re.compile(r"/\*(?!!).*?\*/\s*", re.DOTALL)
COMMENTAIRE_JS = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/\n", re.DOTALL | re.MULTILINE)
"""Between whole lines only: elsewhere the same signs may be an expression's."""


def version(dossier: Path) -> str:
    """A text that changes with any file of the folder, and with this module, which prepares them."""
    condense = hashlib.sha256(Path(__file__).read_bytes())
    for fichier in sorted(f for f in dossier.rglob("*") if f.is_file()):
        condense.update(fichier.relative_to(dossier).as_posix().encode() + b"\0")
        condense.update(hashlib.sha256(fichier.read_bytes()).digest())
    return condense.hexdigest()[:12]


def assembler(feuille: Path) -> str:
    """The sheet with its imports in their place, without comments but licences: browsers ask for one file."""

    def importee(trouvee: re.Match[str]) -> str:
        texte = assembler(feuille.parent / trouvee[1])
        return f"@layer {trouvee[2]} {{\n{texte}}}" if trouvee[2] else texte

    texte = feuille.read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
    return IMPORT.sub(importee, COMMENTAIRE.sub("", texte))


def nu(script: str) -> str:
    """Without the comments that stand on lines of their own."""
    return COMMENTAIRE_JS.sub("", script)


def joindre(module: Path, deja: set[Path] | None = None) -> str:
    """The script with what it imports before it, each once: not every browser takes modules in a service."""
    deja = set() if deja is None else deja
    deja.add(module)

    def importe(trouve: re.Match[str]) -> str:
        autre = module.parent / trouve[1]
        return "" if autre in deja else joindre(autre, deja)

    return EXPORT_JS.sub("", IMPORT_JS.sub(importe, module.read_text(encoding="utf-8")))


def installer(app: Flask, config: Config, dossier: Path) -> None:
    """Serve `dossier` ahead of the application, under `/static/<version>/`.

    What is served is made in the data folder at the first start of each version: whole sheets, compressed
    copies. Where nothing can be written, the files are served as they are: browsers follow the imports.
    """
    marque = version(dossier)
    app.static_folder = str(dossier)
    app.static_url_path = f"/static/{marque}"
    app.add_url_rule(f"/static/{marque}/<path:filename>", endpoint="static", view_func=app.send_static_file)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=_comprimer(dossier, config.donnees / "statique" / marque),
        prefix=app.static_url_path,
        allow_all_origins=False,
        add_headers_function=partial(_poser, entetes_statiques(config)),
        immutable_file_test=lambda _chemin, _adresse: True,
        mimetypes={".webmanifest": "application/manifest+json"},
    )


def _poser(entetes: Mapping[str, str], recus: Headers, _chemin: str, adresse: str) -> None:
    for nom, valeur in entetes.items():
        recus[nom] = valeur
    if adresse.endswith(f"/{SERVICE}"):
        recus["Service-Worker-Allowed"] = "/"


def _comprimer(dossier: Path, copie: Path) -> Path:
    """A copy of the folder, its texts made ready, `.gz` and `.br` beside each; made aside, named at once."""
    if copie.is_dir():
        return copie
    try:
        copie.parent.mkdir(parents=True, exist_ok=True)
        provisoire = Path(tempfile.mkdtemp(dir=copie.parent))
        shutil.copytree(dossier, provisoire, dirs_exist_ok=True)
        for feuille in (dossier / "css").glob("*.css"):
            (provisoire / "css" / feuille.name).write_text(assembler(feuille), encoding="utf-8")
        (provisoire / SERVICE).write_text(joindre(dossier / SERVICE), encoding="utf-8")
        for script in [*provisoire.glob("*.js"), *(provisoire / SERVICE).parent.glob("*.js")]:
            script.write_text(nu(script.read_text(encoding="utf-8")), encoding="utf-8")
        for fichier in [f for f in provisoire.rglob("*") if f.suffix in COMPRESSIBLES]:
            octets = fichier.read_bytes()
            Path(f"{fichier}.gz").write_bytes(gzip.compress(octets, 9, mtime=0))
            Path(f"{fichier}.br").write_bytes(brotli.compress(octets, quality=11))
        provisoire.rename(copie)
    except OSError:
        if not copie.is_dir():  # else another process was first
            return dossier
        shutil.rmtree(provisoire, ignore_errors=True)
    return copie
