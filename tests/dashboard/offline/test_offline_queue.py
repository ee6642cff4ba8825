"""What the service worker sends later, and what it is told."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from interviews.models import Agreement, Interview
from tests.dashboard.agreements.test_agreement_create import filled, url_of

WORKER = {"HTTP_HEARBACK_WORKER": "1"}


def test_it_is_for_candidates(as_alice: Client, as_bob: Client, client: Client) -> None:
    for path in ("/kept/", "/offline/"):
        assert as_alice.get(path).status_code == 200
        assert as_bob.get(path)["Location"] == "/start/"
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_the_worker_is_told_that_it_is_recorded_and_where_to_go_on(
    as_alice: Client, interview: Interview
) -> None:
    for _again in range(2):
        answer = as_alice.post(url_of(interview), filled(submission_id=KEY), **WORKER)
        assert (answer.status_code, answer["Location"]) == (
            201,
            f"/interviews/{interview.pk}/next/",
        )
    assert Agreement.objects.count() == 1
    path = f"/interviews/{interview.pk}/nothing-agreed/"
    assert as_alice.post(path, **WORKER).status_code == 201


KEY = "01a20000-0000-7000-8000-00000000000a"


def test_what_is_not_recorded_is_not_said_to_be(
    as_alice: Client, as_charlie: Client, ahead: Interview, interview: Interview
) -> None:
    refused = as_alice.post(url_of(interview), filled(due="other"), **WORKER)
    assert refused.status_code == 422
    assert as_charlie.post(url_of(interview), filled(), **WORKER).status_code == 404
    assert Client().post(url_of(interview), filled(), **WORKER).status_code == 302
    too_early = as_alice.post(f"/interviews/{ahead.pk}/nothing-agreed/", **WORKER)
    assert too_early.status_code == 302


def test_it_counts_from_the_moment_it_was_filled_in(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    as_alice.post(url_of(interview), filled(noted_ago="7200"))
    made = Agreement.objects.get()
    assert abs(made.made_at - (now - timedelta(hours=2))) < timedelta(minutes=1)


def test_a_moment_that_was_written_down_comes_first(as_alice: Client, interview: Interview) -> None:
    ended = interview.ends_at.astimezone(interview.candidate.zone)
    said = {"made_at_0": f"{ended:%Y-%m-%d}", "made_at_1": f"{ended:%H:%M}"}
    as_alice.post(url_of(interview), filled(noted_ago="7200", **said))
    made = Agreement.objects.get()
    assert abs(made.made_at - ended) < timedelta(minutes=1)


@pytest.mark.parametrize("nonsense", ["-7200", "soon", ""])
def test_a_clock_that_went_backwards_stands_for_now(
    as_alice: Client, interview: Interview, now: datetime, nonsense: str
) -> None:
    as_alice.post(url_of(interview), filled(noted_ago=nonsense))
    assert abs(Agreement.objects.get().made_at - now) < timedelta(minutes=1)


@pytest.mark.parametrize("long_ago", [str(9 * 24 * 3600), "9" * 30])
def test_one_from_before_the_interview_is_refused_beside_its_moment(
    as_alice: Client, interview: Interview, long_ago: str
) -> None:
    answer = as_alice.post(url_of(interview), filled(noted_ago=long_ago))
    assert answer.status_code == 422
    assert b"at most a day before the interview ended" in answer.content


def test_nothing_agreed_keeps_its_moment_too(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    as_alice.post(f"/interviews/{interview.pk}/nothing-agreed/", {"noted_ago": "3600"})
    interview.refresh_from_db()
    assert interview.nothing_agreed_at is not None
    assert abs(interview.nothing_agreed_at - (now - timedelta(hours=1))) < timedelta(minutes=1)


def test_nothing_is_agreed_before_the_end(as_alice: Client, interview: Interview) -> None:
    as_alice.post(f"/interviews/{interview.pk}/nothing-agreed/", {"noted_ago": "999999"})
    interview.refresh_from_db()
    assert interview.nothing_agreed_at == interview.ends_at


def test_the_card_of_an_interview_ahead_has_what_may_be_said_after_it(
    as_alice: Client, ahead: Interview
) -> None:
    page = " ".join(as_alice.get(url_of(ahead)).content.decode().split())
    ended = ahead.ends_at.astimezone(ahead.candidate.zone).replace(microsecond=0)
    assert f'data-from="{ended:%Y-%m-%dT%H:%M:%S}' in page
    assert "Nothing was agreed" in page
