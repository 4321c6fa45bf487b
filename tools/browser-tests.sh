#!/bin/sh
# Run the tests in JavaScript: once in Node.js, and in every browser that they know, or in those
# that are named: `tools/browser-tests.sh firefox`. A browser's own folder holds what one of them is
# enough for.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- chromium firefox

failed=0
once="tests/browser/node/*.test.js" # beside the first browser, so that no processor waits
for browser in "$@"; do
  echo "# $browser"
  own=""
  [ -d "tests/browser/$browser" ] && own="tests/browser/$browser/*.test.js"
  # shellcheck disable=SC2086
  BROWSER=$browser node --test --test-concurrency=2 $once $own tests/browser/*.test.js || failed=1
  once=""
done
exit $failed
