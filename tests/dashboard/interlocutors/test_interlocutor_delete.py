from collections.abc import Callable

from django.test import Client

from interviews.models import Interlocutor, Interview


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], anna: Interlocutor) -> None:
    is_alices_alone(f"/people/{anna.pk}/delete/")


def test_deleted_and_the_interview_stays(
    as_alice: Client, as_charlie: Client, interview: Interview, anna: Interlocutor
) -> None:
    url = f"/people/{anna.pk}/delete/"
    assert as_charlie.post(url).status_code == 404
    assert as_alice.post(url)["Location"] == "/people/"
    assert not Interlocutor.objects.exists()
    interview.refresh_from_db()
    assert interview.step_person is None
