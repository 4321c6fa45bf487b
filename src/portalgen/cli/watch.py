"""How far a build has come, and how long it took: the only clock that runs while one does."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from portalgen.terminal import Terminal

_SHORT = 0.5
"""Seconds within which work is quick, and nothing flickers."""
_BETWEEN = 0.05
"""Seconds between two looks at the bar."""


class Watch:
    """Hands on progress to a terminal once work is long, and keeps the time of its parts."""

    def __init__(self, screen: Terminal, clock: Callable[[], float] = time.monotonic) -> None:
        self._screen = screen
        self._clock = clock
        self._started = clock()
        self._shown_at: float | None = None
        self._parts: list[tuple[str, float]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._shown_at is not None:
            self._screen.erase()
        self._shown_at = None

    def progress(self, done: int, total: int) -> None:
        """So many portals are made."""
        now = self._clock()
        if done == 1:
            self._parts = [("to the first client", now - self._started)]
        if done == total:
            self._parts.append((f"to the last of {total}", now - self._started))
        if self._is_due(now) and (done < total or self._shown_at is not None):
            self._screen.progress(done, total)
            self._shown_at = now if done < total else None

    def _is_due(self, now: float) -> bool:
        if self._shown_at is None:
            return now - self._started >= _SHORT
        return now - self._shown_at >= _BETWEEN

    @property
    def seconds(self) -> float:
        """Since the watch was made."""
        return self._clock() - self._started

    def parts(self) -> list[tuple[str, float]]:
        """What was done after how many seconds, in order."""
        return [*self._parts, ("to the end", self.seconds)]
