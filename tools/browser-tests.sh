#!/bin/sh
# Run the tests in Node.js: the vectors, and the portals in a real Chromium.
set -eu
cd "$(dirname "$0")/.."
exec node --test --test-concurrency=1 tests/browser/*.test.js
