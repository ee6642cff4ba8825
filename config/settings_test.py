"""Settings of the test suite: its own secret, the fast password hasher, and a database and a broker
for this run only."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
# A run without a broker must not use a developer's own (tests/conftest.py starts one).
os.environ.setdefault("CELERY_BROKER_URL", "memory://")
os.environ.setdefault("INBOUND_DOMAIN", "in.hearback.example")

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Most tests of the admin are not about its sign-in; those that are turn this on again.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", False)  # noqa: F405
# Look up static files on demand: every test's client would list them all.
WHITENOISE_AUTOREFRESH = True

# Parallel runs use separate databases. SQLite uses a file, because processes share it with the
# test, and because its locks are then those of `make run`.
_run = os.environ.setdefault("HEARBACK_TEST_RUN", str(os.getpid()))
_is_sqlite = DATABASES["default"]["ENGINE"].endswith("sqlite3")  # noqa: F405
_file = f"{tempfile.gettempdir()}/hearback-test-{_run}.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": _file if _is_sqlite else f"test_hearback_{_run}"}  # noqa: F405
