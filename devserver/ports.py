"""Find free ports on this machine."""

import socket
from contextlib import closing, suppress

LOOPBACK = ("127.0.0.1", "::1")
LAST = 65535


def loopback_hosts() -> list[str]:
    """Return the addresses of localhost: IPv4, and IPv6 if it works.

    Browsers try IPv6 first, so both are taken; otherwise another program could answer on one of
    them.
    """
    return [host for host in LOOPBACK if _may_bind(host, 0)]


def is_port(number: int) -> bool:
    return 0 < number <= LAST


def is_free(port: int) -> bool:
    return all(_may_bind(host, port) for host in loopback_hosts())


def listen_near(wanted: int, *, avoid: int) -> socket.socket:
    """Listen on the wanted port or the next free one, but not on `avoid`.

    Return the socket, because a port that is only checked may be taken before it is used.
    """
    for port in range(wanted, min(wanted + 200, LAST + 1)):
        if port != avoid and is_free(port):
            with suppress(OSError):
                return socket.create_server(("127.0.0.1", port))
    raise OSError(f"No free port from {wanted} on.")


def answers(port: int) -> bool:
    """Return whether something listens there."""
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
