"""The morning mail: on the chosen days and at the chosen hour, and only with content."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from accounts.models import User
from coaching import coaches, digest
from coaching.digest import write_digests
from interviews.models import Candidate, Coach, Coaching, Mail
from personal_data import account_deletion
from tests.support.people import make_coaching, make_interview, make_proposal, make_user
from tests.support.queries import count_queries
from tests.support.step_factories import stand

# A Monday; Berlin is an hour ahead.
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SOON = MORNING + timedelta(seconds=20)


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"
    settings.BASE_URL = "https://hearback.example"


def wish(user: User, weekdays: list[int] | None = None) -> Coach:
    """Half past seven in Berlin, from Monday to Friday."""
    coach = coaches.make_coach(user=user)
    coach.timezone, coach.digest_time = "Europe/Berlin", time(7, 30)
    coach.digest_weekdays = list(range(5)) if weekdays is None else weekdays
    return coaches.change_coach(coach=coach, now=MONDAY)


@pytest.fixture
def coach(bob: User) -> Coach:
    return wish(bob)


def mails() -> list[Mail]:
    return list(Mail.objects.filter(kind="coaching").order_by("created_at", "pk"))


def test_what_needs_the_coach_at_the_local_hour(alice: Candidate, coach: Coach) -> None:
    call = stand(alice, "call", now=MONDAY, company="Acme")
    assert write_digests(now=MORNING - timedelta(seconds=1)) == 0
    assert write_digests(now=SOON) == 1
    (mail,) = mails()
    assert mail.recipient == "bob@example.org"
    assert mail.subject == "Monday: 1 thing needs your attention"
    assert "Alice" in mail.text
    assert "Acme" in mail.text
    assert f"https://hearback.example/admin/interviews/interview/{call.pk}/change/" in mail.text
    assert "/settings/mornings/" in mail.text
    for said in ("Alice", "Acme", str(call.pk), "/settings/mornings/"):
        assert said in mail.html


def test_once_a_morning_and_again_on_the_next(alice: Candidate, coach: Coach) -> None:
    stand(alice, "call", now=MONDAY)
    write_digests(now=SOON)
    assert write_digests(now=SOON + timedelta(minutes=1)) == 0
    coach.refresh_from_db()
    assert coach.digest_due_at == MORNING + timedelta(days=1)
    assert write_digests(now=SOON + timedelta(days=1)) == 1
    assert len(mails()) == 2


def test_not_on_a_day_that_was_not_chosen(alice: Candidate, bob: User) -> None:
    wish(bob, [1])
    stand(alice, "call", now=MONDAY)
    assert write_digests(now=SOON) == 0
    assert write_digests(now=SOON + timedelta(days=1)) == 1


def test_nothing_to_tell_no_mail(alice: Candidate, coach: Coach) -> None:
    make_interview(alice, starts_at=MONDAY + timedelta(days=9), now=MONDAY)
    assert write_digests(now=SOON) == 0
    assert mails() == []
    coach.refresh_from_db()
    assert coach.digest_due_at == MORNING + timedelta(days=1)


def test_nothing_of_who_shares_nothing_any_more(alice: Candidate, coach: Coach) -> None:
    stand(alice, "call", now=MONDAY)
    Coaching.objects.update(ended_at=MONDAY)
    assert write_digests(now=SOON) == 0


def test_next_steps_only_names_no_people(alice: Candidate, coach: Coach) -> None:
    stand(alice, "call", now=MONDAY, people=(("Anna Petrova", "recruiter"),))
    Coaching.objects.update(shares="steps")
    assert write_digests(now=SOON) == 1
    assert "Petrova" not in mails()[0].text + mails()[0].html


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_nobody_who_may_not_enter_any_more(
    alice: Candidate, bob: User, coach: Coach, change: dict[str, bool]
) -> None:
    stand(alice, "call", now=MONDAY)
    User.objects.filter(pk=bob.pk).update(**change)
    assert write_digests(now=SOON) == 0


def test_nobody_who_leaves(alice: Candidate, bob: User, coach: Coach) -> None:
    stand(alice, "call", now=MONDAY)
    account_deletion.request_deletion(user=bob, now=MONDAY)
    assert write_digests(now=SOON) == 0


def test_hours_late_it_is_no_morning_mail(alice: Candidate, coach: Coach) -> None:
    stand(alice, "call", now=MONDAY)
    assert write_digests(now=MORNING + timedelta(hours=6, seconds=1)) == 0
    coach.refresh_from_db()
    assert coach.digest_due_at == MORNING + timedelta(days=1)


def test_an_answer_to_a_proposal_is_something(alice: Candidate, bob: User, coach: Coach) -> None:
    row = make_interview(alice, starts_at=MONDAY + timedelta(days=9), now=MONDAY)
    proposal = make_proposal(row, bob, now=MONDAY)
    Mail.objects.all().delete()
    type(proposal).objects.update(answer="accepted", answered_at=MONDAY)
    assert write_digests(now=SOON) == 1
    assert "1 of your suggestions has an answer" in mails()[0].text


def test_one_that_cannot_be_written_keeps_nobody_else_waiting(
    alice: Candidate, coach: Coach, caplog: pytest.LogCaptureFixture
) -> None:
    erin = make_user("Erin", is_staff=True)
    make_coaching(erin, alice)
    wish(erin)
    stand(alice, "call", now=MONDAY)
    # No such zone: as after an upgrade of the zone database.
    Coach.objects.filter(pk=coach.pk).update(timezone="Mars/Base")
    assert write_digests(now=SOON) == 1
    assert [mail.recipient for mail in mails()] == ["erin@example.org"]
    assert "cannot be written" in caplog.text
    coach.refresh_from_db()
    assert coach.digest_due_at == MORNING + digest.TROUBLE_PAUSE


def test_an_idle_look_is_one_query(coach: Coach) -> None:
    assert count_queries(lambda: write_digests(now=MONDAY)) == 1
