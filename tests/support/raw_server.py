"""A server that knows no HTTP, and says what it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Raw:
    """`seen` is how each connection began."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}/"
        self.seen: list[bytes] = []
        self.ended = threading.Event()

    def serve(self, start: bytes, rest: bytes | None) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self.listening.accept()
                with connection, suppress(OSError):
                    self.seen.append(connection.recv(65536))
                    connection.sendall(start)
                    if rest is not None:
                        self._go_on(connection, rest)

    def _go_on(self, connection: socket.socket, rest: bytes) -> None:
        for _ in range(300):
            if self.ended.wait(0.01):
                return
            connection.sendall(rest)


@contextmanager
def answering(start: bytes, rest: bytes | None = None) -> Iterator[Raw]:
    """To each connection `start`, and then `rest` again and again, or the end of the connection."""
    server = Raw()
    thread = threading.Thread(target=server.serve, args=[start, rest])
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.listening.shutdown(socket.SHUT_RDWR)
        thread.join()
        server.listening.close()
