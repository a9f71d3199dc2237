# Everything that is done with this project. `make` alone lists it.
#
# `make run` needs Python 3.11 or later, make and PyPI; nothing else. It installs what runs in .venv; `make test`
# adds what tests to the same place.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLER := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# What is started again and again is compiled once.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
FICHIERS := certif app.py migrations/env.py tests bench charge
# What is vendored stays as published.
STATIQUES := static/css $(wildcard static/*.js static/telephone/*.js)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help installer run test rapide eprouver marches pannes taille charge cluster preuve check format inventaire bench verrous

help: ## Affiche cette liste
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r but texte; do \
		printf '  make %-10s %s\n' "$$but" "$$texte"; done

installer: $(VENV)/.installe ## Installe les bibliothèques et prépare le programme, sans rien lancer
	@$(BIN)/python -m compileall -q certif migrations app.py

run: $(VENV)/.installe ## Installe si besoin, puis lance Certif (Ctrl-C pour l'arrêter)
	@exec $(BIN)/python -m certif.superviseur

test: $(VENV)/.installe-tests check ## Vérifie le code, puis lance tous les tests
	$(PYTEST)

rapide: $(VENV)/.installe-tests ## Lance les tests des règles, du domaine et des documents (moins d'une minute)
	$(PYTEST) -m "not (lent or postgres or pannes or taille or charge)" tests/architecture tests/domaine tests/documents

eprouver: ## Éprouve tout à fond, avant de clore un sujet : les tests des cinq qui suivent
marches: ## Éprouve par des marches au hasard et mille exemples de chaque propriété
pannes: ## Éprouve par une panne à chaque pas, sur chaque base
taille: ## Éprouve sur 100 000 sessions et 50 000 individus
eprouver: cluster
eprouver marches pannes taille: $(VENV)/.installe-tests
	CERTIF_EPREUVE=1 $(PYTEST) -m "$(subst eprouver,marches or pannes or taille or charge,$@)"

# `.venv/bin/python -m charge --help` says how to run less of it; a small base is for whoever changes it.
charge: $(VENV)/.installe-bench $(VENV)/.installe-tests ## Éprouve par beaucoup de monde à la fois, puis mesure les pages sur un million de lignes (20 min)
	CERTIF_EPREUVE=1 $(PYTEST) -m charge
	@$(BIN)/python -m charge

cluster: $(VENV)/.installe-tests ## Éprouve sur plusieurs hôtes, dont un est coupé ou meurt (Linux, root)
	CERTIF_EPREUVE=1 $(BIN)/python -m pytest -m cluster tests/cluster

preuve: $(VENV)/.installe-tests ## Compare les deux façons d'imprimer sur 2 000 noms
	CERTIF_EPREUVE=1 CERTIF_PREUVE=2000 $(BIN)/python -m pytest -n 2 -q tests/documents/certificat/test_preuve.py

check: $(VENV)/.installe-tests ## Vérifie le style et les types du code, des gabarits, des feuilles et des scripts
	$(BIN)/ruff check $(FICHIERS)
	$(BIN)/ruff format --check $(FICHIERS)
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/djangofmt --check --quiet templates
	$(BIN)/oxfmt --check $(STATIQUES)
	$(BIN)/oxlint --quiet $(STATIQUES)

format: $(VENV)/.installe-tests ## Met en forme le code, les gabarits, les feuilles et les scripts
	$(BIN)/ruff check --fix --quiet $(FICHIERS)
	$(BIN)/ruff format $(FICHIERS)
	$(BIN)/python -m tests.architecture.carte
	$(BIN)/djangofmt --quiet templates
	$(BIN)/oxfmt $(STATIQUES)

inventaire: $(VENV)/.installe-tests ## Écrit inventaire.cdx.json, la liste CycloneDX de ce qui est installé pour servir
	@$(BIN)/python -W ignore -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml \
		--output-reproducible -o inventaire.cdx.json

bench: $(VENV)/.installe-bench ## Compare la vitesse des certificats à celle d'autres moteurs (un quart d'heure)
	@$(BIN)/python -m bench

verrous: $(VENV)/.installe-tests ## Refait les trois requirements*.txt à partir de pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make verrous" $(BIN)/uv pip compile $(UV) --extra tests pyproject.toml -o requirements-dev.txt
	UV_CUSTOM_COMPILE_COMMAND="make verrous" $(BIN)/uv pip compile $(UV) -c requirements-dev.txt pyproject.toml -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make verrous" $(BIN)/uv pip compile $(UV) -c requirements.txt --extra bench pyproject.toml -o requirements-bench.txt

UV := --quiet --universal --generate-hashes --python-version 3.11

# A stamp is older than its lock when the lock has changed: it is then installed again.
$(VENV)/.installe: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Certif demande Python 3.11 ou plus récent : $(PYTHON) ne convient pas (PYTHON=… make run)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade
	@echo "Installation des bibliothèques…"
	@$(INSTALLER) -r requirements.txt
	@touch $@

$(VENV)/.installe-tests: requirements-dev.txt $(VENV)/.installe
	@echo "Installation des outils de test…"
	@$(INSTALLER) -r requirements-dev.txt
	@touch $@

# WeasyPrint also needs Pango from the system: without it, the comparison says so and does without.
$(VENV)/.installe-bench: requirements-bench.txt $(VENV)/.installe
	@echo "Installation des moteurs comparés…"
	@$(INSTALLER) -r requirements-bench.txt
	@touch $@
