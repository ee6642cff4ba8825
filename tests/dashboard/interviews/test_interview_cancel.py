from collections.abc import Callable

from django.test import Client

from interviews.models import Interview


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], ahead: Interview) -> None:
    is_alices_alone(f"/interviews/{ahead.pk}/cancel/")


def test_looking_changes_nothing_and_confirming_cancels(
    as_alice: Client, as_charlie: Client, ahead: Interview
) -> None:
    url = f"/interviews/{ahead.pk}/cancel/"
    as_alice.get(url)
    assert as_charlie.post(url).status_code == 404
    ahead.refresh_from_db()
    assert not ahead.is_cancelled

    assert as_alice.post(url)["Location"] == f"/interviews/{ahead.pk}/"
    ahead.refresh_from_db()
    assert ahead.is_cancelled
    page = as_alice.get(f"/interviews/{ahead.pk}/").content
    assert b"Restore interview" in page
