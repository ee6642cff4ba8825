"""An invitation becomes an interview: uploaded, reviewed, saved."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from interviews.models import Candidate, Interlocutor, Interview
from tests.dashboard.interviews.inviting import DATA, URL, booking, filled, google, upload


def test_reviewed_then_saved(as_alice: Client, alice: Candidate) -> None:
    page = upload(as_alice, google())
    assert page.status_code == 200
    assert not Interview.objects.exists()
    url, data = filled(page)
    assert url == "/interviews/new/"
    assert (data["starts_at_0"], data["starts_at_1"]) == ("2026-12-02", "14:30")
    response = as_alice.post(url, data | {"company_name": "Acme Two"})
    made = Interview.objects.get()
    assert response["Location"].startswith(f"/interviews/{made.pk}/")
    assert made.candidate == alice
    assert made.starts_at == datetime(2026, 12, 2, 13, 30, tzinfo=UTC)
    assert (made.minutes, made.link) == (45, "https://meet.google.com/abc-defg-hij")
    assert str(made.vacancy) == "Product analyst, second interview, Acme Two"
    people = [(row.interlocutor.name, row.interlocutor.email) for row in made.participations.all()]
    assert people == [
        ("Anna Petrova", "anna.petrova@acme.example"),
        ("Ben Ng", "ben.ng@acme.example"),
    ]
    assert made.invitation_uid == "4k1q2r3s4t5u6v7w8x9y0z1a2b@google.com"
    assert made.invitation_sequence == 0


@pytest.mark.parametrize(
    ("name", "instant"),
    [
        ("google.ics", datetime(2026, 12, 2, 13, 30, tzinfo=UTC)),
        ("outlook.ics", datetime(2027, 3, 29, 7, 0, tzinfo=UTC)),
        ("outlook-own-zone.ics", datetime(2026, 7, 1, 12, 45, tzinfo=UTC)),
        ("apple.ics", datetime(2026, 12, 4, 13, 30, tzinfo=UTC)),
    ],
)
def test_every_dialect_becomes_an_interview_at_the_right_instant(
    as_charlie: Client, name: str, instant: datetime
) -> None:
    """For a candidate in New York; the form shows and reads the candidate's time."""
    url, data = filled(upload(as_charlie, (DATA / name).read_bytes()))
    as_charlie.post(url, data | {"company_name": "Acme"})
    assert Interview.objects.get().starts_at == instant


def talk(number: int, day: str, title: str) -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:panel-{number}\r\nDTSTAMP:20261127T080000Z\r\n"
        f"DTSTART:{day}T130000Z\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
    )


def test_several_in_one_file_are_offered_one_after_the_other(
    as_alice: Client, alice: Candidate
) -> None:
    talks = (
        talk(3, "21261208", "Third") + talk(1, "21261206", "First") + talk(2, "21261207", "Second")
    )
    past = talk(4, "20200101", "Past")
    calendar = f"BEGIN:VCALENDAR\r\n{past}{talks}END:VCALENDAR\r\n".encode()
    for title, others in [("First", 3), ("Second", 2), ("Third", 1), ("Past", 0)]:
        page = upload(as_alice, calendar)
        url, data = filled(page)
        assert data["title"] == title
        html = page.content.decode()
        assert (f"{others} more event" in html) == (others > 0)
        assert ("14:00 Past" in html) == (others > 0)
        assert as_alice.post(url, data | {"company_name": "Acme"}).status_code == 302
    assert Interview.objects.count() == 4
    assert (
        "already added this interview"
        in as_alice.get(upload(as_alice, calendar)["Location"]).content.decode()
    )


def test_no_own_address_is_an_interviewer(as_alice: Client, alice: Candidate) -> None:
    EmailAddress.objects.create(user=alice.user, email="ali@proved.example", verified=True)
    EmailAddress.objects.create(user=alice.user, email="ali@typed.example", verified=False)
    invited = ["alice+jobs@example.org", "ali+x@proved.example", "ali@typed.example"]
    lines = "".join(f"ATTENDEE;CN=A{i}:mailto:{each}\r\n" for i, each in enumerate(invited))
    content = booking(0, 20).replace(b"END:VEVENT", lines.encode() + b"END:VEVENT")
    _, data = filled(upload(as_alice, content))
    named = [value for name, value in data.items() if re.fullmatch(r"people-\d-email", name)]
    assert [email for email in named if email] == ["ines@nordkai.example", "ali@typed.example"]


def test_what_was_guessed_is_said_above_the_form(as_alice: Client) -> None:
    content = booking(0, 20).replace(b"Ines Halvorsen", b"J\xfcrgen Gro\xdf")
    html = upload(as_alice, content).content.decode()
    assert "Jürgen Groß" in html
    assert "<li>We had to guess some letters in this file. Check names and places.</li>" in html


def test_known_people_and_their_company_are_proposed(as_alice: Client, anna: Interlocutor) -> None:
    Interlocutor.objects.update(email="ANNA.PETROVA@acme.example")
    anna.company.name = "Acme Holding"
    anna.company.full_clean()
    anna.company.save()
    _, data = filled(upload(as_alice, google()))
    assert data["people-0-known"] == str(anna.pk)
    assert data["people-0-name"] == ""
    assert data["people-1-name"] == "Ben Ng"
    assert data["company_name"] == "Acme Holding"


def test_taken_over_twice_it_is_one_interview(as_alice: Client) -> None:
    forms = [filled(upload(as_alice, google())) for _ in range(2)]
    for url, data in forms:
        response = as_alice.post(url, data)
    assert response.status_code == 422
    assert "You’ve already added the interview from this invitation." in response.content.decode()
    assert Interview.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"PK\x03\x04",
            "This isn’t an invitation. Save it as .ics.",
        ),
        (b"", "This file is empty."),
    ],
)
def test_another_file_is_refused_in_a_sentence(
    as_alice: Client, content: bytes, sentence: str
) -> None:
    response = upload(as_alice, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_no_file(as_alice: Client) -> None:
    response = as_alice.post(URL, {})
    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


def test_found_from_quick_add(as_alice: Client) -> None:
    assert f'href="{URL}"' in as_alice.get("/interviews/new/").content.decode()


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert upload(as_bob, google()).status_code == 404
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_an_attachment_of_megabytes_is_passed_over(as_alice: Client) -> None:
    attached = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 3_000_000
    page = upload(as_alice, google(**{"STATUS:CONFIRMED": f"{attached}\r\nSTATUS:CONFIRMED"}))
    assert page.status_code == 200
