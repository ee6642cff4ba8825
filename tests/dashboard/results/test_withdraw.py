from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from interviews.models import Candidate, Interview, Result
from interviews.services.results import answer_offer
from tests.support import people


@pytest.fixture
def accepted(interview: Interview, now: datetime) -> Interview:
    people.make_result(interview, now=now, kind="offer", offer_answer="accepted")
    return Interview.objects.get(pk=interview.pk)


@pytest.fixture
def waiting(alice: Candidate, now: datetime) -> Interview:
    """Over for three days, not answered yet."""
    starts = now - timedelta(days=3)
    return people.make_interview(alice, starts_at=starts, now=now, company="Cedar", title="Planner")


@pytest.fixture
def rival(alice: Candidate, now: datetime) -> Interview:
    """Another offer that waits for an answer."""
    starts = now - timedelta(days=5)
    row = people.make_interview(alice, starts_at=starts, now=now, company="Dune", title="Lead")
    people.make_result(row, now=now, kind="offer", offer_answer="open")
    return Interview.objects.get(pk=row.pk)


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/withdraw/"


def again(interview: Interview) -> Interview:
    return Interview.objects.select_related("result").get(pk=interview.pk)


def test_whose_page_it_is(
    is_alices_alone: Callable[[str], None], accepted: Interview, waiting: Interview
) -> None:
    is_alices_alone(url_of(accepted))


def test_all_are_proposed_each_by_its_name(
    as_alice: Client, accepted: Interview, waiting: Interview, ahead: Interview, rival: Interview
) -> None:
    page = as_alice.get(url_of(accepted)).content.decode()
    assert page.count('name="vacancies"') == page.count("checked") == 3
    for name in ("Planner, Cedar", "Data engineer, Bolt", "Lead, Dune"):
        assert name in page
    assert "Product analyst, Acme" not in page.split("<form")[-1]


def test_what_is_chosen_is_settled_and_the_rest_left(
    as_alice: Client, accepted: Interview, waiting: Interview, ahead: Interview, rival: Interview
) -> None:
    chosen = [str(waiting.vacancy_id), str(rival.vacancy_id)]
    page = as_alice.post(url_of(accepted), {"vacancies": chosen}, follow=True).content.decode()
    assert again(waiting).result.kind == "withdrawn"
    assert again(rival).result.offer_answer == "declined"
    assert not again(ahead).is_cancelled
    assert "Withdrawn from 2 positions." in page
    for row in (waiting, rival):
        assert f"/interviews/{row.pk}/letter/?occasion=letting_go" in page
    assert f"/interviews/{ahead.pk}/letter/" not in page


def test_what_lies_ahead_is_cancelled(
    as_alice: Client, accepted: Interview, ahead: Interview
) -> None:
    data = {"vacancies": [str(ahead.vacancy_id)]}
    page = as_alice.post(url_of(accepted), data, follow=True).content.decode()
    assert again(ahead).is_cancelled
    assert "Now let them know" in page
    assert "Interview marked as cancelled." in page
    url = f"/interviews/{ahead.pk}/letter/?occasion=letting_go"
    assert f'href="{url}"' in page
    assert as_alice.get(url).status_code == 200


def test_a_next_stage_ahead_closes_with_the_stage_before_it(
    as_alice: Client, accepted: Interview, waiting: Interview, now: datetime
) -> None:
    """Cancelling it alone would open the stage before it again."""
    final = people.make_interview(
        waiting.candidate, starts_at=now + timedelta(days=3), now=now, continues=waiting
    )
    data = {"vacancies": [str(waiting.vacancy_id)]}
    page = as_alice.post(url_of(accepted), data, follow=True).content.decode()
    assert again(final).is_cancelled
    assert again(waiting).result.kind == "withdrawn"
    assert f"/interviews/{waiting.pk}/letter/?occasion=letting_go" in page
    assert 'name="vacancies"' not in page


def test_what_was_answered_meanwhile_is_reported(
    as_alice: Client, accepted: Interview, waiting: Interview, ahead: Interview, now: datetime
) -> None:
    people.make_result(waiting, now=now, kind="refusal")
    chosen = [str(waiting.vacancy_id), str(ahead.vacancy_id)]
    page = as_alice.post(url_of(accepted), {"vacancies": chosen}, follow=True).content.decode()
    assert again(waiting).result.kind == "refusal"
    assert again(ahead).is_cancelled
    assert "Planner, Cedar was already decided, so we left it as it is." in page
    assert "Withdrawn from 1 position." in page


def test_the_accepted_position_itself_is_never_given_up(
    as_alice: Client, accepted: Interview, waiting: Interview
) -> None:
    data = {"vacancies": [str(accepted.vacancy_id), str(waiting.vacancy_id)]}
    page = as_alice.post(url_of(accepted), data, follow=True).content.decode()
    assert again(accepted).result.offer_answer == "accepted"
    assert "Withdrawn from 1 position." in page
    assert "was already decided" not in page


@pytest.mark.parametrize("key", ["", "x", "01a20000-0000-7000-8000-000000000001"])
def test_what_is_anothers_or_not_there(
    as_alice: Client, accepted: Interview, waiting: Interview, key: str
) -> None:
    response = as_alice.post(url_of(accepted), {"vacancies": [key] if key else []})
    assert response.status_code == 422
    assert b'class="error-summary"' in response.content
    assert not Result.objects.filter(kind="withdrawn").exists()


def test_a_strangers_position_cannot_be_named(
    as_alice: Client, accepted: Interview, waiting: Interview, charlie: Candidate, now: datetime
) -> None:
    theirs = people.make_interview(charlie, starts_at=now - timedelta(days=3), now=now)
    chosen = [str(theirs.vacancy_id), str(waiting.vacancy_id)]
    assert as_alice.post(url_of(accepted), {"vacancies": chosen}).status_code == 422
    assert not Result.objects.filter(interview__in=[theirs, waiting]).exists()
    page = as_alice.get(f"{url_of(accepted)}?done={theirs.pk}&done=x").content.decode()
    assert f"/interviews/{theirs.pk}/" not in page


def test_nothing_is_proposed_before_the_candidate_has_accepted(
    as_alice: Client, accepted: Interview, waiting: Interview, now: datetime
) -> None:
    answer_offer(result=accepted.result, answer="open", now=now)
    url = f"/interviews/{accepted.pk}/offer/"
    assert as_alice.get(url_of(accepted))["Location"] == url
    data = {"vacancies": [str(waiting.vacancy_id)]}
    assert as_alice.post(url_of(accepted), data)["Location"] == url
    assert not Result.objects.filter(interview=waiting).exists()


def test_without_others_there_is_nothing_to_confirm(as_alice: Client, accepted: Interview) -> None:
    assert as_alice.get(url_of(accepted))["Location"] == f"/interviews/{accepted.pk}/"


def test_nobody_else_withdraws(
    as_bob: Client, as_charlie: Client, accepted: Interview, waiting: Interview
) -> None:
    data = {"vacancies": [str(waiting.vacancy_id)]}
    assert as_bob.post(url_of(accepted), data).status_code == 404
    assert as_charlie.post(url_of(accepted), data).status_code == 404
    assert not Result.objects.filter(interview=waiting).exists()


def test_25_a_page(as_alice: Client, alice: Candidate, accepted: Interview, now: datetime) -> None:
    for number in range(27):
        starts = now + timedelta(days=3)
        people.make_interview(alice, starts_at=starts, now=now, company=f"Company {number}")
    assert as_alice.get(url_of(accepted)).content.count(b'name="vacancies"') == 25
    rest = as_alice.get(f"{url_of(accepted)}?page=2").content
    assert rest.count(b'name="vacancies"') == 2
