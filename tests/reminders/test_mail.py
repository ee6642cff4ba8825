"""The content of a reminder mail, as it arrives over SMTP."""

import re
from datetime import timedelta
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from interviews.models import Candidate, Interlocutor, Interview, Mail, Reminder
from interviews.services import candidates, own_letters
from reminders.compose import compose, own_letters_of
from reminders.signed_links import read_action, read_unsubscribe
from tests.reminders.conftest import NOW, Send
from tests.support.inbox import links_of, text_of
from tests.support.step_factories import reminder_of, stand

# Section 5 of the specification: what a mail's links do, by step.
OFFERED = {
    "prepare": [],
    "fix_agreement": ["agreed", "nothing-agreed"],
    "weigh": ["weigh"],
    "call": ["answered", "called", "tomorrow"],
    "write": ["answered", "wrote", "tomorrow"],
    "assume_refusal": ["answered", "close", "wait-on"],
    "close": ["answered", "close", "wait-on"],
    "let_go": ["answered", "close", "wait-on"],
    "recontact": ["done", "later"],
}
SUBJECTS = {
    "prepare": "Prepare for Anna Petrova (Acme)",
    "fix_agreement": "Record what you agreed with Anna Petrova (Acme)",
    "weigh": "Decide if Acme is worth a call",
    "call": "Call Anna Petrova (Acme) today",
    "write": "Write to Anna Petrova (Acme) today",
    "assume_refusal": "Count Acme as a no",
    "close": "Close the wait for Acme",
    "let_go": "Close the wait for Acme",
    "recontact": "Get in touch with Anna Petrova (Acme) again",
}


class Page(HTMLParser):
    """The addresses and the words of an HTML mail."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def html_of(message: EmailMessage) -> Page:
    part = message.get_body(("html",))
    assert part is not None
    return Page(part.get_content())


def actions_in(addresses: list[str]) -> list[str]:
    """The action of each signed link, in order."""
    tokens = [re.fullmatch(r"https://hearback\.example/act/(.+)/", url) for url in addresses]
    read = [read_action(found[1]) for found in tokens if found]
    return [each[1] for each in read if each is not None]


def only(messages: list[EmailMessage]) -> EmailMessage:
    assert len(messages) == 1, [str(each["Subject"]) for each in messages]
    return messages[0]


@pytest.mark.parametrize("step", OFFERED)
def test_each_step_has_its_subject_and_its_links(alice: Candidate, post: Send, step: str) -> None:
    interview = stand(alice, step, now=NOW)
    message = only(post())
    assert message["Subject"] == SUBJECTS[step]
    assert message["To"] == "alice@example.org"
    assert actions_in(links_of(message)) == OFFERED[step]
    assert actions_in(html_of(message).hrefs) == OFFERED[step]
    whole = f"https://hearback.example/interviews/{interview.pk}/"
    assert whole in links_of(message)
    assert whole in html_of(message).hrefs


def test_a_call_has_the_reason_the_number_and_the_words(promised: Interview, post: Send) -> None:
    message = only(post())
    page = html_of(message)
    for said in (
        "Anna Petrova promised an answer by Friday 20 November. It’s Monday, and calling is "
        "welcome.",
        "+49 30 901820",
        "Hello, this is Alice. When we met on Monday 16 November about the Product analyst "
        "position, I was told to expect an answer by Friday 20 November",
        "You could say:",
    ):
        assert said in text_of(message)
        assert said in page.words
    assert "tel:+4930901820" in page.hrefs


def test_numbers_as_they_were_typed_and_as_they_are_dialled(
    promised: Interview, post: Send
) -> None:
    Interlocutor.objects.update(phone="+49 (0)30 5550012; +1 202 555 0143 x12")
    message = only(post())
    assert {"tel:+49305550012", "tel:+12025550143;ext=12"} <= set(html_of(message).hrefs)
    assert "Phone: +49 (0)30 5550012; +1 202 555 0143 x12" in text_of(message)


def test_a_letter_is_to_be_written_not_said(alice: Candidate, post: Send) -> None:
    stand(alice, "write", now=NOW)
    message = only(post())
    assert "You could write:" in text_of(message)
    assert "You could say:" not in text_of(message) + html_of(message).words
    assert "+49 30" not in text_of(message)


def test_the_html_is_a_whole_page_that_loads_nothing(promised: Interview, post: Send) -> None:
    message = only(post())
    part = message.get_body(("html",))
    assert part is not None
    html = part.get_content()
    assert '<html lang="en">' in html
    assert "<title>Call Anna Petrova (Acme) today</title>" in html
    assert not {"img", "script", "link", "iframe"} & set(html_of(message).tags)


def test_headers(alice: Candidate, promised: Interview, post: Send) -> None:
    message = only(post())
    mail = Mail.objects.get()
    assert message["Message-ID"] == mail.message_id == f"<{mail.pk}@hearback.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # As it came over the wire: folded at most, not an encoded word that nobody would read.
    header = str(dict(message.raw_items())["List-Unsubscribe"])
    found = re.fullmatch(r"\s*<https://hearback\.example/unsubscribe/([^/\s]+)/>", header)
    assert found is not None
    assert read_unsubscribe(found[1]) == alice.pk
    assert message["Auto-Submitted"] == "auto-generated"
    assert (mail.state, mail.subject) == ("sent", message["Subject"])
    # Noted when the server had it, which is after the claim; its links are not kept.
    assert mail.sent_at is not None
    assert NOW < mail.sent_at < NOW + timedelta(minutes=1)
    assert (mail.text, mail.html) == ("", "")
    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.sent_at, reminder.mail_id) == ("sent", mail.sent_at, mail.pk)


def test_several_steps_of_one_candidate_are_one_mail(
    alice: Candidate, charlie: Candidate, post: Send
) -> None:
    for step, company in (("call", "Acme"), ("write", "Bolt"), ("close", "Cedar")):
        stand(alice, step, now=NOW, company=company)
    stand(charlie, "call", now=NOW, company="Dune")
    messages = {str(each["To"]): each for each in post(now=NOW + timedelta(hours=6))}
    assert set(messages) == {"alice@example.org", "charlie@example.org"}
    of_alice = messages["alice@example.org"]
    assert of_alice["Subject"] == "Call Anna Petrova (Acme) today, and 2 more"
    assert text_of(of_alice).count("Open interview:") == 3
    assert "You could" not in text_of(of_alice)  # drafts are behind the links
    assert "Dune" not in text_of(of_alice)
    assert Reminder.objects.filter(mail__recipient="alice@example.org").count() == 3


SATURDAY = NOW + timedelta(days=5, hours=3)


def test_a_mail_on_saturday_begins_with_what_can_be_done_then(alice: Candidate) -> None:
    rows = [stand(alice, step, now=NOW, company=step.title()) for step in ("call", "write")]
    reminders = [reminder_of(row, now=NOW) for row in rows]
    mail = compose(reminders, own={}, now=SATURDAY)
    assert mail.subject.startswith("Write to Anna Petrova (Write) today")
    assert "Call Anna Petrova on Monday from 10:00" in mail.text
    assert "Call on Monday from 10:00." in mail.text
    assert "calling is welcome" not in mail.text
    assert mail.text.index("Write to Anna") < mail.text.index("Call Anna")
    alone = compose(reminders[:1], own={}, now=SATURDAY)
    assert alone.subject.startswith("Call Anna Petrova (Call) on Monday")


@pytest.mark.parametrize(
    ("count", "more"), [(2, ""), (3, "And 1 more step."), (5, "And 3 more steps.")]
)
def test_no_more_than_so_many_are_written_out(
    alice: Candidate, post: Send, settings: Settings, count: int, more: str
) -> None:
    settings.MAIL_STEPS_MAX = 2
    for number in range(count):
        stand(alice, "call", now=NOW, company=f"Company {number}")
    message = only(post())
    assert text_of(message).count("Open interview:") == 2
    said = re.findall(r"And .* more .*\.", text_of(message))
    assert said == ([more] if more else [])
    assert more in html_of(message).words
    assert Reminder.objects.filter(state="sent").count() == count


def test_twenty_are_written_out(settings: Settings) -> None:
    assert settings.MAIL_STEPS_MAX == 20


@pytest.mark.parametrize(
    ("count", "subject"),
    [(1, "Hearback: 1 thing to do today"), (2, "Hearback: 2 things to do today")],
)
def test_a_discreet_subject_names_nobody(
    alice: Candidate, post: Send, count: int, subject: str
) -> None:
    alice.has_discreet_subjects = True
    candidates.change_settings(candidate=alice, now=NOW - timedelta(days=30))
    for number in range(count):
        stand(alice, "call", now=NOW, company=f"Company {number}")
    assert only(post())["Subject"] == subject


def test_names_are_text_in_html(alice: Candidate, post: Send) -> None:
    stand(alice, "call", now=NOW, company="<b>A&B</b>", people=(("Eve <i>", "recruiter"),))
    message = only(post())
    assert message["Subject"].startswith("Call Eve <i> (<b>A&B</b>) today")
    assert not {"b", "i"} & set(html_of(message).tags)
    assert "<b>A&B</b>" in text_of(message)


def test_a_name_with_line_breaks_breaks_no_header(alice: Candidate, post: Send) -> None:
    stand(alice, "call", now=NOW, company="Acme\r\nBcc: charlie@example.org")
    message = only(post())
    assert message["Subject"].startswith("Call Anna Petrova (Acme Bcc: charlie@example.org) today")
    assert message["Bcc"] is None
    assert Mail.objects.get().state == "sent"


def test_the_longest_names_fit_into_the_outbox(alice: Candidate, post: Send) -> None:
    stand(alice, "call", now=NOW, company="C" * 200, people=(("P" * 150, "recruiter"),))
    message = only(post())
    assert Mail.objects.get().state == "sent"
    assert len(str(message["Subject"]).strip()) == Mail.SUBJECT_MAX


def test_names_in_other_scripts_arrive_as_written(alice: Candidate, post: Send) -> None:
    stand(alice, "call", now=NOW, company="株式会社", people=(("Ольга Іваненко", "recruiter"),))
    message = only(post())
    assert "Ольга Іваненко (株式会社)" in str(message["Subject"])
    assert "Ольга Іваненко" in text_of(message)


def test_a_letter_in_own_words(post: Send, alice: Candidate) -> None:
    """With what changes filled in; and of another occasion not at all."""
    texts = {
        "may_not_call": "Dear {person} of {company}, about {position}: {what now}?",
        "thanks": "Never shown",
    }
    for occasion, body in texts.items():
        own_letters.keep_letter(candidate=alice, occasion=occasion, subject="", body=body, now=NOW)
    stand(alice, "write", now=NOW)
    (mail,) = post()
    own = "Dear Anna Petrova of Acme, about Product analyst: {what now}?"
    assert own in text_of(mail)
    assert own in html_of(mail).words
    assert "Never shown" not in text_of(mail)


def test_own_letters_cost_one_query_for_all_mails(alice: Candidate) -> None:
    """And none where no mail has a letter in it."""

    def asked(count: int, step: str) -> int:
        rows = [stand(alice, step, now=NOW, company=f"{step} {n} of {count}") for n in range(count)]
        reminders = [reminder_of(row, now=NOW) for row in rows]
        with CaptureQueriesContext(connection) as captured:
            compose(reminders, own=own_letters_of(reminders), now=NOW)
        return sum("interviews_ownletter" in query["sql"] for query in captured)

    assert asked(1, "write") == asked(4, "write") == 1
    assert asked(1, "call") == 0
