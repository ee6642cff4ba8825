"""python -m tests.integrations.measure [cards|invitation|export FILE]…, posted forms on disk

For each, a process that has done nothing but import Hearback takes the upload as a request brings
it. A line of JSON says what came of it, the seconds, and by how many bytes the memory ever rose.
"""

import json
import os
import resource
import sys
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

BOUNDARY = "hearback-boundary"


def main(asked: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # all that a request would import
    for kind, path in zip(asked[::2], asked[1::2], strict=True):
        # A fork, since importing takes longer than all the rest.
        child = os.fork()
        if child == 0:
            print(json.dumps(measured(kind, Path(path))), flush=True)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0


def measured(kind: str, path: Path) -> dict[str, object]:
    before = reset_peak()
    started = process_time()
    said = taken(kind, path)
    return {"said": said, "seconds": process_time() - started, "rose": peak() - before}


def taken(kind: str, path: Path) -> str:
    from django.core.handlers.wsgi import WSGIRequest

    from integrations.content_lines_read import UnreadableError
    from integrations.ical_attendees import Own
    from integrations.invitations import read_invitations
    from integrations.vcard import read_cards
    from personal_data.contents import look_through

    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(path.stat().st_size),
    }
    with path.open("rb") as body:
        upload = WSGIRequest({**environ, "wsgi.input": body}).FILES["file"]
        try:
            if kind == "cards":
                return f"{len(read_cards(upload).cards)} cards"
            if kind == "export":
                return f"{len(look_through(upload).keys)} tables"
            zone = ZoneInfo("Europe/Berlin")
            own = Own(["alice@example.org"])
            return read_invitations(upload, zone=zone, own=own)[0].title
        except UnreadableError as error:
            return str(error)


def reset_peak() -> int:
    """The memory held now, from which on the peak is counted. Linux alone can forget a peak,
    and there a new process even inherits that of the one which started it."""
    if not Path("/proc/self/clear_refs").exists():
        return peak()
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main(sys.argv[1:])
