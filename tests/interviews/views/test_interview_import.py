import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from interviews.models import Candidate, Interlocutor, Interview

DATA = Path(__file__).parents[2] / "data" / "invitations"
URL = "/interviews/from-invitation/"


def upload(client: Client, content: bytes) -> HttpResponse:
    return client.post(URL, {"file": SimpleUploadedFile("invite.ics", content)})


def google(**changes: str) -> bytes:
    """The invitation, with each text replaced by another."""
    text = (DATA / "google.ics").read_text()
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return text.encode()


def moved(sequence: int) -> bytes:
    return google(
        **{"20261202T143000": "20261203T100000", "20261202T151500": "20261203T110000"}
        | {"SEQUENCE:0": f"SEQUENCE:{sequence}"}
    )


def cancelled(sequence: int) -> bytes:
    return google(**{"METHOD:REQUEST": "METHOD:CANCEL", "SEQUENCE:0": f"SEQUENCE:{sequence}"})


def filled(page: HttpResponse) -> tuple[str, dict[str, str]]:
    """Where the page's form goes, and what it sends if nothing is changed."""
    html = page.content.decode()
    form = next(
        found
        for found in re.findall(r"<form[^>]*>.*?</form>", html, re.DOTALL)
        if "starts_at_0" in found
    )
    action = re.search(r'<form[^>]*action="([^"]+)"', form)
    assert action is not None
    data = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = {
            name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)
        }
        if "name" in attributes and attributes.get("type") != "radio":
            data[attributes["name"]] = attributes.get("value", "")
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        data[name] = chosen[1] if chosen else ""
    return action[1], data


def withdraw(client: Client, interview: Interview, sequence: int) -> None:
    """A cancellation, confirmed by its page's button."""
    answer = upload(client, cancelled(sequence))
    url = f"/interviews/{interview.pk}/cancel/"
    assert answer["Location"].startswith(f"{url}?invitation_sequence={sequence}&")
    page = client.get(answer["Location"]).content.decode()
    fields = re.findall(r'<input[^>]*name="(invitation_\w+)" value="([^"]+)"', page)
    assert not Interview.objects.get().is_cancelled
    client.post(url, dict(fields))
    assert Interview.objects.get().is_cancelled


@pytest.fixture
def taken(as_alice: Client, alice: Candidate) -> Interview:
    """The interview of Google's invitation."""
    url, data = filled(upload(as_alice, google()))
    as_alice.post(url, data)
    return Interview.objects.get()


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
    """Of a candidate in New York; the form shows and takes back her own clock."""
    url, data = filled(upload(as_charlie, (DATA / name).read_bytes()))
    as_charlie.post(url, data | {"company_name": "Acme"})
    assert Interview.objects.get().starts_at == instant


def booking(sequence: int | None, stamped: int, *, method: str = "REQUEST", hour: int = 9) -> bytes:
    counted = "" if sequence is None else f"SEQUENCE:{sequence}\r\n"
    return (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:booking-77\r\n{counted}"
        f"DTSTAMP:202611{stamped}T080000Z\r\nDTSTART:20261208T{hour:02}0000Z\r\nSUMMARY:Talk\r\n"
        "ORGANIZER;CN=Ines Halvorsen:mailto:ines@nordkai.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.fixture
def booked(as_alice: Client, alice: Candidate) -> Interview:
    """Taken over, then moved once."""
    as_alice.post(*filled(upload(as_alice, booking(0, 20))))
    as_alice.post(*filled(upload(as_alice, booking(1, 21, hour=10))))
    return Interview.objects.get()


def test_a_cancellation_that_does_not_count_is_the_newer_by_its_moment(
    as_alice: Client, booked: Interview
) -> None:
    assert (booked.invitation_sequence, booked.starts_at.hour) == (1, 10)
    answer = upload(as_alice, booking(None, 22, method="CANCEL"))
    assert answer["Location"].startswith(f"/interviews/{booked.pk}/cancel/?")
    page = as_alice.get(answer["Location"]).content.decode()
    fields = dict(re.findall(r'<input[^>]*name="(invitation_\w+)" value="([^"]+)"', page))
    assert as_alice.post(f"/interviews/{booked.pk}/cancel/", fields).status_code == 302
    after = Interview.objects.get()
    assert (after.is_cancelled, after.invitation_sequence) == (True, 1)
    assert after.invitation_stamped_at == datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(("sequence", "stamped"), [(None, 20), (1, 20), (0, 25)])
def test_what_was_written_earlier_or_counts_less_is_older(
    as_alice: Client, booked: Interview, sequence: int | None, stamped: int
) -> None:
    for method in ("CANCEL", "REQUEST"):
        page = upload(as_alice, booking(sequence, stamped, method=method, hour=11))
        assert "This invitation is older" in page.content.decode()


def test_of_two_forms_of_one_number_the_one_written_later_stays(
    as_alice: Client, booked: Interview
) -> None:
    early, late = (filled(upload(as_alice, booking(1, day, hour=day - 10))) for day in (23, 24))
    assert as_alice.post(*late).status_code == 302
    refused = as_alice.post(*early)
    assert "A newer change of this invitation was taken over" in refused.content.decode()
    assert Interview.objects.get().starts_at.hour == 14


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
        assert (f"{others} more appointment" in html) == (others > 0)
        assert ("14:00 Past" in html) == (others > 0)
        assert as_alice.post(url, data | {"company_name": "Acme"}).status_code == 302
    assert Interview.objects.count() == 4
    assert (
        "among your interviews already"
        in as_alice.get(upload(as_alice, calendar)["Location"]).content.decode()
    )


def test_none_of_her_own_addresses_is_an_interviewer(as_alice: Client, alice: Candidate) -> None:
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
    assert "<li>Some letters of this file had to be guessed; check names and places.</li>" in html


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
    assert "The interview of this invitation is in your list." in response.content.decode()
    assert Interview.objects.count() == 1


def test_the_same_again_says_so(as_alice: Client, taken: Interview) -> None:
    response = upload(as_alice, google())
    assert response["Location"] == f"/interviews/{taken.pk}/"


def test_a_changed_invitation_proposes_the_move(as_alice: Client, taken: Interview) -> None:
    Interview.objects.update(place="Room 4")
    page = upload(as_alice, moved(1))
    assert "moved from Wednesday 2 December" in page.content.decode()
    url, data = filled(page)
    assert url == f"/interviews/{taken.pk}/edit/"
    assert (data["starts_at_0"], data["starts_at_1"]) == ("2026-12-03", "10:00")
    assert as_alice.post(url, data).status_code == 302
    after = Interview.objects.get()
    assert after.starts_at == datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
    assert after.moved_from_at == datetime(2026, 12, 2, 13, 30, tzinfo=UTC)
    assert (after.minutes, after.invitation_sequence, after.place) == (60, 1, "Room 4")
    assert after.participations.count() == 2


def test_changes_taken_over_in_the_wrong_order(as_alice: Client, taken: Interview) -> None:
    older = filled(upload(as_alice, moved(1)))
    newer = filled(
        upload(as_alice, google(**{"20261202T": "20261204T", "SEQUENCE:0": "SEQUENCE:2"}))
    )
    assert as_alice.post(*newer).status_code == 302
    late = as_alice.post(*older)
    assert late.status_code == 422
    assert "A newer change of this invitation was taken over already." in late.content.decode()
    again = upload(as_alice, moved(1))
    assert again.status_code == 422
    assert "This invitation is older" in again.content.decode()
    assert Interview.objects.get().starts_at.day == 4


def test_an_edit_by_hand_keeps_what_came_with_the_invitation(
    as_alice: Client, taken: Interview
) -> None:
    url = f"/interviews/{taken.pk}/edit/"
    data = filled(upload(as_alice, moved(1)))[1] | {"place": "Room 4"}
    del data["invitation_uid"], data["invitation_sequence"]
    assert as_alice.post(url, data).status_code == 302
    after = Interview.objects.get()
    assert (after.place, after.invitation_sequence) == ("Room 4", 0)
    assert after.invitation_uid == taken.invitation_uid


def test_a_cancelled_one_leads_to_the_interviews_end(as_alice: Client, taken: Interview) -> None:
    withdraw(as_alice, taken, 1)
    assert upload(as_alice, cancelled(1))["Location"] == f"/interviews/{taken.pk}/"


def test_what_is_older_than_a_cancellation_is_refused(as_alice: Client, taken: Interview) -> None:
    withdraw(as_alice, taken, 2)
    for _ in range(2):
        assert "This invitation is older" in upload(as_alice, moved(1)).content.decode()
        as_alice.post(f"/interviews/{taken.pk}/reinstate/")
    assert Interview.objects.get().invitation_sequence == 2


def test_a_cancellation_of_what_she_cancelled_herself_counts_too(
    as_alice: Client, taken: Interview
) -> None:
    as_alice.post(f"/interviews/{taken.pk}/cancel/")
    assert Interview.objects.get().invitation_sequence == 0
    upload(as_alice, cancelled(2))
    assert "This invitation is older" in upload(as_alice, moved(1)).content.decode()


@pytest.mark.parametrize("sequence", ["0", "none"])
def test_a_cancellation_that_came_too_late_is_refused(
    as_alice: Client, taken: Interview, sequence: str
) -> None:
    as_alice.post(*filled(upload(as_alice, moved(1))))
    page = as_alice.post(f"/interviews/{taken.pk}/cancel/", {"invitation_sequence": sequence})
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert not Interview.objects.get().is_cancelled


def test_invited_again_after_a_cancellation(as_alice: Client, taken: Interview) -> None:
    withdraw(as_alice, taken, 1)
    answer = upload(as_alice, moved(2))
    detail = as_alice.get(answer["Location"]).content.decode()
    assert "You are invited again, but this interview is cancelled" in detail
    assert "It takes place after all</button>" in detail
    as_alice.post(f"/interviews/{taken.pk}/reinstate/")
    as_alice.post(*filled(upload(as_alice, moved(2))))
    after = Interview.objects.get()
    assert (after.is_cancelled, after.invitation_sequence) == (False, 2)
    assert after.starts_at == datetime(2026, 12, 3, 9, 0, tzinfo=UTC)


def test_somebody_new_is_invited(as_alice: Client, taken: Interview) -> None:
    more = "ATTENDEE;CN=Cleo Diaz:mailto:cleo.diaz@acme.example\nSEQUENCE:1"
    page = upload(as_alice, google(**{"SEQUENCE:0": more}))
    html = page.content.decode()
    assert "The invitation has changed. Check the details, then save." in html
    assert "Cleo Diaz is invited too." in html
    assert "Ben Ng is invited too." not in html
    as_alice.post(*filled(page))
    after = Interview.objects.get()
    assert after.invitation_sequence == 1
    names = {row.interlocutor.name for row in after.participations.all()}
    assert names == {"Anna Petrova", "Ben Ng", "Cleo Diaz"}
    assert upload(as_alice, google(**{"SEQUENCE:0": more}))["Location"].endswith(f"{after.pk}/")


def test_a_new_number_that_changes_nothing_is_kept(as_alice: Client, taken: Interview) -> None:
    assert upload(as_alice, google(**{"SEQUENCE:0": "SEQUENCE:3"})).status_code == 302
    assert "This invitation is older" in upload(as_alice, moved(1)).content.decode()


def test_another_place_says_what_changed(as_alice: Client, taken: Interview) -> None:
    Interview.objects.update(minutes=30, link="https://meet.example.org/old")
    html = upload(as_alice, google(**{"SEQUENCE:0": "SEQUENCE:1"})).content.decode()
    assert "it was for" not in html
    assert "It lasts 45 minutes, not 30." in html
    assert "The link to the call is another: https://meet.google.com/abc-defg-hij" in html


def test_a_cancelled_one_that_is_not_hers(
    as_alice: Client, as_charlie: Client, taken: Interview
) -> None:
    response = upload(as_charlie, cancelled(1))
    assert response.status_code == 422
    assert "not among your interviews" in response.content.decode()
    url, _ = filled(upload(as_charlie, moved(1)))
    assert url == "/interviews/new/"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"PK\x03\x04",
            "This is no invitation, whatever its name; save it as .ics.",
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
