"""After an imported invitation: changes, cancellations, and the same one again."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from interviews.models import Candidate, Interview
from tests.dashboard.interviews.inviting import booking, cancelled, filled, google, moved, upload


@pytest.fixture
def taken(as_alice: Client, alice: Candidate) -> Interview:
    """The interview of Google's invitation."""
    url, data = filled(upload(as_alice, google()))
    as_alice.post(url, data)
    return Interview.objects.get()


@pytest.fixture
def booked(as_alice: Client, alice: Candidate) -> Interview:
    """Taken over, then moved once."""
    as_alice.post(*filled(upload(as_alice, booking(0, 20))))
    as_alice.post(*filled(upload(as_alice, booking(1, 21, hour=10))))
    return Interview.objects.get()


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
        assert "already added a newer version of this invitation" in page.content.decode()


def test_of_two_forms_of_one_number_the_one_written_later_stays(
    as_alice: Client, booked: Interview
) -> None:
    early, late = (filled(upload(as_alice, booking(1, day, hour=day - 10))) for day in (23, 24))
    assert as_alice.post(*late).status_code == 302
    refused = as_alice.post(*early)
    assert "already added a newer version of this invitation" in refused.content.decode()
    assert Interview.objects.get().starts_at.hour == 14


def test_the_same_again_says_so(as_alice: Client, taken: Interview) -> None:
    response = upload(as_alice, google())
    assert response["Location"] == f"/interviews/{taken.pk}/"


def test_a_changed_invitation_proposes_the_move(as_alice: Client, taken: Interview) -> None:
    Interview.objects.update(place="Room 4")
    page = upload(as_alice, moved(1))
    assert "The invitation has moved from Wednesday 2 December" in page.content.decode()
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
    assert "You’ve already added a newer version of this invitation." in late.content.decode()
    again = upload(as_alice, moved(1))
    assert again.status_code == 422
    assert "already added a newer version of this invitation" in again.content.decode()
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
        assert (
            "already added a newer version of this invitation"
            in upload(as_alice, moved(1)).content.decode()
        )
        as_alice.post(f"/interviews/{taken.pk}/reinstate/")
    assert Interview.objects.get().invitation_sequence == 2


def test_a_cancellation_of_what_was_cancelled_already_counts_too(
    as_alice: Client, taken: Interview
) -> None:
    as_alice.post(f"/interviews/{taken.pk}/cancel/")
    assert Interview.objects.get().invitation_sequence == 0
    upload(as_alice, cancelled(2))
    assert (
        "already added a newer version of this invitation"
        in upload(as_alice, moved(1)).content.decode()
    )


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
    assert "but this interview is marked as cancelled" in detail
    assert "Restore interview</button>" in detail
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
    assert "Cleo Diaz is also invited." in html
    assert "Ben Ng is also invited." not in html
    as_alice.post(*filled(page))
    after = Interview.objects.get()
    assert after.invitation_sequence == 1
    names = {row.interlocutor.name for row in after.participations.all()}
    assert names == {"Anna Petrova", "Ben Ng", "Cleo Diaz"}
    assert upload(as_alice, google(**{"SEQUENCE:0": more}))["Location"].endswith(f"{after.pk}/")


def test_a_new_number_that_changes_nothing_is_kept(as_alice: Client, taken: Interview) -> None:
    assert upload(as_alice, google(**{"SEQUENCE:0": "SEQUENCE:3"})).status_code == 302
    assert (
        "already added a newer version of this invitation"
        in upload(as_alice, moved(1)).content.decode()
    )


def test_another_place_says_what_changed(as_alice: Client, taken: Interview) -> None:
    Interview.objects.update(minutes=30, link="https://meet.example.org/old")
    html = upload(as_alice, google(**{"SEQUENCE:0": "SEQUENCE:1"})).content.decode()
    assert "it was for" not in html
    assert "It now lasts 45 minutes instead of 30." in html
    assert "The new call link is https://meet.google.com/abc-defg-hij" in html


def test_a_cancelled_one_of_somebody_else(
    as_alice: Client, as_charlie: Client, taken: Interview
) -> None:
    response = upload(as_charlie, cancelled(1))
    assert response.status_code == 422
    assert "This file cancels an interview" in response.content.decode()
    url, _ = filled(upload(as_charlie, moved(1)))
    assert url == "/interviews/new/"
