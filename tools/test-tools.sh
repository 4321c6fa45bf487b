#!/bin/sh
# Install what the tests need beside Python and is missing: Node.js, the browsers, Java for the W3C's
# checker, Pango for invoices as PDF, and npm packages.
set -eu
cd "$(dirname "$0")/.."

missing=""
command -v node >/dev/null && command -v npm >/dev/null || missing="nodejs npm"
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing="$missing chromium"
[ -n "${FIREFOX:-}" ] || command -v firefox-esr >/dev/null || missing="$missing firefox-esr"
command -v java >/dev/null || missing="$missing default-jre-headless"
.venv/bin/python -W error -c 'import weasyprint' >/dev/null 2>&1 ||
  missing="$missing libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing \
      >/dev/null
  else
    echo "The tests need: $missing" >&2
    echo "Install them, or name your browsers: CHROMIUM=/path/to/chromium FIREFOX=/path/to/it" >&2
    exit 1
  fi
fi
cd tests/browser
npm ci --silent --no-audit --no-fund --ignore-scripts
