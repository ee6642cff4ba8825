"""The call script for each reason to call."""

from dataclasses import astuple, replace
from datetime import date

import pytest

from interviews.rules import Step
from interviews.text.call_script import Calling, CallScript, call_script
from tests.interviews.text.wording_table import BERLIN, STEPS, at

BY_NAME = {name: what for name, what, _moments in STEPS}
FULL = Calling(
    position="Product analyst",
    interviewed_on=date(2026, 11, 16),
    person="Anna Petrova",
    company="Acme",
    sender="Alice Weber",
)


def sheet(name: str, calling: Calling = FULL, now: str = "2026-11-23 12:00") -> CallScript:
    what = BY_NAME[name]
    return call_script(what.rule, what.reason, calling, now=at(now).astimezone(BERLIN))


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        (
            "promise",
            "Hello, this is Alice Weber. When we met on Monday 16 November about the Product "
            "analyst position, I was told to expect an answer by Friday 20 November, and that I "
            "was welcome to call. May I ask how things stand?",
        ),
        (
            "promise, calling was not spoken of",
            "Hello, this is Alice Weber. When we met on Monday 16 November about the Product "
            "analyst position, I was told to expect an answer by Friday 20 November. May I ask "
            "how things stand?",
        ),
        (
            "promise, no day",
            "Hello, this is Alice Weber. When we met on Monday 16 November about the Product "
            "analyst position, I was told that I would hear from you. May I ask how things "
            "stand?",
        ),
        (
            "own call",
            "Hello, this is Alice Weber. When we met on Monday 16 November about the Product "
            "analyst position, we agreed that I would call you on Friday 20 November. How do "
            "things stand?",
        ),
        (
            "own call, no day",
            "Hello, this is Alice Weber. When we met on Monday 16 November about the Product "
            "analyst position, we agreed that I would call you. How do things stand?",
        ),
        (
            "window",
            "Hello, this is Alice Weber. We met on Monday 16 November to talk about the Product "
            "analyst position. I am still very interested, and I wanted to ask how the "
            "decision is coming along.",
        ),
        (
            "window after an answer",
            "Hello, this is Alice Weber. When we were last in touch, on Friday 20 November, the "
            "decision about the Product analyst position was still open. May I ask how things "
            "stand now?",
        ),
        (
            "window after the own letter",
            "Hello, this is Alice Weber. I wrote to you on Friday 20 November about the Product "
            "analyst position, as we had agreed. May I ask how things stand?",
        ),
        (
            "missed call",
            "Hello, this is Alice Weber. I missed a call from you on Friday 20 November at "
            "18:30, and I am calling back about the Product analyst position.",
        ),
        (
            "kept on file",
            "Hello, this is Alice Weber. We met on Monday 16 November to talk about the Product "
            "analyst position, and you kindly kept my application on file. I am getting in "
            "touch again, as agreed. Do you have anything coming up that might be a fit?",
        ),
    ],
)
def test_opening(name: str, opening: str) -> None:
    assert sheet(name).opening == opening


def test_on_the_day_agreed_the_opening_says_today() -> None:
    opening = sheet("own call", now="2026-11-20 12:00").opening
    assert "we agreed that I would call you today." in opening


def test_whom_to_ask_for() -> None:
    assert sheet("promise").ask_for == "Ask for Anna Petrova at Acme."
    assert sheet("promise", replace(FULL, company=None)).ask_for == "Ask for Anna Petrova."
    assert sheet("promise", replace(FULL, person=None)).ask_for == (
        "Ask for the person hiring for the Product analyst position."
    )


def test_what_to_say_to_others() -> None:
    told = sheet("promise")
    assert told.gatekeeper == (
        "Hello, this is Alice Weber. Could you put me through to Anna Petrova, please? It is "
        "about our interview on Monday 16 November. If this is a bad time, when may I try "
        "again?"
    )
    assert "You can call me back on this number" in told.voicemail
    assert "calling back" in sheet("missed call").voicemail
    assert "the person hiring for" in sheet("promise", replace(FULL, person=None)).gatekeeper


@pytest.mark.parametrize(
    "name", [name for name, what in BY_NAME.items() if what.step in (Step.CALL, Step.RECONTACT)]
)
def test_every_sheet_is_whole(name: str) -> None:
    for calling in (FULL, Calling("100 % %(x)s", date(2026, 11, 16))):
        for part in astuple(sheet(name, calling)):
            for text in (part,) if isinstance(part, str) else part:
                assert text.strip()
                assert "None" not in text
                assert "!" not in text
                assert "%(" not in text.replace(calling.position, "")


def test_there_are_harmless_reasons_for_silence() -> None:
    assert len(set(sheet("promise").harmless_reasons)) >= 5
