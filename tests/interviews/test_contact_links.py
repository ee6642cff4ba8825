"""Numbers as people type them, dialled; addresses that name one recipient."""

import pytest

from interviews.contact_links import mailto, mailto_with, numbers_in


@pytest.mark.parametrize(
    ("said", "country", "url"),
    [
        ("+49 (0)30 5550012", "", "tel:+49305550012"),
        ("0049 (0)30 5550012", "", "tel:+49305550012"),
        ("030 5550012", "DE", "tel:+49305550012"),
        ("030/5550012", "DE", "tel:+49305550012"),
        ("030 5550012", "", "tel:0305550012"),
        ("0170 1", "DE", "tel:01701"),
        ("(202) 555-0143", "US", "tel:+12025550143"),
        ("011 49 30 5550012", "US", "tel:+49305550012"),
        ("1-800-JOBCALL", "US", "tel:+18005622255"),
        ("٠٣٠ ٥٥٥٠٠١٢", "DE", "tel:+49305550012"),
        ("＋４９ ３０ ５５５００１２", "", "tel:+49305550012"),
        ("1١2", "", "tel:112"),
        ("*100#", "DE", "tel:*100%23"),
        # Extensions and pauses.
        ("+1 202-555-0143 ext. 12", "DE", "tel:+12025550143;ext=12"),
        ("+1 202 555 0143 x12", "DE", "tel:+12025550143;ext=12"),
        ("+1 202 555 0143 (x12)", "DE", "tel:+12025550143;ext=12"),
        ("+1 202 555 0143,,12#", "DE", "tel:+12025550143;ext=12"),
        ("+1 202 555 0143p12", "DE", "tel:+12025550143;ext=12"),
        ("tel:+1-202-555-0143;ext=77", "DE", "tel:+12025550143;ext=77"),
        ("030 5550012 Durchwahl 12", "DE", "tel:+49305550012;ext=12"),
        ("+33 1 23 45 67 89 poste 12", "FR", "tel:+33123456789;ext=12"),
        ("+7 (495) 123-45-67 доб. 12", "DE", "tel:+74951234567;ext=12"),
        ("+34 91 123 45 67 extensión 12", "DE", "tel:+34911234567;ext=12"),
        ("+81 3-1234-5678 内線12", "DE", "tel:+81312345678;ext=12"),
        ("+1 202-555-0143 extension #12", "DE", "tel:+12025550143;ext=12"),
        ("+1 202-555-0143 X12", "DE", "tel:+12025550143;ext=12"),
        ("+86 10 1234 5678 转 12", "DE", "tel:+861012345678;ext=12"),
        ("+41 44 123 45 67 intern 12", "DE", "tel:+41441234567;ext=12"),
        ("030 5550012 (Durchwahl 12)", "DE", "tel:+49305550012;ext=12"),
        ("+1 202 555 0143 (extension: 12)", "DE", "tel:+12025550143;ext=12"),
        ("030 5550012 Apparat Nr. 12", "DE", "tel:+49305550012;ext=12"),
        ("+49 30 5550012 ext-12 Zimmer 3", "DE", "tel:+49305550012;ext=12"),
        # Letters of the keys.
        ("1 800 GO FEDEX", "US", "tel:+18004633339"),
        ("1-800-JOBCALL ext. 5", "US", "tel:+18005622255;ext=5"),
        ("1-800-JOBCALL", "", "tel:18005622255"),
        # Words beside the number.
        ("030 5550012 Zimmer 34", "DE", "tel:+49305550012"),
        ("+49 30 5550012 MOBIL", "DE", "tel:+49305550012"),
        ("+81 3-1234-5678 受付 2", "DE", "tel:+81312345678"),
        ("Tel.: 030 5550012", "DE", "tel:+49305550012"),
        ("030 5550012 mobil", "DE", "tel:+49305550012"),
        ("030 5550012 (nach 18 Uhr)", "DE", "tel:+49305550012"),
        ("030 5550012, Fax 030 5550013", "DE", "tel:+49305550012"),
        ("030 5550012 / 13", "DE", "tel:+49305550012"),
        ("+49 30 5550012 / -13", "DE", "tel:+49305550012"),
        ("+1 202 555 0143 / 0144", "DE", "tel:+12025550143"),
        ("+49 (0) 89 / 123 45-678", "DE", "tel:+498912345678"),
    ],
)
def test_one_number(said: str, country: str, url: str) -> None:
    assert [(each.said, each.url) for each in numbers_in(said, country=country)] == [(said, url)]


@pytest.mark.parametrize("between", [" / ", ", ", "; ", " oder ", "\n"])
def test_several_numbers_are_dialled_each(between: str) -> None:
    said = f"030 5550012{between}0170 1234567"
    assert [(each.said, each.url) for each in numbers_in(said, country="DE")] == [
        ("030 5550012", "tel:+49305550012"),
        ("0170 1234567", "tel:+491701234567"),
    ]


def test_numbers_with_a_word_before_each() -> None:
    said = "Büro 030 5550012 Mobil: 0170 1234567 Fax 030 5550013"
    assert [(each.said, each.url) for each in numbers_in(said, country="DE")] == [
        ("Büro 030 5550012", "tel:+49305550012"),
        ("Mobil: 0170 1234567", "tel:+491701234567"),
    ]


@pytest.mark.parametrize("said", ["", "ask at the desk"])
def test_no_number(said: str) -> None:
    assert numbers_in(said, country="DE") == []


@pytest.mark.parametrize(
    ("email", "link"),
    [
        ("anna@acme.example", "mailto:anna@acme.example"),
        ("a?bcc=thief@evil.example", "mailto:a%3Fbcc%3Dthief@evil.example"),
        ("a&cc=b@c.example", "mailto:a%26cc%3Db@c.example"),
        ("100%@c.example", "mailto:100%25@c.example"),
    ],
)
def test_an_address_names_no_other_recipient(email: str, link: str) -> None:
    assert mailto(email) == link


def test_a_letter_in_a_link() -> None:
    assert (
        mailto_with("", subject="A b", body="c\nd&e") == "mailto:?subject=A%20b&body=c%0D%0Ad%26e"
    )
