import re

from django.test import Client
from pytest_django import Settings

from tests.site.reading import Reading


def test_with_debug_it_shows_every_state(client: Client, settings: Settings, db: None) -> None:
    settings.DEBUG = True
    answer = client.get("/styleguide/")
    page = answer.content.decode()
    for state in ("overdue", "due", "waiting", "answered", "closed"):
        assert re.search(rf'class="wait is-{state}"', page)
        assert re.search(rf'class="note is-{state}"', page)
    for part in ("btn-primary", "btn-quiet", "btn-danger", "disabled", "error-summary", "choice"):
        assert part in page
    for part in ("<dialog", "<details", '<table class="table', 'class="facts"', 'class="log"'):
        assert part in page
    reading = Reading(page)
    assert reading.h1 == 1
    assert not reading.forbidden


def test_without_debug_it_is_not_there(client: Client, db: None) -> None:
    assert client.get("/styleguide/").status_code == 404
