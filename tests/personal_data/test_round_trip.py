"""Export, delete, import: the same facts and the same next steps, row by row."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from accounts.models import User
from interviews.models import Candidate, Interview, Mail, RefusedAddress, Reminder
from interviews.services.candidates import change_settings
from interviews.services.notification_channels import add_device
from personal_data.import_ import import_export, restore
from personal_data.schema import BROUGHT
from tests.personal_data.exports import NOW, exported, facts_in
from tests.personal_data.snapshot import Snapshot, snapshot
from tests.reminders.conftest import Send, post
from tests.site.world import World
from tests.support.people import (
    delete_everybody,
    make_candidate,
    make_interview,
    make_user,
)
from tests.support.step_factories import reminder_of, stand

__all__ = ["post"]

# The machine's own: when it looks again, and what a mail that will not be sent needs to be sent.
OF_THE_MACHINE = {
    "Interview": {"review_at", "review_error"},
    "Reminder": {"next_channel", "tell_at"},
    "Mail": {"text", "html", "try_at", "lease_id", "failing_since", "message_id"},
}


@pytest.fixture
def told(world: World, post: Send) -> Candidate:
    """alice's world, of which a part was told by mail, and a part is still to be told."""
    RefusedAddress.objects.all().delete()
    sent = post()
    assert sent
    alice = world.alice
    alice.refresh_from_db()
    alice.muted_steps, alice.has_discreet_subjects = ["let_go"], True
    alice.work_weight = 2
    alice.channel_order = {"": ["push", "email"], "call": ["email"]}
    alice.shows_names_on_lock_screen = True
    first = Reminder.objects.filter(candidate=alice, sent_at__isnull=False)[0]
    first.earlier, first.opened_at = [{"channel": "push", "failed_at": NOW.isoformat()}], NOW
    first.save()
    add_device(
        candidate=alice,
        subscription={"endpoint": "https://push.example/1"},
        name="Firefox on Linux",
        now=NOW,
    )
    alice.save()
    change_settings(candidate=alice, now=NOW)
    return alice


def kept(candidate: Candidate) -> Snapshot:
    return snapshot(candidate, without=OF_THE_MACHINE)


def as_history(before: Snapshot) -> Snapshot:
    """What had not been told stays untold, and is no part of a mail."""
    for reminder in before["Reminder"]:
        if reminder["state"] in ("waiting", "leased", "set_aside"):
            reminder["state"], reminder["mail"] = "settled", None
    return before


def test_the_world_holds_one_of_everything(told: Candidate) -> None:
    for name, rows in kept(told).items():
        assert rows, name
    facts = facts_in(exported(told.user))
    empty = {name for name, rows in facts.items() if rows == []}
    assert empty == {
        *("coach", "coachings_given", "coaching_requests", "departures", "record"),
        *("refused_addresses", "address_changes", "calendar_events"),
    }


def test_into_a_new_account(told: Candidate, newcomer: Candidate) -> None:
    before, file = as_history(kept(told)), exported(told.user)
    told.user.delete()
    assert not Interview.objects.exists()
    brought = import_export(file=file, candidate=newcomer, now=NOW)
    assert brought.interviews == len(before["Interview"])
    newcomer.refresh_from_db()
    assert kept(newcomer) == before


def test_the_steps_are_the_same(told: Candidate, newcomer: Candidate) -> None:
    """Compared by themselves, for they are decided anew and not read from the file."""
    file = exported(told.user)
    columns = ("step", "step_due_at", "step_expires_at", "step_rule", "step_person__name")
    before = list(Interview.objects.order_by("pk").values_list("starts_at", *columns))
    assert len({row[1] for row in before}) > 8
    told.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    assert list(Interview.objects.order_by("pk").values_list("starts_at", *columns)) == before
    call_command("check_steps")


def test_by_the_command_into_an_empty_instance(told: Candidate) -> None:
    """There even the keys are the same, and with them the addresses of pages."""
    before, file, email = as_history(kept(told)), exported(told.user), told.user.email
    keys = {table.name: keys_of(table.model) for table in BROUGHT if "id" in table.columns}
    ids, name, messages = (told.user_id, told.pk), told.user.name, messages_of(told.user)
    delete_everybody()
    brought = restore(file=file, now=NOW)
    again = brought.candidate
    assert kept(again) == before
    assert {table.name: keys_of(table.model) for table in BROUGHT if "id" in table.columns} == keys
    assert ((again.user_id, again.pk), again.user.name) == (ids, name)
    assert messages_of(again.user) == messages
    assert not again.user.has_usable_password()
    assert EmailAddress.objects.get(user=again.user, primary=True, verified=True).email == email


def keys_of(model: type) -> list[object]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def messages_of(user: User) -> list[str]:
    return list(Mail.objects.filter(user=user).order_by("pk").values_list("message_id", flat=True))


def test_what_came_back_leaves_again_as_it_was(told: Candidate, newcomer: Candidate) -> None:
    """The second export of an account is the first, but for keys and what is not brought in."""
    file = exported(told.user)
    told.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    once, twice = facts_in(file), facts_in(exported(newcomer.user))
    for table in BROUGHT:
        first, second = once[table.name], twice[table.name]
        assert len(first) == len(second), table.name
        assert sorted(map(worded, first)) == sorted(map(worded, second)), table.name


def worded(row: dict[str, object]) -> str:
    """Without keys, and without what is history from then on."""
    left = {"state", "message_id"}
    return str([v for k, v in row.items() if k not in left and not is_key(v)])


def is_key(value: object) -> bool:
    return isinstance(value, str) and len(value) == 36 and value.count("-") == 4


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/St_Johns", "UTC"])
def test_in_any_zone(newcomer: Candidate, zone: str) -> None:
    """A clock change lies between the interview and its wait."""
    eve = make_candidate(make_user("Eve"), zone=zone)
    starts = datetime.fromisoformat("2026-10-24T23:30:00+00:00")
    make_interview(eve, starts_at=starts, now=starts, company="Östwerk")
    before, file = kept(eve), exported(eve.user, now=starts + timedelta(hours=3))
    eve.user.delete()
    import_export(file=file, candidate=newcomer, now=starts)
    newcomer.refresh_from_db()
    assert newcomer.timezone == zone
    assert kept(newcomer) == before


# --- reminders ---------------------------------------------------------------------------------


def test_nothing_is_sent_again(told: Candidate, newcomer: Candidate, post: Send) -> None:
    file = exported(told.user)
    sent = set(Reminder.objects.filter(state="sent").values_list("step", "due_at"))
    assert sent
    told.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    for minutes in (0, 1, 59):
        assert post(now=NOW + timedelta(minutes=minutes)) == []
    after = set(Reminder.objects.filter(state="sent").values_list("step", "due_at"))
    assert after == sent


def test_what_was_told_is_not_told_a_day_later_either(
    told: Candidate, newcomer: Candidate, post: Send
) -> None:
    file = exported(told.user)
    told.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    sent = Reminder.objects.filter(state="sent").order_by("pk")
    history = list(sent.values_list("pk", "sent_at", "mail"))
    assert history
    post(now=NOW + timedelta(days=1))
    again = Reminder.objects.filter(pk__in=[pk for pk, *_ in history]).order_by("pk")
    assert list(again.values_list("pk", "sent_at", "mail")) == history


def test_what_comes_due_later_is_reminded_as_usual(newcomer: Candidate, post: Send) -> None:
    eve = make_candidate(make_user("Eve"))
    starts = NOW + timedelta(days=3)
    make_interview(eve, starts_at=starts, now=NOW)
    file = exported(eve.user)
    eve.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    assert post(now=NOW) == []
    (mail,) = post(now=starts + timedelta(hours=3))
    assert mail["To"] == newcomer.user.email


def test_what_was_never_told_is_told_at_the_next_contact_hour(
    newcomer: Candidate, post: Send
) -> None:
    """As any step that is due already when its fact is recorded."""
    eve = make_candidate(make_user("Eve"))
    starts = NOW - timedelta(days=4)
    make_interview(eve, starts_at=starts, now=starts)
    file = exported(eve.user)
    eve.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    assert post(now=NOW + timedelta(minutes=59)) == []
    assert len(post(now=NOW + timedelta(hours=1, minutes=1))) == 1


def test_a_reminder_that_waited_is_told_then_too(newcomer: Candidate, post: Send) -> None:
    """Not at once: who comes back is not met by a mail about what lies in the past."""
    eve = make_candidate(make_user("Eve"))
    reminder_of(stand(eve, "call", now=NOW), now=NOW)
    file = exported(eve.user)
    assert [row["state"] for row in facts_in(file)["reminders"]] == ["waiting"]
    eve.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    assert Reminder.objects.get().state == "settled"
    assert post(now=NOW + timedelta(minutes=59)) == []
    assert len(post(now=NOW + timedelta(hours=1, minutes=1))) == 1
    assert post(now=NOW + timedelta(hours=2)) == []


def test_a_mail_that_was_waiting_is_history(newcomer: Candidate, post: Send) -> None:
    eve = make_candidate(make_user("Eve"))
    Mail.objects.create(
        kind="account",
        user=eve.user,
        recipient="victim@example.org",
        message_id="<1@example.org>",
        subject="123456 is your sign-in code",
        text="123456",
        try_at=NOW,
        created_at=NOW,
    )
    make_interview(eve, starts_at=NOW, now=NOW)
    file = exported(eve.user)
    assert b"123456" not in file.getvalue()
    assert "123456" not in str(facts_in(file))
    eve.user.delete()
    import_export(file=file, candidate=newcomer, now=NOW)
    (mail,) = Mail.objects.all()
    assert (mail.state, mail.subject, mail.text) == ("settled", "", "")
    assert post(now=NOW) == []
