"""Sixty lines that people type (tests/data/quick-add.jsonl), written before the parser was."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from interviews.quick_add import Draft, Known, parse, render

FILE = Path(__file__).parents[2] / "data" / "quick-add.jsonl"
HEAD, *LINES = [json.loads(line) for line in FILE.read_text().splitlines()]
TODAY = datetime.fromisoformat(HEAD["now"]).date()
KNOWN = Known(
    HEAD["companies"],
    [(name, company) for name, company in HEAD["people"]],
    [(title, company) for title, company in HEAD["positions"]],
)


def told(draft: Draft) -> dict[str, Any]:
    """As the file says it: only what was said."""
    texts = ("company", "position", "stage", "place", "link", "agency", "notes", "minutes")
    found: dict[str, Any] = {name: getattr(draft, name) for name in texts}
    found |= {"ad": draft.advertisement, "day": draft.day and draft.day.isoformat()}
    found |= {"time": draft.clock and f"{draft.clock:%H:%M}"}
    found["days"] = [day.isoformat() for day in draft.days]
    found["people"] = [[person.name, person.role] for person in draft.people]
    said = {name: value for name, value in found.items() if value}
    return said | ({} if draft.promise is None else {"promise": _promise(draft)})


def _promise(draft: Draft) -> dict[str, Any]:
    promise = draft.promise
    assert promise is not None
    found = {
        "by": promise.by and promise.by.isoformat(),
        "who": promise.initiator,
        "channel": promise.channel,
        "may_call": promise.may_call,
        "nothing": promise.is_nothing,
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"])
def test_is_read_as_expected(line: dict[str, Any]) -> None:
    assert told(parse(line["text"], today=TODAY, known=KNOWN)) == line["draft"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"])
def test_what_was_read_can_be_written_and_read_again(line: dict[str, Any]) -> None:
    draft = parse(line["text"], today=TODAY, known=KNOWN)
    assert parse(render(draft), today=TODAY, known=KNOWN) == draft


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"])
def test_every_word_is_in_a_recognised_piece(line: dict[str, Any]) -> None:
    """Or is one of the words around names, which say nothing."""
    text = line["text"]
    draft = parse(text, today=TODAY, known=KNOWN)
    left = "".join(
        sign
        for place, sign in enumerate(text)
        if not any(span.start <= place < span.end for span in draft.spans)
    )
    around = {
        "interview",
        "i",
        "had",
        "an",
        "a",
        "on",
        "with",
        "at",
        "for",
        "from",
        "and",
        "just",
        "the",
    }
    assert {word.strip(":;,-+@.").casefold() for word in left.split()} - {""} <= around


@pytest.mark.parametrize(
    ("language", "day", "other"),
    [("en", date(2027, 4, 3), date(2027, 3, 4)), ("en-us", date(2027, 3, 4), date(2027, 4, 3))],
)
def test_day_and_month_are_in_the_order_of_the_language(
    language: str, day: date, other: date
) -> None:
    draft = parse("Otto, buyer, 3/4 10:00", today=TODAY, language=language)
    assert (draft.day, draft.days) == (day, (day, other))


def test_names_of_days_and_months_are_read_in_the_language_of_the_page() -> None:
    draft = parse("Otto, Einkäufer, Montag 10:00", today=TODAY, language="de")
    assert draft.day == date(2026, 11, 30)
    assert parse("Otto, 3. Dezember", today=TODAY, language="de").day == date(2026, 12, 3)


def test_a_weekday_that_contradicts_its_date_leaves_the_choice() -> None:
    draft = parse("Otto, buyer, Friday 3 December", today=TODAY)
    assert draft.day is None
    assert draft.days == (date(2026, 11, 27), date(2026, 12, 3))
