"""The admin's lists: which time zone they use, and the names of steps."""

import re

import pytest
from django.test import Client

from accounts.models import User
from interviews.models import Coach, Interview


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("address", ["/admin/", "/admin/interviews/interview/"])
def test_every_page_says_its_zone_and_has_the_mark(as_operator: Client, address: str) -> None:
    shown = page(as_operator, address)
    assert "All times in UTC" in shown
    assert '<link rel="icon" href="/static/img/mark.svg" type="image/svg+xml">' in shown
    assert "favicon" not in shown


def test_a_detail_says_its_zone_too(as_operator: Client) -> None:
    row = Interview.objects.order_by("pk")[0]
    assert "All times in UTC" in page(as_operator, f"/admin/interviews/interview/{row.pk}/change/")


@pytest.mark.parametrize("noun", ["interview", "reminder"])
def test_steps_have_names(as_operator: Client, noun: str) -> None:
    shown = page(as_operator, f"/admin/interviews/{noun}/?step=call")
    assert '<td class="field-step_name">Call</td>' in shown
    assert shown.count("field-step_name") == shown.count('<td class="field-step_name">Call</td>')
    assert "Count it as a no" in shown  # among the filter's choices
    assert "assume_refusal<" not in shown


def test_a_cancelled_interview_has_none(as_operator: Client) -> None:
    row = Interview.objects.order_by("pk")[0]
    Interview.objects.filter(pk=row.pk).update(
        step="", step_rule="", review_at=None, cancelled_at=row.starts_at
    )
    assert '<td class="field-step_name">-</td>' in page(as_operator, "/admin/interviews/interview/")


def test_a_coachs_list_says_how_urgent_a_step_is_and_by_whose_clock(
    as_bob: Client, bob: User, of_alice: Interview
) -> None:
    """As the candidate reads it; the zone is named if it is not the coach's."""
    Interview.objects.filter(pk=of_alice.pk).update(step_due_at=of_alice.starts_at)
    shown = page(as_bob, "/admin/interviews/interview/?q=Acme")
    assert re.search(r'<span class="state is-overdue">\d+ days? late', shown)
    assert "(Europe/Berlin)" in shown
    assert shown.count("aria-sort") == 1
    assert 'column-due sorted ascending" aria-sort="ascending"' in shown
    assert 'role="group" tabindex="0" aria-label="Interviews"' in shown
    Coach.objects.create(user=bob, timezone="Europe/Berlin")
    assert "(Europe/Berlin)" not in page(as_bob, "/admin/interviews/interview/?q=Acme")
