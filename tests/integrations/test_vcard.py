"""vCards of every version, imported and exported."""

import io
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.content_lines_read import UnreadableError
from integrations.vcard import read_cards, write_cards
from integrations.vcard_import import BusinessCard, read_signed, sign_cards
from interviews.models import Candidate, Company, Interlocutor

DATA = Path(__file__).parents[1] / "data" / "cards"
# What a person can type into a field: no control signs, no halves of a sign.
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


def read(name: str) -> list[BusinessCard]:
    with (DATA / name).open("rb") as upload:
        return read_cards(upload).cards


def card(*lines: str) -> list[BusinessCard]:
    text = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])
    return read_cards(io.BytesIO(text.encode())).cards


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
        BusinessCard(name="Bill Ng", company="Bolt", notes="12"),
    ]


def test_version_4_with_addresses_for_number_and_mail() -> None:
    assert read("mail-4.0.vcf") == [
        BusinessCard(
            name="أحمد 😀 <b>Zoë</b>",
            company="Dune",
            phone="+1-202-555-0147 ext. 5",
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
        (["N:Petrova,Lang;Anna,Maria;;Dr.;"], "Dr. Anna Maria Petrova Lang"),
        (["N:Petrova\\, Lang;Anna;;;"], "Anna Petrova, Lang"),
        (["FN:a@acme.example", "N:Petrova;Anna;;;", "EMAIL:a@acme.example"], "Anna Petrova"),
        (["FN:a@acme.example", "EMAIL:a@acme.example"], "a@acme.example"),
        (["FN:", "ORG:Acme;People"], "Acme"),
        (["FN:" + "x" * 200], "x" * 200),
        (["FN:" + "x" * 201], "x" * 199 + "…"),
        (["FN:a\\\\nb"], "a\\nb"),
    ],
)
def test_names(lines: list[str], name: str) -> None:
    assert [each.name for each in card(*lines)] == [name]


def test_the_role_is_the_position_of_who_has_no_title() -> None:
    assert [each.position for each in card("FN:A", "ROLE:Recruiter")] == ["Recruiter"]
    assert [each.position for each in card("FN:A", "ROLE:x", "TITLE:Chief")] == ["Chief"]


def test_the_same_card_twice_is_one() -> None:
    with (DATA / "phone-3.0.vcf").open("rb") as upload:
        twice = upload.read() * 2
    assert len(read_cards(io.BytesIO(twice)).cards) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + b"\x00" * 1000, "a contact file"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a contact file"),
        (b"", "no named contacts"),
        (b"BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", "no named contacts"),
        ("BEGIN:VCALENDAR\n".encode("utf-16"), "a contact file"),
        (b"BEGIN:VCARD\nFN:Anna\nEND:VCARD\n" * 101, "more than 100 contacts"),
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
        assert read_cards(io.BytesIO(content)).cards == [BusinessCard(name="Anna")]


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
    assert read_cards(io.BytesIO(written)).cards == [
        BusinessCard(name=name, company=company, position=position)
    ]


def test_what_travels_in_the_page_is_bound_to_its_candidate() -> None:
    alice, charlie = Candidate(), Candidate()
    cards = [BusinessCard(name="Anna", company="Acme")]
    signed = sign_cards(cards, candidate=alice)
    assert read_signed(signed, candidate=alice) == cards
    assert read_signed(signed, candidate=charlie) is None
    assert read_signed(signed[:-1] + "x", candidate=alice) is None


@pytest.mark.parametrize(
    ("lines", "phone", "email", "notes"),
    [
        (["TEL;VALUE=uri;TYPE=work:tel:+1-202-555-0143;ext=77"], "+1-202-555-0143 ext. 77", "", ""),
        (["TEL;VALUE=uri:callto:+4930%205550012"], "+4930 5550012", "", ""),
        (["TEL:Tel: +49 30 5550012"], "+49 30 5550012", "", ""),
        (["TEL;VALUE=uri:tel:5550143;phone-context=+1-202"], "+1-202 5550143", "", ""),
        (["TEL;CELL:0170 1", "TEL;WORK;PREF:030 5550012"], "030 5550012", "", "0170 1"),
        (["TEL;PREF=2:030 5550012", "TEL;PREF=1:030 5550013"], "030 5550013", "", "030 5550012"),
        (["TEL;TYPE=home:030 1234", 'TEL;TYPE="work,pref":030 5678'], "030 5678", "", "030 1234"),
        (["item1.TEL:030 1234", "item1.X-ABLabel:Fax", "item2.TEL:030 5678"], "030 5678", "", ""),
        (["TEL:" + "1" * 41], "", "", "1" * 41),
        (["EMAIL:a@x.example", "EMAIL;TYPE=pref:b@x.example"], "", "b@x.example", "a@x.example"),
        (["EMAIL:Anna <a@x.example>", "EMAIL:nonsense"], "", "a@x.example", "nonsense"),
        (
            ["NOTE:Met", "EMAIL:a@x.example", "EMAIL:b@x.example"],
            "",
            "a@x.example",
            "b@x.example\nMet",
        ),
    ],
)
def test_the_preferred_is_taken_and_the_others_are_kept_in_the_notes(
    lines: list[str], phone: str, email: str, notes: str
) -> None:
    (found,) = card("FN:Anna", *lines)
    assert (found.phone, found.email, found.notes) == (phone, email, notes)


def several(text: str) -> tuple[list[str], list[str]]:
    """Names, and all that is said beside them."""
    found = read_cards(io.BytesIO(text.encode()))
    said = [remark for each in found.read for remark in each.remarks]
    return [each.name for each in found.cards], [*said, *found.remarks]


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        (
            "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
            ["A", "B"],
            "This contact is incomplete",
        ),
        (
            "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B",
            ["A", "B"],
            "This contact is incomplete",
        ),
        (
            "BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nFN:A\nEND:VCARD\n",
            ["B", "A"],
            "",
        ),
        (
            "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nTEL:1234\nEND:VCARD\n",
            ["A"],
            "1 contact without a name",
        ),
        ("BEGIN:VCARD\nKIND:group\nFN:All\nEND:VCARD\nBEGIN:VCARD\nFN:A\nEND:VCARD\n", ["A"], ""),
        (
            "BEGIN:VCARD\nFN:A\nTEL:030 1\nTEL:030 2\nEND:VCARD\n",
            ["A"],
            "Added to the notes: 030 2",
        ),
        ("BEGIN:VCARD\nEMAIL:a@x.example\nEND:VCARD\n", ["a@x.example"], ""),
    ],
)
def test_nothing_is_lost_with_a_card_or_dropped_in_silence(
    text: str, names: list[str], said: str
) -> None:
    found, remarks = several(text)
    assert found == names
    assert said in "".join(remarks)
    assert bool(remarks) == bool(said)
