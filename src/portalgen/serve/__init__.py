"""Live preview: the portals in memory, in a browser on this machine, as they are written.

Above `build`, whose functions make the portals; below the command, which hands in the day. Nothing
in clear is written anywhere.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from portalgen.making import Order
from portalgen.problem import Severity, in_reading_order
from portalgen.read import client_names
from portalgen.serve.bell import ALL_PORTALS, EVERYTHING
from portalgen.serve.changes import Changes, changes_of
from portalgen.serve.guard import LOOPBACK
from portalgen.serve.readers import readers_known
from portalgen.serve.server import PreviewServer
from portalgen.serve.site import Site
from portalgen.serve.told import counted
from portalgen.serve.watch import Watch, differences, what_stands

__all__ = ["LOOPBACK", "Preview", "PreviewServer", "preview", "readers_known"]

_TICK = 0.5
"""Seconds between two looks whether somebody wants to end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What to show, and where.

    Attributes:
        order: which portals, and the day; without an output.
        host: where to listen.
        port: 0 for any that is free.
        person: who is to be greeted; None for the first reader of each portal.
        locked: show the portals as they are published.
        poll: look at every file each second, for drives that tell of no change.
    """

    order: Order
    host: str
    port: int
    person: str | None = None
    locked: bool = False
    poll: bool = False


Said = Callable[[str], None]


def preview(
    asked: Preview,
    *,
    progress: Callable[[int, int], None],
    listening: Callable[[PreviewServer], None],
    say: Said,
) -> None:
    """Show the portals until the server is closed, or somebody interrupts it.

    Args:
        progress: told how many portals are read, of how many.
        listening: called once a browser can connect.
        say: told what changed, one line at a time.

    Raises:
        OSError: it cannot listen there, or the content cannot be read.
        KeyboardInterrupt: it was interrupted; all is closed.
    """
    root = asked.order.root
    before = what_stands(root)
    server = PreviewServer(asked.host, asked.port, person=asked.person, trouble=say)
    try:
        site = Site(asked.order, is_locked=asked.locked, progress=progress)
        gc.freeze()  # what was made will stay: looking through it takes as long as making a page
        server.show(site)
        with Watch(root, poll=asked.poll) as watch:
            if watch.polls and not asked.poll:
                say("this system watches no more files: looking at all of them each second")
            listening(server)
            follower = _Follower(asked.order, site, server, say)
            follower.follow(watch, differences(before, what_stands(root)))
    finally:
        server.close()


@dataclass(frozen=True, slots=True)
class _Follower:
    """Takes in what changes."""

    order: Order
    site: Site
    server: PreviewServer
    say: Said
    late: set[str] = field(default_factory=set)
    """Whose portals were made after the rest, and are to be told of."""

    def follow(self, watch: Watch, paths: frozenset[str]) -> None:
        """As long as the server is there; what nobody looks at is made when nothing else is to be.

        Args:
            paths: what changed already.
        """
        while not self.server.bell.is_closed:
            try:
                is_current = self._catch_up(paths)
            except OSError as error:
                self.say(f"content/ cannot be read: {error.strerror}")
                is_current = True
            except Exception as error:  # a mistake of ours; perhaps the next change is without it
                self.say(f"portalgen failed: {type(error).__name__}: {error}; please report this")
                is_current = True
            paths = watch.next(_TICK if is_current else 0)

    def _catch_up(self, paths: frozenset[str]) -> bool:
        """Take in what changed, or a bit of what was left to do; returns whether that is all."""
        if paths:
            self._take_in(paths)
        elif not self.site.is_current:
            self.late.update(self.site.catch_up())
        if self.late and self.site.is_current:
            self.server.bell.ring(ALL_PORTALS, *self.late)
            self.late.clear()
        return self.site.is_current

    def _take_in(self, paths: frozenset[str]) -> None:
        begin = time.perf_counter()
        known = {*self.site.clients, *client_names(self.order.root)}
        changes = changes_of(paths, known)
        self.site.note(changes)
        # Pages ask at once how they are, and wait for the answer while it is made.
        self.server.bell.ring(*((EVERYTHING,) if changes.studio else changes.clients))
        more = self.site.make(changes.clients)
        self.server.bell.ring(ALL_PORTALS, *more)
        seconds = time.perf_counter() - begin
        self.say(f"{self._called(paths)}: {seconds * 1000:.0f} ms, {self._found(changes)}")

    def _called(self, paths: frozenset[str]) -> str:
        """What changed, in short; not the second file with which an editor saves."""
        there = [path for path in paths if (self.order.root / path).exists()]
        return min(there or paths) if len(there) <= 1 else f"{len(there)} files"

    def _found(self, changes: Changes) -> str:
        """What is wrong with what changed, and where the first error is."""
        with self.site.held():
            clients = self.site.clients
            made = [clients[name] for name in changes.clients if name in clients]
            problems = {problem for kept in made for problem in self.site.own_problems(kept)}
            problems |= set(self.site.problems(None)) if changes.studio else set()
        ordered = in_reading_order(problems)
        errors = (p.place for p in ordered if p.severity is Severity.ERROR)
        first = next(errors, None)
        where = f", first {first.source.path}:{first.line}" if first else ""
        return f"{counted(ordered)}{where}"
