"""`python -m benchmarks.raw PORT FILE COUNT`: smtplib alone, over one open connection, with the
bytes of real reminders from FILE (a line each, as JSON: recipient and message)."""

import json
import smtplib
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from benchmarks.child import say, wait_for_the_word


def main(port: int, path: Path, count: int) -> None:
    mails = [json.loads(line) for line in path.read_text().splitlines()]
    ready = [(to, content.encode("ascii")) for to, content in mails]
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.ehlo()
        wait_for_the_word()
        began = time.time()
        for to, content in islice(cycle(ready), count):
            server.sendmail("reminders@localhost", [to], content)
        say(began=began, ended=time.time())


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
