"""The outline of a new specification, where its author has not written yet."""

import re
from collections.abc import Iterator

from portalgen.model.portal import Portal
from portalgen.problem import Problem

_DOTS = re.compile(r"\s*(?:[*_]*R\d+(?:\.\d+)*[*_]*\s*[:.\u2013\u2014-][*_]*)?\s*(?:…|\.\.\.)\s*")


def unwritten_text(portal: Portal) -> Iterator[Problem]:
    """Three dots alone where the client is to read something. A draft may have them."""
    if portal.client.draft or "spec.md" in portal.unread:
        return
    body = portal.spec.text
    for token in body.document.tokens:
        if token.type == "inline" and token.map and _DOTS.fullmatch(token.content):
            message = "this is still to be written"
            hint = "write it, or take the line out; until then, keep draft: yes in client.yaml"
            yield Problem("unwritten-text", message, body.place(token.map[0]), hint)
