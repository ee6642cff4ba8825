"""Lines that people type, each with what it means: sixty written before the parser was
(quick-add.jsonl), sixty by somebody who had not seen it (quick-add-fresh.jsonl), eighty as they are
typed in haste (quick-add-typed.jsonl), and others of many kinds (quick-add-kinds.jsonl)."""

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from interviews.quick_add import Draft, Known, parse, render

DATA = Path(__file__).parents[2] / "data"
FILES = tuple(f"quick-add{kind}.jsonl" for kind in ("", "-fresh", "-typed", "-kinds"))
ALL = [json.loads(line) for name in FILES for line in (DATA / name).read_text().splitlines()]
HEAD, LINES = ALL[0], [line for line in ALL if "text" in line]
TODAY = datetime.fromisoformat(HEAD["now"]).date()
KNOWN = Known(
    HEAD["companies"],
    [(name, company) for name, company in HEAD["people"]],
    [(title, company) for title, company in HEAD["positions"]],
)


# Lines that are still read wrong, and why.
WRONG = {
    "costa coffee barista": "without capitals, nothing tells how many words the company has",
    "interviewed with Jumbo supermarket": "a company's small second word looks like a note",
    "Kista campus building 3": "a landmark is joined with its room only after a comma",
    "warehouse operative tomorrow 6:45": "from one to six is taken for the afternoon",
    "Civic Hall, room 4": "a landmark and its room are joined only in the same piece",
    "bmw asst controller": "without capitals, a town after a comma looks like the company",
    "Emma Grey (Reed) called": "a name before the verb is read only if it is known",
    "Reinickendorfer Str. 3, Berlin": "a town after a comma is joined only with its postcode",
}
AROUND = re.compile(
    r"(?:an?|about|and|as|at|calling|for|from|had|have|i|interview(?:ed)?|it|job|just|meeting|met|of|on"
    r"|position|rang|re|role|said|the|video|w/?|was|with|appt|coffee|informal|quick|chat|intvw|my|wk)?",
    re.I,
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
    is_right = told(parse(line["text"], today=TODAY, known=KNOWN)) == line["draft"]
    assert is_right != any(words in line["text"] for words in WRONG)


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
    words = [word.strip(":;,-+@.()/") for word in left.split()]
    assert [word for word in words if not AROUND.fullmatch(word)] == []


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


@pytest.mark.parametrize(
    ("line", "company", "position"),
    [
        ("Junior accountant, KPMG, Thu 3 Dec 2pm", "KPMG", "Junior accountant"),
        ("Bosch mechanical engineer Tuesday 10am", "Bosch", "mechanical engineer"),
        ("Sales assistant H&M 1 Dec 2pm", "H&M", "Sales assistant"),
        ("Had my 2nd interview at Ikea this morning (ops manager)", "Ikea", "ops manager"),
        ("Interview with Otto on Friday 1pm about the buyer role", "Otto", "buyer"),
        ("yesterday's interview with BASF, chemist", "BASF", "chemist"),
        ("W Hotel, concierge, mon 10am", "W Hotel", "concierge"),
        ("Level 2 teaching assistant, Oakwood, tue 9am", "Oakwood", "Level 2 teaching assistant"),
    ],
)
def test_company_and_position_in_any_order(line: str, company: str, position: str) -> None:
    draft = parse(line, today=TODAY)
    assert (draft.company, draft.position) == (company, position)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Otto, buyer, Monday 30th, 14:00", date(2026, 11, 30)),
        ("Otto, buyer, 3pm on the 5th", date(2026, 12, 5)),
        ("Otto, buyer, tomorrow morning at 9", date(2026, 11, 27)),
        ("Otto, buyer, 29 Feb 2027", None),
    ],
)
def test_other_ways_to_name_a_day(line: str, day: date | None) -> None:
    assert parse(line, today=TODAY).day == day


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ("they'll let me know by the end of the week", date(2026, 11, 27)),
        ("they said they'd call by Friday", date(2026, 11, 27)),
        ("she will get back to me by next Wednesday", date(2026, 12, 2)),
        ("answer in two weeks", date(2026, 12, 10)),
    ],
)
def test_promises_in_other_words(said: str, by: date) -> None:
    promise = parse(f"Otto, buyer, yesterday 14:00, {said}", today=TODAY).promise
    assert promise is not None
    assert promise.by == by


@pytest.mark.parametrize(
    ("today", "by", "passed"),
    [
        (date(2026, 11, 26), date(2026, 11, 27), None),
        (date(2026, 11, 27), date(2026, 11, 27), None),
        (date(2026, 11, 30), date(2026, 12, 4), date(2026, 11, 27)),
    ],
)
def test_a_promised_weekday_that_may_have_passed_is_told(
    today: date, by: date, passed: date | None
) -> None:
    line = "last Tuesday with Anna at Acme, they call by Friday"
    draft = parse(line, today=today, known=KNOWN)
    assert draft.promise is not None
    assert (draft.day, draft.promise.by) == (date(2026, 11, 24), by)
    assert draft.promise.passed == passed
