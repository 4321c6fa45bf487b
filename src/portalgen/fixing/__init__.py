"""Mends in the content what has one right answer, as a careful colleague would without asking."""

from portalgen.fixing.certain import certain
from portalgen.fixing.mend import Mend, Mended, mend_workspace, write

__all__ = ["Mend", "Mended", "certain", "mend_workspace", "write"]
