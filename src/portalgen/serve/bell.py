"""Tells whoever waits that something changed."""

import threading

EVERYTHING = "*"
ALL_PORTALS = "/"
"""What is told of all portals together: the list, and the dashboard."""


class Bell:
    """Rings for the portals that changed; those who wait know what they have heard already."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._last: dict[str, int] = {}
        self._count = 0
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        """Whether it will ring no more."""
        with self._condition:
            return self._is_closed

    @property
    def count(self) -> int:
        """How often it rang."""
        with self._condition:
            return self._count

    def ring(self, *names: str) -> None:
        """Tell that these changed: folders of clients, ALL_PORTALS, or EVERYTHING."""
        with self._condition:
            self._count += 1
            self._last |= dict.fromkeys(names, self._count)
            self._condition.notify_all()

    def close(self) -> None:
        """Nobody needs to wait any more."""
        with self._condition:
            self._is_closed = True
            self._condition.notify_all()

    def wait(self, heard: int, timeout: float) -> tuple[int, list[str]] | None:
        """Wait until it rings again.

        Args:
            heard: how often it had rung for the one who waits.
            timeout: seconds.

        Returns:
            How often it has rung now, and for what since then; nothing when the time is over. None
            once it is closed.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._is_closed or self._count > heard, timeout)
            if self._is_closed:
                return None
            return self._count, sorted(name for name, at in self._last.items() if at > heard)
