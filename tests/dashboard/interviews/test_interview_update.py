from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Interlocutor, Interview
from tests.support import people


def filled(interview: Interview, **changes: str) -> dict[str, str]:
    (row,) = interview.participations.all()
    data = {
        "stage": "first",
        "starts_at_0": "2027-03-01",
        "starts_at_1": "09:15",
        "minutes": "45",
        "place": "Room 12",
        "link": "",
        "notes": "",
        "people-TOTAL_FORMS": "5",
        "people-INITIAL_FORMS": "1",
        "people-0-known": str(row.interlocutor_id),
        "people-0-role": row.role,
    }
    data |= {f"people-{number}-role": "recruiter" for number in range(1, 5)}
    return data | changes


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], ahead: Interview) -> None:
    is_alices_alone(f"/interviews/{ahead.pk}/edit/")


def test_another_start_is_a_move(as_alice: Client, ahead: Interview) -> None:
    before = ahead.starts_at
    response = as_alice.post(f"/interviews/{ahead.pk}/edit/", filled(ahead))
    ahead.refresh_from_db()
    assert response["Location"] == f"/interviews/{ahead.pk}/"
    assert ahead.starts_at.isoformat() == "2027-03-01T08:15:00+00:00"
    assert ahead.moved_from_at == before
    assert ahead.minutes == 45


def test_people_come_and_go(as_alice: Client, ahead: Interview) -> None:
    data = filled(ahead) | {
        "people-0-known": "",
        "people-0-name": "",
        "people-1-name": "Bill Ng",
        "people-1-role": "peer",
    }
    as_alice.post(f"/interviews/{ahead.pk}/edit/", data)
    assert [str(person) for person in ahead.interlocutors.all()] == ["Bill Ng"]
    assert Interlocutor.objects.filter(name="Anna Petrova").exists()


def test_one_with_facts_cannot_be_moved_behind_them(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_agreement(interview, now=now)
    later = filled(interview, starts_at_0=f"{now + timedelta(days=30):%Y-%m-%d}")
    response = as_alice.post(f"/interviews/{interview.pk}/edit/", later)
    assert response.status_code == 422
    assert b"Add a new interview instead" in response.content
    assert b'value="Room 12"' in response.content


def test_what_would_be_right_is_said(as_alice: Client, ahead: Interview) -> None:
    response = as_alice.post(f"/interviews/{ahead.pk}/edit/", filled(ahead, minutes="9999"))
    assert response.status_code == 422
    assert b"from 5 to 720" in response.content
