#!/usr/bin/env bash
# Writes .ci/requirements.lock anew from pyproject.toml, with hashes; further arguments go to
# pip-compile, as in: .ci/lock.sh --upgrade
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python=.venv/bin/python
[[ -x $python ]] || python=python3
"$python" -m venv "$room/venv"
"$room/venv/bin/python" -m pip --disable-pip-version-check install -qq 'pip-tools>=7.5,<8'

lock=.ci/requirements.lock
[[ -f $lock ]] && sed '/^# Made by/d' "$lock" >"$room/lock"
"$room/venv/bin/python" -m piptools compile --quiet --strip-extras --allow-unsafe \
    --generate-hashes --extra test --build-deps-for editable \
    --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
    --no-emit-options --output-file "$room/lock" "$@" pyproject.toml
{
    echo "# Made by 'make lock' from pyproject.toml; do not edit."
    cat "$room/lock"
} >"$lock"
