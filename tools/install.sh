#!/bin/sh
# Makes .venv with the hash-pinned packages of requirements/$1.txt (run or dev) and this package on top.
# The newest of Python 3.13, 3.12, 3.11 is taken; PYTHON=... chooses another one.
set -eu
cd "$(dirname "$0")/.."

say() { echo "claimgraph: $*" >&2; }

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if fits "$candidate"; then echo "$candidate"; return; fi
    done
    say "no Python 3.11, 3.12 or 3.13 found: install one (Debian: apt-get install python3 python3-venv)"
    return 1
}

has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

make_venv() {
    python=$(find_python)
    if ! has_venv "$python"; then
        version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && apt-get install -y -qq --no-install-recommends "$version-venv" >/dev/null
        else
            say "$python cannot make a virtual environment: install $version-venv (Debian: apt-get install $version-venv)"
            exit 1
        fi
    fi
    "$python" -m venv --clear .venv
}

if ! fits .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then make_venv; fi
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input install --quiet "$@"; }
pip --require-hashes --only-binary :all: -r "requirements/$1.txt" -r requirements/build.txt
pip --no-deps --no-build-isolation --editable .
