"""Each page works without JavaScript, and with it without whole-page reloads."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from interviews.models import Candidate, Interview
from interviews.services.vacancies import rate_vacancy
from tests.browser.conftest import Pages
from tests.browser.story import OF_INTERVIEW, add_interview, choose, open_more
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


def test_the_card_without_javascript(
    running: Running, new_page: Pages, interview: Interview
) -> None:
    page = new_page(running.url, java_script_enabled=False)
    sign_in(page, interview.candidate.user)
    page.goto(f"/interviews/{interview.pk}/agreement/")
    choose(page, "Promised date", "In a week")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("promised an answer")
    assert interview.agreements.count() == 1


def test_quick_add_without_javascript(running: Running, new_page: Pages, alice: Candidate) -> None:
    page = new_page(running.url, java_script_enabled=False)
    sign_in(page, alice.user)
    page.goto("/today/")
    starts = timezone.now().astimezone(alice.zone) + timedelta(days=3)
    added = add_interview(page, starts, company="Cedar", title="Team lead")
    assert added.interlocutors.get().name == "Anna Petrova"


def test_pages_are_exchanged_without_a_reload(
    running: Running, new_page: Pages, interview: Interview
) -> None:
    page = new_page(running.url)
    sign_in(page, interview.candidate.user)
    page.goto("/today/")
    page.evaluate("window.sameDocument = true")
    for section in ("Interviews", "Contacts", "Settings", "Today"):
        page.get_by_role("link", name=section, exact=True).click()
        expect(page.get_by_role("link", name=section, exact=True)).to_have_attribute(
            "aria-current", "page"
        )
    page.get_by_role("link", name="Record agreement").click()
    choose(page, "Promised date", "In a week")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/interviews/{interview.pk}/next/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("promised an answer")
    expect(page.locator("#messages")).to_contain_text("If you hear nothing, we’ll email you on")
    assert page.evaluate("window.sameDocument") is True


def test_what_was_typed_wrongly_is_kept_and_said_beside_it(
    running: Running, new_page: Pages, interview: Interview, watch: "object"
) -> None:
    watch.allow(r"status of 422")  # type: ignore[attr-defined]
    page = new_page(running.url)
    sign_in(page, interview.candidate.user)
    page.goto(f"/interviews/{interview.pk}/agreement/")
    choose(page, "Promised date", "Another date")
    page.get_by_label("Date", exact=True).fill("2020-01-01")
    open_more(page)
    page.get_by_label("Promised time").fill("10:15")
    page.get_by_role("button", name="Save").click()
    expect(
        page.get_by_text("Choose the date you agreed on this, or a later one.").first
    ).to_be_visible()
    expect(page.get_by_label("Promised time")).to_have_value("10:15")
    assert not interview.agreements.exists()


def test_a_double_click_records_once(
    running: Running, new_page: Pages, interview: Interview
) -> None:
    page = new_page(running.url, java_script_enabled=False)
    sign_in(page, interview.candidate.user)
    page.goto(f"/interviews/{interview.pk}/agreement/")
    choose(page, "Promised date", "In a week")
    page.get_by_role("button", name="Save").dblclick(no_wait_after=True)
    page.wait_for_url(f"**/interviews/{interview.pk}/next/")
    assert interview.agreements.count() == 1


def test_the_first_interview_by_keyboard_alone(
    running: Running, new_page: Pages, alice: Candidate
) -> None:
    page = new_page(running.url)
    sign_in(page, alice.user)
    page.goto("/today/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.goto("/interviews/new/")
    expect(page.get_by_label("In one line")).to_be_focused()
    _tab_to(page, page.get_by_label("Company", exact=True))
    page.keyboard.type("Dune")
    _tab_to(page, page.get_by_label("Position", exact=True))
    page.keyboard.type("Analyst")
    page.get_by_label("Day", exact=True).fill("2030-05-06")
    page.get_by_label("Time", exact=True).fill("10:00")
    _tab_to(page, page.get_by_role("button", name="Save interview"))
    page.keyboard.press("Enter")
    page.wait_for_url(OF_INTERVIEW)
    assert Interview.objects.get().vacancy.title == "Analyst"


def _tab_to(page: Page, target: "object", most: int = 60) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse would."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):  # type: ignore[attr-defined]
            return
    raise AssertionError(f"{target} cannot be reached with the Tab key")


def test_the_demo_has_a_page_for_every_state(running: Running, new_page: Pages) -> None:
    call_command("load_demo", verbosity=0)
    mara = Candidate.objects.get(user__email="mara@hearback.example")
    page = new_page(running.url)
    sign_in(page, mara.user)
    page.goto("/today/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for row in mara.interviews.all():
        page.goto(f"/interviews/{row.pk}/")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page).to_have_title(re.compile("Hearback"))


def test_only_what_applies_is_asked(
    running: Running, new_page: Pages, interview: Interview
) -> None:
    page = new_page(running.url)
    sign_in(page, interview.candidate.user)
    page.goto(f"/interviews/{interview.pk}/agreement/")
    open_more(page)
    for question in (
        "May you call if you hear nothing?",
        "If you hear nothing, does that mean no?",
    ):
        expect(page.get_by_role("group", name=question)).to_be_visible()
    choose(page, "Who will get in touch?", "I’ll contact them")
    for question in (
        "May you call if you hear nothing?",
        "If you hear nothing, does that mean no?",
    ):
        expect(page.get_by_role("group", name=question)).to_be_hidden()
    page.goto(f"/interviews/{interview.pk}/contact/")
    for kind, is_asked in {"I followed up": True, "I missed their call": False}.items():
        choose(page, "What happened?", kind)
        expect(page.get_by_role("group", name="How?")).to_be_visible(visible=is_asked)


def test_a_long_name_keeps_within_a_small_screen(
    running: Running, new_page: Pages, alice: Candidate
) -> None:
    now, name = timezone.now(), "Donaudampfschiff" * 9
    starts = now - timedelta(days=20)
    row = make_interview(
        alice, starts_at=starts, now=starts, company=name, title=name, people=((name, "recruiter"),)
    )
    other = make_interview(alice, starts_at=starts, now=starts, company=f"{name} 2", title=name)
    rate_vacancy(vacancy=other.vacancy, attractiveness=3, desire=3, now=now)
    page = new_page(running.url, viewport={"width": 360, "height": 740})
    sign_in(page, alice.user)
    of_row = [f"/interviews/{row.pk}/{name}" for name in ("", "call/", "letter/", "weigh/")]
    of_row += [f"/interviews/{row.pk}/{name}" for name in ("agreement/", "contact/", "edit/")]
    person = f"/people/{row.interlocutors.get().pk}/"
    for path in ("/today/", "/interviews/", "/interviews/new/", "/people/", person, *of_row):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
