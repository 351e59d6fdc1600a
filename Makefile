# thirtyseven: `make weigh` runs the main job, `make test` the tests. Both set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUDGET ?= quick
TESTERS ?= auto  # processes that share the tests, one a core

.PHONY: weigh further test lint bench notebook clean wheel help

help:           ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*##/  /'

weigh: $(VENV)/.run      ## weigh the eight explanations against the record (out/weigh/report.html)
	$(BIN)/thirtyseven weigh --budget $(BUDGET)

further: weigh   ## ask of that weighing all that can be asked of it: chapters of the report
	$(BIN)/thirtyseven run composite --ask all --bank out/weigh
	$(BIN)/thirtyseven responsibility
	$(BIN)/thirtyseven counterfactual
	$(BIN)/thirtyseven predict --report
	$(BIN)/thirtyseven recover
	$(BIN)/thirtyseven calibrate
	$(BIN)/thirtyseven heldout
	$(BIN)/thirtyseven sensitivity
	$(BIN)/thirtyseven evidence

test: $(VENV)/.test      ## lint, types, import rules and all tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n $(TESTERS) --dist loadfile

lint: $(VENV)/.test      ## only the quick static checks
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(VENV)/.test     ## build the wheel into dist/
	$(BIN)/python -m build --wheel

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else 1)' || \
	  { echo "thirtyseven needs Python 3.11, 3.12 or 3.13; '$(PYTHON)' is another version. Try: make PYTHON=python3.12 weigh" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv. Then run make again." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (about a minute the first time) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run
	@echo "Adding the test tools to $(VENV) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

bench: $(VENV)/.test     ## measure runs, peers, processes, floor and equivalence, and write docs/benchmarks.md
	$(BIN)/python benchmarks/bench.py $(PARTS)

notebook: $(VENV)/.test  ## execute docs/api.ipynb again
	$(BIN)/python tests/house/house_notebook.py

clean:          ## remove the environment and all outputs
	rm -rf $(VENV) out dist build
