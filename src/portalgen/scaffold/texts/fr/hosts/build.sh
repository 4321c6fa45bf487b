#!/bin/sh
# {{seal}}
# Cloudflare Pages lance ceci à chaque envoi : contrôler, construire, vérifier les portails. La
# construction n’a besoin d’aucun secret : aucune phrase de passe n’est écrite nulle part.
set -eu
pip install -r requirements.txt
portalgen check --strict
portalgen build
portalgen verify
