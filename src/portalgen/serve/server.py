"""The HTTP server of the preview: answers who may ask, and tells pages when they changed."""

import io
import json
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO, cast

from portalgen.headers import HEADERS
from portalgen.inside import open_inside
from portalgen.serve.answers import Answer, Look, answer
from portalgen.serve.bell import Bell
from portalgen.serve.documents import OWN, refused
from portalgen.serve.guard import LOOPBACK, Guard, guard_for, is_own_machine, own_address
from portalgen.serve.ranges import Span, span_of
from portalgen.serve.shown import Stored
from portalgen.serve.site import Site

EVENTS = f"/{OWN}/events"

_IDLE = 30
"""Seconds after which a connection without a request is closed."""
_STEP = 0.1
"""Seconds within which it ends once it is to."""
_BEAT = 15.0
"""Seconds between two signs of life to a page that waits: a client that is gone shows then."""
_RETRY = 500
"""Milliseconds after which a page that lost the connection asks again."""
_CHUNK = 64 * 1024
_MOST = 16 * 1024
"""Bytes of an address."""
_PARTIAL = 206
_OK = 200
_NOT_ALLOWED = 405
_NO_SUCH_METHOD = 501
"""What the library says of a method that we have no answer to."""


class PreviewServer(ThreadingHTTPServer):
    """Listens once it is made, and answers once it has something to show.

    Args:
        host: a name or an address of this machine.
        port: 0 for any that is free.
        person: who is to be greeted.
        trouble: told of what should not have happened.

    Raises:
        OSError: it cannot listen there.
    """

    daemon_threads = True
    request_queue_size = 64
    # Elsewhere than on POSIX systems this would let two programs share the port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(
        self,
        host: str,
        port: int,
        *,
        person: str | None,
        trouble: Callable[[str], None],
    ) -> None:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        self.address_family, *_, address = found[0]
        super().__init__((str(address[0]), port), _Handler)
        self._site: Site | None = None
        self._thread: threading.Thread | None = None
        self.bell = Bell()
        self.look = Look(person, is_own_machine(host))
        self.guard: Guard = guard_for(host, self.server_port)
        self.trouble = trouble
        self._open: set[socket.socket] = set()

    @property
    def site(self) -> Site:
        """What is shown."""
        assert self._site  # noqa: S101 - nobody is answered before
        return self._site

    def show(self, site: Site) -> None:
        """Answer from now on, in other threads."""
        self._site = site
        self._thread = threading.Thread(target=self.serve_forever, args=(_STEP,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host = LOOPBACK if self.guard.any_address else str(self.server_address[0])
        return _address(host, self.server_port)

    @property
    def address_outside(self) -> str:
        """Where the browser of another machine finds it."""
        if not self.guard.any_address:
            return self.address
        return _address(own_address() or socket.gethostname(), self.server_port)

    def server_bind(self) -> None:
        """Bind without asking a name server for the name of this machine."""
        if self.allow_reuse_address:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def close(self) -> None:
        """Answer nobody any more, and let go of those who wait."""
        self.bell.close()
        if self._thread is not None:
            self.shutdown()
            self._thread.join()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def process_request_thread(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """Answer one connection, in a thread of its own."""
        self._open.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._open.discard(request)

    def handle_error(self, _request: object, _client_address: object) -> None:
        """A client that went away is no trouble."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError | ValueError):
            self.trouble(f"{type(error).__name__}: {error}")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    # Head and body in one packet, at once: else they wait for each other, 40 ms each time.
    wbufsize = _CHUNK
    disable_nagle_algorithm = True

    @property
    def preview(self) -> PreviewServer:
        return cast("PreviewServer", self.server)

    def version_string(self) -> str:
        """What the server calls itself; what it is made with is nobody's business."""
        return "portalgen"

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def send_error(self, code: int, *_: object) -> None:
        """Refuse what is no request, or asks for more than to look; nothing of it is repeated."""
        self.close_connection = True
        status = _NOT_ALLOWED if code == _NO_SUCH_METHOD else code
        body = refused("This cannot be done here.").encode()
        self._send(Answer(status, body=body), with_body=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal tells what the author changed."""

    def _respond(self, *, with_body: bool) -> None:
        refusal = self.preview.guard.refusal(self.headers)
        if self.headers.get("Content-Length") or self.headers.get("Transfer-Encoding"):
            self.close_connection = True  # a body is never read
        if refusal is None and len(self.path) > _MOST:
            refusal = (414, "This address is too long.")
        if refusal is not None:
            status, sentence = refusal
            self._send(Answer(status, body=refused(sentence).encode()), with_body=with_body)
        elif self.path.partition("?")[0] == EVENTS and with_body:
            self._tell()
        else:
            self._send(self._answer(), with_body=with_body)

    def _answer(self) -> Answer:
        try:
            return answer(self.preview.site, self.preview.look, self.path)
        except Exception as error:  # one page that fails is no reason to end the preview
            self.preview.trouble(f"{self.path}: {type(error).__name__}: {error}")
            return Answer(500, body=refused("portalgen failed on this page.").encode())

    # --- pages -----------------------------------------------------------------------------------

    def _send(self, reply: Answer, *, with_body: bool) -> None:
        if isinstance(reply.body, Stored):
            self._send_stored(reply, reply.body, with_body=with_body)
        elif isinstance(reply.body, bytes):
            self._begin(reply, {"Content-Length": str(len(reply.body))})
            if with_body:
                self.wfile.write(reply.body)
        else:
            self._begin(reply, {"Transfer-Encoding": "chunked"})
            if with_body:
                for piece in filter(None, reply.body):
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")

    def _send_stored(self, reply: Answer, stored: Stored, *, with_body: bool) -> None:
        """A file, or the part of it that is asked for (RFC 9110, section 14)."""
        try:
            content = _opened(stored)
        except OSError:
            gone = Answer(404, body=refused("This file is not there any more.").encode())
            self._send(gone, with_body=with_body)
            return
        with content:
            size = content.seek(0, io.SEEK_END)
            span = span_of(self.headers.get("Range"), size)
            if span is None:
                none = {"Content-Range": f"bytes */{size}", "Content-Length": "0"}
                self._begin(Answer(416), none)
                return
            status = _PARTIAL if span.is_part else _OK
            extra = {"Content-Length": str(span.length), "Accept-Ranges": "bytes"}
            if span.is_part:
                extra["Content-Range"] = f"bytes {span.first}-{span.last}/{size}"
            # Whatever a client sent may lie there: nothing of it may run as a page of the preview.
            extra["Content-Security-Policy"] = "sandbox; default-src 'none'"
            if stored.media_type is None:
                extra["Content-Disposition"] = "attachment"
            self._begin(Answer(status, media_type=reply.media_type), extra)
            if with_body:
                self._copy(content, span)

    def _copy(self, content: BinaryIO, span: Span) -> None:
        content.seek(span.first)
        left = span.length
        while left and (piece := content.read(min(left, _CHUNK))):
            self.wfile.write(piece)
            left -= len(piece)
        if left:
            self.close_connection = True  # it shrank meanwhile

    def _begin(self, reply: Answer, extra: dict[str, str]) -> None:
        self.send_response(reply.status)
        keeping = "private, max-age=31536000, immutable" if reply.keeps else "no-store"
        headers = {**dict(HEADERS), "Content-Type": reply.media_type, "Cache-Control": keeping}
        if reply.moved_to is not None:
            headers["Location"] = reply.moved_to
        if reply.status == _NOT_ALLOWED:
            headers["Allow"] = "GET, HEAD"
        if self.close_connection:
            headers["Connection"] = "close"
        for name, value in {**headers, **extra}.items():
            self.send_header(name, value)
        self.end_headers()

    # --- changes ---------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Server-Sent Events (HTML, section 9.2): the portals that changed, as long as it lasts."""
        self.close_connection = True
        heard = self.preview.bell.count
        self._begin(Answer(media_type="text/event-stream"), {})
        self._say(f"retry: {_RETRY}\n\n")
        while (news := self.preview.bell.wait(heard, _BEAT)) is not None:
            heard, names = news
            self._say(f"data: {json.dumps(names)}\n\n" if names else ": still here\n\n")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _opened(stored: Stored) -> BinaryIO:
    if isinstance(stored.content, bytes):
        return io.BytesIO(stored.content)
    return open_inside(stored.content, stored.folder)
