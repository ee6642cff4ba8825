from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Agreement, Interview
from tests.support import people


def test_deleting_asks_first_and_decides_anew(
    is_alices_alone: Callable[[str], None],
    as_alice: Client,
    as_charlie: Client,
    interview: Interview,
    now: datetime,
) -> None:
    made = people.make_agreement(interview, now=now, due_on=(now + timedelta(days=9)).date())
    interview.refresh_from_db()
    url, rule = f"/agreements/{made.pk}/delete/", interview.step_rule
    is_alices_alone(url)
    assert as_charlie.post(url).status_code == 404
    assert Agreement.objects.exists()

    assert as_alice.post(url)["Location"] == f"/interviews/{interview.pk}/"
    assert not Agreement.objects.exists()
    interview.refresh_from_db()
    assert interview.step_rule != rule
