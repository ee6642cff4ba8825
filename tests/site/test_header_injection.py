"""No name or subject becomes a header, another recipient, or another line of a file, even if no
form would have accepted it."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from icalendar import Calendar

from accounts.models import User
from coaching import coaches, coachings, requests
from coaching.coachings import Terms
from integrations.feed_address import create_feed
from interviews.models import (
    Candidate,
    Coaching,
    CoachingRequest,
    Interlocutor,
    Interview,
    Mail,
    Organisation,
)
from reminders.compose import MailContent, compose
from reminders.mime import message_bytes
from tests.support.people import make_proposal, make_user
from tests.support.step_factories import reminder_of, stand

EVIL = [
    "Anna\r\nBcc: all@evil.example\r\n\r\nHello",
    "Anna\nX-Evil: 1",
    "Anna\rX-Evil: 1",
    "Anna\u2028X-Evil: 1\x85X-Evil: 2\x0bX-Evil: 3",
    "Anna\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Evil",
    "Anna\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:http://evil.example",
    'Anna"; filename="evil.exe',
    "=?utf-8?q?Bcc=3A?= all@evil.example",
    "Anna <all@evil.example>, Bcc",
    "x" * 2000,
]
SHORT = 150  # as long as any name may be
NOW = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
UNSUBSCRIBING = {"List-Unsubscribe", "List-Unsubscribe-Post"}
HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type"),
}


@pytest.fixture(params=EVIL, ids=range(len(EVIL)))
def evil(request: pytest.FixtureRequest) -> str:
    return str(request.param)[:SHORT]


@pytest.fixture
def named(alice: Candidate, evil: str) -> Interview:
    """An interview whose every name is evil, written past the forms."""
    alice.user.name = evil
    alice.user.save()
    interview = stand(alice, "call", now=NOW)
    interview.vacancy.title = interview.vacancy.company.name = evil
    interview.vacancy.save()
    interview.vacancy.company.save()
    interview.interlocutors.update(name=evil, position=evil)
    return Interview.objects.with_parties().get(pk=interview.pk)


def test_a_reminder_has_its_own_headers_and_one_recipient(named: Interview) -> None:
    reminder = reminder_of(named, now=NOW)
    content = compose([reminder], own={}, now=NOW)
    mail = Mail(recipient="alice@example.org", message_id="<1@hearback.example>")
    sent = message_from_bytes(message_bytes(mail, content), policy=default)
    assert set(sent.keys()) == HEADERS
    assert len(sent.keys()) == len(HEADERS)  # each once
    assert [each.addr_spec for each in sent["To"].addresses] == ["alice@example.org"]
    assert len(str(sent["Subject"]).splitlines()) == 1
    assert not sent.defects
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]


def coaching_mails_of(alice: Candidate, interview: Interview) -> list[Mail]:
    """One of each kind, between alice and a coach, each with alice's malicious name."""
    evil = alice.user.name
    bob = make_user("Bob", is_staff=True)
    User.objects.filter(pk=bob.pk).update(name=evil)
    Organisation.objects.create(name=evil)
    coach = coaches.make_coach(user=User.objects.get(pk=bob.pk))
    coach.organisation = Organisation.objects.get()
    coach.save()
    requests.ask_candidate(coach=coach.user, address=alice.user.email, now=NOW)
    requests.accept_request(
        request=CoachingRequest.objects.get(), candidate=alice, terms=Terms("steps"), now=NOW
    )
    make_proposal(interview, coach.user, now=NOW, words=evil.strip() or "x")
    coachings.end_coaching(coaching=Coaching.objects.get(), actor=coach.user, now=NOW)
    later = NOW + timedelta(days=1)
    made = coachings.invite_coach(
        candidate=alice, address="bob@example.org", terms=Terms("steps"), now=later
    )
    coachings.accept_invitation(coaching=made, coach=coach.user, now=later)
    return list(Mail.objects.filter(kind=Mail.Kind.COACHING))


def test_mails_of_coaching_have_their_own_headers_and_one_recipient(
    named: Interview, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"
    mails = coaching_mails_of(named.candidate, named)
    assert len(mails) == 6
    for mail in mails:
        content = MailContent(mail.subject, mail.text, mail.html)
        sent = message_from_bytes(message_bytes(mail, content), policy=default)
        assert set(sent.keys()) == HEADERS - UNSUBSCRIBING
        assert [each.addr_spec for each in sent["To"].addresses] == [mail.recipient]
        assert len(str(sent["Subject"]).splitlines()) == 1
        assert not sent.defects


def test_an_account_mail_with_a_line_in_its_subject_is_refused(alice: Candidate, evil: str) -> None:
    """Whatever a library puts there: Django writes no second line."""
    if not re.search("[\r\n]", evil):
        return
    with pytest.raises(ValueError, match="newlines"):
        EmailMessage(subject=evil, to=["alice@example.org"]).message()


def test_a_cards_file_name_and_lines(named: Interview) -> None:
    person = Interlocutor.objects.get()
    client = Client()
    client.force_login(named.candidate.user)
    answer = client.get(f"/people/{person.pk}/card.vcf")
    disposition = answer["Content-Disposition"]
    assert re.fullmatch(
        r"attachment; filename(=\"[\w-]+\.vcf\"|\*=utf-8''[\w%-]+\.vcf)", disposition
    ), disposition
    lines = re.sub(rb"\r\n ", b"", answer.content).split(b"\r\n")
    names = [re.split(rb"[;:]", line)[0] for line in lines if line]
    assert names == [b"BEGIN", b"VERSION", b"UID", b"FN", b"N", b"ORG", b"TITLE", b"TEL", b"END"]


def test_a_calendars_lines(named: Interview) -> None:
    feed = create_feed(candidate=named.candidate, now=NOW)
    coming = Interview.objects.get(pk=named.pk)
    coming.starts_at = NOW + timedelta(days=900)
    coming.place = named.vacancy.title
    coming.save()
    body = Client().get(f"/calendar/{feed.token}.ics").content
    assert b"\n" not in body.replace(b"\r\n", b"")
    unfolded = re.sub(rb"\r\n ", b"", body)
    assert not re.search(rb"(?m)^(X-EVIL|BCC|ATTACH|FN|Hello)", unfolded, re.IGNORECASE)
    calendar = Calendar.from_ical(body)
    assert len(calendar.walk("VEVENT")) == body.count(b"\r\nBEGIN:VEVENT\r\n")
    assert not any("ATTACH" in event for event in calendar.walk("VEVENT"))
