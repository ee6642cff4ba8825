"""What follows an interview, with and without JavaScript: the call, the letter, the offer."""

import re
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from interviews.models import Candidate, Interlocutor, Interview
from interviews.services.vacancies import rate_vacancy
from tests.browser.conftest import Pages
from tests.browser.story import choose
from tests.support.browser import sign_in
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_interview,
    make_result,
    make_user,
)
from tests.support.running import Running

WITH_AND_WITHOUT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def alice(running: Running) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture
def late(alice: Candidate, now: datetime) -> Interview:
    """Promised ten days ago: it is time to call."""
    starts = now - timedelta(days=20)
    row = make_interview(alice, starts_at=starts, now=starts)
    make_agreement(row, now=now, due_on=(now - timedelta(days=10)).date(), may_call="yes")
    return row


@WITH_AND_WITHOUT
def test_each_outcome_of_a_call_is_one_tap(
    running: Running, new_page: Pages, late: Interview, *, script: bool
) -> None:
    page = new_page(running.url, java_script_enabled=script)
    sign_in(page, late.candidate.user)
    call = f"/interviews/{late.pk}/call/"

    page.goto(call)
    page.get_by_role("button", name="No answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call logged: no answer")
    page.get_by_role("button", name="I left a message").click()
    page.wait_for_url(f"**/interviews/{late.pk}/")
    assert late.contacts.get().notes == "I left a voicemail."

    page.goto(call)
    page.get_by_role("button", name="They gave a new date").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you agree on this time?")
    assert late.contacts.count() == 2

    page.goto(call)
    page.get_by_role("button", name="I just missed their call").click()
    expect(
        page.get_by_text("Missed call logged. Here’s what to say when you call back.")
    ).to_be_visible()
    expect(page).to_have_url(re.compile("/call/$"))
    assert late.contacts.count() == 3

    page.get_by_role("button", name="They’ve decided").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Record result")
    expect(page.locator("[name=via]:checked")).to_have_value("phone")


def test_how_it_went_is_asked_beside_the_words_or_right_below_them(
    running: Running, new_page: Pages, late: Interview
) -> None:
    page = new_page(running.url, viewport={"width": 1280, "height": 800})
    sign_in(page, late.candidate.user)
    page.goto(f"/interviews/{late.pk}/call/")
    expect(page.get_by_role("button", name="They’ve decided")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 360, "height": 780})
    last = page.get_by_role("button", name="They’ve decided").bounding_box()
    folded = page.get_by_text("If you reach voicemail").bounding_box()
    assert last is not None
    assert folded is not None
    assert last["y"] < folded["y"]


@WITH_AND_WITHOUT
def test_an_offer_is_accepted_and_the_others_are_let_go(
    running: Running, new_page: Pages, alice: Candidate, now: datetime, *, script: bool
) -> None:
    starts = now - timedelta(days=3)
    offered = make_interview(alice, starts_at=starts, now=now)
    waiting = make_interview(alice, starts_at=starts, now=now, company="Cedar", title="Planner")
    kept = make_interview(alice, starts_at=starts, now=now, company="Dune", title="Lead")
    page = new_page(running.url, java_script_enabled=script)
    sign_in(page, alice.user)
    page.goto(f"/interviews/{offered.pk}/result/")
    choose(page, "How did it end?", "They made an offer")
    page.get_by_label("Your answer is due").fill((now + timedelta(days=5)).date().isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your answer is due by")
    page.get_by_role("button", name="I accepted").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdraw from other positions?")
    page.get_by_role("checkbox", name="Lead, Dune").uncheck()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("link", name="Write to withdraw")).to_have_count(1)
    for row in (offered, waiting, kept):
        row.refresh_from_db()
    assert offered.result.offer_answer == "accepted"
    assert waiting.result.kind == "withdrawn"
    assert not hasattr(kept, "result")


def test_the_letter_opens_as_it_was_edited(
    running: Running, new_page: Pages, late: Interview
) -> None:
    page = new_page(running.url)
    sign_in(page, late.candidate.user)
    page.goto(f"/interviews/{late.pk}/letter/")
    page.get_by_label("Subject").fill("How & when?")
    page.get_by_label("Letter", exact=True).fill("Dear Anna Petrova,\nmay I ask?")
    link = page.get_by_role("link", name="Open in email app")
    address = link.get_attribute("href") or ""
    assert "%0D%0A" in address
    told = unquote(address)
    assert "subject=How & when?&body=Dear Anna Petrova,\r\nmay I ask?" in told


def test_the_letter_opens_to_whom_is_chosen(
    running: Running, new_page: Pages, late: Interview
) -> None:
    for name, email in (("Ben Naso", "ben+hr@acme.example"), ("Cy Ode", "")):
        Interlocutor.objects.create(
            candidate=late.candidate, company=late.vacancy.company, name=name, email=email
        )
    page = new_page(running.url)
    sign_in(page, late.candidate.user)
    page.goto(f"/interviews/{late.pk}/letter/")
    link = page.get_by_role("link", name="Open in email app")
    for name, address in (
        ("Ben Naso", "ben%2Bhr@acme.example"),
        ("Cy Ode", ""),
        ("No one in particular", ""),
    ):
        page.get_by_label("To", exact=True).select_option(name)
        expect(link).to_have_attribute(
            "href", re.compile(rf"^mailto:{re.escape(address)}\?subject=.")
        )


@WITH_AND_WITHOUT
def test_a_letter_in_own_words_is_kept(
    running: Running, new_page: Pages, late: Interview, *, script: bool
) -> None:
    page = new_page(running.url, java_script_enabled=script)
    sign_in(page, late.candidate.user)
    page.goto(f"/interviews/{late.pk}/letter/")
    page.get_by_label("Letter", exact=True).fill("Dear Anna Petrova,\nmy own words.")
    page.get_by_text("Your template", exact=True).click()
    page.get_by_role("button", name="Save as template").click()
    expect(page.get_by_role("button", name="Delete template")).to_be_visible()
    expect(page.get_by_label("Letter", exact=True)).to_have_value(
        "Dear Anna Petrova,\nmy own words."
    )
    assert late.candidate.own_letters.get().body == "Dear {person},\nmy own words."
    page.get_by_role("button", name="Delete template").click()
    expect(page.get_by_label("Letter", exact=True)).to_have_value(re.compile("Thank you again"))


def test_the_proposal_is_shown_while_the_candidate_chooses(
    running: Running, new_page: Pages, late: Interview
) -> None:
    page = new_page(running.url)
    sign_in(page, late.candidate.user)
    page.goto(f"/interviews/{late.pk}/weigh/")
    choose(page, "The work", "5")
    choose(page, "The pay", "2")
    expect(page.get_by_text("Overall: 4 of 5.")).to_be_visible()
    choose(page, "How attractive is it?", "2")
    expect(page.get_by_text("Your own rating of 2 counts.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 360])
def test_long_names_keep_within_a_small_screen(
    running: Running, new_page: Pages, alice: Candidate, now: datetime, width: int
) -> None:
    name, starts = "Donaudampfschiff" * 9, now - timedelta(days=20)
    people = ((name, "recruiter"),)
    row = make_interview(
        alice, starts_at=starts, now=starts, company=name, title=name, people=people
    )
    make_result(row, now=now, kind="offer", offer_answer="accepted", feedback=name)
    other = make_interview(alice, starts_at=starts, now=starts, company=f"{name} 2", title=name)
    refused = make_interview(alice, starts_at=starts, now=starts, company=f"{name} 3", title=name)
    make_result(refused, now=now, competences=[name[:120]], recommended_to=f"{name}, {name[:90]}")
    for each in (row, other):
        rate_vacancy(vacancy=each.vacancy, attractiveness=3, desire=3, now=now)
    page = new_page(running.url, viewport={"width": width, "height": 740})
    sign_in(page, alice.user)
    paths = [f"{row.pk}/{page}/" for page in ("offer", "withdraw", "weigh", "questions", "letter")]
    paths += [f"{refused.pk}/result/", f"{refused.pk}/result/next/", f"{other.pk}/call/"]
    for path in paths:
        page.goto(f"/interviews/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
