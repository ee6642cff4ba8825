from collections.abc import Callable
from datetime import datetime

from django.test import Client

from interviews.models import Interview, Result
from tests.support import people


def test_taking_a_result_back_asks_first(
    is_alices_alone: Callable[[str], None],
    as_alice: Client,
    as_charlie: Client,
    interview: Interview,
    now: datetime,
) -> None:
    made = people.make_result(interview, now=now)
    url = f"/results/{made.pk}/delete/"
    is_alices_alone(url)
    assert as_charlie.post(url).status_code == 404
    assert Result.objects.exists()
    assert as_alice.post(url)["Location"] == f"/interviews/{interview.pk}/"
    assert not Result.objects.exists()
