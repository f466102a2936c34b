#!/bin/sh
# Tests publishing against real servers on loopback: Oxigraph (of the test requirements) and Virtuoso 7, installed here
# where it is missing and we may. Where it cannot be had this fails: without both servers nothing would be proved.
# Of Debian's packages the one with the programs alone is taken: the other one would start a service.
set -eu
cd "$(dirname "$0")/.."
package=virtuoso-opensource-7-bin

fail() { echo "claimgraph: make test-servers needs Virtuoso 7 (virtuoso-t): $*" >&2; exit 3; }

if ! command -v virtuoso-t >/dev/null; then
    command -v apt-get >/dev/null || fail "install it, here is no apt-get"
    [ "$(id -u)" = 0 ] || fail "install it (Debian: apt-get install --no-install-recommends $package), or run as root"
    apt-get update -qq || fail "apt-get cannot fetch its lists; is there a network?"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
        fail "apt-get cannot install $package"
fi
CLAIMGRAPH_VIRTUOSO=1 exec .venv/bin/python -m pytest tests/servers "$@"
