from collections.abc import Callable

from django.test import Client

from interviews.models import Interview


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], ahead: Interview) -> None:
    is_alices_alone(f"/interviews/{ahead.pk}/questions/")


def test_what_to_ask_before_leaving(as_alice: Client, ahead: Interview) -> None:
    page = as_alice.get(f"/interviews/{ahead.pk}/questions/").content.decode()
    assert "By what date can I expect to hear back?" in page
    assert "Record what was agreed" not in page


def test_once_it_is_over_the_card_is_next(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get(f"/interviews/{interview.pk}/questions/").content.decode()
    assert f'href="/interviews/{interview.pk}/agreement/"' in page
