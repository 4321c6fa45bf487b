"""Pictures in a text: told in words to who cannot see them, and kept in the client's folder."""

from collections.abc import Iterator

from portalgen.attachments import bodies
from portalgen.check.texts import place_of_target
from portalgen.markdown import is_outside
from portalgen.model.portal import Portal
from portalgen.problem import Problem, warning


def pictures_without_words(portal: Portal) -> Iterator[Problem]:
    """A picture without alternative text: some readers hear it, or see it late on a bad line."""
    for body in bodies(portal, internal=False):
        for picture in body.document.pictures:
            if not picture.words:
                message = "this picture has no words for those who cannot see it"
                hint = f"write what it shows between the brackets: ![…]({picture.target})"
                place = place_of_target(picture.target, body.place(picture.line))
                yield warning("picture-without-words", message, place, hint)


def pictures_from_outside(portal: Portal) -> Iterator[Problem]:
    """A picture of the web. The portal does not load it: its server would learn of each visit."""
    for body in bodies(portal, internal=False):
        for picture in body.document.pictures:
            if is_outside(picture.target):
                message = "this picture is on the web: the portal shows its words only"
                hint = (
                    "save it in files/ and write its path: who keeps it would learn of each visit"
                )
                place = place_of_target(picture.target, body.place(picture.line))
                yield warning("picture-from-outside", message, place, hint)
