# `make demo` and `make test` do all the set-up that they need, on a fresh Debian or Ubuntu machine with Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help versions demo test slow check verify bench crash soak bombs fidelity attacks course-yml clean sandbox

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 12

demo: $(READY) sandbox ## the whole loop on a sample class: release, submit, collect, grade, feedback
	$(BIN)/drycloud demo

# A file at a time on each processor: what the tests of a file share is made once.
SIDE_BY_SIDE := -n $(shell nproc) --dist loadfile

test: $(READY) sandbox ## the tests, side by side
	$(BIN)/python -m pytest -m "not slow" $(SIDE_BY_SIDE)

# The attacks stand alone: some of them take the machine that other tests need.
slow: $(READY) sandbox ## the tests that take minutes: attacks, killed processes, notebooks in Jupyter, stock moto
	$(BIN)/python -m pytest -m slow --ignore tests/attacks/test_attacks.py $(SIDE_BY_SIDE)
	$(BIN)/python -m pytest tests/attacks/test_attacks.py

check: $(READY) ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

verify: $(READY) sandbox ## the proof of the course: stubs, solutions and sample submissions
	$(BIN)/drycloud verify

bench: $(READY) sandbox ## what grading a class costs, beside stock nbgrader and a fresh pytest process
	$(BIN)/python tests/tools/bench.py

crash: $(READY) sandbox ## kill each kind of process in the middle of a class run, again and again
	$(BIN)/python tests/tools/crash.py

soak: $(READY) sandbox ## grade a long row of submissions, and look for what grows
	$(BIN)/python tests/tools/soak.py

bombs: $(READY) sandbox ## how long honest work takes in a class with ten attackers
	$(BIN)/python tests/tools/bombs.py

fidelity: $(READY) ## make docs/fidelity.md anew
	$(BIN)/python tests/fidelity/document.py

attacks: $(READY) ## make docs/attacks.md anew
	$(BIN)/python tests/attacks/document.py

course-yml: $(READY) ## make docs/course-yml.md anew
	$(BIN)/python tests/tools/course_page.py

# The versions that are installed stand in constraints.txt alone, and pyproject.toml says from which on it works.
versions: ## raise every version in constraints.txt to the newest that pyproject.toml and Python 3.11 allow
	rm -rf build/versions
	$(PYTHON) -m venv build/versions
	build/versions/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]'
	build/versions/bin/python -m pip freeze --all --exclude drycloud --exclude pip | LC_ALL=C sort -f > constraints.txt
	rm -rf build/versions
	git diff --stat constraints.txt

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "drycloud needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { echo "No venv module: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

# The sandbox itself, and the programs that a student's code may call there, of those that not every system has
# (src/drycloud/sandbox/policy.py has the whole table).
PROGRAMS := bc bwrap bzip2 column curl jq less openssl ps ssh ssh-keygen unzip wget xz zip
PACKAGES := bc bsdextrautils bubblewrap bzip2 curl jq less openssh-client openssl procps unzip wget xz-utils zip

sandbox: ## install what the sandbox needs, or say what is missing
	@for program in $(PROGRAMS); do command -v $$program >/dev/null || missing=1; done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; fi
	@for program in $(PROGRAMS); do command -v $$program >/dev/null || { \
	  echo "$$program is missing: sudo apt-get install $(PACKAGES)" >&2; exit 2; }; done

clean: ## remove the environment and what tools have left
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
