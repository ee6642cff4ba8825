"""Deleting an account: what happens at once, what can be cancelled, and that nothing is left."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import serializers
from django.test import Client

from accounts.audit_log import Kind, log_action
from accounts.models import AuditEntry, DeletionRequest, EmailChange, User
from accounts.services import undo_email_change
from coaching import permissions
from dashboard.personal_data.audit_log import names_of_others
from interviews.models import Candidate, Coaching, CoachingRequest, Mail, Reminder, Vacancy
from interviews.services import candidates
from personal_data import account_deletion, retention
from reminders.health import health
from reminders.mail_reminders import mailable
from tests.site.world import World, make_world
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_interview,
    make_note,
    make_proposal,
    make_user,
)
from tests.support.step_factories import reminder_of, stand

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEVEN_DAYS = timedelta(days=7)


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"


def sees(coach: User, candidate: Candidate, *, now: datetime) -> bool:
    return candidate.pk in permissions.scope_of(coach, now=now).coachings


def mails_to(address: str) -> list[str]:
    mails = Mail.objects.filter(recipient=address).order_by("created_at")
    return list(mails.values_list("subject", flat=True))


def test_a_coach_loses_sight_at_once(alice: Candidate, bob: User) -> None:
    assert sees(bob, alice, now=NOW)
    account_deletion.request_deletion(user=alice.user, now=NOW)
    assert not sees(bob, alice, now=NOW)


def test_a_coach_who_leaves_sees_nobody_either(alice: Candidate, bob: User) -> None:
    account_deletion.request_deletion(user=bob, now=NOW)
    assert not permissions.scope_of(bob, now=NOW).coachings


def test_no_reminder_is_mailed_meanwhile(alice: Candidate) -> None:
    reminder_of(stand(alice, "call", now=NOW), now=NOW)
    assert mailable(Reminder.objects.unmailed()).exists()
    account_deletion.request_deletion(user=alice.user, now=NOW)
    assert not mailable(Reminder.objects.unmailed()).exists()


def test_it_says_so_by_mail_and_in_the_record(alice: Candidate) -> None:
    account_deletion.request_deletion(user=alice.user, now=NOW)
    mail = Mail.objects.get(recipient=alice.user.email)
    assert "30 November 2026" in mail.text
    assert "/keep/" in mail.text
    assert AuditEntry.objects.about(alice.user)[0].kind == Kind.DELETION_REQUESTED


def test_asked_twice_the_day_stays(alice: Candidate) -> None:
    first = account_deletion.request_deletion(user=alice.user, now=NOW)
    again = account_deletion.request_deletion(user=alice.user, now=NOW + timedelta(days=3))
    assert again.due_at == first.due_at == NOW + SEVEN_DAYS
    assert len(mails_to(alice.user.email)) == 1


def test_kept_everything_is_as_before_but_the_coach(alice: Candidate, bob: User) -> None:
    make_interview(alice, starts_at=NOW, now=NOW)
    account_deletion.request_deletion(user=alice.user, now=NOW)
    assert account_deletion.cancel_deletion(user=alice.user, now=NOW + timedelta(days=6))
    account_deletion.erase_due(now=NOW + timedelta(days=30))
    alice.refresh_from_db()
    assert alice.reminders_paused_at is None
    assert alice.interviews.count() == 1
    assert not sees(bob, alice, now=NOW + timedelta(days=6))
    assert mails_to(alice.user.email)[-1] == "Account deletion cancelled"


def test_reminders_that_were_paused_before_stay_paused(alice: Candidate) -> None:
    candidates.pause_reminders(candidate=alice, now=NOW - timedelta(days=1))
    account_deletion.request_deletion(user=alice.user, now=NOW)
    account_deletion.cancel_deletion(user=alice.user, now=NOW)
    alice.refresh_from_db()
    assert alice.reminders_paused_at == NOW - timedelta(days=1)


def test_reminders_come_again_with_the_way_back_of_an_address_too(alice: Candidate) -> None:
    change = EmailChange.objects.create(
        user=alice.user, old="alice@example.com", new=alice.user.email, at=NOW - timedelta(hours=1)
    )
    account_deletion.request_deletion(user=alice.user, now=NOW)
    undo_email_change(change=change, now=NOW + timedelta(days=2))
    alice.refresh_from_db()
    assert alice.reminders_paused_at is None
    assert not DeletionRequest.objects.exists()


def test_the_link_is_of_the_mailbox_that_it_went_to(alice: Candidate) -> None:
    token = account_deletion.cancel_token(
        account_deletion.request_deletion(user=alice.user, now=NOW)
    )
    assert account_deletion.find_by_token(token) is not None
    User.objects.filter(pk=alice.user.pk).update(email="alice@example.com")
    assert account_deletion.find_by_token(token) is None


def test_nothing_is_erased_before_its_day(alice: Candidate) -> None:
    account_deletion.request_deletion(user=alice.user, now=NOW)
    assert account_deletion.erase_due(now=NOW + SEVEN_DAYS - timedelta(seconds=1)) == 0
    assert User.objects.filter(pk=alice.user.pk).exists()
    assert account_deletion.erase_due(now=NOW + SEVEN_DAYS) == 1
    assert not User.objects.filter(pk=alice.user.pk).exists()


def hers_in_the_database(words: set[str]) -> list[str]:
    """Every row of every table in which one of the words stands."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all():
            said = serializers.serialize("json", [row], ensure_ascii=False)
            found += [f"{model._meta.label}: {word}" for word in words if word in said]
    return found


def _coached(world: World, *, coach: User) -> None:
    """What a coach has of the leaver; mails of others to that address, and from the leaver to
    theirs."""
    make_coaching(coach, world.alice)
    make_proposal(world.full, coach, now=NOW, words="Άννα")
    make_note(world.full, coach, now=NOW, text="Άννα", is_shared=False)
    address = world.alice.user.email
    CoachingRequest.objects.create(coach=coach, address=address, asked_at=NOW)
    other = make_candidate(make_user("Dora"))
    Coaching.objects.create(candidate=other, address=address, invited_at=NOW)
    Coaching.objects.create(candidate=world.alice, address="bob@example.org", invited_at=NOW)


@pytest.mark.usefixtures("transactional_db")
def test_nothing_is_left_and_nothing_of_others_is_gone(
    alice: Candidate, charlie: Candidate, client: Client
) -> None:
    operator = User.objects.create_superuser("operator@example.org", "a long enough word")
    user = alice.user
    world = make_world(alice, now=NOW)
    stand(charlie, "call", now=NOW)
    client.force_login(user)
    client.get("/today/")
    Mail.objects.create(
        kind="account", recipient=user.email.upper(), message_id="<1@x>", try_at=NOW, created_at=NOW
    )
    _coached(world, coach=operator)
    log_action(Kind.LOOKED, subject=user, actor=operator, now=NOW)
    log_action(Kind.LOOKED, subject=charlie.user, actor=operator, now=NOW)
    LogEntry.objects.log_actions(operator.pk, [user], CHANGE, change_message="name")
    account_deletion.request_deletion(user=user, now=NOW)
    keys = {str(user.pk), str(alice.pk), str(world.full.pk)}
    words = keys | {user.email, "Αλίκη", "Άκμη", "Άννα", "Σημείωση"}
    assert len({found.split(":")[0] for found in hers_in_the_database(words)}) > 10

    retention.apply_retention(now=NOW + SEVEN_DAYS)

    last = Mail.objects.get(recipient=user.email)
    assert last.subject == "Your account has been deleted"
    assert hers_in_the_database(words) == [f"interviews.Mail: {user.email}"]
    assert {str(each) for each in Candidate.objects.all()} == {"Charlie", "Dora"}
    assert charlie.interviews.count() == 1
    assert AuditEntry.objects.about(charlie.user).count() == 1
    # Once the last mail has left, the address goes too.
    last.state, last.sent_at = "sent", last.created_at
    last.save()
    retention.apply_retention(now=last.created_at + timedelta(hours=2))
    assert hers_in_the_database(words) == []


def test_mails_of_who_has_the_former_address_now_stay(alice: Candidate, charlie: Candidate) -> None:
    EmailChange.objects.create(
        user=alice.user, old=charlie.user.email, new=alice.user.email, at=NOW - SEVEN_DAYS
    )
    kept = {"kind": "account", "recipient": charlie.user.email, "try_at": NOW, "created_at": NOW}
    Mail.objects.create(user=charlie.user, message_id="<charlie@x>", **kept)
    Mail.objects.create(user=None, message_id="<alice@x>", **kept)
    account_deletion.request_deletion(user=alice.user, now=NOW)
    account_deletion.erase_due(now=NOW + SEVEN_DAYS)
    assert Mail.objects.get(recipient=charlie.user.email).message_id == "<charlie@x>"


def test_one_who_cannot_be_erased_keeps_nobody_else_waiting(
    alice: Candidate, charlie: Candidate, bob: User
) -> None:
    """A fault in one account must not stop what is erased by the clock for all others."""
    row = make_interview(alice, starts_at=NOW, now=NOW)
    keeper = make_candidate(make_user("Dora"))
    # No service writes that; the database lets nobody take a company away from a position.
    Vacancy.objects.create(candidate=keeper, company=row.vacancy.company, title="Borrowed")
    for candidate in (alice, charlie):
        account_deletion.request_deletion(user=candidate.user, now=NOW)
    later = NOW + SEVEN_DAYS
    retention.apply_retention(now=later)
    assert User.objects.filter(pk=alice.user.pk).exists()
    assert not User.objects.filter(pk=charlie.user.pk).exists()
    assert health(now=later).are_deletions_done
    assert not health(now=later + timedelta(days=2)).are_deletions_done


def test_who_was_coached_by_a_leaver_is_told(alice: Candidate, bob: User) -> None:
    account_deletion.request_deletion(user=bob, now=NOW)
    entry = AuditEntry.objects.about(alice.user).get()
    assert (entry.kind, entry.actor_id) == (Kind.UNSHARED, bob.pk)


def test_two_workers_erase_once(alice: Candidate) -> None:
    account_deletion.request_deletion(user=alice.user, now=NOW)
    assert account_deletion.erase_due(now=NOW + SEVEN_DAYS) == 1
    assert account_deletion.erase_due(now=NOW + SEVEN_DAYS) == 0
    assert mails_to("alice@example.org").count("Your account has been deleted") == 1


def test_an_entry_outlives_who_made_it_without_the_name(alice: Candidate, bob: User) -> None:
    log_action(Kind.LOOKED, subject=alice.user, actor=bob, now=NOW)
    account_deletion.request_deletion(user=bob, now=NOW)
    account_deletion.erase_due(now=NOW + SEVEN_DAYS)
    entry = AuditEntry.objects.about(alice.user).get(kind=Kind.LOOKED)
    assert isinstance(entry.actor_id, UUID)
    assert names_of_others([entry]) == {entry.pk: "A deleted account"}


def test_account_mails_are_forgotten_after_a_week(db: None) -> None:
    user = make_user("Dora")
    for number, age in enumerate((timedelta(days=6), timedelta(days=8))):
        Mail.objects.create(
            kind="account",
            user=user,
            recipient=user.email,
            message_id=f"<{number}@x>",
            state="sent",
            try_at=NOW,
            created_at=NOW - age,
            sent_at=NOW - age,
        )
    retention.apply_retention(now=NOW)
    assert [mail.message_id for mail in Mail.objects.all()] == ["<0@x>"]


@pytest.mark.parametrize("model", [DeletionRequest, AuditEntry])
def test_nobody_else_is_touched_by_the_clock(alice: Candidate, model: type) -> None:
    log_action(Kind.SIGNED_IN, subject=alice.user, actor=alice.user, now=NOW)
    account_deletion.request_deletion(user=alice.user, now=NOW)
    retention.apply_retention(now=NOW + timedelta(days=1))
    assert model.objects.exists()
