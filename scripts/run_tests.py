"""python -m scripts.run_tests everything|services|cross|random [pytest's arguments]

everything: SQLite, the embedded broker and the browser; needs no other service.
services: what depends on the database's dialect or on the broker, on the PostgreSQL and Redis of
DATABASE_URL and CELERY_BROKER_URL.
cross: everything that uses database or broker there, except pages and site.
random: property-based tests with new examples, from TEST_SEED or a printed seed.
"""

import os
import subprocess
import sys
from random import SystemRandom

from config.translations import compile_changed
from scripts import local_services
from scripts.chromium import require_chromium

# Set by a user of `make run` or by a deployment; tests must not touch what they name.
FOREIGN = ["DATABASE_URL", "CELERY_BROKER_URL", "EMAIL_URL", "BASE_URL", "HEARBACK_VAR", "DEBUG"]

ON_SERVICES = {
    "services": "(dialect and not pages) or servers",
    "cross": "(services and not pages) or servers",
}


def main() -> int:
    kind, arguments = sys.argv[1], sys.argv[2:]
    urls = local_services.urls()
    for name in [*FOREIGN, "SECRET_KEY", "ALLOWED_HOSTS", "SWEEP_SECONDS"]:
        os.environ.pop(name, None)
    os.environ["CHROMIUM"] = require_chromium()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    os.environ["HEARBACK_TEST_RUN"] = str(os.getpid())
    compile_changed()
    if kind != "random":
        os.environ.pop("TEST_SEED", None)
    if kind == "everything":
        return _pytest("not servers", arguments)
    if kind == "random":
        seed = os.environ.setdefault("TEST_SEED", str(SystemRandom().randrange(10**6)))
        print(f"TEST_SEED={seed}", flush=True)
        return _pytest("drawn", [f"--hypothesis-seed={seed}", *arguments])
    local_services.require(urls)
    os.environ.update(urls)
    try:
        return _pytest(ON_SERVICES[kind], arguments)
    finally:
        local_services.drop_test_databases(urls, run=os.environ["HEARBACK_TEST_RUN"])


def _pytest(marks: str, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", marks]
    command += ["--durations=20", "--durations-min=1"]
    return subprocess.run([*command, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
