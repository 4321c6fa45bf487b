"""`portalgen serve` against strangers: who is answered, and what an address can reach."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from conftest import Run, Workspace
from previews import Running, running

from portalgen.serve.guard import guard_for


@pytest.fixture
def site(workspace: Workspace) -> Iterator[Running]:
    with running(workspace()) as started:
        yield started


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_this_machine_are_answered(site: Running, host: str) -> None:
    assert site.get("/", {"Host": f"{host}:{site.port}"}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "192.168.1.5",
        "[::1].evil.example",
        "",
    ],
)
def test_any_other_host_is_refused(site: Running, host: str) -> None:
    reply = site.get("/salon/", {"Host": f"{host}:{site.port}"})
    assert reply.status == 421
    assert b"Site vitrine" not in reply.body


def test_a_host_with_another_port_or_none_is_refused(site: Running) -> None:
    assert site.get("/", {"Host": "127.0.0.1:1"}).status == 421
    assert site.get("/", {"Host": "127.0.0.1"}).status == 421
    assert site.get("/", {"Host": None}).status == 421


@pytest.mark.parametrize("path", ["/salon/", "/.preview/list", "/.preview/events"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
def test_other_sites_are_refused(site: Running, path: str, headers: dict[str, str]) -> None:
    assert site.get(path, headers).status == 403


def test_its_own_pages_may_ask(site: Running) -> None:
    own = {"Origin": f"http://127.0.0.1:{site.port}", "Sec-Fetch-Site": "same-origin"}
    assert site.get("/.preview/list", own).status == 200
    assert site.get("/", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../content/salon/client.yaml",
        "/salon/../../content/salon/client.yaml",
        "/salon/%2e%2e/%2e%2e/content/studio.yaml",
        "/salon/..%2f..%2fcontent%2fstudio.yaml",
        "/salon/files/..%5c..%5cstudio.yaml",
        "/salon/files/../client.yaml",
        "/salon/files/client.yaml",
        "/salon/assets/../../../content/studio.yaml",
        "/salon/assets/_headers",
        "/.preview/../content/studio.yaml",
        "/.preview/35-files.js",
        "/content/studio.yaml",
        "/%00",
        "/%ff",
        "/salon/%ff/",
        "//evil.example/",
        "/salon//",
        "/.preview/state?at=%2f%ff",
    ],
)
def test_an_address_reaches_nothing_but_the_site(site: Running, path: str) -> None:
    reply = site.get(path)
    assert reply.status in (200, 404)
    assert reply.status == 404 or path.startswith("/.preview/state")
    assert b"Salon Martin" not in reply.body
    assert b"Atelier Lumen" not in reply.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "<script>"])
def test_nothing_but_looking_is_allowed(site: Running, method: str) -> None:
    reply = site.get("/salon/", method=method)
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")
    assert method.encode() not in reply.body


def test_a_head_has_no_body(site: Running) -> None:
    reply = site.get("/salon/", method="HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"\r\n\r\n",
        b"",
    ],
)
def test_what_is_no_request_is_refused_and_the_next_is_answered(
    site: Running, request_bytes: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as stranger:
        stranger.sendall(request_bytes)
        stranger.shutdown(socket.SHUT_WR)
        reply = b""
        try:
            while piece := stranger.recv(65536):
                reply += piece
        except ConnectionResetError:
            pass  # it was cut off: that is a refusal as well
    assert b" 200 " not in reply.partition(b"\r\n")[0]
    assert site.get("/").status == 200
    assert site.said == []


def test_a_client_that_leaves_while_it_is_told_is_no_trouble(site: Running) -> None:
    for _ in range(20):
        stranger = socket.create_connection(("127.0.0.1", site.port), timeout=10)
        ask = f"GET /.preview/events HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n"
        stranger.sendall(ask.encode())
        assert stranger.recv(64).startswith(b"HTTP/1.1 200")
        stranger.close()
    for _ in range(3):
        site.server.bell.ring("salon")
    assert site.get("/").status == 200
    assert site.said == []


@pytest.mark.parametrize(
    ("listens", "host", "is_answered"),
    [
        ("192.168.1.5", "192.168.1.5", True),
        ("192.168.1.5", "localhost", True),
        ("192.168.1.5", "192.168.1.6", False),
        ("192.168.1.5", "evil.example", False),
        ("0.0.0.0", "192.168.1.6", True),
        ("0.0.0.0", "evil.example", False),
        ("::", "[fe80::1]", True),
        ("::1", "[::1]", True),
        ("127.0.0.2", "127.0.0.2", True),
        ("127.0.0.2", "127.0.0.3", False),
        ("atelier.lan", "Atelier.LAN", True),
    ],
)
def test_only_names_of_the_host_that_was_asked_for_are_answered(
    listens: str, host: str, is_answered: bool
) -> None:
    headers = Message()
    headers["Host"] = f"{host}:8000"
    assert (guard_for(listens, 8000).refusal(headers) is None) == is_answered


# --- the command ---------------------------------------------------------------------------


def start(root: Path, *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "portalgen", "serve", "-w", str(root), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name == "nt", reason="no such signal there")
def test_an_interrupt_ends_it_at_once_with_open_pages(workspace: Workspace) -> None:
    with start(workspace(), "--port", "0") as process:
        assert process.stderr
        address = process.stderr.readline().split()[-1]
        port = int(address.rstrip("/").rpartition(":")[2])
        waiting = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(8)]
        for one in waiting[:4]:
            ask = f"GET /.preview/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
            one.sendall(ask.encode())
            assert one.recv(64).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert process.returncode == 0
        assert (out, err.splitlines()[-1]) == ("", "ended")
        assert "Traceback" not in err
        for one in waiting:
            one.close()


def test_a_port_in_use_is_said_with_the_mend(workspace: Workspace, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run(workspace(), "serve", "--port", str(port))
    assert ran.code == 1
    mend = f"portalgen serve --port {port + 1}"
    assert ran.err == f"Error: port {port} is taken by another program: {mend}\n"


def test_the_last_port_in_use_has_no_next_one(workspace: Workspace, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 65535)):
        ran = run(workspace(), "serve", "--port", "65535")
    mend = "portalgen serve --port 8000"
    assert ran.err == f"Error: port 65535 is taken by another program: {mend}\n"


@pytest.mark.parametrize("host", ["192.0.2.1", "127.0.0.1:9000", "http://localhost", ""])
def test_a_host_that_is_not_this_machines_is_said(
    workspace: Workspace, run: Run, host: str
) -> None:
    ran = run(workspace(), "serve", "--host", host, "--port", "0")
    mend = "leave --host out for 127.0.0.1, or ask for --host 0.0.0.0 to let your network in"
    assert (ran.code, ran.err) == (1, f'Error: "{host}" is no address of this machine: {mend}\n')


def test_nobody_of_that_name(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(), "serve", "--as", "clair")
    assert ran.code == 2
    assert 'No portal greets "clair". Did you mean "claire"?' in ran.err


def test_no_client_of_that_name(workspace: Workspace, run: Run) -> None:
    ran = run(workspace(), "serve", "salo")
    assert ran.code == 2
    assert 'Did you mean "salon"?' in ran.err
