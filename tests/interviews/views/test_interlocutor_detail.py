from collections.abc import Callable
from datetime import datetime

from django.test import Client

from interviews.models import Interlocutor, Interview
from tests.support import people


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], anna: Interlocutor) -> None:
    is_alices_alone(f"/people/{anna.pk}/")


def test_interviews_and_contacts_with_a_person(
    as_alice: Client, interview: Interview, anna: Interlocutor, now: datetime
) -> None:
    people.make_contact(interview, now=now, person=anna)
    page = as_alice.get(f"/people/{anna.pk}/").content.decode()
    assert "Product analyst, Acme" in page
    assert "nobody answered" in page


def test_a_missed_call_is_said_as_in_the_log(
    as_alice: Client, interview: Interview, anna: Interlocutor, now: datetime
) -> None:
    people.make_contact(interview, now=now, person=anna, direction="in")
    page = as_alice.get(f"/people/{anna.pk}/").content.decode()
    assert "They called, and I missed it" in page
    assert "nobody answered" not in page
