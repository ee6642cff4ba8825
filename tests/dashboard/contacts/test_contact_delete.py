from collections.abc import Callable
from datetime import datetime

from django.test import Client

from interviews.models import Contact, Interview
from tests.support import people


def test_deleting_asks_first(
    is_alices_alone: Callable[[str], None],
    as_alice: Client,
    as_charlie: Client,
    interview: Interview,
    now: datetime,
) -> None:
    made = people.make_contact(interview, now=now)
    url = f"/contacts/{made.pk}/delete/"
    is_alices_alone(url)
    assert as_charlie.post(url).status_code == 404
    assert Contact.objects.exists()
    assert as_alice.post(url)["Location"] == f"/interviews/{interview.pk}/"
    assert not Contact.objects.exists()
