import pytest
from django.test import Client

from accounts.models import User
from interviews.models import Candidate

URL = "/settings/you/"


@pytest.mark.parametrize("url", [URL, "/settings/"])
def test_name_and_notice_period(as_alice: Client, alice: Candidate, url: str) -> None:
    data = {"name": "Alice A.", "notice": "6", "notice_unit": "weeks"}
    assert as_alice.post(url, data)["Location"] == url
    alice.refresh_from_db()
    assert (User.objects.get(pk=alice.user.pk).name, alice.notice_days) == ("Alice A.", 42)


@pytest.mark.parametrize(
    ("days", "number", "unit"),
    [(42, 6, "weeks"), (60, 60, "days"), (10, 10, "days"), (0, 0, "days")],
)
def test_the_notice_period_is_shown_in_weeks_or_days(
    as_alice: Client, alice: Candidate, days: int, number: int, unit: str
) -> None:
    Candidate.objects.update(notice_days=days)
    page = as_alice.get(URL).content.decode()
    assert f'name="notice" value="{number}"' in page
    assert f'<option value="{unit}" selected>' in page


def test_no_notice_period(as_alice: Client, alice: Candidate) -> None:
    Candidate.objects.update(notice_days=30)
    as_alice.post(URL, {"name": "", "notice": "", "notice_unit": "months"})
    alice.refresh_from_db()
    assert alice.notice_days is None


def test_nothing_else_is_changed(as_alice: Client, alice: Candidate) -> None:
    Candidate.objects.update(country="DE", muted_steps=["call"], has_discreet_subjects=True)
    as_alice.post(URL, {"name": "Alice", "notice": "1", "notice_unit": "months"})
    alice.refresh_from_db()
    assert (alice.country, alice.muted_steps) == ("DE", ["call"])
    assert alice.has_discreet_subjects


@pytest.mark.parametrize("url", [URL, "/settings/"])
def test_what_was_typed_stays(as_alice: Client, alice: Candidate, url: str) -> None:
    answer = as_alice.post(url, {"name": "Alice A.", "notice": "soon", "notice_unit": "weeks"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a whole number, such as 6, or leave this empty." in page
    assert 'value="Alice A."' in page
    assert 'value="soon"' in page
    assert User.objects.get(pk=alice.user.pk).name == "Alice"
