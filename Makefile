# LSTM, Gate by Gate. `make` alone lists the commands; README.md has them for Windows.
PYTHON ?= python3
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c requirements.txt
NPM    := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix js --silent
PAGES  := _build/html/index.html
STATIC := lstm_edu/figures/static/page.js
export JUPYTER_PLATFORM_DIRS = 1

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

book: html ## build the book, say where its first page lies, and open it
	@echo "The book: file://$(CURDIR)/$(PAGES)"
	@if [ -z "$$CI" ] && [ -n "$$DISPLAY$$WAYLAND_DISPLAY$$TERM_PROGRAM" ]; then $(BIN)/python -m webbrowser "file://$(CURDIR)/$(PAGES)"; fi

html: .venv/book $(STATIC)
	@$(BIN)/jupyter-book build -W --keep-going --quiet . >/dev/null

slides: html js/node_modules/.all ## slides of each chapter, with its live figures, beside the book
	@PYTHONPATH=book/_ext $(BIN)/python -m lstm_book.slides _build/html js/node_modules/reveal.js

dist: slides ## a zip for a room without internet: the book, the notebooks, every wheel (some minutes)
	@$(BIN)/python -m lstm_edu.classroom.stick _build/lstm-gate-by-gate.zip

serve: .venv/serve $(STATIC) ## the book on loopback, built again whenever a source changes
	@$(BIN)/jupyter-book config sphinx . >/dev/null
	@PYTHONPATH=book/_ext $(BIN)/sphinx-autobuild . _build/serve --watch lstm_edu --ignore "*/_build/*" --open-browser

lab: .venv/all $(STATIC) ## the chapters as notebooks, in JupyterLab
	@$(BIN)/jupyter lab --notebook-dir book

test: .venv/storm js/node_modules/.all $(STATIC) ## every check: style, types, Python, browser, notebooks
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(NPM) run check && $(NPM) test
	$(BIN)/pytest -m "not timing" --numprocesses 2 --dist loadfile --no-loadscope-reorder --nbval --nbval-sanitize-with tests/nbval.cfg --junit-xml _build/tests/parallel.xml tests book
	$(BIN)/pytest -m timing --junit-xml _build/tests/timing.xml tests/book tests/numerics

notebooks: .venv/storm $(STATIC) ## run every notebook and store its outputs, normalised
	$(BIN)/jupyter nbconvert --config book/nbconvert_config.py --to notebook --inplace --execute book/*.ipynb book/*/*.ipynb

figures: .venv/book ## build the figures' script from js/
	@$(NPM) ls --omit=dev >/dev/null 2>&1 || $(NPM) install --omit=dev
	@$(NPM) run build

models: .venv/storm ## train the networks that the pages carry (an hour on two cores)
	$(BIN)/python -m lstm_edu.models.shakespeare
	$(BIN)/python -m lstm_edu.models.languages
	$(BIN)/python -m lstm_edu.models.demand
	$(BIN)/python -m lstm_edu.models.learning
	$(BIN)/python -m lstm_edu.models.topics
	$(BIN)/python -m lstm_edu.models.time_series
	$(BIN)/python -m lstm_edu.models.characters
	$(BIN)/python -m lstm_edu.models.digits
	$(BIN)/python -m lstm_edu.models.volatility
	$(BIN)/python -m lstm_edu.models.stock_price
	$(BIN)/python -m lstm_edu.models.distance
	$(BIN)/python -m lstm_edu.models.summaries
	$(BIN)/python -m lstm_edu.models.translation chinese
	$(BIN)/python -m lstm_edu.models.translation french
	$(BIN)/python -m lstm_edu.models.roles
	$(BIN)/python -m lstm_edu.models.radar

bench: .venv/all ## speed, as ratios
	$(BIN)/python -m bench

lock: .venv/all ## resolve requirements.txt again
	$(PIP) uv && $(BIN)/uv pip compile --universal --fork-strategy fewest --python-version 3.11 --all-extras --no-annotate --no-header pyproject.toml -o requirements.txt

clean: ## remove what was built
	rm -rf _build .venv conf.py js/node_modules lstm_edu/figures/static

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "The book needs Python 3.11, 3.12 or 3.13; $(PYTHON) is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv .venv

.venv/book: .venv/bin/python requirements.txt pyproject.toml
	@echo "Installing what the book needs (about a minute) ..."
	@$(PIP) -e '.[book]' && touch $@

.venv/serve: .venv/book
	@$(PIP) -e '.[book,serve]' && touch $@

.venv/all: .venv/bin/python requirements.txt pyproject.toml
	@echo "Installing everything, TensorFlow included (about two minutes) ..."
	@$(PIP) -e '.[book,notebooks,test]' && touch $@ .venv/book

# The storm of page 6.5 comes with no pip package, but with one of Debian's; one file of it is taken.
.venv/storm: .venv/all
	@$(BIN)/python -m lstm_edu.datasets.stage_iv >/dev/null && touch $@

js/node_modules/.all: js/package-lock.json | .venv/all
	@$(NPM) ci && touch $@

$(STATIC): $(shell find js -path js/node_modules -prune -o -type f -print) lstm_edu/colours.json | .venv/book
	@$(MAKE) --no-print-directory figures

.PHONY: help book html slides dist serve lab test notebooks figures models bench lock clean
