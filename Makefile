# make demo and make test do everything from a fresh clone; see README.md.
# Python 3.11 or newer and make are enough on Debian as root; elsewhere see CONTRIBUTING.md.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test lint unit browser script accept screenshots bench bench-peers bench-serve clean

help:
	@echo "make demo    build content/ into output/, and say how to look at it"
	@echo "make test    install what the tests need, and run all of them"
	@echo "make lint    style, types and the floors of the house"
	@echo "make unit    the tests in Python"
	@echo "make browser the tests in Node.js, Chromium and Firefox"
	@echo "make script  minify the script of the portals, after a change in browser/"
	@echo "make accept  accept new expected outputs, to be read in the diff"
	@echo "make screenshots  pictures of every sample page; ONLY=phone CLIENT=… PAGE=… SPEAKING=de README=1"
	@echo "make bench   time and memory of a build of 100 clients"
	@echo "make bench-peers  the lock beside other tools: docs/benchmarks.md"
	@echo "make bench-serve  from saving a file to seeing it in a browser"

demo: .venv/ready
	@$(BIN)/portalgen build
	@echo
	@echo "To look at them, serve the folder and open an address; the passphrases are in README.md:"
	@echo "  $(BIN)/python -m http.server --bind 127.0.0.1 --directory output 8000"
	@for page in output/*/index.html; do \
	  echo "  http://127.0.0.1:8000/$$(basename $$(dirname $$page))/"; done
	@echo "The pages open from the disk as well: output/salon-martin/index.html"

test: .venv/ready-for-tests lint unit browser

lint: .venv/ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/ready-for-tests
	$(BIN)/pytest -q -n auto --dist worksteal

browser: .venv/ready-for-tests
	tools/browser-tests.sh

script: .venv/ready-for-tests
	node tools/minify.mjs

accept: .venv/ready-for-tests
	ACCEPT=1 $(BIN)/pytest -q -n auto
	git status --short tests

screenshots: .venv/ready-for-tests
	node tools/screenshots.mjs $(if $(README),--readme) $(foreach name,$(CLIENT),--client $(name)) \
	  $(foreach name,$(PAGE),--page $(name)) $(foreach name,$(ONLY),--only $(name)) \
	  $(if $(SPEAKING),--language $(SPEAKING))

bench: .venv/ready
	$(BIN)/python tests/bench/cold_build.py

bench-peers: .venv/ready-for-tests
	$(BIN)/python tests/bench/compare.py $(if $(TOOLS),--tools $(TOOLS))

bench-serve: .venv/ready-for-tests
	$(BIN)/python tests/bench/serve_latency.py

clean:
	rm -rf .venv output .portalgen tests/browser/node_modules

.venv/ready: pyproject.toml constraints.txt tools/environment.sh
	PYTHON=$(PYTHON) tools/environment.sh .
	@touch $@

.venv/ready-for-tests: .venv/ready tools/test-tools.sh tests/browser/package-lock.json
	PYTHON=$(PYTHON) tools/environment.sh ".[test]"
	tools/test-tools.sh
	@touch $@
