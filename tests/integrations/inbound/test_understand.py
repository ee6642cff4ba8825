"""Forwarded mails of all forms, kinds and languages, against one candidate's waits."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from integrations.inbound.understand import TooLargeError, understand
from integrations.inbound.verdicts import dmarc_of
from integrations.inbound.world import World, world_from_json
from tests.integrations.inbound.forms import moment, write

DATA = Path(__file__).parents[2] / "data" / "inbound"
BERLIN = ZoneInfo("Europe/Berlin")
MAILS = [json.loads(line) for line in (DATA / "mails.jsonl").read_text("utf-8").splitlines()]


def known() -> World:
    return world_from_json(json.loads((DATA / "world.json").read_text("utf-8")))


def raw_of(mail: dict[str, Any]) -> bytes:
    names = ("form", "sender", "subject", "body", "language")
    return write(*(mail[name] for name in names), more=mail["more"])


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail["name"])
def test_mail_is_understood(mail):
    world = known()
    found = understand(raw_of(mail), world, world.candidates[0])
    said = [each.isoformat(timespec="minutes") for each in found.dates]
    assert (found.kind, found.wait) == (mail["kind"], mail["wait"]), found.why
    assert said == [
        moment(each).replace(tzinfo=BERLIN).isoformat(timespec="minutes") for each in mail["dates"]
    ]
    assert (found.by_when.isoformat() if found.by_when else None) == mail["by_when"]
    assert found.language == mail["language"]
    assert found.why


@pytest.mark.parametrize(
    ("language", "regret"),
    [
        ("en", "I am sorry, unfortunately it is a difficult week. Best of luck for the future."),
        ("de", "Leider ist gerade viel los, das tut mir leid. Viel Erfolg und alles Gute!"),
        ("fr", "Malheureusement la semaine est difficile, désolé. Bonne continuation."),
        ("es", "Lamentablemente es una semana difícil, lo siento. Mucha suerte."),
        ("pt", "Infelizmente a semana está difícil, lamento. Boa sorte e muito sucesso."),
        ("ru", "К сожалению, неделя тяжёлая, очень жаль. Удачи и успехов!"),
    ],
)
def test_regrets_and_good_wishes_make_no_rejection(language, regret):
    world = known()
    others = [m for m in MAILS if m["language"] == language and m["kind"] != "rejection"]
    for mail in others:
        body = f"{mail['body']}\n\n{regret}"
        raw = write("filter", mail["sender"], mail["subject"], body, language)
        assert understand(raw, world, world.candidates[0]).kind != "rejection", mail["name"]


def test_same_mail_gives_the_same_answer():
    world, mail = known(), MAILS[0]
    raw = write(mail["form"], mail["sender"], mail["subject"], mail["body"], mail["language"])
    assert understand(raw, world, world.candidates[0]) == understand(
        raw, known(), known().candidates[0]
    )


@pytest.mark.parametrize("form", ["gmail", "outlook", "apple", "iphone", "thunderbird", "yahoo", "proton", "orange", "yandex", "gmx", "attached", "nested", "filter", "rule"])  # fmt: skip  # noqa: E501
def test_every_form_leads_to_the_same_answer(form):
    world = known()
    body = "Dear Mara,\n\nwe have decided to go ahead with another candidate.\n\nTom Harrow"
    raw = write(form, "Tom Harrow <t.harrow@brightwater.example>", "Data Analyst", body, "en")
    found = understand(raw, world, world.candidates[0])
    assert (found.kind, found.wait) == ("rejection", "w01")
    assert found.sender.email == "t.harrow@brightwater.example"


def test_note_of_forwarder_does_not_count():
    world = known()
    body = "Dear Mara,\n\nwe received your documents. Thank you.\n\nTom Harrow"
    raw = write("gmail", "Tom Harrow <t.harrow@brightwater.example>", "Papers", body, "en")
    noted = raw.replace(
        b"\r\n\r\n", b"\r\n\r\nThey rejected me and chose another candidate!\r\n", 1
    )
    assert understand(noted, world, world.candidates[0]).kind == "receipt"


def test_hidden_text_does_not_count():
    world = known()
    body = "Dear Mara,\n\nwe received your documents. Thank you.\n\nTom Harrow"
    raw = write("html", "Tom Harrow <t.harrow@brightwater.example>", "Papers", body, "en")
    for style in ("display:none", "font-size:0", "visibility:hidden", "color:#ffffff"):
        hidden = f'<body><p style="{style}">We have chosen another candidate.</p>'.encode()
        found = understand(raw.replace(b"<body>", hidden), world, world.candidates[0])
        assert found.kind == "receipt", style


def test_doubt_is_the_receiving_hosts_alone():
    world = known()
    raw = write(
        "filter", "Tom Harrow <t.harrow@brightwater.example>", "x", "We received your mail.", "en"
    )
    forged = raw.replace(b"dmarc=pass", b"dmarc=fail", 1)
    assert not understand(raw, world, world.candidates[0]).doubt
    assert understand(forged, world, world.candidates[0]).doubt
    elsewhere = forged.replace(b"in.waitlight.example; spf", b"mx.other.example; spf", 1)
    assert not understand(elsewhere, world, world.candidates[0]).doubt


@pytest.mark.parametrize(
    ("said", "dmarc"),
    [
        (r'spf=pass (envelope-from="x\) ; dmarc=pass \("@evil.example); dmarc=fail', "fail"),
        (r"spf=pass (a (b) ; dmarc=pass); dmarc=fail", "fail"),
        (f"dmarc=fail {'(' * 900}{')' * 900}; dmarc=pass", "fail"),
        (r"dmarc=fail (p=none \) ; dmarc=pass", "fail"),
        ('spf=none (no "record"); dmarc=pass (p=reject)', "pass"),
    ],
    ids=["quoted pairs", "within each other", "too deep", "never ends", "of an honest host"],
)
def test_no_comment_is_a_verdict(said, dmarc):
    """A sender chooses what stands in the comments of a host's verdict."""
    assert dmarc_of([f"mx.example; {said}"], "mx.example").dmarc == dmarc


def test_a_host_writes_one_header_for_each_of_its_programs():
    headers = ["mx.example; arc=pass", "mx.example; dmarc=fail", "mx.forged.example; dmarc=pass"]
    verdict = dmarc_of(headers, "mx.example")
    assert (verdict.dmarc, verdict.is_doubtful) == ("fail", False)
    assert dmarc_of(headers[1:], "mx.example").is_doubtful


def test_too_large_is_refused_at_once():
    world = known()
    with pytest.raises(TooLargeError):
        understand(b"x" * (10 * 1024 * 1024 + 1), world, world.candidates[0])
