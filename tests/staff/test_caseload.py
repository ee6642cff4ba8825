"""The caseload: who needs help first, the content of a row, filters, and the CSV file."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from coaching import proposals
from interviews.models import Candidate, Coaching, CoachingVacancy, Interview
from tests.staff.test_morning import coach_some
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_coaching,
    make_contact,
    make_interview,
    make_proposal,
    make_result,
    make_user,
)
from tests.support.queries import count_queries
from tests.support.step_factories import stand

LIST = "/admin/interviews/candidate/"
SHEET = f"{LIST}export/"
# The list, even of one candidate.
ALL = {"q": ""}


@pytest.fixture
def coach(db: None) -> User:
    return make_user("Bob", is_staff=True)


@pytest.fixture
def as_coach(client: Client, coach: User) -> Client:
    client.force_login(coach)
    return client


def coached(coach: User, name: str, **given: object) -> Candidate:
    candidate = make_candidate(make_user(name))
    make_coaching(coach, candidate, **given)
    return candidate


def names(client: Client, **asked: str) -> list[str]:
    return [str(each) for each in client.get(LIST, asked).context["cl"].result_list]


def rows(client: Client, path: str = SHEET, **asked: str) -> list[dict[str, str]]:
    answer = client.get(path, asked)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_a_letter_to_a_candidate_has_no_other_recipient(as_coach: Client, coach: User) -> None:
    alice = coached(coach, "Alice")
    User.objects.filter(pk=alice.user_id).update(email="a?bcc=thief@evil.example")
    page = as_coach.get(f"{LIST}{alice.pk}/change/").content.decode()
    assert 'href="mailto:a%3Fbcc%3Dthief@evil.example"' in page


def test_who_needs_help_comes_first(as_coach: Client, coach: User) -> None:
    now = timezone.now()
    coached(coach, "Idle")
    busy, one = coached(coach, "Busy"), coached(coach, "One")
    for number in range(2):
        stand(busy, "call", now=now, company=f"Two {number}")
    stand(one, "call", now=now)
    ahead = coached(coach, "Ahead")
    make_interview(ahead, starts_at=now + timedelta(days=3), now=now)
    assert names(as_coach) == ["Busy", "One", "Ahead", "Idle"]


def test_the_list_the_file_and_the_page_count_the_same_waits(as_coach: Client, coach: User) -> None:
    """An interview that is ahead is not waited for, and neither is an offer that came."""
    now = timezone.now()
    alice = coached(coach, "Alice")
    for step in ("close", "weigh", "prepare"):
        stand(alice, step, now=now, company=step)
    make_interview(alice, starts_at=now - timedelta(days=3), now=now - timedelta(days=9))
    offered = make_interview(
        alice, starts_at=now - timedelta(days=9), now=now - timedelta(days=9), company="Offer"
    )
    make_result(
        offered, now=now - timedelta(days=1), kind="offer", lessons="skipped", offer_answer="open"
    )
    (told,) = rows(as_coach)
    (listed,) = as_coach.get(LIST, ALL).context["cl"].result_list
    page = as_coach.get(f"{LIST}{alice.pk}/change/").context
    assert (told["open waits"], listed.open_waits, len(page["waits"])) == ("3", 3, 3)
    assert len(page["coming"]) == 1
    assert [row.interview.pk for row in page["offers"]] == [offered.pk]


def test_a_row_tells_waits_steps_promises_and_results(as_coach: Client, coach: User) -> None:
    now = timezone.now()
    alice = coached(coach, "Alice")
    stand(alice, "close", now=now, company="Broken promise")
    starts_at = now - timedelta(days=20)
    for number, kind in enumerate(("offer", "refusal")):
        row = make_interview(alice, starts_at=starts_at, now=starts_at, company=f"Known {number}")
        due = (starts_at + timedelta(days=3 + 8 * number)).date()
        make_agreement(row, now=row.ends_at, due_on=due)
        make_result(row, now=starts_at + timedelta(days=6), kind=kind, lessons="skipped")
    (told,) = rows(as_coach)
    assert told["candidate"] == "Alice"
    assert told["email"] == "alice@example.org"
    assert (told["urgent"], told["open waits"]) == ("0", "1")
    # Broken by the silent one, late by the first of the others, kept by the second.
    assert (told["promises kept"], told["promises"]) == ("1", "3")
    assert (told["offers"], told["answers"]) == ("1", "2")
    assert told["days since last activity"] == "10"  # the letter of the silent one
    assert "2 / 1" in as_coach.get(LIST, ALL).content.decode()
    page = as_coach.get(f"{LIST}{alice.pk}/change/").content.decode()
    assert "1 of 3" in page


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ({}, ("0", "1")),
        ({"direction": "in", "outcome": "reached"}, ("1", "1")),
        # None of these is word about the result.
        ({"direction": "in", "outcome": "no_answer"}, ("0", "1")),
        ({"direction": "out", "outcome": "reached"}, ("0", "1")),
        ({"direction": "in", "outcome": "reached", "purpose": "other"}, ("0", "1")),
    ],
)
def test_what_keeps_a_promise(
    as_coach: Client, coach: User, word: dict[str, str], kept: tuple[str, str]
) -> None:
    now = timezone.now()
    alice = coached(coach, "Alice")
    row = make_interview(alice, starts_at=now - timedelta(days=9), now=now)
    make_agreement(row, now=now, due_on=(now - timedelta(days=4)).date())
    if word:
        make_contact(row, now=now, at=now - timedelta(days=6), **word)
    (told,) = rows(as_coach)
    assert (told["promises kept"], told["promises"]) == kept


def test_filters(as_coach: Client, coach: User) -> None:
    now = timezone.now()
    helped, quiet, soon = (coached(coach, name) for name in ("Helped", "Quiet", "Soon"))
    stand(helped, "call", now=now)
    asked = make_interview(quiet, starts_at=now - timedelta(days=9), now=now - timedelta(days=9))
    make_agreement(asked, now=asked.ends_at, due_on=(now + timedelta(days=4)).date())
    Interview.objects.filter(candidate=quiet).update(active_at=now - timedelta(days=8))
    Interview.objects.filter(candidate=helped).update(active_at=now)
    make_interview(soon, starts_at=now + timedelta(days=3), now=now)
    coached(coach, "Steps", shares="steps")
    assert names(as_coach, who="help") == ["Helped"]
    assert names(as_coach, who="quiet") == ["Quiet"]
    assert names(as_coach, who="week") == ["Soon"]
    assert names(as_coach, shares="steps") == ["Steps"]
    assert names(as_coach, q="soon@example.org") == ["Soon"]
    assert set(names(as_coach, noted="today")) == {"Helped", "Soon"}
    assert set(names(as_coach, noted="month")) == {"Helped", "Quiet", "Soon"}
    assert names(as_coach, noted="before") == ["Steps"]


def test_what_can_only_be_closed_needs_no_help(as_coach: Client, coach: User) -> None:
    now = timezone.now()
    done, asked = coached(coach, "Done"), coached(coach, "Asked")
    stand(done, "close", now=now)
    row = make_interview(asked, starts_at=now - timedelta(days=9), now=now, company="Offer")
    make_result(row, now=now, kind="offer", lessons="skipped", offer_answer="open")
    assert names(as_coach, who="help") == ["Asked"]
    Coaching.objects.update(shares="steps")
    assert names(as_coach, who="help") == []
    late = stand(done, "call", now=now, company="Late")
    Interview.objects.filter(pk=late.pk).update(step_due_at=now - timedelta(days=2))
    assert names(as_coach, who="help") == ["Done"]
    assert as_coach.get(LIST).context["cl"].result_list[0].first.vacancy.company.name == "Late"


def test_the_most_urgent_step_is_told_with_its_company(as_coach: Client, coach: User) -> None:
    now = timezone.now()
    alice = coached(coach, "Alice")
    coached(coach, "Idle")
    stand(alice, "close", now=now, company="Older")
    broken = stand(alice, "call", now=now, company="Helio")
    (listed, idle) = as_coach.get(LIST).context["cl"].result_list
    assert (listed.first, idle.first) == (broken, None)
    said = as_coach.get(LIST).content.decode()
    assert re.search(r'Helio</bdi></a> <span class="step">Call</span> <span class="due is-', said)


def test_a_column_that_is_the_same_in_each_row_is_left_out(as_coach: Client, coach: User) -> None:
    for name in ("Alice", "Eve"):
        coached(coach, name)
    assert "column-shared" not in as_coach.get(LIST).content.decode()
    coached(coach, "Steps", shares="steps")
    assert "column-shared" in as_coach.get(LIST).content.decode()


def test_each_column_that_sorts(as_coach: Client, coach: User) -> None:
    coach_some(coach, 3)
    for column in range(10):
        for order in (f"{column}", f"-{column}"):
            assert len(names(as_coach, o=order)) == 3


def test_only_chosen_positions_are_counted(as_coach: Client, coach: User) -> None:
    now = timezone.now()
    alice = coached(coach, "Alice", covers_all=False)
    shown = stand(alice, "close", now=now, company="Shown")
    stand(alice, "close", now=now, company="Hidden")
    make_result(
        make_interview(alice, starts_at=now - timedelta(days=9), now=now, company="Known"), now=now
    )
    CoachingVacancy.objects.create(coaching=Coaching.objects.get(), vacancy=shown.vacancy)
    (told,) = rows(as_coach)
    assert (told["company"], told["open waits"], told["answers"]) == ("Shown", "1", "0")


def test_the_list_as_a_file_follows_the_filter_and_is_in_each_record(
    as_coach: Client, coach: User
) -> None:
    now = timezone.now()
    helped, _other = coached(coach, "Helped"), coached(coach, "Other")
    stand(helped, "call", now=now)
    stranger = make_candidate(make_user("Charlie"))
    page = as_coach.get(LIST, {"who": "help"}).content.decode()
    assert "Export 1 candidate as CSV" in page
    assert f'href="{SHEET}?who=help"' in page
    assert [each["candidate"] for each in rows(as_coach, who="help")] == ["Helped"]
    taken = AuditEntry.objects.filter(kind=Kind.LISTED)
    assert [(each.subject_id, each.actor_id) for each in taken] == [(helped.user.pk, coach.pk)]
    assert {each["candidate"] for each in rows(as_coach)} == {"Helped", "Other"}
    assert not taken.filter(subject_id=stranger.user.pk).exists()


def test_no_cell_is_a_formula(as_coach: Client, coach: User) -> None:
    alice = coached(coach, "Alice")
    User.objects.filter(pk=alice.user.pk).update(name="=HYPERLINK(1)")
    (told,) = rows(as_coach)
    assert told["candidate"] == "'=HYPERLINK(1)"


def test_the_record_says_so_in_words(as_coach: Client, coach: User) -> None:
    alice = coached(coach, "Alice")
    as_coach.get(LIST, ALL)
    as_coach.get(SHEET)
    of_alice = Client()
    of_alice.force_login(alice.user)
    said = of_alice.get("/settings/record/").content.decode()
    assert "Bob viewed your progress" in said
    assert "Bob exported a list that includes you" in said


def test_as_many_queries_for_eight_as_for_two(as_coach: Client, coach: User) -> None:
    def queries() -> int:
        as_coach.get(LIST)
        return count_queries(lambda: as_coach.get(LIST))

    coach_some(coach, 2)
    two = queries()
    coach_some(coach, 6, first=2)
    assert two == queries() <= 12


def test_the_only_candidates_page_instead_of_a_list_of_one(as_coach: Client, coach: User) -> None:
    alice = coached(coach, "Alice")
    assert as_coach.get(LIST)["Location"] == f"{LIST}{alice.pk}/change/"
    coached(coach, "Eve")
    assert as_coach.get(LIST).status_code == 200


def test_the_chips_count(as_coach: Client, coach: User) -> None:
    now = timezone.now()
    for number in range(2):
        stand(coached(coach, f"Helped{number}"), "call", now=now)
    Interview.objects.update(active_at=now)
    make_interview(coached(coach, "Soon"), starts_at=now + timedelta(days=3), now=now)
    said = as_coach.get(LIST).content.decode()
    for chip in (("Need you", 2), ("Quiet for a week", 0), ("Interview this week", 1)):
        assert '{} <span class="count">{}</span>'.format(*chip) in said


def test_who_was_just_written_to_needs_nobody(as_coach: Client, coach: User) -> None:
    """As in the overview; the other waits of the candidate are told first."""
    now = timezone.now()
    alice = coached(coach, "Alice")
    coached(coach, "Eve")
    late = stand(alice, "call", now=now, company="Acme")
    make_interview(alice, starts_at=now + timedelta(days=3), now=now, company="Helio")

    def told() -> tuple[int, str]:
        row = as_coach.get(LIST).context["cl"].result_list[0]
        return row.urgent, row.first.vacancy.company.name

    assert told() == (1, "Acme")
    proposal = make_proposal(late, coach, now=now)
    assert told() == (0, "Helio")
    proposals.withdraw_proposal(proposal=proposal, now=now)
    assert told() == (1, "Acme")


def test_the_file_and_the_order_follow_the_step_that_the_list_shows(
    as_coach: Client, coach: User
) -> None:
    """Of an offer its last day, though another step of the candidate was due long ago."""
    now = timezone.now()
    offered, late = coached(coach, "Offered"), coached(coach, "Late")
    stand(offered, "close", now=now, company="Older")
    asked = now - timedelta(days=9)
    offer = make_interview(offered, starts_at=asked, now=asked, company="Helio")
    by_on = (now + timedelta(days=4)).date()
    given = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
    make_result(offer, now=now - timedelta(days=1), offer_answer_by_on=by_on, **given)
    stand(late, "call", now=now, company="Acme")
    listed = as_coach.get(LIST, {"o": "2"}).context["cl"]
    assert [row.first.vacancy.company.name for row in listed.result_list] == ["Acme", "Helio"]
    assert names(as_coach, o="-2") == ["Offered", "Late"]
    told = {each["candidate"]: each for each in rows(as_coach)}
    own = told["Offered"]
    asked_of = ("urgent", "next step", "company", "due date")
    assert [own[each] for each in asked_of] == ["1", "Offer to answer", "Helio", by_on.isoformat()]
    assert [told["Late"][each] for each in asked_of[:3]] == ["1", "Call", "Acme"]
