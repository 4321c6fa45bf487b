"""The part of a file that a request asks for: one range of bytes (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True, slots=True)
class Span:
    """From the first byte to the last, both of which count."""

    first: int
    last: int
    is_part: bool

    @property
    def length(self) -> int:
        """In bytes."""
        return self.last - self.first + 1


def span_of(asked: str | None, size: int) -> Span | None:
    """What a Range header asks for; None when the file has none of it.

    Several ranges at once, or something else than bytes, get the whole file, as may be.
    """
    whole = Span(0, size - 1, is_part=False)
    found = _RANGE.fullmatch(asked.strip()) if asked else None
    if found is None or not any(found.groups()):
        return whole
    first, last = found.groups()
    if not first:
        is_some = size and int(last)
        return Span(max(0, size - int(last)), size - 1, is_part=True) if is_some else None
    end = min(int(last), size - 1) if last else size - 1
    if int(first) >= size:
        return None
    return Span(int(first), end, is_part=True) if int(first) <= end else whole
