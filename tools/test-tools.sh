#!/bin/sh
# Install what the browser tests need and is missing: Node.js, the browsers, and npm packages.
set -eu
cd "$(dirname "$0")/.."

missing=""
command -v node >/dev/null && command -v npm >/dev/null || missing="nodejs npm"
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing="$missing chromium"
[ -n "${FIREFOX:-}" ] || command -v firefox-esr >/dev/null || missing="$missing firefox-esr"
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing \
      >/dev/null
  else
    echo "The browser tests need: $missing" >&2
    echo "Install them, or name your browsers: CHROMIUM=/path/to/chromium FIREFOX=/path/to/it" >&2
    exit 1
  fi
fi
cd tests/browser
npm ci --silent --no-audit --no-fund --ignore-scripts
