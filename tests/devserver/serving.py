"""The mailbox's pages, served in the test's own process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from devserver.mailbox.store import Store
from devserver.mailbox.web import web_server


@contextmanager
def served(store: Store) -> Iterator[int]:
    """The port."""
    server = web_server(socket.create_server(("127.0.0.1", 0)), store)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
