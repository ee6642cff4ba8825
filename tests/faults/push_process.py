"""`python -m tests.faults.push_process PORT CONTROL COUNT BEHAVIOUR`: the counting push service.

It checks and decrypts each notification. Otherwise it is as the counting SMTP server
(smtp_process.py): a process of its own, with the same control port.
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from tests.faults.behaviour import Behaviour
from tests.faults.delivery_count import DeliveryCount, Event
from tests.faults.subscriptions import browser_of
from tests.support.push_service import RefusedError, check_headers, taken


class Counting(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, deliveries: DeliveryCount, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.origin = f"http://127.0.0.1:{port}"
        self.deliveries = deliveries
        self.behaviour = behaviour
        self.lock = threading.Lock()
        self.asked = 0


class _Handler(BaseHTTPRequestHandler):
    server: Counting
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        to = self.path.removeprefix("/")
        browser = browser_of(to, origin=self.server.origin)
        try:
            check_headers(self.headers, origin=self.server.origin, key=browser.application_key)
            key = json.loads(taken(body, browser))["topic"]
        except RefusedError as refusal:
            self.log_error("%s", refusal)
            return self._answer(refusal.status)
        event, behaviour = self._event(to), self.server.behaviour
        if event in (Event.TAKEN, Event.CUT):
            time.sleep(behaviour.pause)
        self.server.deliveries.note(event, to, key)
        if event == Event.HUNG:
            self.rfile.read(1)  # until the client gives up
        if event in (Event.HUNG, Event.CUT):
            self.close_connection = True
            return None
        if event == Event.TAKEN:
            time.sleep(behaviour.answer_pause)
        return self._answer(ANSWERS[event])

    def _event(self, to: str) -> Event:
        behaviour = self.server.behaviour
        with self.server.lock:
            self.server.asked += 1
            if to in behaviour.refuse:
                return Event.REFUSED
            if behaviour.later_every and self.server.asked % behaviour.later_every == 0:
                return Event.LATER
            if behaviour.hang:
                behaviour.hang -= 1
                return Event.HUNG
            if behaviour.cut:
                behaviour.cut -= 1
                return Event.CUT
        return Event.TAKEN

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_request(self, *_said: object) -> None:
        """Nowhere; what is refused is logged."""


ANSWERS = {Event.TAKEN: 201, Event.LATER: 503, Event.REFUSED: 410}


class _Control(StreamRequestHandler):
    """For the counting server that `controlled` names."""

    controlled: Counting

    def handle(self) -> None:
        self.controlled.behaviour = Behaviour(**json.loads(self.rfile.readline()))
        self.wfile.write(b"ok\n")


class _ControlServer(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main() -> None:
    port, control, deliveries, behaviour = sys.argv[1:]
    counting = Counting(
        int(port), DeliveryCount(Path(deliveries)), Behaviour(**json.loads(behaviour))
    )
    _Control.controlled = counting
    controlling = _ControlServer(("127.0.0.1", int(control)), _Control)
    threading.Thread(target=controlling.serve_forever, daemon=True).start()
    counting.serve_forever()


if __name__ == "__main__":
    main()
