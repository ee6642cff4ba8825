"""python -m config.local.mailbox --smtp-port 1025 --web-port 8025 --folder var/mailbox"""

import argparse
import signal
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from config.local.mailbox.smtp import smtp_server
from config.local.mailbox.store import Store
from config.local.mailbox.web import web_server


def main() -> None:
    parser = argparse.ArgumentParser(prog="mailbox")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--smtp-port", type=int, default=1025)
    parser.add_argument("--web-port", type=int, default=8025)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()

    store = Store(options.folder)
    smtp = smtp_server(
        options.host,
        options.smtp_port,
        lambda content, recipients: store.keep(content, recipients, now=datetime.now(UTC)),
    )
    web = web_server(options.host, options.web_port, store)
    # SIGTERM ends it as Ctrl-C does: both servers close before the process is gone.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    smtp.start()
    with suppress(KeyboardInterrupt):
        web.serve_forever()
    smtp.stop()
    web.server_close()


if __name__ == "__main__":
    main()
