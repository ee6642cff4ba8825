"""The questions on one screen of a phone, and on one printed page."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.conftest import Pages
from tests.support.browser import sign_in
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running

PEOPLE = (
    ("Anna Petrova", "recruiter"),
    ("Ben Naso", "hiring_manager"),
    ("Viktor Linden", "top_manager"),
    ("Chloé Martin", "peer"),
)
PDF_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.mark.parametrize("stage", ["first", "final", "management"])
def test_one_card(running: Running, new_page: Pages, stage: str) -> None:
    alice = make_candidate(make_user("Alice"))
    now = timezone.now()
    row = make_interview(
        alice,
        starts_at=now + timedelta(days=2),
        now=now,
        people=PEOPLE,
        stage=stage,
        place="Main office, Long Street 112, second floor, room 12",
        title="Team lead for reporting and analysis in the finance department",
    )
    page = new_page(running.url, viewport={"width": 360, "height": 740})
    sign_in(page, alice.user)
    page.goto(f"/interviews/{row.pk}/questions/")
    for size in ("A5", "A4"):
        printed = page.pdf(format=size)
        assert len(PDF_PAGE.findall(printed)) == 1, size
    last = page.locator(".questions").first.locator("li").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 740 - 60, "above the bar under the thumb"
