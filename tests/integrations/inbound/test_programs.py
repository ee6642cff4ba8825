"""What programs write: requests to confirm forwarding, delivery reports, automatic replies."""

import pytest

from integrations.inbound.understand import Reading, understand
from tests.integrations.inbound.forms import INBOUND, head, write
from tests.integrations.inbound.test_understand import known

CONFIRMING = "https://mail-settings.google.com/mail/vf-%5BANGjdJ8x%5D-Qk"
REFUSING = "https://mail-settings.google.com/mail/uf-%5BANGjdJ8x%5D-Qk"
GMAIL = "Gmail Team <forwarding-noreply@google.com>"
ASKED = (
    "mara.lindqvist@postfach.example has requested to forward mail to your address.\n"
    "Confirmation code: 614829375\n\n"
    f"To allow it, click the link below:\n{CONFIRMING}\n\n"
    f"If you do not know this person, click {REFUSING}\n"
)


def read(raw: str | bytes) -> Reading:
    world = known()
    data = (
        raw if isinstance(raw, bytes) else raw.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    )
    return understand(data, world, world.candidates[0])


def request(sender: str = GMAIL, to: str = INBOUND, more: str = "") -> str:
    subject = "(#614829375) Forwarding Confirmation - Receive Mail from Mara"
    return head(sender, subject, to=to, more=more) + ASKED


def test_a_request_to_confirm_forwarding_gives_its_code_and_the_link_that_allows_it() -> None:
    found = read(request())
    assert (found.kind, found.code, found.link) == ("confirmation_code", "614829375", CONFIRMING)


@pytest.mark.parametrize(
    "raw",
    [
        request(sender="Gmail Team <forwarding-noreply@google.com.evil.example>"),
        request(sender="Gmail Team <someone@google.com>"),
        request(sender="Outlook <gmail-team@outlook.com>"),  # anybody's mailbox
        request(to="mara.lindqvist@postfach.example"),  # a code for the candidate's own mailbox
        request(more="X-Forwarded-For: mara.lindqvist@postfach.example\r\n"),
    ],
    ids=["another's domain", "another of Google", "a mailbox", "another address", "forwarded"],
)
def test_no_code_is_shown_of_what_is_no_such_request(raw: str) -> None:
    assert read(raw).code is None


@pytest.mark.parametrize(
    "host",
    [
        "google.com.evil.example",
        "sites.google.com",
        "script.google.com",
        "x@mail-settings.google.com",
        "mail-settings.google.com@evil.example",
        "mail-settings.google.com:444",
    ],
)
def test_a_link_to_another_host_is_not_shown(host: str) -> None:
    found = read(request().replace("mail-settings.google.com", host))
    assert (found.code, found.link) == ("614829375", None)


@pytest.mark.parametrize(
    ("verdicts", "dmarc"),
    [
        ([], ""),
        (["in.waitlight.example; dkim=pass; dmarc=pass header.from=google.com"], "pass"),
        (["in.waitlight.example 1; dmarc=none (p=none) header.from=x.example"], "none"),
        (["in.waitlight.example; dkim=pass", "in.waitlight.example; dmarc=pass"], "pass"),
        (["in.waitlight.example; dmarc=fail", "in.waitlight.example; dmarc=pass"], "fail"),
        (["mx.other.example; dmarc=pass", "in.waitlight.example; dmarc=pass"], ""),
        (["in.waitlight.example; spf=pass smtp.mailfrom=dmarc=pass@evil.example"], ""),
        (['in.waitlight.example; spf=pass smtp.mailfrom="; dmarc=pass"@evil.example'], ""),
        (["in.waitlight.example; dmarc=fail (; dmarc=pass) header.from=google.com"], "fail"),
        (["in.waitlight.example; spf=fail (a (b); dmarc=pass)"], ""),
        (["in.waitlight.example; dmarc=pass; dmarc=fail"], "fail"),
    ],
)
def test_the_receiving_hosts_verdict(verdicts: list[str], dmarc: str) -> None:
    more = "".join(f"Authentication-Results: {each}\r\n" for each in verdicts)
    raw = request().replace("Authentication-Results: ", "X-Other: ")
    assert read(more + raw).dmarc == dmarc


def test_a_delivery_report_is_a_bounce() -> None:
    report = head(
        "Mail Delivery System <MAILER-DAEMON@mx.example>",
        "Undelivered Mail Returned to Sender",
        more="X-Failed-Recipients: t.harrow@brightwater.example\r\n",
    )
    body = "The mail could not be delivered: user unknown. We chose another candidate.\n"
    assert read(report + body).kind == "bounce"


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("Automatic reply: Papers", "I am out of the office until 7 December.", "auto_reply"),
        ("Automatische Antwort: Unterlagen", "Ich bin bis 7.12. nicht im Büro.", "auto_reply"),
        ("Data Analyst", "I am back. We have decided on another candidate.", "rejection"),
    ],
)
def test_an_automatic_reply_is_no_news(subject: str, body: str, kind: str) -> None:
    sender = "Tom Harrow <t.harrow@brightwater.example>"
    assert read(write("filter", sender, subject, body, "en")).kind == kind
