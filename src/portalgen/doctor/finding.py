"""What the doctor finds: plain data."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "problem"]
"""A problem is broken; a warning works, and will surprise somebody."""

Area = Literal["machine", "workspace", "git", "host", "editor", "access"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        says: one line, in lower case but for names, without a full stop.
        mend: the command that mends it, or the words to write; empty when nothing has to be.
    """

    area: Area
    state: State
    says: str
    mend: str = ""
