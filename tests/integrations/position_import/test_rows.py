"""What rows become, by rules that no single sample shows."""

from datetime import date, datetime

import pytest

from integrations import position_import
from integrations.position_import import Answers
from integrations.position_import.states import meaning_of
from tests.integrations.position_import.reading import (
    BERLIN,
    TODAY,
    fields_of,
    proposed,
    read_rows,
    table_of,
)

HEAD = "Company,Position,Link,Applied,Status,Interview,Notes\n"


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Wishlist", "saved"), ("Eingangsbestätigung", "applied"), ("Not applied yet", "saved"),
        ("No response yet", "applied"), ("Einladung", "in_talks"), ("Offre reçue", "offer"),
        ("Absage", "closed:refused"), ("Отказ", "closed:refused"), ("Refus", "closed:refused"),
        ("Ghosted 👻", "closed:no_response"), ("keine Rückmeldung", "closed:no_response"),
        ("Sem retorno", "closed:no_response"), ("zurückgezogen", "closed:withdrawn"),
        ("Я отказался", "closed:withdrawn"), ("Offer - accepted", "closed:accepted"),
        ("Angebot abgelehnt", "closed:declined"), ("Declined by employer", "closed:refused"),
        ("Rejected: phone screen", "closed:refused"), ("Vacante cubierta", "closed:position_gone"),
        ("in the works??", ""), ("purple", ""), ("closed", "closed"),
    ],
)  # fmt: skip
def test_words_of_states(word: str, meaning: str) -> None:
    assert meaning_of(word) == meaning


def test_an_unknown_word_is_left_out_until_it_is_explained() -> None:
    text = f"{HEAD}Nordkai,Baker,,2026-03-02,purple,,"
    row = read_rows(text).rows[0]
    assert (row.state, row.left_out[0].reason) == ("applied", "unknown_word")
    told = read_rows(text, Answers(meanings={"purple": "closed:refused"})).rows[0]
    assert (told.state, told.closing_reason, told.left_out) == ("closed", "refused", ())


def test_the_order_of_day_and_month_is_asked_once_and_answered() -> None:
    text = "Company,Position,Applied\nNordkai,Baker,03/04/2026\nBrightfen,Carer,05/06/2026\n"
    assert proposed(text).question == "day_or_month"
    assert read_rows(text).rows[0].applied_on == date(2026, 4, 3)
    answered = read_rows(text, Answers(day_first=False))
    assert [row.applied_on for row in answered.rows] == [date(2026, 3, 4), date(2026, 5, 6)]


@pytest.mark.parametrize("more", ["13/06/2026", "11/12/2026"])
def test_what_tells_the_order_is_not_asked(more: str) -> None:
    """A day above 12, or a reading that lies in the future."""
    text = f"Company,Position,Applied\nNordkai,Baker,03/04/2026\nBrightfen,Carer,{more}\n"
    assert proposed(text).question == ""


def test_a_year_is_answered() -> None:
    text = "Company;Position;Applied\nNordkai;Baker;2.11.\nBrightfen;Carer;28.12.\n"
    assert proposed(text).question == "year"
    rows = read_rows(text, Answers(year=2024)).rows
    assert [row.applied_on for row in rows] == [date(2024, 11, 2), date(2024, 12, 28)]


def test_a_moment_with_a_zone_is_put_on_the_candidates_clock() -> None:
    row = read_rows(f"{HEAD}Nordkai,Baker,,2026-03-31T22:30:00Z,,2026-04-08T22:30:00Z,").rows[0]
    assert row.applied_on == date(2026, 4, 1)
    assert row.interviews[0].starts == datetime(2026, 4, 9, 0, 30)  # noqa: DTZ001


def test_passwords_are_never_read_in() -> None:
    text = "Company,Position,Login,Notes\nNordkai,Baker,kim/hunter22,pw: hunter23 ok\n"
    table = table_of(text)
    kept = position_import.dump_table(table)
    assert "hunter22" not in kept
    assert "hunter23" not in kept
    changed = position_import.with_fields(
        table, position_import.propose(table, today=TODAY), {3: "notes"}, today=TODAY
    )
    assert changed.columns[2].field == "ignored"


def test_a_mapping_can_be_changed() -> None:
    table = table_of("Company,Position,Code\nNordkai,Baker,LinkedIn feed\n")
    proposal = position_import.propose(table, today=TODAY)
    changed = position_import.with_fields(table, proposal, {3: "source"}, today=TODAY)
    reading = position_import.understand(table, changed, zone=BERLIN, today=TODAY)
    assert reading.rows[0].source == "LinkedIn feed"


def test_a_table_survives_being_kept_as_text() -> None:
    table = table_of(f"{HEAD}Nordkai,Baker,,,,,\n")
    assert position_import.load_table(position_import.dump_table(table)) == table


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("https://n.example/1", "https://n.example/1/?utm_source=mail", 1),
        ("https://n.example/1", "https://n.example/2", 2),
        ("", "https://n.example/1", 1),
        ("https://n.example/jobs?ref=7", "https://n.example/jobs?ref=8", 2),
    ],
)
def test_the_same_position_twice(first: str, second: str, count: int) -> None:
    reading = read_rows(f"{HEAD}Nordkai,Baker,{first},,,,\nNORDKAI,baker,{second},,,,\n")
    assert len(reading.rows) == count


def test_one_page_of_jobs_is_not_one_position() -> None:
    link = "https://n.example/careers"
    reading = read_rows(f"{HEAD}Nordkai,Baker,{link},,,,\nNordkai,Cook,{link},,,,\n")
    assert len(reading.rows) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Company,Position,Link,Applied,Status,Interview,Notes", "heading_again"),
        ("Total: 15,,,,,,", "summary"), ("März,,,,,,", "note_line"), ("Week 12,,,,,,", "note_line"),
        ("Nordkai,,,,,,", "no_position"), (",Baker,,,,,", "no_company"),
        (",,,,,,call them", "note_line"), (f"Nordkai,{'x' * 201},,,,,", "too_long"),
    ],
)  # fmt: skip
def test_rows_that_are_no_positions(line: str, reason: str) -> None:
    reading = read_rows(f"{HEAD}Brightfen,Carer,,,,,\n{line}\n")
    assert [(one.row, one.reason) for one in reading.rest] == [(3, reason)]


def test_a_company_may_be_called_total() -> None:
    assert len(read_rows(f"{HEAD}Total,Engineer,,2026-03-02,,,\n").rows) == 1


def test_the_candidates_own_address_is_no_contact() -> None:
    lines = "".join(f"Company {n},Baker,me@x.example\n" for n in range(5))
    assert fields_of(f"Company,Position,Contact Email\n{lines}")[2] == "ignored"
