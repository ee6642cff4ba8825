from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from coaching import permissions
from interviews.models import Coaching, Interview
from tests.support.people import make_result

RIGHT = {"shares": "steps", "reach": "all", "ends_on": ""}


@pytest.fixture
def url(bob: User) -> str:
    return f"/settings/coaches/{Coaching.objects.get().pk}/"


def test_whose_page_it_is(url: str, is_alices_alone: Callable[[str], None]) -> None:
    is_alices_alone(url)


def test_it_shows_what_is_shared_now(as_alice: Client, url: str) -> None:
    form = as_alice.get(url).context["form"]
    assert (form["shares"].value(), form["reach"].value()) == ("interviews", "all")


def test_less_is_shared_at_once(
    as_alice: Client, url: str, bob: User, interview: Interview, now: datetime
) -> None:
    ends_on = (now + timedelta(days=3)).date()
    sent = {"reach": "chosen", "vacancies": [interview.vacancy_id], "ends_on": f"{ends_on}"}
    assert as_alice.post(url, RIGHT | sent)["Location"] == "/settings/coaches/"
    sharing = permissions.scope_of(bob, now=now)
    assert list(sharing.interviews()) == [interview]
    assert not sharing.whole_interviews().exists()
    assert not permissions.scope_of(bob, now=now + timedelta(days=5)).candidates()
    assert AuditEntry.objects.filter(kind=AuditEntry.Kind.SHARED, detail="steps").exists()
    form = as_alice.get(url).context["form"]
    assert form["vacancies"].value() == [interview.vacancy_id]
    assert form["ends_on"].value() == ends_on


def test_a_chosen_position_that_is_settled_stays_in_the_list(
    as_alice: Client, url: str, interview: Interview, now: datetime
) -> None:
    as_alice.post(url, RIGHT | {"reach": "chosen", "vacancies": [interview.vacancy_id]})
    make_result(interview, now=now)
    page = as_alice.get(url).content.decode()
    assert f'value="{interview.vacancy_id}"' in page
    assert "checked" in page


def test_one_that_has_ended_cannot_be_changed(as_alice: Client, url: str, now: datetime) -> None:
    Coaching.objects.update(ended_at=now)
    assert as_alice.get(url).status_code == 404
    assert as_alice.post(url, RIGHT).status_code == 404
