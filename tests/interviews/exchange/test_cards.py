"""vCards of every version in, and out again as they came."""

import io
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.exchange.cards import read_cards, sign_cards, write_cards
from interviews.exchange.lines import UnreadableError
from interviews.models import Candidate, Company, Interlocutor
from interviews.services.cards import BusinessCard

DATA = Path(__file__).parents[2] / "data" / "cards"
# What a person can type into a field: no control signs, no halves of a sign.
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


def read(name: str) -> list[BusinessCard]:
    with (DATA / name).open("rb") as upload:
        return read_cards(upload)


def card(*lines: str) -> list[BusinessCard]:
    text = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])
    return read_cards(io.BytesIO(text.encode()))


def test_version_3_with_groups_folding_and_a_picture() -> None:
    assert read("phone-3.0.vcf") == [
        BusinessCard(
            name="Dr. Anna Petrova",
            company="Acme, Inc.",
            position="Head of people",
            phone="+49 170 901820",
            email="anna@acme.example",
            notes="Met at the fair\nlikes tea; and a very long remark that is folded by the "
            "program which wrote it",
        ),
        BusinessCard(name="Bill Ng", company="Bolt"),
    ]


def test_version_4_with_addresses_for_number_and_mail() -> None:
    assert read("mail-4.0.vcf") == [
        BusinessCard(
            name="أحمد 😀 <b>Zoë</b>",
            company="Dune",
            phone="+1-202-555-0147",
            email="zoe@dune.example",
        )
    ]


def test_version_2_1_with_quoted_printable_and_a_declared_charset() -> None:
    assert read("old-2.1.vcf") == [
        BusinessCard(
            name="Jörg Müller", company="Café GmbH", phone="0170 901820", notes="eins\nzwei"
        )
    ]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:Petrova;Anna;Maria;Dr.;"], "Dr. Anna Maria Petrova"),
        (["FN:", "ORG:Acme;People"], "Acme"),
        (["FN:" + "x" * 200], "x" * 200),
        (["FN:" + "x" * 201], "x" * 199 + "…"),
        (["FN:a\\\\nb"], "a\\nb"),
    ],
)
def test_names(lines: list[str], name: str) -> None:
    assert [each.name for each in card(*lines)] == [name]


def test_the_same_card_twice_is_one() -> None:
    with (DATA / "phone-3.0.vcf").open("rb") as upload:
        twice = upload.read() * 2
    assert len(read_cards(io.BytesIO(twice))) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + b"\x00" * 1000, "This is no business card"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "This is no business card"),
        (b"", "There is no card with a name"),
        (b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "There is no card with a name"),
        (b"BEGIN:VCARD\nFN:\xff\xfe\nEND:VCARD\n", "The letters in this file cannot be read"),
        ("BEGIN:VCARD\n".encode("utf-16"), "The letters in this file cannot be read"),
        (b"BEGIN:VCARD\nFN:Anna", "This file ends in the middle of a card"),
        (b"BEGIN:VCARD\nFN:Anna\nEND:VCARD\n" * 101, "more than 100 cards"),
    ],
)
def test_what_is_no_file_of_cards(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read_cards(io.BytesIO(content))


def test_large_pictures_are_no_obstacle() -> None:
    """Folded as most programs write them, or as one line of megabytes."""
    folded = b"PHOTO;ENCODING=b:" + b"\r\n ".join([b"A" * 74] * 30_000)
    single = b"PHOTO:data:image/jpeg;base64," + b"A" * 3_000_000
    for picture in (folded, single):
        content = b"BEGIN:VCARD\r\nFN:Anna\r\n" + picture + b"\r\nEND:VCARD\r\n"
        assert read_cards(io.BytesIO(content)) == [BusinessCard(name="Anna")]


def person(**fields: object) -> Interlocutor:
    key = UUID("01a20000-0000-7000-8000-000000000001")
    return Interlocutor(id=key, **fields)


def test_what_is_written() -> None:
    acme = Company(name="Acme; Söhne, KG")
    written = write_cards([person(name="Anna Petrova", company=acme, phone="+49 30 1")])
    assert written.decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:urn:uuid:01a20000-0000-7000-8000-000000000001",
        "FN:Anna Petrova",
        "N:;Anna Petrova;;;",
        "ORG:Acme\\; Söhne\\, KG",
        "TEL;TYPE=WORK,VOICE:+49 30 1",
        "END:VCARD",
        "",
    ]


def test_notes_stay_out_of_what_is_passed_on() -> None:
    assert b"secret" not in write_cards([person(name="Anna", notes="secret")])


@given(name=TYPED, company=TYPED, position=TYPED)
def test_any_text_comes_back_as_it_went(name: str, company: str, position: str) -> None:
    name, company, position = (" ".join(text.split()) for text in (name, company, position))
    if not name:
        return
    written = write_cards([person(name=name, company=Company(name=company), position=position)])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert read_cards(io.BytesIO(written)) == [
        BusinessCard(name=name, company=company, position=position)
    ]


def test_what_travels_in_the_page_is_bound_to_its_candidate() -> None:
    from interviews.exchange.cards import read_signed

    alice, charlie = Candidate(), Candidate()
    cards = [BusinessCard(name="Anna", company="Acme")]
    signed = sign_cards(cards, candidate=alice)
    assert read_signed(signed, candidate=alice) == cards
    assert read_signed(signed, candidate=charlie) is None
    assert read_signed(signed[:-1] + "x", candidate=alice) is None
