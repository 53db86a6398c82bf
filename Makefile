# `make demo` and `make test` do all the set-up that they need, on a fresh Debian or Ubuntu machine with Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test slow check verify bench crash soak bombs fidelity attacks course-yml clean sandbox

demo: $(READY) sandbox
	$(BIN)/drycloud demo

# A file at a time on each processor: what the tests of a file share is made once.
SIDE_BY_SIDE := -n $(shell nproc) --dist loadfile

test: $(READY) sandbox
	$(BIN)/python -m pytest -m "not slow" $(SIDE_BY_SIDE)

# The attacks stand alone: some of them take the machine that other tests need.
slow: $(READY) sandbox
	$(BIN)/python -m pytest -m slow --ignore tests/test_attacks.py $(SIDE_BY_SIDE)
	$(BIN)/python -m pytest tests/test_attacks.py

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

verify: $(READY) sandbox
	$(BIN)/drycloud verify

bench: $(READY) sandbox
	$(BIN)/python tests/bench.py

crash: $(READY) sandbox
	$(BIN)/python tests/crash.py

soak: $(READY) sandbox
	$(BIN)/python tests/soak.py

bombs: $(READY) sandbox
	$(BIN)/python tests/bombs.py

fidelity: $(READY)
	$(BIN)/python tests/fidelity/document.py

attacks: $(READY)
	$(BIN)/python tests/attacks/document.py

course-yml: $(READY)
	$(BIN)/python tests/course_page.py

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "drycloud needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { echo "No venv module: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

# The sandbox itself, and the programs that a student's code may call there, of those that not every system has
# (src/drycloud/sandbox/policy.py has the whole table).
PROGRAMS := bc bwrap bzip2 column curl jq less openssl ps ssh ssh-keygen unzip wget xz zip
PACKAGES := bc bsdextrautils bubblewrap bzip2 curl jq less openssh-client openssl procps unzip wget xz-utils zip

sandbox:
	@for program in $(PROGRAMS); do command -v $$program >/dev/null || missing=1; done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; fi
	@for program in $(PROGRAMS); do command -v $$program >/dev/null || { \
	  echo "$$program is missing: sudo apt-get install $(PACKAGES)" >&2; exit 2; }; done

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
