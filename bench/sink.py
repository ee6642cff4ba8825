"""`python -m bench.sink`: an SMTP server that takes every mail and keeps none; prints its port."""

import socket
import threading

from config.local.mailbox.smtp import SmtpServer

if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0))
    SmtpServer(listening, lambda content, recipients: None).start()
    print(listening.getsockname()[1], flush=True)
    threading.Event().wait()
