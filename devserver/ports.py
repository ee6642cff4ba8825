"""Which ports of this machine are free."""

import socket
from contextlib import closing, suppress

LOOPBACK = ("127.0.0.1", "::1")
LAST = 65535


def loopback_hosts() -> list[str]:
    """The addresses that the name localhost may lead to here: IPv4, and IPv6 where it works.

    A browser that is told localhost tries IPv6 first, so both are taken: another program on
    the other address would answer in our place.
    """
    return [host for host in LOOPBACK if _may_bind(host, 0)]


def is_port(number: int) -> bool:
    return 0 < number <= LAST


def is_free(port: int) -> bool:
    return all(_may_bind(host, port) for host in loopback_hosts())


def listen_near(wanted: int, *, avoid: int) -> socket.socket:
    """Listening on the wanted port of this machine, or on the first free one after it, but
    not on `avoid`, which is meant for something else.

    Whoever only looks for a free port may lose it to another process before using it.
    """
    for port in range(wanted, min(wanted + 200, LAST + 1)):
        if port != avoid and is_free(port):
            with suppress(OSError):
                return socket.create_server(("127.0.0.1", port))
    raise OSError(f"No free port from {wanted} on.")


def answers(port: int) -> bool:
    """Whether something listens there."""
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
            return True
    except OSError:
        return False


def _may_bind(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            if port:
                probe.listen(1)
            return True
    except OSError:
        return False
