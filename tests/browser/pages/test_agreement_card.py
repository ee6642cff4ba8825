"""The agreement's form on a phone: how many taps it takes, and what it shows days later."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Agreement, Candidate, Interview
from tests.browser.conftest import Pages
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
        "When will you hear back?": "In a week",
        "Who will get in touch?": "They’ll contact me",
        "How?": "By e-mail",
        "May you call if you hear nothing?": "Yes",
        "If you hear nothing, does that mean no?": "Yes",
        "Who will give you the answer?": "They didn’t say",
        "How will you get the answer?": "Through the recruiter",
    }
    taps = 0
    for question, answer in answers.items():
        group = card.get_by_role("group", name=question)
        group.get_by_role("radio", name=answer).tap()
        taps += 1
    expect(card.locator(".then")).to_contain_text("if nothing has come")
    card.get_by_role("button", name="Save").tap()
    taps += 1
    card.wait_for_url(f"**/interviews/{interview.pk}/")
    assert taps <= 8
    made = Agreement.objects.get()
    assert (made.channel, made.may_call, made.silence_is_refusal) == ("email", "yes", True)
    assert (made.feedback_via, made.responsible) == ("recruiter", None)


def test_nothing_was_agreed_is_one_tap(card: Page, interview: Interview) -> None:
    card.get_by_role("button", name="Nothing was agreed").tap()
    card.wait_for_url(f"**/interviews/{interview.pk}/")
    interview.refresh_from_db()
    assert interview.nothing_agreed_at is not None


@pytest.mark.parametrize(
    ("opened_on", "days", "weekday"),
    [
        ("2026-11-25", ["2026-11-26", "2026-11-27", "2026-12-02"], "Friday"),
        ("2026-11-26", ["2026-11-27", "2026-11-30", "2026-12-03"], "Monday"),
        ("2026-11-27", ["2026-11-28", "2026-11-30", "2026-12-04"], "Monday"),
        ("2026-11-28", ["2026-11-29", "2026-12-04", "2026-12-05"], "Friday"),
    ],
)
def test_an_old_card_names_its_days_anew(
    card: Page, opened_on: str, days: list[str], weekday: str
) -> None:
    """As the form does: tests/dashboard/forms/test_agreement.py has the same days."""
    page = card.context.new_page()
    page.clock.set_fixed_time(f"{opened_on}T09:00:00Z")
    page.goto(card.url)
    # Whatever the server's day is, the device's own counts.
    radios = page.locator("input[name=due]")
    values = radios.evaluate_all("all => all.map((radio) => radio.value)")
    assert values == [*days, "none", "other"]
    group = page.get_by_role("group", name="When will you hear back?")
    middle = date.fromisoformat(days[1])
    expect(group.locator("label").nth(1)).to_contain_text(weekday)
    expect(group.locator("label").nth(1)).to_contain_text(f"{middle.day} {middle:%b}")
