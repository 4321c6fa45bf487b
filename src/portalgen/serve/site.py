"""The site in memory: every portal as its folder says it now, made when somebody looks.

One lock guards all of it. Whoever changes or makes something holds it.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from portalgen.build import between, make_portals, open_studio, shared_problems
from portalgen.check import dashboard_path_taken
from portalgen.dashboard import make_dashboard
from portalgen.desk import Desk
from portalgen.making import Examined, Order, examine
from portalgen.problem import Problem
from portalgen.read import client_names
from portalgen.render.dashboard import Listed
from portalgen.report import Made, failed
from portalgen.serve.bell import EVERYTHING
from portalgen.serve.changes import Changes
from portalgen.serve.kept import Kept, in_clear
from portalgen.serve.make import locked, show_dashboard, show_in_clear, show_locked
from portalgen.serve.scripts import Scripts, scripts_for
from portalgen.serve.shown import Shown
from portalgen.shell import Shell
from portalgen.silencing import quieted
from portalgen.summary import Summary
from portalgen.theme import ThemeError


class Site:
    """All portals of a workspace, ready to be looked at.

    Args:
        order: which portals, and the day; it has no output, since nothing is written.
        is_locked: show them as they are published.

    Raises:
        FileNotFoundError: there is no content folder.
    """

    def __init__(
        self, order: Order, *, is_locked: bool, progress: Callable[[int, int], None]
    ) -> None:
        self._order = order
        self.is_locked = is_locked
        self._lock = threading.RLock()
        self._desk, self._wrong = open_studio(order.root)
        made, found = make_portals(self._desk, order, {}, progress)
        self._clients = {
            each.claims.folder: Kept(self._known(each), tuple(found[each.claims.folder]))
            for each in made
        }
        self._shared: list[Problem] = []
        self._is_settled = True
        self._board: Shown | None = None
        self._shell = self._desk.shell
        self._scripts: Scripts | None = None
        self._tell_shared(found)

    @contextmanager
    def held(self) -> Iterator["Site"]:
        """Nothing changes meanwhile."""
        with self._lock:
            yield self

    # --- what changes ----------------------------------------------------------------------------

    def note(self, changes: Changes) -> None:
        """Note which clients there are now, and which of them are not what they were. Whoever looks
        at one of those makes it anew."""
        with self._lock:
            self._note(changes)

    def make(self, names: Iterable[str]) -> tuple[str, ...]:
        """Make those portals anew, where nobody did since they changed.

        Returns:
            The folders of others for whom something is different now.
        """
        for name in names:
            with self._lock:
                if name in self._clients and self._clients[name].is_stale:
                    self._remake(name)
        with self._lock:
            return tuple(self._settle())

    def catch_up(self) -> tuple[str, ...]:
        """Make one portal that is not what it was; one at which somebody looks, if there is any.

        Returns:
            The folders of the clients for whom something is different now.
        """
        with self._lock:
            stale = [name for name, kept in self._clients.items() if kept.is_stale]
            stale.sort(key=lambda name: not self._clients[name].is_wanted)
            for name in stale[:1]:
                self._remake(name)
            others = () if len(stale) > 1 else tuple(self._settle())
            return (*stale[:1], *others)

    @property
    def is_current(self) -> bool:
        """Whether nothing is left to catch up with."""
        return self._is_settled and not any(kept.is_stale for kept in self._clients.values())

    def _note(self, changes: Changes) -> None:
        self._is_settled = False
        if changes.studio:
            self._desk, self._wrong = open_studio(self._order.root)
            self._shell, self._scripts = self._desk.shell or self._shell, None
        names = client_names(self._order.root)
        earlier = self._clients
        self._clients = {name: earlier.get(name) or self._new(name) for name in names}
        for name, kept in self._clients.items():
            if changes.studio or name in changes.clients:
                kept.is_stale = True

    def _new(self, name: str) -> Kept:
        try:
            made = examine(self._desk, self._order, name).made
        except Exception as error:
            made = failed(name, error, ordered=self._order.names(name))
        return Kept(self._known(made))

    def _settle(self) -> Iterator[str]:
        """Settle between portals what each wants for itself alone; the folders of those for whom
        that is different now."""
        self._is_settled = True
        found = between(self._desk, self._order, self._made, {})
        for name, kept in self._clients.items():
            settled = tuple(found[name])
            if settled != kept.settled:
                kept.settled = settled
                self._remake(name)
                yield name
        before = self._shared
        self._tell_shared(found)
        if self._shared != before:
            yield EVERYTHING

    def _tell_shared(self, found: dict[str, list[Problem]]) -> None:
        claims = [made.claims for made in self._made]
        taken = dashboard_path_taken(self._desk.workspace, claims)
        self._shared = [*self._wrong, *shared_problems(self._desk, self._made, found), *taken]
        self._board = None

    def _remake(self, name: str) -> None:
        """Read one client's folder again, and make what somebody looks at."""
        kept = self._clients[name]
        kept.is_stale = False
        self._board = None
        try:
            self._read(kept, name)
        except Exception as error:  # a mistake of ours: it is said, and the preview goes on
            kept.made = failed(name, error, ordered=self._order.names(name))
            kept.is_last = kept.shown is not None
        kept.learn_name()

    def _read(self, kept: Kept, name: str) -> None:
        kept.met = []
        if self.is_locked and kept.is_wanted:
            kept.made = show_locked(self._desk, self._order, name, kept.settled)
            self._put(kept, locked(kept.made))
            return
        examined = examine(self._desk, self._order, name, kept.settled)
        kept.made = self._known(examined.made)
        if kept.is_wanted:
            self._put(kept, self._in_clear(kept, examined))

    def _put(self, kept: Kept, shown: Shown | None) -> None:
        """Show a portal; one that something keeps back stays as it was."""
        if shown is not None:
            kept.shown, kept.is_last, kept.is_partial = shown, False, kept.made.blocked
        elif kept.made.draft:
            kept.shown, kept.is_last = None, False
        else:
            kept.is_last = kept.shown is not None

    def _in_clear(self, kept: Kept, examined: Examined) -> Shown | None:
        """A portal in clear; None when what was shown last is better than what can be read now."""
        if kept.made.blocked and kept.shown is not None and not kept.is_partial:
            return None
        before = kept.shown.last if kept.shown else {}
        try:
            shown, kept.met = show_in_clear(self._desk, examined, kept.attached, before)
        except ThemeError as error:
            kept.met = [error.problem]
            return None
        except Exception:
            if not kept.made.blocked:
                raise
            return None  # what can be read of a portal with errors may not be enough for a page
        return shown

    def _known(self, made: Made) -> Made:
        return made if self.is_locked else in_clear(made)

    # --- what there is ---------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """What all portals are made with."""
        return self._desk

    @property
    def shell(self) -> Shell | None:
        """What all pages share, as it was last; None while it could never be made."""
        return self._shell

    @property
    def scripts(self) -> Scripts:
        """What shows a page in clear; where there is a page, there is a shell."""
        assert self._shell  # noqa: S101
        if self._scripts is None:
            self._scripts = scripts_for(self._shell)
        return self._scripts

    @property
    def clients(self) -> dict[str, Kept]:
        """The clients that are to be shown, by their folders."""
        return {name: kept for name, kept in self._clients.items() if self._order.names(name)}

    def client_at(self, segment: str) -> Kept | None:
        """The client whose portal stands there, ready to be looked at; by its folder if nothing
        stands there."""
        name = self.name_at(segment)
        if name is None:
            return None
        kept = self._clients[name]
        if not kept.is_wanted or kept.is_stale:
            kept.is_wanted = True
            self._remake(name)
        return kept

    def dashboard_at(self, segment: str) -> Shown | None:
        """The studio's own page, if it stands there."""
        if segment != self._desk.workspace.studio.dashboard or self.name_at(segment):
            return None
        if self._board is None:
            self._board = self._locked_board() if self.is_locked else self._clear_board()
        return self._board

    def problems(self, kept: Kept | None) -> tuple[Problem, ...]:
        """What is wrong with what all portals share, and with one of them."""
        found = [*self._shared, *(kept.problems if kept else ())]
        return quieted(found, self._desk.workspace.studio.silenced, everything=False)[0]

    def own_problems(self, kept: Kept) -> tuple[Problem, ...]:
        """What is wrong with one client's folder."""
        return quieted(kept.problems, self._desk.workspace.studio.silenced, everything=False)[0]

    @property
    def _made(self) -> list[Made]:
        return [kept.made for kept in self._clients.values()]

    def name_at(self, segment: str) -> str | None:
        """The folder of the client whose portal stands there; of two with one path, of the one that
        need not yield it."""
        claiming = [name for name, kept in self.clients.items() if kept.path == segment]
        yielding = {name for name in claiming if self._yields(name)}
        standing = [name for name in claiming if name not in yielding]
        found = standing or [name for name in self.clients if name == segment] or claiming
        return found[0] if found else None

    def _yields(self, name: str) -> bool:
        return any(problem.code == "duplicate-path" for problem in self._clients[name].settled)

    def _clear_board(self) -> Shown | None:
        return show_dashboard(self._desk, [*map(self._listed, self._clients.values())])

    def _locked_board(self) -> Shown | None:
        standing = {made.id: made.claims.path for made in self._made if made.id}
        made = make_dashboard(self._desk, self._made, self._shared, standing)
        return locked(made) if made else None

    def _listed(self, kept: Kept) -> Listed:
        made, language = kept.made, self._desk.workspace.studio.language
        return Listed(
            folder=made.claims.folder,
            summary=made.summary or Summary(client=made.claims.folder, language=language),
            path=kept.path,
            in_error=made.blocked,
            is_draft=made.draft,
        )
