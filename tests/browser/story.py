"""The steps of the stories: what a candidate does in the browser and with mails."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dashboard.agreements.forms import day_choices, parse_day
from interviews.models import Candidate, Interview
from interviews.next_step import candidate_facts
from tests.browser.conftest import Pages
from tests.support.inbox import Inbox, text_of
from tests.support.running import Running
from tests.support.time_shift import pass_until_due

EMAIL = "alice@example.org"
PASSWORD = "a long enough word"
CODE = re.compile(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", re.MULTILINE)

OF_INTERVIEW = re.compile(r"/interviews/([0-9a-f-]{36})/")


@dataclass(frozen=True)
class Device:
    """The browser in which a story is played."""

    width: int
    height: int
    has_script: bool

    def __str__(self) -> str:
        return f"{self.width}-{'script' if self.has_script else 'no-script'}"

    def open(self, new_page: Pages, base_url: str) -> Page:
        return new_page(
            base_url,
            timezone_id="Europe/Berlin",
            viewport={"width": self.width, "height": self.height},
            java_script_enabled=self.has_script,
        )


def on(*devices: Device) -> pytest.MarkDecorator:
    """Each story is played at both widths and with and without JavaScript; the two stories of the
    article together in all four combinations, since a device more costs ten seconds."""
    return pytest.mark.parametrize("device", devices, ids=str)


PHONE, BARE_PHONE = (Device(360, 780, has_script) for has_script in (True, False))
DESK, BARE_DESK = (Device(1280, 900, has_script) for has_script in (True, False))


def sign_up(page: Page, inbox: Inbox, device: Device) -> Candidate:
    page.goto("/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    if device.has_script:  # the browser's own zone is suggested
        expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    else:
        page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Create account").click()
    found = CODE.search(text_of(inbox.take(to=EMAIL)))
    assert found is not None
    page.get_by_label("Code").fill(found.group(1))
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile("/today/$"))
    return Candidate.objects.get(user__email=EMAIL)


def add_interview(page: Page, starts_at: datetime, *, company: str, title: str) -> Interview:
    """Add an interview, with Anna Petrova as the recruiter."""
    sections = page.get_by_role("navigation", name="Sections")
    sections.get_by_role("link", name="Add interview").click()
    page.get_by_label("Position", exact=True).fill(title)
    page.get_by_label("Company", exact=True).fill(company)
    page.get_by_label("Day", exact=True).fill(f"{starts_at:%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill(f"{starts_at:%H:%M}")
    page.locator("[name=people-0-name]").fill("Anna Petrova")
    page.locator("[name=people-0-phone]").fill("+49 30 901820")
    page.get_by_role("button", name="Save interview").click()
    page.wait_for_url(OF_INTERVIEW)
    found = OF_INTERVIEW.search(page.url)
    assert found is not None
    return Interview.objects.get(pk=found.group(1))


def choose(page: Page, question: str, answer: str) -> None:
    """One of the large choices under a question."""
    group = page.get_by_role("group", name=question)
    group.get_by_role("radio", name=re.compile(rf"^{re.escape(answer)}\b", re.IGNORECASE)).check()


def open_more(page: Page) -> None:
    """The agreement's seldom answered questions."""
    page.get_by_text("More details").click()


def days_offered(interview: Interview) -> list[date]:
    """The days that the agreement's form offers today."""
    today = timezone.now().astimezone(interview.candidate.zone).date()
    working = candidate_facts(interview.candidate).calendar
    return [day for value, _ in day_choices(today, working) if (day := parse_day(value))]


def next_mail(
    running: Running, interview: Interview, *, subject: str, at_once: int = 1
) -> EmailMessage:
    """Let days pass, in steps of this many, until the next step is due, and wait for its
    reminder."""
    pass_until_due(interview.candidate, interview, at_once=at_once)
    return running.inbox.take(to=EMAIL, subject=subject)


def open_link(page: Page, message: EmailMessage, label: str) -> None:
    """Follow the link with this label in the mail's text."""
    found = re.search(rf"^{re.escape(label)}: (\S+)", text_of(message), re.MULTILINE)
    assert found is not None, text_of(message)
    page.goto(found.group(1))
    expect(page.get_by_role("heading", level=1)).to_have_text(label)


def confirm(page: Page) -> None:
    """The button has the action's name, as the heading does."""
    label = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("main").get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")
