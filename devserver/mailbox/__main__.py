"""python -m devserver.mailbox --smtp-port 1025 --web-port 8025 --folder var/mailbox

`make run` passes listening sockets instead of ports.
"""

import argparse
import signal
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from devserver.mailbox.smtp import SmtpServer
from devserver.mailbox.store import Store
from devserver.mailbox.web import web_server


def main() -> None:
    options = parsed_options()
    store = Store(options.folder)
    smtp = SmtpServer(
        listening(options.host, options.smtp_port, options.smtp_socket),
        lambda content, recipients: store.keep(content, recipients, now=datetime.now(UTC)),
    )
    web = web_server(listening(options.host, options.web_port, options.web_socket), store)
    # SIGTERM acts like Ctrl-C: both servers close before the process exits.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    smtp.start()
    with suppress(KeyboardInterrupt):
        web.serve_forever()
    smtp.stop()
    web.server_close()


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mailbox")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--smtp-port", type=int, default=1025)
    parser.add_argument("--web-port", type=int, default=8025)
    parser.add_argument("--smtp-socket", type=int, help="a listening socket's descriptor")
    parser.add_argument("--web-socket", type=int, help="a listening socket's descriptor")
    parser.add_argument("--folder", type=Path, required=True)
    return parser.parse_args()


def listening(host: str, port: int, descriptor: int | None) -> socket.socket:
    if descriptor is not None:
        return socket.socket(fileno=descriptor)
    return socket.create_server((host, port))


if __name__ == "__main__":
    main()
