"""The agreement's form on a phone: how many taps it takes, and what it shows days later."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Agreement, Candidate, Interview
from tests.browser.conftest import Pages
from tests.browser.story import open_more
from tests.support.browser import sign_in
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def alice(running: Running) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    now = timezone.now()
    return make_interview(alice, starts_at=now - timedelta(hours=3), now=now)


@pytest.fixture
def card(running: Running, new_page: Pages, interview: Interview) -> Page:
    opened = new_page(running.url, viewport={"width": 360, "height": 740}, has_touch=True)
    sign_in(opened, interview.candidate.user)
    opened.goto(f"/interviews/{interview.pk}/agreement/")
    return opened


def test_every_question_answered_otherwise_than_proposed_is_eight_taps(
    card: Page, interview: Interview
) -> None:
    answers = {
        "Promised date": "In a week",
        "May you call if you hear nothing?": "Yes",
        "How?": "By email",
        "If you hear nothing, does that mean no?": "Yes",
        "Who will give you the answer?": "They didn’t say",
        "How will you get the answer?": "Through the recruiter",
    }
    open_more(card)
    taps = 1
    for question, answer in answers.items():
        group = card.get_by_role("group", name=question)
        group.get_by_role("radio", name=answer).tap()
        taps += 1
    expect(card.locator(".then")).to_contain_text("if you hear nothing")
    card.get_by_role("button", name="Save").tap()
    taps += 1
    card.wait_for_url(f"**/interviews/{interview.pk}/next/")
    assert taps <= 8
    made = Agreement.objects.get()
    assert (made.channel, made.may_call, made.silence_is_refusal) == ("email", "yes", True)
    assert (made.feedback_via, made.responsible) == ("recruiter", None)


def test_nothing_was_agreed_is_one_tap(card: Page, interview: Interview) -> None:
    card.get_by_role("button", name="Nothing was agreed").tap()
    card.wait_for_url(f"**/interviews/{interview.pk}/next/")
    interview.refresh_from_db()
    assert interview.nothing_agreed_at is not None


@pytest.mark.parametrize(
    ("opened_on", "days", "names"),
    [
        ("2026-11-25", ["2026-11-26", "2026-11-30", "2026-12-02"], ["Tomorrow", "Monday"]),
        ("2026-11-27", ["2026-11-30", "2026-12-02", "2026-12-04"], ["Monday", "Wednesday"]),
        ("2026-11-28", ["2026-11-30", "2026-12-02", "2026-12-07"], ["Monday", "Wednesday"]),
    ],
)
def test_an_old_card_names_its_days_anew(
    card: Page, opened_on: str, days: list[str], names: list[str]
) -> None:
    """As the form does: tests/dashboard/forms/test_agreement.py has the same days."""
    page = card.context.new_page()
    page.clock.set_fixed_time(f"{opened_on}T09:00:00Z")
    page.goto(card.url)
    # Whatever the server's day is, the device's own counts.
    radios = page.locator("input[name=due]")
    values = radios.evaluate_all("all => all.map((radio) => radio.value)")
    assert values == [*days, "other"]
    group = page.get_by_role("group", name="Promised date")
    for place, name in enumerate(names):
        day = date.fromisoformat(days[place])
        expect(group.locator("label").nth(place)).to_contain_text(name)
        expect(group.locator("label").nth(place)).to_contain_text(f"{day.day} {day:%b}")
    week = date.fromisoformat(days[2])
    expect(group.locator("label").nth(2)).to_contain_text(f"{week:%a} {week.day} {week:%b}")


def test_the_consequence_and_the_button_stay_in_sight(card: Page) -> None:
    card.get_by_role("radio", name="In a week").tap()
    expect(card.locator(".then")).to_contain_text("Call Anna Petrova on")
    expect(card.locator(".then")).to_be_in_viewport()
    expect(card.get_by_role("button", name="Save agreement")).to_be_in_viewport()


def test_a_weekend_typed_by_hand_is_said_to_be_one(card: Page) -> None:
    today = timezone.now().date()
    sunday = today + timedelta(days=13 - today.weekday())
    card.get_by_role("radio", name="Another date").tap()
    card.get_by_label("Date", exact=True).fill(sunday.isoformat())
    card.get_by_label("Date", exact=True).blur()
    expect(card.locator(".then")).to_contain_text("That’s at the weekend. We’ll look on Monday.")


def test_no_date_given_hides_the_days(card: Page, interview: Interview) -> None:
    card.get_by_role("radio", name="No date given").tap()
    expect(card.get_by_role("group", name="Promised date")).to_be_hidden()
    card.get_by_role("button", name="Save agreement").tap()
    card.wait_for_url(f"**/interviews/{interview.pk}/next/")
    assert Agreement.objects.get().due_on is None
