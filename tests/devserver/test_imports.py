"""What the processes of `make run` do not import, since it would stay in memory for months."""

import os
import subprocess
import sys

import pytest

SETUP = "import django; django.setup(); "


@pytest.mark.parametrize(
    ("loaded", "never"),
    [
        ("import devserver.supervisor", {"django", "celery", "kombu", "redis", "aiosmtpd"}),
        ("import devserver.mailbox.__main__", {"django", "celery", "kombu", "redis"}),
        (SETUP + "import config.wsgi", {"scipy", "psycopg"}),
        (
            SETUP + "import config.celery_with_beat, reminders.tasks, insights.tasks",
            {"scipy", "psycopg"},
        ),
    ],
    ids=["supervisor", "mailbox", "web", "worker"],
)
def test_what_is_not_needed_yet_is_not_loaded(loaded: str, never: set[str]) -> None:
    asked = f"import sys; {loaded}; print(*sorted({never} & set(sys.modules)))"
    kept = {name: os.environ[name] for name in ("PATH", "HOME")}
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=kept | {"SECRET_KEY": "x", "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == ""
