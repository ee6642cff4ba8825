"""Entries are added, and neither changed nor deleted; what is too old is erased."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from accounts import record
from accounts.models import RecordEntry, User
from accounts.record import Kind
from accounts.roles import owns_record
from tests.support.people import make_user

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def alice(db: None) -> User:
    return make_user("Alice")


@pytest.fixture
def bob(db: None) -> User:
    return make_user("Bob")


def test_entries_are_not_changed_in_passing(alice: User) -> None:
    record.record(Kind.SIGNED_IN, subject=alice, actor=alice, now=NOW)
    with pytest.raises(TypeError):
        RecordEntry.objects.update(detail="nothing happened")
    with pytest.raises(TypeError):
        RecordEntry.objects.about(alice).delete()


def test_the_same_look_within_an_hour_is_one(alice: User, bob: User) -> None:
    for minutes in (0, 5, 59, 61):
        moment = NOW + timedelta(minutes=minutes)
        record.record_looks([alice, bob], actor=bob, now=moment, detail="interviews.interview")
    entries = RecordEntry.objects.about(alice)
    assert [entry.at for entry in entries] == [NOW + timedelta(minutes=61), NOW]
    assert not RecordEntry.objects.about(bob).exists()  # one's own looks are nobody's business


def test_after_half_a_year_it_is_forgotten(alice: User) -> None:
    for days in (179, 181):
        record.record(Kind.SIGNED_IN, subject=alice, actor=alice, now=NOW - timedelta(days=days))
    assert record.erase_older(now=NOW) == 1
    assert RecordEntry.objects.get().at == NOW - timedelta(days=179)


def test_what_is_about_one_is_erased_alone(alice: User, bob: User) -> None:
    record.record(Kind.LOOKED, subject=alice, actor=bob, now=NOW)
    record.record(Kind.LOOKED, subject=bob, actor=alice, now=NOW)
    assert record.erase_about(alice) == 1
    assert RecordEntry.objects.get().subject_id == bob.pk


@pytest.mark.servers
def test_the_applications_role_adds_and_nothing_else(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL; the role is made as docs/operations.md says."""
    role = f"hearback_application_{connection.settings_dict['NAME'][-12:]}"
    monkeypatch.setenv("APPLICATION_PASSWORD", 'it\'s "quoted"')
    call_command("grant_application_role", role)
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        try:
            assert not owns_record()
            record.record(Kind.SIGNED_IN, subject=alice, actor=alice, now=NOW)
            old = NOW - timedelta(days=200)
            record.record(Kind.SIGNED_IN, subject=alice, actor=alice, now=old)
            for statement in (
                "UPDATE accounts_recordentry SET detail = ''",
                "DELETE FROM accounts_recordentry",
                "TRUNCATE accounts_recordentry",
            ):
                refused = pytest.raises(ProgrammingError, match="permission denied")
                with refused, transaction.atomic():
                    cursor.execute(statement)
            assert RecordEntry.objects.count() == 2
            User.objects.filter(pk=alice.pk).update(name="Alice Again")  # as before
            assert record.erase_older(now=NOW) == 1
            assert record.erase_about(alice) == 1
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute(f'DROP OWNED BY "{role}"')
            cursor.execute(f'DROP ROLE "{role}"')
