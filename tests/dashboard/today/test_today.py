import re
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.paginator import Paginator
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from dashboard.today.filters import Chosen, Kind
from dashboard.today.shelves import Shelves
from interviews.models import Candidate, DeliveryState, Interview, Reminder, Result, Section
from interviews.models.core.today import tomorrow_of
from interviews.services import candidates, interviews
from interviews.text import dates
from reminders.sweep import sweep
from tests.support import people
from tests.support.step_factories import MAKERS, stand

URL = "/today/"


def shown(client: Client) -> str:
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/admin/"  # he has no search of his own
    assert Client().get(URL)["Location"] == "/accounts/login/?next=/today/"


def test_an_empty_page_teaches(as_alice: Client) -> None:
    page = shown(as_alice)
    assert "Nothing to wait for" in page
    assert 'href="/interviews/new/"' in page


def test_another_candidates_waits_are_not_shown(as_charlie: Client, interview: Interview) -> None:
    assert "<bdi>Acme" not in shown(as_charlie)


def test_overdue_comes_before_due(as_alice: Client, alice: Candidate, now: datetime) -> None:
    due = people.make_interview(
        alice, starts_at=now - timedelta(hours=2), now=now, company="Due today"
    )
    late = people.make_interview(
        alice, starts_at=now - timedelta(days=20), now=now, company="Long late"
    )
    interviews.note_nothing_agreed(interview=late, now=now)
    due.refresh_from_db()
    late.refresh_from_db()
    people.keep_hours(alice, now=now, is_open=True)
    page = shown(as_alice)
    assert "one call and one decision today." in page
    assert page.index("Long late") < page.index("Due today")


def test_each_step_offers_what_fits_it(as_alice: Client, alice: Candidate, now: datetime) -> None:
    people.keep_hours(alice, now=now, is_open=True)
    interview = people.make_interview(alice, starts_at=now - timedelta(days=12), now=now)
    people.make_agreement(interview, now=now, due_on=(now - timedelta(days=8)).date())
    page = shown(as_alice)
    assert ">Call Anna</a>" in page
    assert f'href="/interviews/{interview.pk}/call/"' in page
    page = as_alice.get(f"{URL}?open={interview.pk}").content.decode()
    assert f'href="/interviews/{interview.pk}/result/"' in page
    assert f'formaction="/interviews/{interview.pk}/finish/"' in page


@pytest.mark.parametrize(
    ("step", "verb", "kind"),
    [("call", "Call Anna", Kind.CALLS), ("write", "Write to Anna", Kind.LETTERS)],
)
def test_what_falls_due_later_today_has_its_button_and_counts(
    as_alice: Client, alice: Candidate, now: datetime, step: str, verb: str, kind: Kind
) -> None:
    row, local = stand(alice, step, now=now), now.astimezone(alice.zone)
    last_moment = tomorrow_of(local) - timedelta(microseconds=1)
    Interview.objects.filter(pk=row.pk).update(step_due_at=last_moment, step_expires_at=None)
    page = shown(as_alice)
    assert "Later today" in page
    assert verb in page
    assert Shelves(Chosen(candidate=alice, now=local)).counts[kind] == 1


def test_waiting_asks_for_nothing(as_alice: Client, interview: Interview, now: datetime) -> None:
    people.make_agreement(interview, now=now, due_on=(now + timedelta(days=5)).date())
    page = shown(as_alice)
    assert "nothing to do" in page
    assert "Waiting" in page
    assert f'href="/interviews/{interview.pk}/call/"' not in page


def test_coming_interviews(as_alice: Client, ahead: Interview) -> None:
    assert "Upcoming interviews" in shown(as_alice)
    page = as_alice.get(f"{URL}?open={ahead.pk}").content.decode()
    assert f'href="/interviews/{ahead.pk}/questions/"' in page


def test_just_answered_stays_for_a_fortnight(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    for days, company in ((13, "Recent"), (15, "Older")):
        one = people.make_interview(
            alice, starts_at=now - timedelta(days=20), now=now, company=company, title=company
        )
        known_at = now - timedelta(days=days)
        people.make_result(one, now=now, kind="offer", known_at=known_at)
    page = shown(as_alice)
    assert "Recent" in page
    assert "Older" not in page


def test_a_stopped_mail_is_said_and_undone_in_one_tap(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    candidates.pause_reminders(candidate=alice, now=now)
    assert "Reminders are paused" in shown(as_alice)
    assert as_alice.post("/reminders/resume/")["Location"] == URL
    assert "Reminders are paused" not in shown(as_alice)


def test_a_missed_reminder_is_said(as_alice: Client, interview: Interview, now: datetime) -> None:
    interview.refresh_from_db()
    Reminder.objects.create(
        interview=interview,
        candidate=interview.candidate,
        step=interview.step,
        due_at=interview.step_due_at,
        state=DeliveryState.MISSED,
        missed_at=now,
        created_at=now,
    )
    assert "We couldn’t deliver your reminder" in shown(as_alice)


def test_a_refused_address_is_said_with_two_ways_out(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    people.refuse_address(alice, reply="550 5.1.1 <No> such user", now=now - timedelta(days=3))
    page = shown(as_alice)
    since = dates.moment(now - timedelta(days=3), now=now.astimezone(alice.zone))
    assert f"We couldn’t deliver email to alice@example.org on {since}" in page
    assert "550 5.1.1 &lt;No&gt; such user" in page
    assert 'action="/address/retry/"' in page
    assert 'href="/accounts/email/"' in page


def test_another_candidates_refused_address_is_not_shown(
    as_alice: Client, as_charlie: Client, charlie: Candidate, now: datetime
) -> None:
    assert "We couldn’t deliver email" not in shown(as_charlie)
    people.refuse_address(charlie, now=now)
    assert "We couldn’t deliver email" in shown(as_charlie)
    assert "We couldn’t deliver email" not in shown(as_alice)


def test_an_address_left_behind_is_not_said(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    people.refuse_address(alice, now=now)
    EmailAddress.objects.update(primary=False)
    EmailAddress.objects.create(
        user=alice.user, email="alice@home.example", verified=True, primary=True
    )
    assert "We couldn’t deliver email" not in shown(as_alice)


@pytest.mark.parametrize("count", [3, 12])
def test_as_many_queries_for_many_waits_as_for_few(
    as_alice: Client,
    alice: Candidate,
    now: datetime,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        people.make_interview(
            alice, starts_at=now - timedelta(days=9), now=now, company=f"Company {number}"
        )
    people.refuse_address(alice, now=now)
    shown(as_alice)  # the session is written at the first look
    with django_assert_num_queries(7):
        shown(as_alice)
    with django_assert_num_queries(8):
        as_alice.get("/today/?narrow")


def test_of_what_waits_only_the_next_is_dated(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    """Three wait until different days; the sentence above them names the earliest alone."""
    rows = []
    for number in (2, 3, 4):
        row = people.make_interview(
            alice, starts_at=now - timedelta(hours=3), now=now, company=f"Company {number}"
        )
        day = (now.astimezone(alice.zone) + timedelta(days=number)).date()
        people.make_agreement(row, now=now, due_on=day)
        row.refresh_from_db()
        rows.append(row)
    until = dates.until(min(row.step_due_at for row in rows), now=now.astimezone(alice.zone))
    said = f"You’re waiting for three answers. Nothing to do until {until}."
    assert said in shown(as_alice)


def test_an_offer_waits_for_the_candidates_answer(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    """It comes first of all, and says how long there is to decide."""
    today = now.astimezone(alice.zone).date()
    for days, company in ((6, "Later"), (1, "Sooner")):
        row = people.make_interview(
            alice, starts_at=now - timedelta(days=30), now=now, company=company, title=company
        )
        people.make_result(
            row,
            now=now,
            kind="offer",
            known_at=now - timedelta(days=20),
            offer_answer="open",
            offer_answer_by_on=today + timedelta(days=days),
        )
    people.make_interview(alice, starts_at=now - timedelta(hours=2), now=now, company="Just over")
    page = shown(as_alice)
    assert "two decisions today." not in page
    assert "three decisions today." in page
    words = (
        "Offers to answer",
        "Sooner",
        "1 day left",
        "Later",
        "6 days left",
        "Do now",
        "Just over",
    )
    places = [page.index(each) for each in words]
    assert places == sorted(places)


def test_what_expired_unseen_is_decided_before_it_is_shown(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    """No sweep has run since the interview ended: the page says what holds now all the same."""
    starts = now - timedelta(hours=3)
    people.make_interview(alice, starts_at=starts, now=starts - timedelta(days=1))
    assert Interview.objects.get().step == "prepare"
    page = shown(as_alice)
    assert "one decision today." in page
    assert "Record agreement" in page
    assert "Upcoming interviews" not in page


def test_long_lists_come_in_pages(as_alice: Client, alice: Candidate, now: datetime) -> None:
    people.keep_hours(alice, now=now, is_open=True)
    for number in range(27):
        row = people.make_interview(
            alice, starts_at=now - timedelta(days=9), now=now, company=f"Company {number:02}"
        )
        if number >= 24:
            people.make_agreement(row, now=now, due_on=(now + timedelta(days=5)).date())
    first, second = shown(as_alice), as_alice.get("/today/?page=2").content.decode()
    assert first.count('<li id="w-') == 25
    assert second.count('<li id="w-') == 2
    assert 'Do now<span class="count">24</span>' in first
    assert 'Waiting<span class="count">3</span>' in first
    assert 'Waiting<span class="count">3</span>' in second
    assert "Do now" not in second
    assert "Page 2 of 2" in second


def test_narrowed_to_a_company_and_a_stage(
    as_alice: Client, alice: Candidate, charlie: Candidate, now: datetime
) -> None:
    for number in range(6):
        people.make_interview(
            alice,
            starts_at=now - timedelta(days=9),
            now=now,
            company=f"Company {number}",
            title=f"Title {number}",
            stage="final" if number == 3 else "first",
        )
    company = alice.companies.get(name="Company 3")
    page = as_alice.get(f"/today/?company={company.pk}").content.decode()
    assert ("Title 3" in page, "Title 4" in page) == (True, False)
    page = as_alice.get("/today/?stage=final").content.decode()
    assert ("Title 3" in page, "Title 4" in page) == (True, False)
    page = as_alice.get(f"/today/?company={company.pk}&stage=test").content.decode()
    assert "Nothing matches your filter." in page
    theirs = people.make_interview(charlie, starts_at=now, now=now).vacancy.company
    assert (
        "Nothing matches your filter."
        in as_alice.get(f"/today/?company={theirs.pk}").content.decode()
    )
    assert "Title 4" in as_alice.get("/today/?company=nonsense&stage=nonsense").content.decode()


def test_each_wait_is_drawn_and_told(as_alice: Client, interview: Interview, now: datetime) -> None:
    people.make_agreement(interview, now=now, due_on=(now + timedelta(days=5)).date())
    page = shown(as_alice)
    assert page.count('class="axis"') == 1
    assert "They promised an answer by" in page


@pytest.mark.parametrize("is_open", [True, False])
def test_a_row_stands_where_the_database_says(
    alice: Candidate, now: datetime, is_open: bool
) -> None:
    """Sections are named in SQL, to count and to cut pages, and again of the rows shown."""
    people.keep_hours(alice, now=now, is_open=is_open)
    local = now.astimezone(alice.zone)
    for number, step in enumerate(MAKERS):
        stand(alice, step, now=now, company=f"Company {number}")
    offered = stand(alice, "call", now=now, company="Offered")
    people.make_result(offered, now=now, kind="offer", offer_answer="open")
    people.make_result(stand(alice, "call", now=now, company="Refused"), now=now)
    awaited = stand(alice, "fix_agreement", now=now, company="Awaited")  # at any hour of the day
    people.make_agreement(awaited, now=now, due_on=local.date() + timedelta(days=9))
    later = stand(alice, "write", now=now, company="Later")
    last_moment = tomorrow_of(local) - timedelta(microseconds=1)
    type(later).objects.filter(pk=later.pk).update(step_due_at=last_moment)
    chosen = Chosen(candidate=alice, now=local)
    shelves = Shelves(chosen)
    placed = {row.pk: row.section for row in chosen.rows()}
    rows = shelves.rows(Paginator(range(shelves.total), 25).get_page(1))
    assert [row.pk for row in rows] == list(placed)
    assert {row.pk: shelves.section_of(row) for row in rows} == placed
    elsewhere = Section.CALL_LATER if is_open else Section.CALL_NOW
    assert set(placed.values()) == set(Section) - {Section.STALE, elsewhere}


def test_pages_with_and_without_a_sweep_show_the_same(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    for number in range(30):
        starts = now - timedelta(hours=2, minutes=number)
        recorded = starts - timedelta(days=1) if number % 3 == 0 else now
        name = f"Company {number:02}"
        people.make_interview(alice, starts_at=starts, now=recorded, company=name)
    unswept = _companies(as_alice)
    sweep(now=now)
    swept = _companies(as_alice)
    assert unswept == swept
    assert [len(page) for page in swept] == [25, 5]


def _companies(client: Client) -> list[list[str]]:
    pages = [client.get(f"/today/?page={n}").content.decode() for n in (1, 2)]
    return [re.findall(r"<bdi>(Company \d\d)", page) for page in pages]


def test_cards_to_keep_are_those_of_the_whole_list(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    """However much waits, the interview in an hour is among them; a part of the list names none,
    since what is not named is let go."""
    for number in range(26):
        people.make_interview(
            alice, starts_at=now - timedelta(days=9), now=now, company=f"Company {number:02}"
        )
    soon = people.make_interview(alice, starts_at=now + timedelta(hours=1), now=now, company="Soon")
    named = f'data-offline-cards="/interviews/{soon.pk}/agreement/"'
    assert named in shown(as_alice)
    for query in ("narrow", "stage=first", "page=2"):
        page = as_alice.get(f"/today/?{query}").content.decode()
        assert 'data-offline-cards=""' in page


def test_applying_a_filter_keeps_other_choices(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get("/today/?show=decisions&span=2w&select=1&stage=first&page=2&narrow").content
    form = re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', page.decode())
    chosen = {name: value for name, value in form if name in ("show", "span", "select", "stage")}
    assert chosen == {"show": "decisions", "span": "2w", "select": "1"}


def test_with_only_old_interviews_nothing_is_awaited(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(
        interview, now=now, kind="refusal", known_at=interview.ends_at + timedelta(minutes=1)
    )
    # At an hour for letters, its feedback would be asked for today.
    over = {"step": "done", "step_due_at": None, "step_expires_at": None}
    Interview.objects.update(starts_at=now - timedelta(days=40), **over)
    Result.objects.update(known_at=now - timedelta(days=39))
    page = shown(as_alice)
    assert "You’re not waiting for an answer." in page
    assert "Nothing to wait for yet" not in page
