import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from interviews.models import Candidate, Company, Interlocutor, Interview

DATA = Path(__file__).parents[2] / "data" / "cards"
URL = "/people/import/"


def upload(client: Client, content: bytes) -> HttpResponse:
    return client.post(URL, {"file": SimpleUploadedFile("cards.vcf", content)})


def phone() -> bytes:
    return (DATA / "phone-3.0.vcf").read_bytes()


def signed_in(page: HttpResponse) -> str:
    found = re.search(r'name="cards" value="([^"]+)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def test_reviewed_then_saved(as_alice: Client, alice: Candidate) -> None:
    page = upload(as_alice, phone())
    assert page.status_code == 200
    assert "Dr. Anna Petrova" in page.content.decode()
    assert not Interlocutor.objects.exists()
    saved = as_alice.post(URL, {"cards": signed_in(page), "take": ["0"]}, follow=True)
    assert "1 contact added." in saved.content.decode()
    anna = Interlocutor.objects.get()
    assert (anna.candidate, anna.name, anna.origin) == (alice, "Dr. Anna Petrova", "card")
    assert anna.company == Company.objects.get(name="Acme, Inc.")
    assert (anna.phone, anna.email) == ("+49 170 901820", "anna@acme.example")
    assert anna.notes.startswith("Met at the fair\n")


def test_sent_twice_it_is_saved_once(as_alice: Client) -> None:
    data = {"cards": signed_in(upload(as_alice, phone())), "take": ["0", "1"]}
    for _ in range(2):
        assert as_alice.post(URL, data).status_code == 302
    assert Interlocutor.objects.count() == 2


def test_a_known_company_is_the_same(as_alice: Client, interview: Interview) -> None:
    card = b"BEGIN:VCARD\nVERSION:4.0\nFN:Eve\nORG:ACME\nEND:VCARD\n"
    as_alice.post(URL, {"cards": signed_in(upload(as_alice, card)), "take": ["0"]})
    assert Interlocutor.objects.get(name="Eve").company == interview.vacancy.company


@pytest.mark.parametrize(
    "card", [b"FN:Anna P.\nEMAIL:ANNA@acme.example", b"FN:anna  petrova\nORG:Acme"]
)
def test_a_known_person_is_completed_and_not_doubled(
    as_alice: Client, anna: Interlocutor, card: bytes
) -> None:
    Interlocutor.objects.update(email="anna@acme.example", position="Recruiter")
    card = b"BEGIN:VCARD\nVERSION:3.0\n" + card + b"\nTITLE:Chief\nTEL:0301234\nEND:VCARD\n"
    Interlocutor.objects.update(phone="")
    page = upload(as_alice, card)
    said = " ".join(page.content.decode().split())
    assert "Already in your contacts as Anna Petrova. We’ll add:" in said
    saved = as_alice.post(URL, {"cards": signed_in(page), "take": ["0"]}, follow=True)
    assert "Missing details added to 1 contact." in saved.content.decode()
    after = Interlocutor.objects.get()
    assert (after.name, after.position, after.phone) == ("Anna Petrova", "Recruiter", "0301234")


def test_who_is_known_and_complete_has_no_tick(as_alice: Client, anna: Interlocutor) -> None:
    page = upload(as_alice, b"BEGIN:VCARD\nFN:Anna Petrova\nORG:Acme\nEND:VCARD\n")
    said = " ".join(page.content.decode().split())
    assert "Already in your contacts as Anna Petrova. Nothing to add." in said
    assert b'name="take"' not in page.content


def test_another_candidates_people_are_not_known(as_charlie: Client, anna: Interlocutor) -> None:
    page = upload(as_charlie, b"BEGIN:VCARD\nFN:Anna Petrova\nORG:Acme\nEND:VCARD\n")
    assert b'name="take"' in page.content


def test_a_list_that_was_altered_saves_nothing(as_alice: Client) -> None:
    signed = signed_in(upload(as_alice, phone()))
    response = as_alice.post(URL, {"cards": signed.replace(":", "x:", 1), "take": ["0"]})
    assert response.status_code == 422
    assert "This list has expired. Choose the file again." in response.content.decode()
    assert not Interlocutor.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"PK\x03\x04",
            "This isn’t a contact file. Export your contacts as .vcf.",
        ),
        (b"", "We found no named contacts in this file. Choose another file."),
    ],
)
def test_another_file_is_refused_in_a_sentence(
    as_alice: Client, content: bytes, sentence: str
) -> None:
    response = upload(as_alice, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_company_of_nearly_a_known_name_is_that_one(
    as_alice: Client, interview: Interview
) -> None:
    """And so is a person of its, known by that name."""
    ben, anna = (
        f"BEGIN:VCARD\nFN:{name}\nORG:Acme GmbH\nEND:VCARD\n" for name in ("Ben Ng", "Anna Petrova")
    )
    page = upload(as_alice, (ben + anna).encode())
    assert "We’ll add them to Acme, which you already have." in page.content.decode()
    assert "Already in your contacts as Anna Petrova" in page.content.decode()
    as_alice.post(URL, {"cards": signed_in(page), "take": ["0"]})
    assert Interlocutor.objects.get(name="Ben Ng").company == Company.objects.get()


def test_what_could_not_be_read_is_said_beside_the_card(as_alice: Client) -> None:
    card = "BEGIN:VCARD\r\nFN:Jürgen\r\nTEL:030 1234\r\nTEL:030 5678\r\nEND:VCARD\r\n"
    nameless = "BEGIN:VCARD\r\nTEL:030 1\r\nEND:VCARD\r\n"
    html = upload(as_alice, (card + nameless).encode("cp1252")).content.decode()
    for said in (
        "We had to guess some letters. Check them.",
        "Added to the notes: 030 5678",
        "We left out 1 contact without a name.",
    ):
        assert said in html


def test_no_file(as_alice: Client) -> None:
    response = as_alice.post(URL, {})
    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


def test_pasted_html_shows_as_typed(as_alice: Client) -> None:
    name = "<b>Zoë</b>" + "x" * 190
    page = upload(as_alice, f"BEGIN:VCARD\nFN:{name}\nEND:VCARD\n".encode())
    assert f"&lt;b&gt;Zoë&lt;/b&gt;{'x' * 190}" in page.content.decode()
    as_alice.post(URL, {"cards": signed_in(page), "take": ["0"]})
    assert Interlocutor.objects.get().name == name


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert upload(as_bob, phone()).status_code == 404
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"
