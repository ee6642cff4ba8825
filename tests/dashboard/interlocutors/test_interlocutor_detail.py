from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from dashboard.interlocutors.views import WAITS_SHOWN
from interviews.models import Candidate, Interlocutor, Interview, Participation
from tests.support import people
from tests.support.queries import count_queries


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], anna: Interlocutor) -> None:
    is_alices_alone(f"/people/{anna.pk}/")


def test_interviews_and_contacts_with_a_person(
    as_alice: Client, interview: Interview, anna: Interlocutor, now: datetime
) -> None:
    people.make_contact(interview, now=now, person=anna)
    page = as_alice.get(f"/people/{anna.pk}/").content.decode()
    assert "Product analyst, Acme" in page
    assert "no answer" in page


def test_call_write_and_copy(as_alice: Client, anna: Interlocutor) -> None:
    Interlocutor.objects.update(phone="+49 30 901820", email="anna@acme.example")
    page = " ".join(as_alice.get(f"/people/{anna.pk}/").content.decode().split())
    for name in (
        "Call +49 30 901820",
        "Copy +49 30 901820",
        "Write to anna@acme.example",
        "Copy anna@acme.example",
    ):
        assert f'aria-label="{name}"' in page
    assert 'href="tel:+4930901820"' in page
    assert 'href="mailto:anna@acme.example"' in page


def test_open_interviews_with_a_person(
    as_alice: Client, interview: Interview, anna: Interlocutor, now: datetime
) -> None:
    url = f"/people/{anna.pk}/"
    page = as_alice.get(url).content.decode()
    assert "Open interviews" in page
    assert "Record what was agreed" in page or "Rate the position" in page
    people.make_result(interview, now=now, kind="withdrawn")
    assert "Open interviews" not in as_alice.get(url).content.decode()


def test_a_missed_call_is_said_as_in_the_log(
    as_alice: Client, interview: Interview, anna: Interlocutor, now: datetime
) -> None:
    people.make_contact(interview, now=now, person=anna, direction="in")
    page = as_alice.get(f"/people/{anna.pk}/").content.decode()
    assert "I missed their call" in page
    assert "I called, no answer" not in page


def test_a_long_history_pages_by_25(
    as_alice: Client, interview: Interview, anna: Interlocutor, now: datetime
) -> None:
    url = f"/people/{anna.pk}/"
    few = count_queries(lambda: as_alice.get(url))
    for minutes in range(30):
        people.make_contact(interview, now=now, at=now - timedelta(minutes=minutes), person=anna)
    assert count_queries(lambda: as_alice.get(url)) == few <= 8
    first = as_alice.get(url).content.decode()
    assert first.count("no answer") == 25
    second = as_alice.get(url, {"page": "2"}).content.decode()
    assert second.count("no answer") == 5
    assert "Recruiter" in second or "recruiter" in second


def test_the_card_to_keep(as_alice: Client, anna: Interlocutor) -> None:
    assert (
        f'href="/people/{anna.pk}/card.vcf"' in as_alice.get(f"/people/{anna.pk}/").content.decode()
    )


def test_more_open_interviews_than_are_shown_are_said_to_be_there(
    as_alice: Client, alice: Candidate, interview: Interview, anna: Interlocutor, now: datetime
) -> None:
    url, said = f"/people/{anna.pk}/", "These are the most urgent ones."
    assert said not in as_alice.get(url).content.decode()
    rows = [
        people.make_interview(alice, starts_at=now - timedelta(days=2), now=now, people=())
        for _number in range(WAITS_SHOWN)
    ]
    Participation.objects.bulk_create(
        Participation(interview=row, interlocutor=anna, position=0) for row in rows
    )
    assert said in as_alice.get(url).content.decode()
