"""Runs a preview of a workspace, and asks it for pages as a browser does."""

import http.client
import json
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portalgen.making import Order
from portalgen.serve import LOOPBACK, Preview, PreviewServer, preview

_PATIENCE = 20
"""Seconds after which something that was to happen will not."""
_DATA = re.compile(r'<script type="application/json" id="portalgen-preview">(.*?)</script>')


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> dict[str, Any]:
        return json.loads(self.body)  # type: ignore[no-any-return]

    @property
    def told(self) -> dict[str, Any]:
        """What the page tells its scripts."""
        found = _DATA.search(self.text)
        assert found, self.text
        return json.loads(found[1])  # type: ignore[no-any-return]

    @property
    def html(self) -> str:
        """The page itself, in clear."""
        return str(self.told["html"])


@dataclass(frozen=True)
class Running:
    """A preview that listens."""

    server: PreviewServer
    said: list[str]

    @property
    def port(self) -> int:
        return self.server.server_port

    def get(
        self, path: str, headers: Mapping[str, str | None] | None = None, *, method: str = "GET"
    ) -> Reply:
        """Ask for something; a header that is None is left out."""
        asked = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=_PATIENCE)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in asked.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        reply = Reply(response.status, dict(response.headers), response.read())
        connection.close()
        return reply

    def state(self, path: str) -> dict[str, Any]:
        """How a page is now."""
        return self.get(f"/.preview/state?at={path}").json()

    def codes(self, path: str) -> list[str]:
        """The codes of what is wrong with a page."""
        return [problem["code"] for problem in self.state(path)["problems"]]

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that a change brings about."""
        end = time.monotonic() + _PATIENCE
        while not happened():
            assert time.monotonic() < end, self.said
            time.sleep(0.02)


@contextmanager
def running(
    root: Path,
    *clients: str,
    locked: bool = False,
    person: str | None = None,
    host: str = LOOPBACK,
    poll: bool = False,
) -> Iterator[Running]:
    """A preview of a workspace, at a free port."""
    order = Order(root=root, output=None, clients=clients, today=date(2026, 11, 23))
    asked = Preview(order=order, host=host, port=0, person=person, locked=locked, poll=poll)
    found: queue.Queue[PreviewServer | Exception] = queue.Queue()
    said: list[str] = []

    def run() -> None:
        try:
            preview(asked, progress=lambda *_: None, listening=found.put, say=said.append)
        except Exception as error:
            found.put(error)

    thread = threading.Thread(target=run)
    thread.start()
    server = found.get(timeout=_PATIENCE)
    if isinstance(server, Exception):
        raise server
    try:
        yield Running(server, said)
    finally:
        server.close()
        thread.join()
    assert not thread.is_alive()
