"""The electronic invoice: Factur-X 1.09, profile EN 16931, made from a document.

`cii_xml` needs nothing but Python; `pdf` is the home of WeasyPrint, which is an extra.
"""

from portalgen.facturx.cii import cii_xml
from portalgen.facturx.engine import NoEngineError, load_engine
from portalgen.facturx.obstacles import Obstacle, obstacles, unissued
from portalgen.facturx.parties import is_french
from portalgen.facturx.sheet import Sheet, UnknownSignsError

__all__ = [
    "NoEngineError",
    "Obstacle",
    "Sheet",
    "UnknownSignsError",
    "cii_xml",
    "is_french",
    "load_engine",
    "obstacles",
    "unissued",
]
