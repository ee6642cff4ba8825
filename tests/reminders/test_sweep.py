"""Due rows are written to the ledger once; expired ones move on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.rows import copies
from interviews import rules
from interviews.models import Candidate, Interview, Reminder, SweepState
from interviews.services import candidates, contacts, interviews
from reminders import sweep as sweeping
from reminders.sweep import sweep, write_reminders
from tests.support.people import make_agreement, make_contact, make_interview

STARTS = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)  # a Monday, 14:00 in Berlin
ENDED = STARTS + timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Berlin


@pytest.fixture
def promised(alice: Candidate) -> Interview:
    interview = make_interview(alice, starts_at=STARTS, now=ENDED)
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    interview.refresh_from_db()
    return interview


def ledger() -> list[tuple[str, datetime, str]]:
    return list(Reminder.objects.order_by("due_at").values_list("step", "due_at", "state"))


def test_nothing_is_written_before_the_moment(promised: Interview) -> None:
    assert sweep(now=MONDAY - timedelta(seconds=1)).reviewed == 0
    assert ledger() == []


def test_a_due_step_is_written_once(promised: Interview) -> None:
    assert sweep(now=MONDAY).reminded == 1
    assert sweep(now=MONDAY + timedelta(minutes=1)).reviewed == 0
    assert ledger() == [("call", MONDAY, "waiting")]
    promised.refresh_from_db()
    assert promised.review_at is None


def test_the_whole_silent_path_from_prepare_to_call(alice: Candidate) -> None:
    make_interview(alice, starts_at=STARTS, now=STARTS - timedelta(days=3))
    moment, until = STARTS - timedelta(days=2), STARTS + timedelta(days=9)
    while moment < until:
        sweep(now=moment)
        moment += timedelta(minutes=30)
    assert [step for step, _, _ in ledger()] == ["prepare", "fix_agreement", "weigh", "call"]
    # Each step before the last was settled by the next one, unsent.
    assert [state for _, _, state in ledger()] == ["settled"] * 3 + ["waiting"]


def test_a_settled_step_that_becomes_current_again_is_revived(promised: Interview) -> None:
    sweep(now=MONDAY)
    contact = make_contact(promised, now=MONDAY + timedelta(minutes=5))
    assert ledger() == [("call", MONDAY, "settled")]
    contacts.delete_contact(contact=contact, now=MONDAY + timedelta(minutes=10))
    sweep(now=MONDAY + timedelta(hours=2))
    assert ledger() == [("call", MONDAY, "waiting")]
    assert Reminder.objects.get().settled_at is None


def test_a_sent_reminder_is_not_sent_again_when_its_step_returns(promised: Interview) -> None:
    sweep(now=MONDAY)
    Reminder.objects.update(state="sent", sent_at=MONDAY)
    contact = make_contact(promised, now=MONDAY + timedelta(minutes=5))
    contacts.delete_contact(contact=contact, now=MONDAY + timedelta(minutes=10))
    sweep(now=MONDAY + timedelta(hours=2))
    reminder = Reminder.objects.get()
    # Its links work again, for what they speak of stands again.
    assert (reminder.state, reminder.settled_at) == ("sent", None)


def test_a_snoozed_step_is_reminded_of_again_and_its_links_live_on(promised: Interview) -> None:
    sweep(now=MONDAY)
    Reminder.objects.update(state="sent", sent_at=MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    interviews.snooze_interview(interview=promised, until=tuesday, now=MONDAY)
    assert Reminder.objects.get().settled_at is None
    sweep(now=tuesday)
    assert ledger() == [("call", MONDAY, "sent"), ("call", tuesday, "waiting")]


def test_a_muted_kind_is_written_but_not_mailed_until_wanted(
    alice: Candidate, promised: Interview
) -> None:
    alice.muted_steps = ["call"]
    candidates.change_settings(candidate=alice, now=MONDAY - timedelta(hours=1))
    assert sweep(now=MONDAY).reminded == 0
    assert ledger() == [("call", MONDAY, "settled")]
    alice.muted_steps = []
    candidates.change_settings(candidate=alice, now=MONDAY + timedelta(hours=1))
    assert ledger() == [("call", MONDAY, "waiting")]


def test_resuming_does_not_revive_what_was_put_off(alice: Candidate, promised: Interview) -> None:
    sweep(now=MONDAY)
    tuesday = MONDAY + timedelta(days=1)
    interviews.snooze_interview(interview=promised, until=tuesday, now=MONDAY)
    candidates.pause_reminders(candidate=alice, now=MONDAY)
    candidates.resume_reminders(candidate=alice)
    assert ledger() == [("call", MONDAY, "settled")]


def test_a_row_that_cannot_be_decided_is_quarantined_and_the_others_go_on(
    alice: Candidate, promised: Interview
) -> None:
    broken = make_interview(alice, starts_at=STARTS, now=ENDED, company="Bolt")
    make_agreement(broken, now=ENDED, due_on=date(2026, 11, 20))
    broken.agreements.update(due_time="10:00", due_timezone="Nowhere/Land")
    assert sweep(now=MONDAY).reminded == 1
    broken.refresh_from_db()
    assert "Nowhere/Land" in broken.review_error
    assert broken.review_at is None


def test_a_mended_row_comes_back(alice: Candidate, promised: Interview) -> None:
    Interview.objects.update(review_error="was broken", review_at=None)
    sweeping.SweepState.objects.update(decided_by="older")
    sweep(now=MONDAY - timedelta(hours=1))
    promised.refresh_from_db()
    assert (promised.review_error, promised.review_at) == ("", MONDAY)


def test_an_upgrade_re_decides_open_waits_at_the_first_sweep(
    promised: Interview, settings: object
) -> None:
    settings.SWEEP_BATCH = 1  # type: ignore[attr-defined]
    before = MONDAY - timedelta(days=2)
    sweep(now=before)
    Interview.objects.update(step_rule="may-not-call", step="write")
    sweep(now=before)
    promised.refresh_from_db()
    assert promised.step == "write"  # nothing newer: the stored step is believed
    SweepState.objects.update(decided_by="rules 0, holidays 0")
    sweep(now=before)
    promised.refresh_from_db()
    assert (promised.step, promised.review_at) == ("call", MONDAY)
    assert rules.VERSION in SweepState.objects.get().decided_by


def make_promised(candidate: Candidate, company: str) -> None:
    row = make_interview(candidate, starts_at=STARTS, now=ENDED, company=company)
    make_agreement(row, now=ENDED, due_on=date(2026, 11, 20))


def make_planned(candidate: Candidate, company: str) -> None:
    """Told to prepare; its end moves the step on to the agreement."""
    make_interview(candidate, starts_at=STARTS, now=STARTS - timedelta(days=1), company=company)
    sweep(now=STARTS - timedelta(hours=1))


@pytest.mark.parametrize(("make", "moment"), [(make_promised, MONDAY), (make_planned, ENDED)])
def test_queries_do_not_grow_with_the_batch(
    alice: Candidate, make: Callable[[Candidate, str], None], moment: datetime
) -> None:
    def queries(count: int) -> int:
        Interview.objects.all().delete()
        for number in range(count):
            make(alice, f"Company {number}")
        sweep(now=moment - timedelta(seconds=1))
        with CaptureQueriesContext(connection) as captured:
            assert sweep(now=moment) == sweeping.Sweep(reviewed=count, reminded=count)
        return len(captured)

    assert queries(2) == queries(12)


def test_the_ledger_refuses_a_second_row_for_the_same_moment(promised: Interview) -> None:
    sweep(now=MONDAY)
    promised.refresh_from_db()
    assert write_reminders([promised], now=MONDAY) == 1
    assert Reminder.objects.count() == 1


def test_a_crowd_with_one_row_that_cannot_be_saved_is_swept_but_for_that_row(
    alice: Candidate, promised: Interview
) -> None:
    """The database refuses it: the batch fails as a whole, and is taken row by row."""
    sweep(now=MONDAY - timedelta(seconds=1))  # the first of an instance decides all anew
    rows = copies(promised, sweeping.CROWD + 5)
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor].format(_key(rows[0])))
    sweep(now=MONDAY)
    assert Reminder.objects.count() == sweeping.CROWD + 5
    aside = Interview.objects.get(pk=rows[0].pk)
    assert "not this one" in aside.review_error
    assert not Interview.objects.filter(review_at__lte=MONDAY).exists()


def _key(row: Interview) -> str:
    return str(row.pk) if connection.vendor == "postgresql" else row.pk.hex


TRIGGERS = {
    "sqlite": """
        CREATE TRIGGER refuse BEFORE INSERT ON interviews_reminder WHEN NEW.interview_id = '{}'
        BEGIN SELECT RAISE(ABORT, 'not this one'); END
    """,
    "postgresql": """
        ALTER TABLE interviews_reminder ADD CONSTRAINT "not this one" CHECK (interview_id <> '{}')
    """,
}
