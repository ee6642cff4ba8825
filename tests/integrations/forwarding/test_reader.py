"""From a stored mail to a proposal: once, whatever fails in between."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from pytest_django import Settings

from integrations.forwarding import reader
from integrations.forwarding.address import create_address
from integrations.forwarding.reader import DEATHS_MAX, claim, read_batch
from integrations.inbound.understand import Reading, understand
from interviews.models import (
    Candidate,
    InboundAddress,
    InboundMail,
    InboundState,
    Interview,
    MailProposal,
)
from interviews.services import vacancies
from tests.integrations.forwarding.conftest import DOMAIN, NO_LETTER, NOW, keep, letter, read
from tests.support.people import make_interview, make_result

pytestmark = pytest.mark.usefixtures("address")
SECOND = timedelta(seconds=1)


def test_no_decision_yet_of_an_unknown_wait_is_told(address: InboundAddress) -> None:
    """Somebody forwarded it by hand, and would wait for it to appear."""
    text = "We have not made a decision about your application yet. We will tell you by Friday."
    keep(address.candidate, letter(text, From="Alba Costa <alba@juniper.test>"))
    read()
    [proposal] = MailProposal.objects.all()
    assert (proposal.kind, proposal.interview, proposal.vacancy) == ("not_yet", None, None)


def test_a_rejection(alice: Candidate, waiting: Interview) -> None:
    mail = keep(alice, letter())
    assert read() == 1
    proposal = MailProposal.objects.get()
    assert (proposal.candidate, proposal.interview, proposal.vacancy) == (alice, waiting, None)
    assert (proposal.kind, proposal.status, proposal.mail) == ("rejection", "open", mail)
    assert (proposal.sender_name, proposal.sender_address) == ("Anna Petrova", "anna@acme.test")
    assert proposal.subject == "Your application"
    assert proposal.written_at.isoformat() == "2026-11-23T08:30:00+00:00"
    assert proposal.excerpt == NO_LETTER
    assert proposal.message_ids == ["one@acme.test"]
    assert proposal.details["why"].startswith("“We have decided")
    mail.refresh_from_db()
    assert (mail.read_at, mail.kind) == (NOW, "rejection")
    assert bytes(mail.raw) == letter()  # kept until it is answered
    waiting.refresh_from_db()
    assert not waiting.is_answered  # a mail does nothing but propose


def test_an_invitation_with_its_times(alice: Candidate, waiting: Interview) -> None:
    keep(alice, letter("We would like to invite you to an interview on 3 December at 14:30."))
    read()
    proposal = MailProposal.objects.get()
    assert (proposal.kind, proposal.interview) == ("invitation", waiting)
    assert proposal.details["dates"] == ["2026-12-03T14:30:00+01:00"]


def test_it_asks_where_two_fit(alice: Candidate, waiting: Interview) -> None:
    other = make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW, title="Controller")
    keep(alice, letter())
    read()
    proposal = MailProposal.objects.get()
    assert (proposal.interview, proposal.vacancy) == (None, None)
    fitting = [{"interview": str(each.pk)} for each in (other, waiting)]
    assert sorted(proposal.choices, key=str) == sorted(fitting, key=str)


def test_a_position_without_an_interview(alice: Candidate) -> None:
    row = make_interview(
        alice, starts_at=NOW, now=NOW, company="Bolt", title="Controller", people=()
    )
    vacancy = row.vacancy
    row.delete()
    vacancies.change_vacancy(vacancy=vacancy, now=NOW)
    type(vacancy).objects.filter(pk=vacancy.pk).update(state="applied", declared_state="applied")
    keep(alice, letter(From="Jobs at Bolt <jobs@bolt.test>"))
    read()
    proposal = MailProposal.objects.get()
    assert (proposal.interview, proposal.vacancy) == (None, vacancy)


def test_the_last_open_stage(alice: Candidate, waiting: Interview) -> None:
    later = make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW, continues=waiting)
    keep(alice, letter())
    read()
    assert MailProposal.objects.get().interview == later


def test_what_is_over_is_not_proposed(alice: Candidate, waiting: Interview) -> None:
    make_result(waiting, now=NOW)
    keep(alice, letter())
    read()
    proposal = MailProposal.objects.get()
    assert (proposal.interview, proposal.choices) == (None, [])


def test_an_answer_in_a_thread(alice: Candidate, waiting: Interview) -> None:
    """A colleague answers from an address that nobody knows."""
    before = NOW - timedelta(days=5)
    make_interview(alice, starts_at=before, now=NOW, company="Bolt", people=(("Ben", "peer"),))
    keep(alice, letter())
    read()
    unknown = {"From": "jobs@personio.test", "Message_ID": "<two@personio.test>"}
    keep(alice, letter("Sadly, we must reject you.", In_Reply_To="<one@acme.test>", **unknown))
    read()
    assert MailProposal.objects.get(message_ids__0="two@personio.test").interview == waiting


def test_own_letter_in_bcc(alice: Candidate, waiting: Interview) -> None:
    own = {"From": "Alice <alice@example.org>", "To": "anna@acme.test"}
    keep(alice, letter("When may I expect your answer?", **own))
    read()
    proposal = MailProposal.objects.get()
    assert (proposal.kind, proposal.interview) == ("own_letter", waiting)


@pytest.mark.parametrize(
    ("text", "headers", "kind"),
    [
        ("Acme?", {"From": "Alice <alice@example.org>", "To": "carla@friends.test"}, "unrelated"),
        ("Ends soon.", {"From": "Shop <news@shop.test>", "Subject": "30 % off"}, "unrelated"),
        ("I am out of office until Monday.", {"Auto_Submitted": "auto-replied"}, "auto_reply"),
        (NO_LETTER, {"From": "Hearback <reminders@hearback.example>"}, "unrelated"),
    ],
    ids=["own letter to a friend", "advert", "auto-reply", "a mail of ours"],
)
def test_no_proposal_and_nothing_kept(
    alice: Candidate, waiting: Interview, text: str, headers: dict[str, str], kind: str
) -> None:
    mail = keep(alice, letter(text, **headers))
    read()
    assert not MailProposal.objects.exists()
    mail.refresh_from_db()
    assert (mail.kind, bytes(mail.raw)) == (kind, b"")
    assert (InboundState.objects.get().read, InboundState.objects.get().proposed) == (1, 0)


LINK = "https://mail-settings.google.com/mail/vf-abc123"


def confirmation(address: InboundAddress, **headers: str) -> bytes:
    asked = f"alice@gmail.com has requested to automatically forward mail to {address.email}."
    told = {
        "From": "Gmail Team <forwarding-noreply@google.com>",
        "To": address.email,
        "Subject": "(#513248769) Gmail Forwarding Confirmation",
    }
    return letter(f"{asked}\nConfirmation code: 513248769\n{LINK}", **told, **headers)


@pytest.mark.parametrize(("verdict", "is_doubtful"), [("dmarc=pass", False), ("spf=pass", True)])
def test_a_confirmation_of_forwarding(
    alice: Candidate, address: InboundAddress, verdict: str, is_doubtful: bool
) -> None:
    said = f"{DOMAIN}; {verdict}"
    mail = keep(alice, confirmation(address, Authentication_Results=said))
    read()
    proposal = MailProposal.objects.get()
    assert proposal.kind == "confirmation_code"
    assert (proposal.details["code"], proposal.details["link"]) == ("513248769", LINK)
    assert proposal.excerpt.startswith("alice@gmail.com has requested")
    assert proposal.is_doubtful == is_doubtful
    mail.refresh_from_db()
    assert bytes(mail.raw) == b""


@pytest.mark.parametrize("verdict", ["fail", "none", "temperror"])
def test_a_code_of_a_forged_sender_is_not_shown(
    alice: Candidate, address: InboundAddress, verdict: str
) -> None:
    forged = f"{DOMAIN}; dmarc={verdict} header.from=google.com"
    keep(alice, confirmation(address, Authentication_Results=forged))
    read()
    assert not MailProposal.objects.exists()


def test_nobody_is_believed_where_no_server_checks(
    alice: Candidate, address: InboundAddress, settings: Settings
) -> None:
    """By default: what is said then was said by the sender."""
    settings.INBOUND_AUTHSERV_ID = ""
    keep(alice, confirmation(address, Authentication_Results=f"{DOMAIN}; dmarc=pass"))
    keep(alice, letter(Authentication_Results="; dmarc=fail"))
    read()
    found = dict(MailProposal.objects.values_list("kind", "is_doubtful"))
    assert found == {"confirmation_code": True, "rejection": False}


def test_a_doubtful_sender_is_marked(alice: Candidate, waiting: Interview) -> None:
    keep(alice, letter(Authentication_Results=f"{DOMAIN}; dmarc=fail header.from=acme.test"))
    read()
    assert MailProposal.objects.get().is_doubtful


def test_to_each_their_own(alice: Candidate, waiting: Interview, charlie: Candidate) -> None:
    create_address(candidate=charlie, now=NOW)
    keep(alice, letter())
    keep(charlie, letter())
    read()
    assert MailProposal.objects.get(candidate=alice).interview == waiting
    assert MailProposal.objects.get(candidate=charlie).interview is None


def test_the_reader_fails(
    alice: Candidate, waiting: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours must not lose a mail: the candidate looks."""

    def fail(*_: object) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr(reader, "understand", fail)
    mail = keep(alice, letter())
    read()
    proposal = MailProposal.objects.get()
    assert (proposal.kind, proposal.interview, proposal.mail) == ("question", None, mail)
    assert InboundState.objects.get().unreadable == 1


def test_a_passing_error_costs_no_try(
    alice: Candidate, waiting: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No reader died, and the mail is read when the database is back."""

    def fail(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    mail = keep(alice, letter())
    with monkeypatch.context() as patched:
        patched.setattr(reader, "facts_of", fail)
        for number in range(DEATHS_MAX):
            with pytest.raises(OperationalError):
                read(now=NOW + number * settings.INBOUND_LEASE)
    mail.refresh_from_db()
    assert mail.tries == 0
    read(now=NOW + DEATHS_MAX * settings.INBOUND_LEASE)
    assert MailProposal.objects.get().kind == "rejection"


def test_a_mail_that_takes_too_long_is_a_question(
    transactional_db: None,
    alice: Candidate,
    waiting: Interview,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a worker's thread, where no signal would end it; the next one has its own time."""
    mail = keep(alice, letter())
    with monkeypatch.context() as patch:
        patch.setattr(reader, "READING_SECONDS", 0.0)
        in_thread(read)
    assert MailProposal.objects.get().kind == "question"
    assert InboundState.objects.get().unreadable == 1
    mail.refresh_from_db()
    assert (mail.tries, mail.read_at) == (1, NOW)
    keep(alice, letter(Message_ID="<two@acme.test>"), now=NOW + SECOND)
    in_thread(lambda: read(now=NOW + SECOND))
    assert MailProposal.objects.filter(kind="rejection").exists()


def in_thread(work: Callable[[], object]) -> None:
    def close_after() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=close_after)
    thread.start()
    thread.join()


def away(*_: object, **__: object) -> None:
    raise OperationalError("the database is away")


def killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("end", [away, killed])
@pytest.mark.parametrize("place", ["facts_of", "understand", "_keep", "_count"])
def test_a_reader_that_dies_is_followed_by_another(
    alice: Candidate,
    waiting: Interview,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    place: str,
    end: Callable[..., None],
) -> None:
    keep(alice, letter())
    with monkeypatch.context() as patch:
        patch.setattr(reader, place, end)
        with pytest.raises((OperationalError, KeyboardInterrupt)):
            read_batch(clock=lambda: NOW)
    assert read(now=NOW + settings.INBOUND_LEASE / 2) == 0
    read(now=NOW + settings.INBOUND_LEASE)
    assert MailProposal.objects.get().interview == waiting


def test_a_mail_at_which_readers_die(
    alice: Candidate, waiting: Interview, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """It spoils none of those that were leased with it."""
    for number in range(4):
        keep(alice, letter(f"Sadly, we must reject you, number {number}."))
    deadly = keep(alice, letter("Deadly."), now=NOW + SECOND)
    keep(alice, letter("Sadly, we must reject you, the last."), now=NOW + 2 * SECOND)

    def die(raw: bytes, *given: Any) -> Reading:
        if b"Deadly" in raw:
            raise KeyboardInterrupt
        return understand(raw, *given)

    monkeypatch.setattr(reader, "understand", die)
    moment, deaths = NOW + 2 * SECOND, 0
    while InboundMail.objects.filter(read_at=None).exists():
        try:
            read(now=moment)
        except KeyboardInterrupt:
            deaths += 1
        moment += settings.INBOUND_LEASE
    assert deaths == DEATHS_MAX
    proposals = MailProposal.objects.order_by("kind").values_list("kind", "mail")
    assert [kind for kind, _mail in proposals] == ["question", *["rejection"] * 5]
    assert proposals[0][1] == deadly.pk


def test_a_batch_that_dies_before_it_begins_costs_no_try(
    alice: Candidate, waiting: Interview, settings: Settings
) -> None:
    mail, moment = keep(alice, letter()), NOW
    for _death in range(DEATHS_MAX + 1):
        assert claim(now=moment) == [mail]
        moment += settings.INBOUND_LEASE
    read(now=moment)
    assert MailProposal.objects.get().kind == "rejection"


def test_whoever_lost_the_lease_writes_nothing(
    alice: Candidate, waiting: Interview, settings: Settings
) -> None:
    keep(alice, letter())
    (slow,) = claim(now=NOW)
    read(now=NOW + settings.INBOUND_LEASE)
    first = MailProposal.objects.get()
    assert reader._read(slow, now=NOW + settings.INBOUND_LEASE) == []
    assert MailProposal.objects.get() == first


def test_what_no_database_stores(alice: Candidate, waiting: Interview) -> None:
    raw = letter("We must reject you\0 \ud83d".encode("utf-8", "surrogatepass").decode("latin-1"))
    keep(alice, raw.replace(b"Subject: Your", b"Subject: =?utf-8?q?a=00=ED=A0=BD?= \0\xff"))
    read()
    assert "\0" not in MailProposal.objects.get().subject
    assert InboundState.objects.get().unreadable == 0


def test_a_mail_of_an_address_that_was_revoked_since(
    alice: Candidate, waiting: Interview, address: InboundAddress
) -> None:
    assert address.email.endswith(DOMAIN)
    mail = keep(alice, letter())
    address.delete()
    read()
    assert InboundMail.objects.get() == mail
    assert MailProposal.objects.get().interview == waiting


def test_readers_at_once(transactional_db: None, alice: Candidate, waiting: Interview) -> None:
    for number in range(30):
        keep(alice, letter(f"Sadly, we must reject you, number {number}."))
        keep(alice, letter(f"Sadly, we must reject you, number {number}.", X_Again="1"))
    faults: list[Exception] = []

    def work() -> None:
        try:
            read()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _reader in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert not InboundMail.objects.filter(read_at=None).exists()
    assert MailProposal.objects.count() == 30
    assert (InboundState.objects.get().read, InboundState.objects.get().proposed) == (60, 30)
