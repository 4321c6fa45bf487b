"""The last word of a project is a word of thanks."""

import re
from collections.abc import Iterator

from portalgen.check.texts import read_records, texts_of
from portalgen.model.portal import Portal
from portalgen.problem import Problem, warning

_THANKS = re.compile(
    r"\b(?:thank|grateful|merci\b|remerci|reconnaissan|dank|bedankt|gracias|agradec|grazie|"
    r"ringrazi|obrigad)",
    re.IGNORECASE,
)
"""How one thanks in each language of portals."""


def closed_without_thanks(portal: Portal) -> Iterator[Problem]:
    """A project that is over, and nowhere a word of thanks to the client."""
    if portal.client.project.closed is None or any(i.thanks for i in portal.invoices):
        return
    said = (text.read for record in read_records(portal) for text in texts_of(record))
    if not any(_THANKS.search(text) for text in said):
        message = "this project is closed, and nothing in it thanks the client"
        hint = f'thank them by name: portalgen new update {portal.folder} "…"'
        place = portal.client.place("project", "closed")
        yield warning("closed-without-thanks", message, place, hint)
