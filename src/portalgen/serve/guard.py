"""Who may ask for a page: nobody but the browser of whoever runs the preview.

Pages are in clear, so every other site in that browser is kept out. A site can make its own name
lead to this machine ("DNS rebinding"): only the names that the preview goes by are answered. And it
can ask for a page from its own: what the browser says of where a request comes from is believed.
"""

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message

LOOPBACK = "127.0.0.1"
_USUAL_PORT = "80"
_ELSEWHERE = ("192.0.2.1", 9)
"""An address of documentation (RFC 5737), at the port that discards."""
_LOCAL = frozenset({LOOPBACK, "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Guard:
    """The names that the preview goes by.

    Attributes:
        names: in small letters, without brackets.
        any_address: whether it answers to every IP address: it listens at all of this machine's.
        port: the one it listens at.
    """

    names: frozenset[str]
    any_address: bool
    port: int

    def refusal(self, headers: Message) -> tuple[int, str] | None:
        """Why a request is refused: a status (RFC 9110) and a sentence; None when it may pass."""
        hosts = headers.get_all("Host", [])
        host = hosts[0] if len(hosts) == 1 else ""
        if not self._is_own(host):
            return 421, "This address is not one of the preview's own."
        origin = headers.get("Origin")
        if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
            return 403, "Another site asks for this page."
        site = headers.get("Sec-Fetch-Site", "none")
        is_visit = headers.get("Sec-Fetch-Mode") == "navigate"
        if site == "cross-site" or (site == "same-site" and not is_visit):
            return 403, "Another site leads here. Type the address, or paste it."
        return None

    def _is_own(self, host: str) -> bool:
        name, port = _split(host.strip().lower())
        if (port or _USUAL_PORT) != str(self.port):
            return False
        return name in self.names or (self.any_address and _is_address(name))


def guard_for(host: str, port: int) -> Guard:
    """The guard of a preview that listens at a host, which is a name or an address."""
    name = host.lower().strip("[]")
    names = {*_LOCAL, name}
    is_any = _is_address(name) and ipaddress.ip_address(name).is_unspecified
    if not is_own_machine(host):
        own = socket.gethostname().lower()
        names |= {own, f"{own}.local"}
    return Guard(frozenset(names), is_any, port)


def is_own_machine(host: str) -> bool:
    """Whether nobody but this machine can connect there."""
    name = host.lower().strip("[]")
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def own_address() -> str | None:
    """This machine's address on its network; None when it has none. Nothing is sent: a socket for
    datagrams that is bound to a way out knows where it would begin."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        way_out.connect(_ELSEWHERE)
        return str(way_out.getsockname()[0])
    return None


def _split(host: str) -> tuple[str, str]:
    """A Host header as its name, without brackets, and its port."""
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        return name, rest.removeprefix(":")
    name, _, port = host.partition(":")
    return name, port


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
