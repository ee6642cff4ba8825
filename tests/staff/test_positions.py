"""What a coach sees of positions without an interview, and what stays the candidate's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interviews.models import Attachment, Candidate, Coaching, CoachingVacancy, Vacancy
from interviews.services.attachments import attach_file
from tests.support.people import make_position

SALARY, NOTES, ADVERT, TAG, FILE = "61 k", "Not for others", "We seek", "secretly", "my-cv.txt"


@pytest.fixture
def applied(filled: object, alice: Candidate) -> Vacancy:
    now = timezone.now()
    position = make_position(
        alice,
        now=now,
        company="Windrose",
        applied_on=(now - timedelta(days=12)).astimezone(alice.zone).date(),
        salary=SALARY,
        notes=NOTES,
        advert_text=ADVERT,
        tags=(TAG,),
    )
    attach_file(vacancy=position, name=FILE, content=b"CV")
    return position


def page_of(client: Client, candidate: Candidate) -> str:
    answer = client.get(f"/admin/interviews/candidate/{candidate.pk}/change/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_shared_with_the_interviews(as_bob: Client, alice: Candidate, applied: Vacancy) -> None:
    said = page_of(as_bob, alice)
    assert "Windrose" in said
    assert "Applied 12 days ago" in said
    for private in (SALARY, NOTES, ADVERT, TAG, FILE):
        assert private not in said


def test_closed_ones_are_folded(as_bob: Client, alice: Candidate, applied: Vacancy) -> None:
    Vacancy.objects.filter(pk=applied.pk).update(state="closed", closing_reason="position_gone")
    said = page_of(as_bob, alice)
    folded = said[said.index("1 closed") :]
    assert said.index("Windrose") > said.index("1 closed")
    assert "Position filled or cancelled" in folded


def test_next_steps_alone_tell_nothing_of_them(
    as_bob: Client, alice: Candidate, coaching: Coaching, applied: Vacancy
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(shares="steps")
    assert "Windrose" not in page_of(as_bob, alice)


def test_of_chosen_positions_those_alone(
    as_bob: Client, alice: Candidate, coaching: Coaching, applied: Vacancy
) -> None:
    make_position(alice, now=timezone.now(), company="Lumen")
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=False)
    assert "Windrose" not in page_of(as_bob, alice)
    CoachingVacancy.objects.create(coaching=coaching, vacancy=applied)
    said = page_of(as_bob, alice)
    assert "Windrose" in said
    assert "Lumen" not in said


def test_nothing_more_leads_there(
    as_bob: Client, bob: User, alice: Candidate, coaching: Coaching, applied: Vacancy
) -> None:
    file = Attachment.objects.get(vacancy=applied)
    for path in (
        f"/positions/{applied.pk}/",
        f"/vacancies/{applied.pk}/edit/",
        f"/files/{file.pk}/",
        f"/admin/interviews/vacancy/{applied.pk}/change/",
        f"/admin/interviews/attachment/{file.pk}/change/",
        "/admin/interviews/vacancy/",
        "/admin/interviews/attachment/",
        "/admin/interviews/tag/",
    ):
        assert as_bob.get(path).status_code == 404, path


def test_an_ended_coaching_sees_nothing(
    as_bob: Client, alice: Candidate, coaching: Coaching, applied: Vacancy
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(ended_at=timezone.now())
    answer = as_bob.get(f"/admin/interviews/candidate/{alice.pk}/change/")
    assert answer.status_code == 404
