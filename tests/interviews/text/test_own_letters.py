"""An own text: what changes becomes a placeholder, and is filled in again."""

from datetime import date

import pytest
from django.utils import translation

from interviews.text.letters import Letter, Writing, letter_from, shown, to_keep, values_of
from tests.interviews.text.wording_table import BERLIN, at

NOW = at("2026-11-23 12:00").astimezone(BERLIN)
ANNA = Writing(
    position="Product analyst",
    interviewed_on=date(2026, 11, 16),
    person="Anna Petrova",
    sender="Alice Weber",
    promised_on=date(2026, 11, 20),
)
BEN = Writing(position="Lead", interviewed_on=date(2026, 11, 18), person="Ben Naso")
FOR_ANNA = values_of(ANNA, company="Acme", now=NOW)
FOR_BEN = values_of(BEN, company="Bolt", now=NOW)


def filled(text: str, values: dict[str, str]) -> str:
    return letter_from(Letter(subject="", body=text), values).body


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Dear Anna Petrova,", "Dear {person},"),
        ("Dear Anna,", "Dear {first name},"),
        ("Dear Ms Petrova,", "Dear Ms {last name},"),
        ("as Product analyst at Acme", "as {position} at {company}"),
        ("On Monday 16 November we met", "On {interview day} we met"),
        ("an answer by Friday 20 November", "an answer by {promised day}"),
        ("Yours, Alice Weber", "Yours, {my name}"),
        # A word that only begins like a name is another word.
        ("Annalise and Acmeology", "Annalise and Acmeology"),
        ("Anna’s team", "{first name}’s team"),
        # Typed by the candidate: a known name in any case, or any other text.
        ("Dear {Person}, {  my   name }", "Dear {person}, {my name}"),
        ("{x: 1} {Anna} {} {{person}}", "{x: 1} {Anna} {} {{person}}"),
        ("50 % of {this}, \\1 and $1", "50 % of {this}, \\1 and $1"),
        ("", ""),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert to_keep(typed, FOR_ANNA) == kept


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("Dear {person}, {position} at {company}", "Dear Ben Naso, Lead at Bolt"),
        ("Dear {first name} {last name}", "Dear Ben Naso"),
        ("met on {interview day}", "met on Wednesday 18 November"),
        # Known, but nothing to fill in: seen at once.
        ("by {promised day}, {my name}", "by [promised date], [my name]"),
        ("{nonsense} {x: 1} { } {person", "{nonsense} {x: 1} { } {person"),
    ],
)
def test_what_is_filled_in(kept: str, said: str) -> None:
    assert filled(kept, FOR_BEN) == said


def test_what_was_missing_is_a_placeholder_again_when_kept_anew() -> None:
    said = filled("by {promised day}, {my name}", FOR_BEN)
    assert to_keep(said, FOR_BEN) == "by {promised day}, {my name}"
    assert to_keep("Kind regards, [your name]", FOR_BEN) == "Kind regards, {my name}"


def test_kept_and_filled_in_for_the_same_letter_it_is_as_it_was_typed() -> None:
    typed = "Dear Anna Petrova,\n\nthe {extra} at Acme; 100 %.\n\nAlice Weber\n"
    assert filled(to_keep(typed, FOR_ANNA), FOR_ANNA) == typed


def test_names_that_look_like_placeholders_or_patterns() -> None:
    odd = values_of(
        Writing(position="C++ {senior}", interviewed_on=ANNA.interviewed_on, person="{person}"),
        company="A.B (C)",
        now=NOW,
    )
    assert filled("{person}, {position}, {company}", odd) == "{person}, C++ {senior}, A.B (C)"
    assert to_keep("as C++ {senior} at A.B (C)", odd) == "as {position} at {company}"


def test_two_values_that_are_the_same_word_are_the_first_of_them() -> None:
    same = values_of(
        Writing(position="Acme", interviewed_on=ANNA.interviewed_on), company="Acme", now=NOW
    )
    assert to_keep("Acme", same) == "{position}"


def own_values(person: str, sender: str) -> dict[str, str]:
    writing = Writing(
        position="Lead", interviewed_on=ANNA.interviewed_on, person=person, sender=sender
    )
    return values_of(writing, company="Acme", now=NOW)


@pytest.mark.parametrize(
    ("person", "sender", "typed", "kept"),
    [
        # A candidate with the same name signs with it.
        ("Anna Petrova", "Anna Muster", "Dear Anna Petrova,\nAnna", "Dear {person},\nAnna"),
        ("Anna Petrova", "Anna Muster", "Yours, Anna Muster", "Yours, {my name}"),
        (
            "Ben Muster",
            "Anna Muster",
            "Ben Muster, Ben; A. Muster",
            "{person}, {first name}; A. Muster",
        ),
        ("Anna Petrova", "Anna-Lena Weber", "Anna", "Anna"),
        ("anna petrova", "Anna Muster", "anna", "anna"),
        ("Anna", "Anna Muster", "Anna", "Anna"),
        # One name for both: it is of_alice.
        ("Anna Muster", "Anna Muster", "Anna Muster", "{my name}"),
        ("Anna", "Anna", "Anna", "{my name}"),
        # A part of a longer name is no word of its own.
        ("Anna Petrova", "Bo Li", "Anna-Lena, Anna", "Anna-Lena, {first name}"),
        ("Anna Petrova", "Bo Li", "Meyer-Petrova", "Meyer-Petrova"),
    ],
)
def test_whose_name_it_is(person: str, sender: str, typed: str, kept: str) -> None:
    assert to_keep(typed, own_values(person, sender)) == kept


def test_a_name_of_one_word_is_the_first_name_too() -> None:
    values = own_values("Suharto", "Bo Li")
    assert filled("Dear {first name}", values) == "Dear Suharto"
    assert to_keep("Dear Suharto", values) == "Dear {person}"


def test_a_subject_is_one_line() -> None:
    values = FOR_BEN | {"position": "Lead\n of all"}
    assert letter_from(Letter(subject="As {position}", body=""), values).subject == "As Lead of all"


def test_a_stored_name_is_understood_in_any_language() -> None:
    with translation.override("de"):
        assert to_keep("{person}", FOR_ANNA) == "{person}"
    assert shown("{person} {other}") == "{person} {other}"
