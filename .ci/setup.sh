#!/usr/bin/env bash
# Makes .venv from the lock and puts the project into it, editable. Quick when nothing changed.
# PYTHON=/path/to/python chooses the interpreter for a new environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'setup: %s\n' "$*" >&2; }

stamp_now() { cat .ci/requirements.lock pyproject.toml .ci/setup.sh .ci/wheel.py | sha256sum; }

up_to_date() {
    [[ -x .venv/bin/python && -x .venv/bin/stance-annotator && -f .venv/stamp ]] &&
        [[ "$(<.venv/stamp)" == "$1" ]]
}

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null && fits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    say "Python 3.11, 3.12 or 3.13 is needed; install one (Debian: apt-get install python3-venv)" \
        "or name it: make setup PYTHON=/path/to/python3.12"
    return 1
}

has() { "$1" -c "import $2" 2>/dev/null; }

# Debian ships python3 without ensurepip, and often pip without a venv that works.
make_environment() {
    local python=$1 package carrier
    if has "$python" ensurepip && "$python" -m venv --clear .venv; then
        return
    fi
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [[ "$("$python" -c 'import sys; print(sys.base_prefix)')" == /usr && $EUID -eq 0 ]] &&
        command -v apt-get >/dev/null; then
        say "installing $package"
        apt-get update -qq || say "the package lists could not be refreshed"
        if DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
            "$package" >/dev/null && "$python" -m venv --clear .venv; then
            return
        fi
    fi
    if has "$python" pip; then
        say "this Python has no venv of its own; using virtualenv"
        carrier=$(mktemp -d)
        # --target leaves the user's and the system's packages alone
        if "$python" -m pip install -qq --disable-pip-version-check --target "$carrier" \
            virtualenv && PYTHONPATH=$carrier "$python" -m virtualenv --quiet --clear .venv; then
            rm -rf "$carrier"
            return
        fi
        rm -rf "$carrier"
    fi
    say "$python cannot make a virtual environment; run: sudo apt-get install $package"
    return 1
}

install() {
    local pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input) problems
    # -qq: errors only; the user's pip may warn about its own settings
    "${pip[@]}" install -qq --require-hashes --only-binary :all: -r .ci/requirements.lock
    "${pip[@]}" install -qq --no-deps --no-build-isolation --editable .
    if ! problems=$("${pip[@]}" check); then
        say "$problems"
        say "pyproject.toml asks for what .ci/requirements.lock does not hold; run: make lock"
        return 1
    fi
}

stamp=$(stamp_now)
up_to_date "$stamp" && exit

if command -v flock >/dev/null; then # two makes at once: the second one waits
    exec 9<.
    flock 9
    up_to_date "$stamp" && exit
fi
if ! { [[ -x .venv/bin/python ]] && fits .venv/bin/python && has .venv/bin/python pip; }; then
    chosen=$(find_python)
    say "making .venv with $("$chosen" --version), $chosen"
    make_environment "$chosen"
fi
rm -f .venv/stamp
say "installing the packages of .ci/requirements.lock"
install
printf '%s\n' "$stamp" >.venv/stamp
