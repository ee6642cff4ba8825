"""Entries can be added, but neither changed nor deleted; old ones are erased."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from accounts import audit_log
from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from accounts.roles import owns_audit_log
from tests.support.people import make_user

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def alice(db: None) -> User:
    return make_user("Alice")


@pytest.fixture
def bob(db: None) -> User:
    return make_user("Bob")


def test_entries_are_not_changed_in_passing(alice: User) -> None:
    audit_log.log_action(Kind.SIGNED_IN, subject=alice, actor=alice, now=NOW)
    with pytest.raises(TypeError):
        AuditEntry.objects.update(detail="nothing happened")
    with pytest.raises(TypeError):
        AuditEntry.objects.about(alice).delete()


def test_the_same_look_within_an_hour_is_one(alice: User, bob: User) -> None:
    for minutes in (0, 5, 59, 61):
        moment = NOW + timedelta(minutes=minutes)
        audit_log.log_looks([alice, bob], actor=bob, now=moment, detail="interviews.interview")
    entries = AuditEntry.objects.about(alice)
    assert [entry.at for entry in entries] == [NOW + timedelta(minutes=61), NOW]
    assert not AuditEntry.objects.about(bob).exists()  # one's own looks are nobody's business


def test_after_half_a_year_it_is_forgotten(alice: User) -> None:
    for days in (179, 181):
        audit_log.log_action(
            Kind.SIGNED_IN, subject=alice, actor=alice, now=NOW - timedelta(days=days)
        )
    assert audit_log.erase_older(now=NOW) == 1
    assert AuditEntry.objects.get().at == NOW - timedelta(days=179)


@pytest.mark.usefixtures("transactional_db")
def test_what_is_about_one_is_erased_alone(alice: User, bob: User) -> None:
    audit_log.log_action(Kind.LOOKED, subject=alice, actor=bob, now=NOW)
    audit_log.log_action(Kind.LOOKED, subject=bob, actor=alice, now=NOW)
    assert audit_log.erase_gone() == 0
    alice.delete()
    assert audit_log.erase_gone() == 1
    assert AuditEntry.objects.get().subject_id == bob.pk


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[str]:
    """The application's, made as docs/operations.md says; gone afterwards."""
    name = f"hearback_application_{connection.settings_dict['NAME'][-12:]}"
    monkeypatch.setenv("APPLICATION_PASSWORD", 'it\'s "quoted"')
    call_command("grant_application_role", name)
    yield name
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f'DROP OWNED BY "{name}"')
        cursor.execute(f'DROP ROLE "{name}"')


@contextmanager
def taken_on(role: str) -> Iterator[CursorWrapper]:
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        yield cursor
        cursor.execute("RESET ROLE")


def refused(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.servers
def test_the_applications_role_adds_and_nothing_else(alice: User, role: str) -> None:
    with taken_on(role):
        assert not owns_audit_log()
        audit_log.log_action(Kind.SIGNED_IN, subject=alice, actor=alice, now=NOW)
        old = NOW - timedelta(days=200)
        audit_log.log_action(Kind.SIGNED_IN, subject=alice, actor=alice, now=old)
        refused("UPDATE accounts_recordentry SET detail = ''")
        refused("DELETE FROM accounts_recordentry")
        refused("TRUNCATE accounts_recordentry")
        assert AuditEntry.objects.count() == 2
        User.objects.filter(pk=alice.pk).update(name="Alice Again")  # as before
        assert audit_log.erase_older(now=NOW) == 1


@pytest.mark.servers
def test_it_erases_nothing_that_is_to_be_kept(alice: User, role: str) -> None:
    """By the owner's functions neither: what is not old, or is about somebody who is still here."""
    with taken_on(role) as cursor:
        audit_log.log_action(Kind.SIGNED_IN, subject=alice, actor=alice, now=timezone.now())
        cursor.execute("SELECT erase_record_before('infinity')")
        assert cursor.fetchone() == (0,)
        assert audit_log.erase_gone() == 0


ANOTHER = "01900000-0000-7000-8000-000000000001"
# What the role may do to users, and what of it fails at once.
TRICKS = {
    "another key and back": (f"UPDATE accounts_user SET id = '{ANOTHER}'", "never changed"),
    "another key in one statement with a name": (
        f"UPDATE accounts_user SET name = 'x', id = '{ANOTHER}'",
        "never changed",
    ),
    "noted by hand": (f"INSERT INTO accounts_key VALUES ('{ANOTHER}')", "permission denied"),
    "a note taken back": ("DELETE FROM accounts_key", "permission denied"),
    "without triggers": ("ALTER TABLE accounts_user DISABLE TRIGGER ALL", "must be owner"),
}


@pytest.mark.servers
@pytest.mark.parametrize("trick", TRICKS)
def test_nobody_is_made_to_look_gone(alice: User, role: str, trick: str) -> None:
    statement, refusal = TRICKS[trick]
    with taken_on(role), pytest.raises(DatabaseError, match=refusal):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.servers
@pytest.mark.usefixtures("transactional_db")
def test_who_is_deleted_and_put_back_keeps_the_record(alice: User, role: str) -> None:
    """Within one transaction, since foreign keys are looked at when it ends, or in a later one."""
    with taken_on(role):
        audit_log.log_action(Kind.SIGNED_IN, subject=alice, actor=alice, now=timezone.now())
        with transaction.atomic():
            User.objects.filter(pk=alice.pk).delete()
            assert audit_log.erase_gone() == 0
            with pytest.raises(IntegrityError, match="accounts_key"), transaction.atomic():
                alice.save(force_insert=True)
            transaction.set_rollback(True)
        assert User.objects.filter(pk=alice.pk).exists()
        User.objects.filter(pk=alice.pk).delete()
        with pytest.raises(IntegrityError, match="accounts_key"):
            alice.save(force_insert=True)
        assert audit_log.erase_gone() == 1


@pytest.mark.servers
@pytest.mark.usefixtures("transactional_db")
def test_who_looked_before_the_deletion_cannot_put_the_user_back(alice: User, role: str) -> None:
    """In that transaction the key is still in use, and no note of it is to be seen."""
    audit_log.log_action(Kind.SIGNED_IN, subject=alice, actor=alice, now=timezone.now())
    EmailAddress.objects.all().delete()
    thief = connection.copy()
    with closing(thief), thief.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT * FROM accounts_user WHERE id = %s", [alice.pk])
        row = cursor.fetchone()
        User.objects.filter(pk=alice.pk).delete()
        places = ", ".join(["%s"] * len(row))
        with pytest.raises(IntegrityError, match="accounts_key"):
            cursor.execute(f"INSERT INTO accounts_user VALUES ({places})", row)
        cursor.execute("ROLLBACK")
    assert audit_log.erase_gone() == 1
    assert not User.objects.exists()


@pytest.mark.servers
def test_it_has_no_table_to_put_in_the_records_place(alice: User, role: str) -> None:
    """A trigger on a table of its own would run as the owner, when the owner's functions delete."""
    with taken_on(role):
        refused("CREATE TEMPORARY TABLE accounts_recordentry (at timestamptz, subject_id uuid)")
        refused("CREATE TABLE public.accounts_other (at timestamptz)")
    with connection.cursor() as cursor:  # and if it had
        cursor.execute("CREATE TEMPORARY TABLE accounts_recordentry (at timestamptz)")
        cursor.execute("INSERT INTO pg_temp.accounts_recordentry VALUES ('-infinity')")
        cursor.execute("SELECT erase_record_before(now())")
        cursor.execute("SELECT count(*) FROM pg_temp.accounts_recordentry")
        assert cursor.fetchone() == (1,)
        cursor.execute("DROP TABLE pg_temp.accounts_recordentry")
