# Every target sets itself up; nothing else has to be run first.
.DEFAULT_GOAL := help
SHELL := bash
PYTHON_IN := .venv/bin/python
PYTEST_ARGS ?=

.PHONY: help run test bench pictures lint format lock wheel clean setup

help: ## this list
	@echo "make run     open the program on the sample (without a screen: export the sample to exports/demo)"
	@echo "make test    run the suite on a virtual screen; PYTEST_ARGS=\"-k spans\" goes to pytest"
	@echo "make bench   measure the speeds the program promises"
	@echo "make pictures take the pictures of the guide anew"
	@echo "make lint    ruff, mypy and the floors"
	@echo "make format  let ruff put the code in order"
	@echo "make lock    write .ci/requirements.lock anew (LOCK_ARGS=--upgrade takes newer releases)"
	@echo "make wheel   build the wheel into dist/"
	@echo "make clean   remove .venv, caches and builds"

setup:
	@.ci/setup.sh

run: setup
	@if [[ -n "$$DISPLAY$$WAYLAND_DISPLAY" || "$$(uname -s)" == Darwin ]]; then \
	    .ci/system.sh "$$([[ -n "$$DISPLAY" ]] && echo screen || echo offscreen)" && \
	    exec .venv/bin/stance-annotator --sample; \
	else \
	    .ci/system.sh offscreen && \
	    QT_QPA_PLATFORM=offscreen exec .venv/bin/stance-annotator demo --to exports/demo; \
	fi

test: setup
	@.ci/system.sh xvfb
	@.ci/test.sh $(PYTEST_ARGS)

bench: setup
	@.ci/system.sh offscreen
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN) -m bench $(BENCH_ARGS)

pictures: setup
	@.ci/system.sh offscreen
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN) docs/take_pictures.py $(PICTURES)

lint: setup
	@.ci/system.sh offscreen
	@.ci/test.sh tests/test_architecture.py

format: setup
	@$(PYTHON_IN) -m ruff check --fix-only --quiet .
	@$(PYTHON_IN) -m ruff format .

lock:
	@.ci/lock.sh $(LOCK_ARGS)

wheel: setup
	@rm -rf dist
	@$(PYTHON_IN) -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean:
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find annotator tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
