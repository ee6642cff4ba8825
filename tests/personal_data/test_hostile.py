"""Malicious files: one clear message each, and nothing is stored."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from integrations.content_lines_read import UnreadableError
from interviews.models import Candidate
from personal_data import json_rows, zip_reader
from personal_data.import_ import import_export
from tests.personal_data.exports import NOW, Facts, exported, facts_in, lines, packed, zipped
from tests.personal_data.snapshot import Snapshot, snapshot
from tests.site.world import World

NO_EXPORT = "This isn’t a Hearback export"
DAMAGED = "This zip file is damaged. Download the export again."
OTHER_VERSION = "This export comes from a Hearback version"
NOT_OURS = "The data in this export isn’t in Hearback’s format."
OLD = '{"format": "hearback", "version": 1,'


def refusal(file: BytesIO, candidate: Candidate) -> str:
    before = snapshot(candidate)
    with pytest.raises(UnreadableError) as refused:
        import_export(file=file, candidate=candidate, now=NOW)
    assert snapshot(candidate) == before
    return str(refused.value)


# --- the zip -------------------------------------------------------------------------------------


def bomb() -> BytesIO:
    return packed(rows(lines([{"detail": "a" * 2_000_000}] * 30), "record"))


def many_files() -> BytesIO:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for number in range(300):
            made.writestr(str(number), b"")
    return file


def with_long_directory() -> BytesIO:
    """It says that there are few files, yet its list of them is long."""
    file = many_files()
    content = bytearray(file.getvalue())
    content[-14:-10] = struct.pack("<2H", 1, 1)
    content[-10:-6] = struct.pack("<L", 1_000_000)
    return BytesIO(bytes(content))


def of_the_large_kind() -> BytesIO:
    content = zipped(b"{}").getvalue()
    locator = b"PK\x06\x07" + b"\x00" * 16
    return BytesIO(content[:-22] + locator + content[-22:])


def nested() -> BytesIO:
    return zipped(zipped(b"\xff" * 100).getvalue() + b"\xff")


def encrypted() -> BytesIO:
    content = bytearray(zipped(b"{}").getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return BytesIO(bytes(content))


def lying_about_its_size() -> BytesIO:
    """The list says that the file has two bytes; there are more."""
    file = zipped(b'{"format": "hearback"}')
    content = bytearray(file.getvalue())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<L", 2)
    return BytesIO(bytes(content))


def cut_short() -> BytesIO:
    content = zipped(b'{"format": "hearback"}').getvalue()
    return BytesIO(content[:45] + content[50:])


def twice() -> BytesIO:
    file = zipped(b"{}")
    with zipfile.ZipFile(file, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("hearback.json", b"{}")
    return file


ZIPS: dict[str, tuple[Callable[[], BytesIO], str]] = {
    "nothing": (lambda: BytesIO(b""), NO_EXPORT),
    "no zip": (lambda: BytesIO(b"{}" * 100), NO_EXPORT),
    "a zip of something else": (lambda: zipped(b"{}", "letter.docx"), NO_EXPORT),
    "a path that leads out": (lambda: zipped(b"{}", "../../hearback.json"), NO_EXPORT),
    "an absolute path": (lambda: zipped(b"{}", "/hearback.json"), NO_EXPORT),
    "a path that leads out of a folder": (lambda: zipped(b"{}", "a/../hearback.json"), NO_EXPORT),
    "what a Mac keeps beside it": (lambda: zipped(b"{}", "__MACOSX/hearback.json"), NO_EXPORT),
    "the facts twice": (twice, NO_EXPORT),
    "encrypted": (encrypted, NO_EXPORT),
    "a comment behind it": (lambda: BytesIO(zipped(b"{}").getvalue() + b"x"), NO_EXPORT),
    "the format for large files": (of_the_large_kind, NO_EXPORT),
    "many files": (many_files, "This zip file has too many files to be a Hearback export."),
    "a long list of few": (
        with_long_directory,
        "This zip file has too many files to be a Hearback export.",
    ),
    "a bomb": (bomb, "This zip file unpacks to far more than an export can hold."),
    "a zip in it": (nested, "We couldn’t read the text in this export. Download it again."),
    "a size that is not true": (lying_about_its_size, DAMAGED),
    "cut short": (cut_short, DAMAGED),
    "a head alone, cut short": (lambda: BytesIO(b'{"format": "hearback", "ver'), NO_EXPORT),
    "other facts alone": (lambda: BytesIO(b'{"name": "a package"}'), NO_EXPORT),
    "a head alone, no UTF-8": (
        lambda: BytesIO(b'{"format": "\xff"}'),
        "We couldn’t read the text in this export. Download it again.",
    ),
    "no UTF-8": (
        lambda: zipped(b"\xff\xfe{\x00}\x00"),
        "We couldn’t read the text in this export. Download it again.",
    ),
}


@pytest.mark.parametrize("name", ZIPS)
def test_zips(newcomer: Candidate, name: str) -> None:
    make, sentence = ZIPS[name]
    assert refusal(make(), newcomer).startswith(sentence)


def test_a_file_that_is_too_large(newcomer: Candidate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_reader, "PACKED_MAX", 100)
    said = refusal(zipped(b"{}"), newcomer)
    assert said == "This file is too large. Choose one up to 60 MB."


# --- the text ------------------------------------------------------------------------------------


HEAD = '{"format": "hearback", "version": 2}'


def head(text: str) -> dict[str, str]:
    return {"hearback.json": text}


def rows(text: str, table: str = "companies") -> dict[str, str]:
    return {**head(HEAD), f"facts/{table}.jsonl": text}


TEXTS = {
    "nothing": (head(""), NOT_OURS),
    "a list": (head("[]"), NOT_OURS),
    "no end": (head('{"format": "hearback", "version": 2'), NOT_OURS),
    "more behind it": (head("{} {}"), NOT_OURS),
    "another format": (head('{"format": "x", "version": 2}'), NO_EXPORT),
    "no version": (head('{"format": "hearback"}'), OTHER_VERSION),
    "a later version": (head('{"format": "hearback", "version": 3}'), OTHER_VERSION),
    "a version that is true": (head('{"format": "hearback", "version": true}'), OTHER_VERSION),
    "nothing but a head": (head(HEAD), "This export has no job search data"),
    "rows without a head": ({"facts/companies.jsonl": "{}"}, NO_EXPORT),
    "an unknown table": (rows("{}", "secrets"), "This export contains “secrets”"),
    "an unknown value": (head(f'{HEAD[:-1]}, "secrets": 1}}'), NO_EXPORT),
    "a table twice": ({**rows("{}"), "more/companies.jsonl": "{}"}, NO_EXPORT),
    "a column twice": (rows('{"id": 1, "id": 2}'), "“id” appears twice in this export."),
    "a row that is no object": (rows("1"), NOT_OURS),
    "rows in a list": (rows("[{}, {}]"), NOT_OURS),
    "a line of nothing": (rows("\n"), NOT_OURS),
    "deep lists": (rows('{"id": ' + "[" * 100_000), NOT_OURS),
    "deep objects": (rows('{"a":' * 49_000), NOT_OURS),
    "many lists": (rows('{"id": [' + "[]," * 400_000), NOT_OURS),
    "a long row": (
        rows('{"id": "' + "a" * 9_000_000 + '"}'),
        "An entry in this export is too long.",
    ),
    "not a number": (rows('{"id": NaN}'), "A number in this export isn’t a whole"),
    "infinity": (rows('{"id": -Infinity}'), "A number in this export isn’t a whole"),
    "a fraction": (rows('{"id": 1.5}'), "A number in this export isn’t a whole"),
    "a large power": (rows('{"id": 1e999}'), "A number in this export isn’t a whole"),
    "a huge number": (
        rows('{"id": ' + "9" * 100_000 + "}"),
        "A number in this export is too long.",
    ),
    "two persons": (rows("{}\n{}", "settings"), "Nothing was imported. Entry 1 of “settings”"),
    "of version 1, without an end": (
        head(f'{OLD}\n"companies": [\n'),
        "This export has no job search data",
    ),
    "of version 1, a deep row": (
        head(f'{OLD}\n"companies": [\n' + '{"a":' * 49_000 + "\n]\n}"),
        NOT_OURS,
    ),
    "of version 1, laid out anew": (head(OLD.replace("{", "{\n")), NOT_OURS),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts(newcomer: Candidate, name: str) -> None:
    files, sentence = TEXTS[name]
    # Stored and not packed, so that none is refused for what it unpacks to.
    assert refusal(packed(files, zipfile.ZIP_STORED), newcomer).startswith(sentence)


def test_too_many_rows(facts: Facts, newcomer: Candidate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "ROWS_MAX", 4)
    assert refusal(zipped(facts), newcomer) == "This export has too many entries."


# --- the rows ------------------------------------------------------------------------------------

STRANGER = "01a20000-0000-7000-8000-000000000001"
ROWS: dict[str, tuple[str, str, Any, str]] = {
    "a name of nothing": ("companies", "name", "", "name: This field cannot be blank."),
    "a name of spaces": ("companies", "name", "  ", "company_has_name"),
    "a long name": ("companies", "name", "a" * 201, "name: Ensure this value has at most 200"),
    "a number for a text": ("companies", "name", 5, "name: This isn’t text."),
    "a list for a text": ("companies", "name", ["a"], "name: This isn’t text."),
    "nothing for a text": ("companies", "name", None, "name: Enter a value."),
    "NUL": ("companies", "name", "A\x00B", "This text contains an invisible character."),
    "a control sign": ("interviews", "notes", "\x1b[31m", "invisible character"),
    "a turn of direction": ("companies", "name", "A\u202eB", "invisible character"),
    "half a sign": ("interviews", "notes", "\ud800", "invisible character"),
    "an unknown word": ("companies", "kind", "bank", "kind: Value 'bank' is not a valid choice."),
    "an unknown column": ("companies", "candidate", STRANGER, "We don’t recognise “candidate”."),
    "a key that is none": ("companies", "id", "1", "id: This isn’t an ID."),
    "a text for a number": ("interviews", "minutes", "60", "minutes: Use a whole number."),
    "truth for a number": ("interviews", "minutes", True, "minutes: Use a whole number."),
    "a number out of range": ("interviews", "minutes", 721, "minutes: Ensure this value is less"),
    "a number below zero": ("interviews", "minutes", -1, "minutes: Ensure this value is greater"),
    "a number for truth": ("agreements", "silence_is_refusal", 1, "Use true or false"),
    "a moment without zone": ("interviews", "starts_at", "2026-11-30T13:30:00", "Use a timestamp"),
    "no moment": ("interviews", "starts_at", "soon", "starts_at: Use a timestamp"),
    "the end of time": (
        "interviews",
        "starts_at",
        "9999-12-31T23:59:59-12:00",
        "Check the year. It looks too early or too late.",
    ),
    "its beginning": (
        "interviews",
        "starts_at",
        "0001-01-01T00:00:00+14:00",
        "Check the year. It looks too early or too late.",
    ),
    "a day that is none": ("agreements", "due_on", "2026-02-30", "due_on: Use a date"),
    "a far day": (
        "agreements",
        "due_on",
        "2500-01-01",
        "due_on: Check the year. It looks too early or too late.",
    ),
    "an hour that is none": ("agreements", "due_time", "25:00", "due_time: Use a time"),
    "an hour without a day": ("agreements", "due_time", "12:00:00", "Choose a date for this time."),
    "an unknown zone": ("agreements", "due_timezone", "Mars/Base", "know the time zone"),
    "an unknown zone of the candidate": (
        "settings",
        "timezone",
        "../etc/passwd",
        "know the time zone",
    ),
    "an unknown country": ("settings", "country", "XX", "public holidays for this country"),
    "hours the wrong way": (
        "settings",
        "contact_opens",
        "18:00:00",
        "Choose an end time after the start time",
    ),
    "steps that are none": ("settings", "muted_steps", ["fly"], "Use a list of steps."),
    "channels that are none": (
        "settings",
        "channel_order",
        {"call": ["pigeon"]},
        "Use a list of channels.",
    ),
    "an order of no steps": ("settings", "channel_order", {"fly": []}, "Use an object of steps."),
    "steps of another kind": ("settings", "muted_steps", [["call"]], "Use a list of steps."),
    "a link that runs": ("interviews", "link", "javascript:alert(1)", "link: Enter a valid URL."),
    "no address": ("interlocutors", "email", "anna", "email: Enter a valid email address."),
    "an address that is none": ("account", "email", "a\nb@c", "email: Enter a valid email"),
    "a reference out of the file": (
        "vacancies",
        "company",
        STRANGER,
        "company: the linked entry isn’t in this export",
    ),
    "a reference to nothing": ("vacancies", "company", None, "company: Enter a value."),
    "a stage of another vacancy": ("interviews", "continues", 1, "Some entries are linked to data"),
    "a contact of another interview": (
        "agreements",
        "interview",
        1,
        "Some entries are linked to data",
    ),
    "keys that are none": ("results", "replaced_submission_ids", ["x"], "This isn’t an ID."),
    "no list of keys": ("results", "replaced_submission_ids", {}, "Use a list of IDs."),
}


@pytest.mark.parametrize("name", ROWS)
def test_rows(facts: Facts, newcomer: Candidate, name: str) -> None:
    table, column, value, sentence = ROWS[name]
    if column in ("continues", "interview"):
        value = facts["interviews"][value]["id"]
    if column == "interview":  # the agreement was reached in a call of the first
        facts["agreements"][0]["contact"] = facts["contacts"][0]["id"]
    facts[table][0][column] = value
    said = refusal(zipped(facts), newcomer)
    assert said.startswith("Nothing was imported.")
    assert sentence in said


@pytest.mark.parametrize(
    ("table", "changed", "sentence"),
    [
        ("companies", {}, "Its ID appears twice."),
        (
            "companies",
            {"id": STRANGER},
            "You already have a company with this name. Choose another name.",
        ),
        (
            "interviews",
            {"id": STRANGER, "submission_id": None},
            "You’ve already added the interview",
        ),
        ("participations", {}, "already exists"),
        ("lacking", {}, "already exists"),
        ("results", {"id": STRANGER}, "already exists"),
    ],
)
def test_what_may_be_there_once(
    facts: Facts, newcomer: Candidate, table: str, changed: dict[str, object], sentence: str
) -> None:
    facts[table].append(facts[table][0] | changed)
    said = refusal(zipped(facts), newcomer)
    assert f"Entry {len(facts[table])} of “{table}” has a problem" in said
    assert sentence in said


def test_a_row_without_its_key(facts: Facts, newcomer: Candidate) -> None:
    del facts["companies"][0]["id"]
    assert "It has no ID." in refusal(zipped(facts), newcomer)


def test_what_is_said_is_short(facts: Facts, newcomer: Candidate) -> None:
    facts["companies"][0]["kind"] = "x" * 1_000_000
    assert len(refusal(zipped(facts), newcomer)) < 500


def test_the_world_itself_is_taken(world: World, newcomer: Candidate) -> None:
    """None of these bounds is in the way of a real search; and what it says of steps is not
    believed."""
    facts = facts_in(exported(world.alice.user))
    before: Snapshot = snapshot(world.alice)
    for row in facts["interviews"]:
        row |= {"step": "done", "step_rule": "x", "step_reason": {"a": [{}]}, "step_due_at": 5}
    import_export(file=zipped(facts), candidate=newcomer, now=NOW)
    taken = [row["step"] for row in snapshot(newcomer)["Interview"]]
    assert taken == [row["step"] for row in before["Interview"]]
