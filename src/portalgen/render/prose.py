"""Texts whose terms are explained where the page shows them first."""

from collections.abc import Callable
from typing import Any, Self

from markupsafe import Markup


class Prose(Markup):
    """HTML that marks its terms only when a template writes it.

    What comes first is for the template to say, which may write texts in any order, or not at all.
    As a string, it is the text without marks.
    """

    _marked: Callable[[], str]

    def __new__(cls, plain: str, marked: Callable[[], str]) -> Self:
        """Take a text as HTML, and what makes it with its terms marked."""
        prose = super().__new__(cls, plain)
        prose._marked = marked
        return prose

    def __html__(self) -> Any:  # plain Markup, or what escapes would ask again
        return self._marked()
