"""The text of an entry: Markdown, parsed once, that remembers where it stands."""

from dataclasses import dataclass
from typing import Annotated

from portalgen.markdown import Document, read_markdown
from portalgen.model.input_forms import MARKDOWN, written
from portalgen.model.values import scalar
from portalgen.problem import Place
from portalgen.yaml_source import Node


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A parsed text and the line of its file where it begins."""

    document: Document
    start: Place

    def place(self, line: int) -> Place:
        """The place of a line of the text, counted from 0."""
        return Place(self.start.source, self.start.line + line)


def to_body(node: Node) -> Body:
    """Markdown in a file's body, or in a value of YAML."""
    value = scalar(node)
    start = Place(value.place.source, value.first_line)
    return Body(read_markdown(value.text), start)


Markdown = Annotated[Body, written(to_body, MARKDOWN)]
