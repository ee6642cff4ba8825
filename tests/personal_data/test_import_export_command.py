"""`manage.py import_export FILE`: an operator imports an export."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from interviews.models import Candidate, Interview
from tests.personal_data.exports import NOW, exported, zipped
from tests.support.people import (
    delete_everybody,
    make_candidate,
    make_interview,
    make_user,
)


@pytest.fixture
def path(alice: Candidate, tmp_path: Path) -> Path:
    make_interview(alice, starts_at=NOW - timedelta(days=3), now=NOW - timedelta(days=3))
    file = tmp_path / "export.zip"
    file.write_bytes(exported(alice.user).getvalue())
    return file


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_export", str(path), *options, stdout=out)
    return out.getvalue()


def test_into_an_empty_instance(path: Path) -> None:
    key = Interview.objects.get().pk
    delete_everybody()
    assert run(path) == "Brought in for alice@example.org; interviews: 1.\n"
    assert Interview.objects.get().pk == key
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == (
        *("alice@example.org", "Alice"),
        False,
    )
    (entry,) = AuditEntry.objects.about(user).filter(kind=Kind.IMPORTED)
    assert entry.actor_id is None


def test_who_has_left_comes_back_under_another_key_where_keys_are_noted(path: Path) -> None:
    key = User.objects.get().pk
    User.objects.all().delete()
    run(path)
    assert (User.objects.get().pk == key) == (connection.vendor == "sqlite")


def test_into_an_account_that_is_there(path: Path) -> None:
    """It keeps its password and its name."""
    nora = make_candidate(make_user("Nora"))
    said = run(path, "--email", "NORA@example.org")
    assert said == "Brought in for nora@example.org; interviews: 1.\n"
    nora.user.refresh_from_db()
    assert (nora.user.name, nora.user.has_usable_password()) == ("Nora", True)
    assert Interview.objects.of(nora).count() == 1


def test_into_another_account_that_is_made(path: Path) -> None:
    run(path, "--email", "new@example.org")
    assert Interview.objects.filter(candidate__user__email="new@example.org").count() == 1


def test_not_into_the_search_it_came_from(path: Path) -> None:
    with pytest.raises(CommandError, match="Your account already has interviews"):
        run(path)
    assert Interview.objects.count() == 1


def test_an_address_that_is_none(path: Path) -> None:
    with pytest.raises(CommandError, match="email: Enter a valid email address"):
        run(path, "--email", "nobody")


def test_a_file_that_is_none(tmp_path: Path, db: None) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(zipped(b"{").getvalue())
    with pytest.raises(CommandError, match="in Hearback’s format"):
        run(bad)
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.zip")
    assert not User.objects.exists()
