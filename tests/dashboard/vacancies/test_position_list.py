from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from interviews.models import Candidate, Tag, Vacancy
from interviews.services import vacancies
from tests.support.people import (
    make_agreement,
    make_contact,
    make_interview,
    make_position,
    make_result,
)
from tests.support.queries import count_queries

URL = "/positions/"
# The page may ask this often, with the sign-in, whatever it is narrowed to.
MOST = 8
BY_NEXT_STEP = ["Bolt", "Acme", "Saved &amp; Sons", "Gone", "Ended"]


@pytest.fixture
def some(alice: Candidate, now: datetime) -> None:
    today = now.astimezone(alice.zone).date()
    make_position(alice, now=now, company="Saved & Sons", title="Baker", source="A friend")
    applied = today - timedelta(days=12)
    make_position(alice, now=now, company="Acme", applied_on=applied, tags=("remote",))
    talk = make_interview(alice, starts_at=now - timedelta(days=6), now=now, company="Bolt")
    make_contact(talk, now=now)
    ended = make_interview(alice, starts_at=now - timedelta(days=9), now=now, company="Ended")
    make_result(ended, now=now)
    closed = make_position(alice, now=now, company="Gone", applied_on=applied)
    vacancies.close_position(vacancy=closed, reason="position_gone", closed_on=applied, now=now)


def listed(client: Client, query: str = "") -> str:
    page = client.get(URL + query)
    assert page.status_code == 200
    return page.content.decode().split("<main", 1)[1]


def names(client: Client, query: str = "") -> list[str]:
    said = listed(client, query)
    known = ("Saved &amp; Sons", "Acme", "Bolt", "Ended", "Gone")
    places = {name: said.find(f"<b><bdi>{name}</bdi></b>") for name in known}
    return sorted((name for name in known if places[name] >= 0), key=lambda name: places[name])


def test_whose_it_is(as_charlie: Client, as_bob: Client, client: Client, some: None) -> None:
    assert names(as_charlie) == []
    assert "Your positions will be listed here" in listed(as_charlie)
    assert as_bob.get(URL)["Location"] == "/start/"
    assert client.get(URL)["Location"] == f"/accounts/login/?next={URL}"


@pytest.mark.usefixtures("some")
class TestSome:
    def test_open_ones_first_each_with_how_it_stands(self, as_alice: Client) -> None:
        assert names(as_alice) == BY_NEXT_STEP
        said = listed(as_alice)
        for sentence in ("Applied 12 days ago", "Saved today", "Position filled or cancelled"):
            assert sentence in said
        assert said.count("First interview</a>") == 2
        assert said.count('class="axis"') == 2

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?show=saved", ["Saved &amp; Sons"]),
            ("?show=applied", ["Acme"]),
            ("?show=in_talks", ["Bolt"]),
            ("?show=closed", ["Gone", "Ended"]),
            ("?show=offer", []),
            ("?show=nonsense", BY_NEXT_STEP),
            ("?source=A+friend", ["Saved &amp; Sons"]),
            ("?q=bAk", ["Saved &amp; Sons"]),
            ("?q=REMOTE+acme", ["Acme"]),
            ("?q=acme&show=closed", []),
            ("?q=product&show=in_talks", ["Bolt"]),
            ("?company=nonsense", BY_NEXT_STEP),
            ("?sort=newest", ["Gone", "Ended", "Bolt", "Acme", "Saved &amp; Sons"]),
            ("?sort=company", ["Acme", "Bolt", "Ended", "Gone", "Saved &amp; Sons"]),
            ("?sort=applied", ["Gone", "Acme", "Ended", "Bolt", "Saved &amp; Sons"]),
        ],
    )
    def test_narrowed_and_sorted(self, as_alice: Client, query: str, found: list[str]) -> None:
        assert names(as_alice, query) == found

    def test_by_company_and_tag(self, as_alice: Client) -> None:
        company = Vacancy.objects.get(company__name="Bolt").company_id
        assert names(as_alice, f"?company={company}") == ["Bolt"]
        assert names(as_alice, f"?tag={Tag.objects.get().pk}") == ["Acme"]

    def test_nothing_matches(self, as_alice: Client) -> None:
        assert "Nothing matches your filter." in listed(as_alice, "?q=nothing")

    def test_a_strangers_company_tells_nothing(self, as_charlie: Client) -> None:
        company = Vacancy.objects.get(company__name="Bolt").company_id
        assert names(as_charlie, f"?company={company}") == []

    @pytest.mark.parametrize(
        "query", ["", "?narrow=1", "?q=product", "?q=product&source=x", "?show=saved"]
    )
    def test_queries_do_not_grow(
        self, as_alice: Client, alice: Candidate, now: datetime, query: str
    ) -> None:
        as_alice.get(URL)
        few = count_queries(lambda: as_alice.get(URL + query))
        for number in range(4):
            talk = make_interview(
                alice, starts_at=now - timedelta(days=number), now=now, company=f"Acme {number}"
            )
            make_contact(talk, now=now)
            make_position(alice, now=now, company=f"Acme {number}", tags=(f"tag {number}",))
        assert count_queries(lambda: as_alice.get(URL + query)) == few <= MOST


def test_within_a_tag_every_other_tag_is_searched(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    make_position(alice, now=now, company="Acme", tags=("remote", "Berlin"))
    remote = Tag.objects.get(name="remote")
    assert names(as_alice, f"?q=berlin&tag={remote.pk}") == ["Acme"]
    field = f'<input type="hidden" name="tag" value="{remote.pk}">'
    assert field in listed(as_alice, f"?tag={remote.pk}")


def test_the_earliest_step_first_and_an_offer_before_it(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    for company, days in (("Bolt", 9), ("Acme", 2), ("Gone", 5)):
        talk = make_interview(alice, starts_at=now - timedelta(days=1), now=now, company=company)
        make_agreement(talk, now=now, due_on=now.date() + timedelta(days=days))
    offered = make_interview(alice, starts_at=now - timedelta(days=1), now=now, company="Ended")
    make_result(offered, now=now, kind="offer")
    assert names(as_alice) == ["Ended", "Acme", "Gone", "Bolt"]


def test_what_lies_before_the_axis_is_said(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    long_ago = now - timedelta(days=90)
    talk = make_interview(alice, starts_at=long_ago, now=long_ago + timedelta(hours=2))
    make_result(talk, now=now, known_at=long_ago + timedelta(days=9))
    said = listed(as_alice)
    assert "Answered on" in said
    assert 'class="axis"' not in said


def test_forty_a_page(as_alice: Client, alice: Candidate, now: datetime) -> None:
    for number in range(41):
        make_position(alice, now=now, title=f"Job {number}", applied_on=date(2026, 1, 1))
    assert listed(as_alice).count("<li class=") == 40
    second = listed(as_alice, "?page=2")
    assert second.count("<li class=") == 1
    assert "Job 0" in second
    assert listed(as_alice, "?page=2&q=job").count("<li class=") == 1
