"""A mail's headers, as bytes."""

from email import message_from_bytes
from email.policy import default

import pytest

from interviews.models import Mail
from reminders.compose import MailContent
from reminders.mime import message_bytes

SHORT = "anna@example.org"
SUBJECTS = {
    "short": "Call Anna Petrova (Acme) today",
    "many words": "Call Anna Petrova " * 16,
    "one long word": "x" * 280,
    "a letter outside ASCII first": "Ångströmsstiftelsen i Borås väntar på ditt samtal före lunch",
    "one outside ASCII at the end": "W" * 100 + " é",
    "another script": "株式会社" * 60,
    "a sign of two halves": "🤝" * 90,
}


def head_of(subject: str, *, recipient: str = SHORT, unsubscribe_url: str = "") -> bytes:
    mail = Mail(recipient=recipient, message_id="<one@hearback.example>")
    content = MailContent(subject, "Text", "<p>Text", unsubscribe_url)
    return message_bytes(mail, content).partition(b"\r\n\r\n")[0]


def assert_each_begins_on_its_line(head: bytes) -> None:
    lines = head.split(b"\r\n")
    assert not [line for line in lines if line.rstrip().endswith(b":")]
    assert max(map(len, lines)) <= 998
    # RFC 2047, section 2.
    assert all(len(line) <= 76 for line in lines if b"=?" in line)


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_a_subject(subject: str) -> None:
    head = head_of(subject)
    assert_each_begins_on_its_line(head)
    assert message_from_bytes(head, policy=default)["Subject"].strip() == subject.strip()


@pytest.mark.parametrize("length", [10, 60, 200, 700])
def test_an_address_that_stops_mail(length: int) -> None:
    url = "https://hearback.example/unsubscribe/" + "x" * length
    head = head_of("Call", unsubscribe_url=url)
    assert_each_begins_on_its_line(head)
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in head


def test_a_long_recipient() -> None:
    recipient = "a" * 64 + "@" + "example." * 20 + "org"
    head = head_of("Call", recipient=recipient)
    assert_each_begins_on_its_line(head)
    assert f"\r\nTo: {recipient}\r\n".encode() in head
