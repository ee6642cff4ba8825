"""Two hundred broken, forged and looping mails: each gets an answer, and none becomes a rejection.

Every one is made of a mail that says nothing but "we received your documents".
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest

from integrations.inbound import deadline
from integrations.inbound.deadline import TooSlowError
from integrations.inbound.understand import understand
from integrations.inbound.world import World
from tests.integrations.inbound.forms import write
from tests.integrations.inbound.test_understand import known
from tests.support.waiting import let_pass

BODY = "Dear Mara,\n\nwe received your documents. Thank you.\n\nTom Harrow"
SENDER = "Tom Harrow <t.harrow@brightwater.example>"
FORMS = ("gmail", "outlook", "apple", "html", "attached", "nested", "filter", "thunderbird")
EACH = 10
Break = Callable[[bytes, random.Random], bytes]


def cut_off(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw))]


def bytes_turned(raw: bytes, rng: random.Random) -> bytes:
    turned = bytearray(raw)
    for _ in range(rng.randrange(1, 60)):
        turned[rng.randrange(len(turned))] = rng.randrange(256)
    return bytes(turned)


def lines_shuffled(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.split(b"\r\n")
    rng.shuffle(lines)
    return b"\r\n".join(lines)


def lines_repeated(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.split(b"\r\n")
    return b"\r\n".join(rng.choice(lines) for _ in range(3_000))


def wrong_charset(raw: bytes, rng: random.Random) -> bytes:
    names = (b"utf-7", b"utf-16", b"base64", b"x-unknown", b"idna", b"unicode_escape", b"\xff")
    return raw.replace(b'"utf-8"', b'"' + rng.choice(names) + b'"')


def wrong_encoding(raw: bytes, rng: random.Random) -> bytes:
    names = (b"base64", b"quoted-printable", b"x-uuencode", b"binary", b"nothing")
    return raw.replace(b"Encoding: 8bit", b"Encoding: " + rng.choice(names))


def without_end_of_header(raw: bytes, rng: random.Random) -> bytes:
    return raw.replace(b"\r\n\r\n", b"\r\n" + b" folded\r\n" * rng.randrange(1, 900), 1)


def many_headers(raw: bytes, rng: random.Random) -> bytes:
    name = rng.choice((b"From", b"Subject", b"References", b"Received", b"Content-Type"))
    return b"".join(name + b": <%d@loop.example>\r\n" % n for n in range(2_000)) + raw


def long_subject(raw: bytes, rng: random.Random) -> bytes:
    piece = rng.choice((b"Fwd: ", b"=?utf-8?q?=FF?= ", b"AW: RE: ", b"\x00", b"(((((", b"="))
    return raw.replace(b"Subject: ", b"Subject: " + piece * 20_000, 1)


def deep_parts(raw: bytes, rng: random.Random) -> bytes:
    head, depth = b"", rng.randrange(30, 400)
    for n in range(depth):
        head += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
    return head + raw


def wrapped_again(raw: bytes, rng: random.Random) -> bytes:
    """A loop of forwards."""
    for _ in range(rng.randrange(5, 40)):
        raw = b"Content-Type: message/rfc822\r\nSubject: Fwd\r\n\r\n" + raw
    return raw


def forwarded_in_text(raw: bytes, rng: random.Random) -> bytes:
    block = b"---------- Forwarded message ---------\r\nFrom: A <a@b.example>\r\n\r\n"
    return raw.replace(b"\r\n\r\n", b"\r\n\r\n" + block * rng.randrange(10, 300), 1)


def quoted_deeply(raw: bytes, rng: random.Random) -> bytes:
    quotes = b"".join(b">" * (n % 90) + b" On Monday you wrote:\r\n" for n in range(2_000))
    return raw + b"\r\n" + quotes


def html_bomb(raw: bytes, rng: random.Random) -> bytes:
    tag = rng.choice((b"<div>", b"<table><tr><td>", b"<b", b"<!--", b"&#x1F600;", b"<p style='"))
    return raw.replace(b"<body>", b"<body>" + tag * 20_000)


def many_days(raw: bytes, rng: random.Random) -> bytes:
    said = (b"Monday ", b"3/4/2026 10:00 ", b"tomorrow at 99:99 ", b"1.1.99999 ", b"12:00-13:00, ")
    return raw.replace(b"Thank you", rng.choice(said) * 4_000)


def one_long_line(raw: bytes, rng: random.Random) -> bytes:
    return raw.replace(b"Thank you", rng.choice((b"a", b"a ", b"@", b"://", b"'s ")) * 100_000)


def calendar_bomb(raw: bytes, rng: random.Random) -> bytes:
    rule = rng.choice((b"RRULE:FREQ=SECONDLY", b"DTSTART:99999999", b"BEGIN:VEVENT"))
    return (
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
        + (rule + b"\r\n") * 5_000
        + raw
    )


def forged_sender(raw: bytes, rng: random.Random) -> bytes:
    """By a name that is known, at an address that is not."""
    return raw.replace(
        b"brightwater.example", rng.choice((b"evil.example", b"brightwater.example.evil"))
    )


def auto_reply(raw: bytes, rng: random.Random) -> bytes:
    return b"Auto-Submitted: auto-replied\r\nPrecedence: bulk\r\n" + raw


def nothing_but_noise(raw: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(rng.choice((0, 1, 500, 60_000)))


BREAKS: list[Break] = [
    *(cut_off, bytes_turned, lines_shuffled, lines_repeated, wrong_charset, wrong_encoding),
    *(without_end_of_header, many_headers, long_subject, deep_parts, wrapped_again),
    *(forwarded_in_text, quoted_deeply, html_bomb, many_days, one_long_line, calendar_bomb),
    *(forged_sender, auto_reply, nothing_but_noise),
]


def hostile_mails(broken: Break) -> Iterator[bytes]:
    rng = random.Random(broken.__name__)
    for number in range(EACH):
        yield broken(write(FORMS[number % len(FORMS)], SENDER, "Papers", BODY, "en"), rng)


def looping_steps() -> Iterator[tuple[str, bytes, World]]:
    """What may take long, by the step of reading that does: each looks at the time."""
    world, plain = known(), write("filter", SENDER, "x", BODY, "en")
    forward = "---------- Forwarded message ---------\nFrom: a@b.example\nSubject: x\n\n"
    nested = write("filter", SENDER, "Fwd: x", forward * 12 + BODY, "en")
    owner = world.candidates[0]
    many = tuple(replace(owner.waits[0], id=str(number)) for number in range(200))
    yield "parts", plain.replace(b"\r\n\r\n", b"\r\n\r\n" + b"--x\r\n" * 50, 1), world
    yield "levels", nested, world
    yield "waits", plain, replace(world, candidates=(replace(owner, waits=many),))


@pytest.mark.parametrize(("step", "raw", "world"), list(looping_steps()))
def test_it_ends_when_its_time_is_up(
    step: str, raw: bytes, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the time runs out: after each look at the clock."""
    clock = count()
    monkeypatch.setattr(deadline, "thread_time", lambda: next(clock))
    with deadline.within(10**6):
        understand(raw, world, world.candidates[0])
    looks = next(clock)
    assert looks > 40
    for seconds in range(0, looks - 2, 7):
        with pytest.raises(TooSlowError), deadline.within(seconds):
            understand(raw, world, world.candidates[0])


def test_waiting_for_a_busy_machine_costs_no_time() -> None:
    """A worker that others slow down would take sound mails for slow ones."""
    with deadline.within(0.05):
        let_pass(0.1)
        deadline.check()


@pytest.mark.parametrize("broken", BREAKS, ids=lambda each: each.__name__)
def test_it_is_answered_and_told_as_no_rejection(broken: Break) -> None:
    world = known()
    for raw in hostile_mails(broken):
        found = understand(raw, world, world.candidates[0])
        assert found.kind not in ("rejection", "offer"), found.why
        assert found.why
