"""Mails for Outlook's engine and dark programs, judged by the final HTML."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from pytest_django import Settings

from interviews.models import Candidate, Mail, Reminder
from reminders.compose import compose
from reminders.mail_html import html_of_text
from reminders.outbox import OutboxBackend
from tests.support.step_factories import MAKERS, reminder_of, stand

# What Word's engine does not draw, or draws wrongly.
UNKNOWN_TO_WORD = re.compile(
    r"display:\s*(flex|grid|inline-flex)|background-image|url\(|position:|float:|"
    r"max-height:(?!0)|rem\b|calc\(|var\("
)
PARAGRAPHS = {"p", "h1"}
TABLE_NEEDS = {"role", "cellpadding", "cellspacing", "border"}


class Mailed(HTMLParser):
    """The elements of a mail in order, each with its attributes and its open ancestors."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[tuple[str, dict[str, str]]]]] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given, list(self._open)))
        if tag not in ("meta", "br"):
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def all(self, tag: str) -> list[dict[str, str]]:
        return [given for name, given, _within in self.elements if name == tag]


def faults_of(html: str) -> list[str]:
    mailed = Mailed(html)
    found = [f"loads something: <{tag}>" for tag in ("img", "link", "script") if mailed.all(tag)]
    for tag, given, within in mailed.elements:
        style = given.get("style", "")
        if UNKNOWN_TO_WORD.search(style):
            found.append(f"unknown to Word: <{tag} {style}>")
        if tag == "table" and not set(given) >= TABLE_NEEDS:
            found.append(f"a table without {TABLE_NEEDS - set(given)}")
        if tag in PARAGRAPHS and not ("color:" in style and "font-size:" in style):
            found.append(f"no colour or size of its own: <{tag} {style}>")
        if tag == "a" and "color:" not in style:
            found.append(f"a link in the program's own colour: {given}")
        if tag == "a" and "text-decoration:none" in style.replace(" ", ""):
            parent, cell = within[-1]
            if parent != "td" or "padding" not in cell.get("style", ""):
                found.append(f"a button that is no cell: {given}")
    if not any(given.get("width") == "100%" for given in mailed.all("table")):
        found.append("no width as an attribute")
    sheet = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    if sheet is None or "prefers-color-scheme: dark" not in sheet[1]:
        found.append("nothing for the dark")
    return found


@pytest.fixture
def reminders(alice: Candidate) -> list[Reminder]:
    now = timezone.now()
    rows = [stand(alice, step, now=now, company=f"Acme {step}") for step in MAKERS]
    return [reminder_of(row, now=now) for row in rows]


def test_a_reminder_of_every_step(reminders: list[Reminder]) -> None:
    html = compose(reminders, own={}, now=timezone.now()).html
    assert faults_of(html) == []
    assert html.count("<h1") == len(MAKERS)


def test_every_mail_about_the_account(db: None) -> None:
    """They are written as text, and their HTML is made of it on the way to the outbox."""
    text = "Enter this code to sign in:\n\n    ABC-DEF\n\nOr open http://localhost:8000/x here."
    OutboxBackend().send_messages([EmailMessage("Sign in", text, to=["alice@example.org"])])
    html = Mail.objects.get().html
    assert faults_of(html) == []
    assert re.search(r'<td class="code"[^>]*>ABC-DEF</td>', html)
    assert 'href="http://localhost:8000/x"' in html
    assert "Enter this code to sign in:" in html


def test_names_and_text_stay_text(db: None) -> None:
    html = html_of_text("<b>Bold</b>", "<script>alert(1)</script>\n\n    <i>\n\nمرحبا 🙂")
    assert not {"b", "script", "i"} & {tag for tag, _given, _within in Mailed(html).elements}
    assert "مرحبا 🙂" in html


def test_the_checks_find_what_they_are_for() -> None:
    """The sheet as it is written, before it is put into the elements, fails them."""
    raw = render_to_string("emails/account.html", {"subject": "x", "parts": []})
    assert any("no colour or size" in fault for fault in faults_of(raw))
    assert faults_of("<img src='https://x'><table><tr><td style='display:flex'>") != []


def test_a_list_of_programs_previews_the_reason(reminders: list[Reminder]) -> None:
    """What programs show beside the subject is the sentence, not the product's name."""
    now = timezone.now() + timedelta(minutes=1)
    html = compose(reminders, own={}, now=now).html
    body = html[html.index("<body") :]
    assert re.match(r'<body[^>]*>\s*<div class="ahead"[^>]*>Your interview with Anna ', body)


def test_what_somebody_is_called_is_no_link(settings: Settings) -> None:
    settings.BASE_URL = "https://hearback.example"
    own = "https://hearback.example/coaching/invitation/abc/"
    others = (
        "evil.example https://evil.example/ https://hearback.example.evil.example/ a@evil.example"
    )
    html = html_of_text("Asked", f"Sign in anew at {others} asks you.\n\n{own}")
    assert re.findall(r'href="([^"]+)"', html) == [own]
