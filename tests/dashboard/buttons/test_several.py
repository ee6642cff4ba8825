from datetime import datetime

import pytest
from django.test import Client

from dashboard.buttons.links import seen
from interviews.models import Candidate, Interview, Result
from tests.support.step_factories import stand

URL = "/today/several/"


@pytest.fixture
def closing(alice: Candidate, now: datetime) -> list[Interview]:
    return [stand(alice, "close", now=now, company=name) for name in ("Acme", "Bolt")]


def value(interview: Interview) -> str:
    interview.refresh_from_db()
    return f"{interview.pk}:{seen(interview)}"


def post(client: Client, act: str, *rows: str) -> str:
    page = client.post(URL, {"act": act, "row": rows}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_several_waits_are_closed_and_undone_together(
    as_alice: Client, closing: list[Interview]
) -> None:
    page = post(as_alice, "close", *map(value, closing))
    assert "You closed the wait for Acme and Bolt." in page
    assert Result.objects.filter(kind=Result.Kind.NO_RESPONSE).count() == 2
    token = page.split('name="token" value="')[1].split('"')[0]
    assert "Undone." in as_alice.post("/undo/", {"token": token}, follow=True).content.decode()
    assert not Result.objects.exists()


def test_of_many_the_message_names_the_first(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    names = ("Acme", "Bolt", "Cedar", "Dune", "Elm")
    rows = [stand(alice, "close", now=now, company=name) for name in names]
    page = post(as_alice, "close", *map(value, rows))
    assert "You closed the wait for Acme, Bolt, Cedar and 2 others." in page


def test_what_has_changed_is_left_and_named(
    as_alice: Client, alice: Candidate, closing: list[Interview], now: datetime
) -> None:
    written = stand(alice, "write", now=now, company="Cedar")
    page = post(as_alice, "close", value(closing[0]), value(written), f"{closing[1].pk}:old-1")
    assert "You closed the wait for Acme." in page
    assert "Nothing was changed for Cedar and Bolt," in page
    assert Result.objects.count() == 1


def test_a_snooze_of_several(as_alice: Client, alice: Candidate, now: datetime) -> None:
    rows = [stand(alice, "write", now=now, company=name) for name in ("Acme", "Bolt")]
    assert "You snoozed Acme and Bolt." in post(as_alice, "later", *map(value, rows))
    assert all(Interview.objects.values_list("snoozed_until", flat=True))


def test_nothing_chosen(as_alice: Client, closing: list[Interview]) -> None:
    assert "Choose at least one row." in post(as_alice, "close")
    assert "Choose at least one row." in post(as_alice, "wrote", value(closing[0]))


def test_a_stranger_changes_nothing(
    as_charlie: Client, as_bob: Client, closing: list[Interview]
) -> None:
    rows = {"act": "close", "row": [value(closing[0])]}
    assert as_charlie.post(URL, rows).status_code == 404
    assert as_bob.post(URL, rows).status_code == 404
    assert "/accounts/login/" in Client().post(URL, rows)["Location"]
    assert not Result.objects.exists()


@pytest.mark.parametrize("row", ["", "nonsense", "0:close"])
def test_a_forged_row(as_alice: Client, row: str) -> None:
    assert as_alice.post(URL, {"act": "close", "row": [row]}).status_code == 404


def test_rows_can_be_selected(as_alice: Client, closing: list[Interview]) -> None:
    page = as_alice.get("/today/?select=1").content.decode()
    assert page.count('type="checkbox"') == 2
    assert "Snooze until " in page
    assert f'value="{value(closing[0])}"' in page
