"""Files that are not in UTF-8, or are damaged, are read with a request to check."""

import io

import pytest

from integrations.vcard import CardFile, read_cards
from tests.integrations.dialects import calendar, read_all

GUESSED = ("We had to guess some letters. Check them.",)


def card(name: str) -> str:
    return f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:{name}\r\nTEL:+49 30 5550004\r\nEND:VCARD\r\n"


def read(content: bytes, country: str = "") -> CardFile:
    return read_cards(io.BytesIO(content), country=country)


@pytest.mark.parametrize(
    ("charset", "name", "country"),
    [
        ("cp1252", "Jürgen Groß", ""),
        ("cp1252", "Zoë “Zo” D’Amico", "DE"),
        ("cp1251", "Иванов", "DE"),
        ("koi8_r", "Иванов Иван", ""),
        ("cp1250", "Łukasz Żółć", ""),
        ("cp1250", "Dvořák Čeněk", "CZ"),
        ("cp1254", "Şükrü Öğün", "TR"),
        ("cp1253", "Γιώργος Παπαδόπουλος", ""),
        ("cp1255", "שלום כהן", "IL"),
        ("cp1256", "أحمد محمد", ""),
        ("cp932", "田中太郎", ""),
        ("gb18030", "王小明", ""),
        ("cp949", "김철수", "KR"),
    ],
)
def test_the_code_page_is_guessed_and_that_is_said(charset: str, name: str, country: str) -> None:
    found = read(card("Petra Lang").encode() + card(name).encode(charset), country)
    assert [each.card.name for each in found.read] == ["Petra Lang", name]
    assert [each.remarks for each in found.read] == [(), GUESSED]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_unicode_with_and_without_its_mark(charset: str) -> None:
    (found,) = read(card("Jürgen 😀 田中").encode(charset)).read
    assert (found.card.name, found.remarks) == ("Jürgen 😀 田中", ())


def test_joined_files_each_with_its_mark() -> None:
    joined = b"".join(card(name).encode("utf-8-sig") for name in ("Petra Lang", "Jonas Kerr"))
    assert [each.name for each in read(joined).cards] == ["Petra Lang", "Jonas Kerr"]


@pytest.mark.parametrize(
    ("line", "name", "is_guessed"),
    [
        (b"FN;quoted-printable:Max Gro=DF", "Max Groß", True),
        (b"FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Max Gro=DF", "Max Groß", False),
        (b"FN;CHARSET=windows-1251:\xc8\xe2\xe0\xed", "Иван", False),
        (b"FN;CHARSET=ISO-8859-1:J\xc3\xbcrgen", "Jürgen", False),
        (b"FN;CHARSET=ISO-8859-1:\x93Zo\x94 Lang", "“Zo” Lang", False),
        (b"FN;CHARSET=UTF-8:J\xfcrgen", "Jürgen", True),
        (b"FN;CHARSET=hex:4a", "4a", False),
        (b"FN;CHARSET=:Anna", "Anna", False),
        (b"FN;ENCODING=BASE64;CHARSET=UTF-8:SsO8cmdlbg==", "Jürgen", False),
        (b"FN:Gr\xc3\xb6\xc3\x9fe \xff", "Größe \ufffd", True),
        (b"FN;ENCODING=QUOTED-PRINTABLE:J=C3=BC=\r\nrgen", "Jürgen", False),
        (b"FN;ENCODING=QUOTED-PRINTABLE:Anna=\r\n\r\nNOTE:x", "Anna", False),
        # As a mail's headers are written.
        (b"FN:=?UTF-8?Q?J=C3=BCrgen_Gro=C3=9F?=", "Jürgen Groß", False),
        (b"FN:=?utf-8?B?SsO8cg==?= =?iso-8859-1?q?gen?= Lang", "Jürgen Lang", False),
        (b"FN:=?hex?Q?78?=", "=?hex?Q?78?=", False),
        (b"FN:=?utf-8?B?a?=", "=?utf-8?B?a?=", False),
        (b"FN:\x1b$B@nJU\x1b(B Hanako", "川辺 Hanako", False),
    ],
)
def test_one_bad_letter_loses_nothing(line: bytes, name: str, is_guessed: bool) -> None:
    one = b"BEGIN:VCARD\r\n" + line + b"\r\nEND:VCARD\r\n"
    found = read(one + card("Petra Lang").encode())
    assert [each.name for each in found.cards] == [name, "Petra Lang"]
    assert [each.remarks for each in found.read] == [GUESSED if is_guessed else (), ()]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r\n"])
@pytest.mark.parametrize("fold", [" ", "\t"])
def test_lines_however_they_end(end: str, fold: str) -> None:
    lines = ["UID:1", "DTSTART:20261208T130000Z", f"SUMMARY:Grö{end}{fold}ße"]
    (found,) = read_all(calendar(lines, end=end).encode())
    assert (found.uid, found.title) == ("1", "Größe")


@pytest.mark.parametrize(
    ("charset", "title"),
    [
        ("cp932", "面接のご案内"),
        ("cp932", "最終面接の日程について"),
        ("iso2022_jp", "面接のご案内"),
        ("gb18030", "面试邀请函"),
    ],
)
def test_an_invitation_in_letters_of_east_asia(charset: str, title: str) -> None:
    lines = ["UID:1", "DTSTART:20261208T130000Z", f"SUMMARY:{title}"]
    (found,) = read_all(calendar(lines).encode(charset))
    assert found.title == title


def test_an_invitation_in_windows_letters() -> None:
    lines = ["UID:1", "DTSTART:20261208T130000Z", "LOCATION:Königstraße 5"]
    lines += ["ORGANIZER;CN=Jürgen Groß:mailto:juergen@acme.example"]
    (found,) = read_all(calendar(lines).encode("cp1252"))
    assert (found.place, found.people[0].name) == ("Königstraße 5", "Jürgen Groß")
    assert found.remarks == ("We had to guess some letters in this file. Check names and places.",)
