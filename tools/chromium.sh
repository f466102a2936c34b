#!/bin/sh
# Installs Chromium for the browser tests where it is missing and we may; says what to install where we may not.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "claimgraph: the browser tests need Chromium: install it (Debian: apt-get install chromium)" >&2
