"""The mail as plain text: what a mail program shows without HTML, or what is pasted into one."""

from collections.abc import Iterator

from portalgen.render.digest import Digest, Item, Section

_ENDS = (".", "!", "?", "…")
_SHORT = 60
"""Characters of a note that stands behind its line."""


def letter(digest: Digest) -> str:
    """The whole mail but its subject, in lines that the mail program breaks."""
    return "\n\n".join(_paragraphs(digest)) + "\n"


def _paragraphs(digest: Digest) -> Iterator[str]:
    yield digest.greeting
    yield from digest.opening
    yield from map(_section, digest.sections)
    if digest.address:
        yield f"{digest.lead}\n{digest.address}"
    yield from digest.closing
    yield "\n".join(digest.signature)


def _section(section: Section) -> str:
    lines = [section.title, *(line for item in section.items for line in _item(item))]
    return "\n".join([*lines, *([f"- {section.more}"] if section.more else [])])


def _item(item: Item) -> Iterator[str]:
    short = [note for note in item.notes if len(note) <= _SHORT and not note.endswith(_ENDS)]
    yield " – ".join((f"- {item.text}", *filter(None, (", ".join(short),))))
    yield from (f"  {note}" for note in item.notes if note not in short)
