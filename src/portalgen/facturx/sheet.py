"""What becomes a PDF, and what it may fail on: to be had without WeasyPrint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


class UnknownSignsError(Exception):
    """No font of this machine has a sign of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What becomes a PDF.

    Attributes:
        html: a whole page.
        assets: style sheets, fonts and pictures that it loads, by the last segment of their
            addresses.
        xml: the electronic invoice.
        issued: the day that the PDF bears.
    """

    html: str = field(repr=False)
    assets: Mapping[str, bytes] = field(repr=False)
    xml: bytes = field(repr=False)
    title: str
    author: str
    issued: date
    language: str
