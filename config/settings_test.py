"""Settings of the test suite: a secret of its own, the fast password hasher, and a database
and a broker that belong to this run alone."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
# A run that is given no broker must not find a developer's own (tests/conftest.py starts one).
os.environ.setdefault("CELERY_BROKER_URL", "memory://")

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Most tests of the admin are not about its door; those that are turn this on again.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", False)  # noqa: F405
# Static files are sought when they are asked for: each test's client would list them all anew.
WHITENOISE_AUTOREFRESH = True

# Two runs at once keep apart. SQLite's is a file, since running processes share it with the
# test, and its locks are then the ones of `make run`.
_run = os.environ.setdefault("HEARBACK_TEST_RUN", str(os.getpid()))
_is_sqlite = DATABASES["default"]["ENGINE"].endswith("sqlite3")  # noqa: F405
_file = f"{tempfile.gettempdir()}/hearback-test-{_run}.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": _file if _is_sqlite else f"test_hearback_{_run}"}  # noqa: F405
