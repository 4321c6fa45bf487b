#!/bin/sh
# {{seal}}
# Cloudflare Pages runs this on every push: it checks, builds and verifies the portals. The build
# needs no secret: nobody's passphrase stands anywhere.
set -eu
pip install -r requirements.txt
portalgen check --strict
portalgen build
portalgen verify
