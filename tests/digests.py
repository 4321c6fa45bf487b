"""What the tests of the digest are written about: a project at work, and its mail in French."""

from conftest import SMALLEST

STUDIO = f"""{SMALLEST["studio.yaml"]}owner: Nadia Ferrand
email: nadia@atelier-lumen.example
portals: https://portails.example/
"""
CLIENT = """\
name: Salon Martin
language: {language}
address_form: {form}
contacts:
  - {{id: claire, name: Claire Martin, email: claire@salon.example}}
  - {{id: marc, name: Marc Petit, greeting: Monsieur Petit, email: marc@salon.example}}
  - {{id: ines, name: Inès Roy}}
project: {{title: Site vitrine}}
"""
STEPS = """\
- title: Maquette
  started: 2026-11-05
  finished: 2026-11-19
- title: Pages
  started: 2026-11-20
  due: 2026-12-01
- title: Mise en ligne
  due: 2027-01-11/2027-01-15
  waiting: {what: Vos photos, how: Par mail., from: claire, before: 2026-11-27}
- title: Ménage
  internal: yes
  started: 2026-11-20
"""
UPDATES = "- {on: 2026-11-20, title: Les pages prennent forme, text: Un secret de métier.}\n"
DELIVERABLES = "- {title: Charte, delivered: 2026-11-18}\n"


def written(language: str = "fr", form: str = "formal") -> dict[str, str | bytes | None]:
    return {
        "studio.yaml": STUDIO,
        "salon/client.yaml": CLIENT.format(language=language, form=form),
        "salon/steps.yaml": STEPS,
        "salon/updates.yaml": UPDATES,
        "salon/deliverables.yaml": DELIVERABLES,
    }


IN_FRENCH = """\
To: Claire Martin <claire@salon.example>, Marc Petit <marc@salon.example>
Subject: Des nouvelles de «\u00a0Site vitrine\u00a0»

Bonjour Claire Martin et Monsieur Petit,

1 étape sur 3 est faite\u202f; «\u00a0Pages\u00a0» est en cours, «\u00a0Mise en ligne\u00a0» vient \
ensuite et un point attend votre réponse.

Nouveau depuis le 16 novembre 2026
- Livraison faite\u00a0: Charte \u2013 mercredi 18 novembre
- Étape terminée\u00a0: Maquette \u2013 jeudi 19 novembre
- Étape commencée\u00a0: Pages \u2013 vendredi 20 novembre
- Les pages prennent forme \u2013 vendredi 20 novembre

En cours
- Pages \u2013 Prévu\u00a0: mardi 1er décembre

Ce qui vient ensuite
- Mise en ligne \u2013 Prévu\u00a0: du 11 au 15 janvier 2027

À vous de jouer
- Vos photos \u2013 Claire Martin, avant le vendredi 27 novembre
  Par mail.
- Charte \u2013 En attente de votre accord

Tout est dans votre espace privé\u00a0:
https://portails.example/salon/

Si quelque chose n’est pas clair, répondez simplement à ce message.

Bien à vous,

Nadia Ferrand
Atelier Lumen
"""
