from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from interviews.models import Competence, Interview
from tests.support import people


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/result/next/"


def test_whose_page_it_is(
    is_alices_alone: Callable[[str], None], interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    is_alices_alone(url_of(interview))


def test_without_a_result_nothing_follows(as_alice: Client, interview: Interview) -> None:
    assert as_alice.get(url_of(interview))["Location"] == f"/interviews/{interview.pk}/"


@pytest.mark.parametrize(
    ("kind", "occasion"),
    [
        ("refusal", "after_refusal"),
        ("assumed_refusal", "after_refusal"),
        ("withdrawn", "letting_go"),
        ("no_response", None),
    ],
)
def test_the_letter_that_fits(
    as_alice: Client, interview: Interview, now: datetime, kind: str, occasion: str | None
) -> None:
    people.make_result(interview, now=now, kind=kind)
    page = as_alice.get(url_of(interview)).content.decode()
    assert ("?occasion=" in page) is (occasion is not None)
    if occasion:
        assert f"/letter/?occasion={occasion}" in page


def test_what_was_lacking_is_counted(as_alice: Client, interview: Interview, now: datetime) -> None:
    other = people.make_interview(
        interview.candidate, starts_at=now - timedelta(days=3), now=now, company="Cedar"
    )
    people.make_result(other, now=now, competences=["English"])
    people.make_result(interview, now=now, competences=["English", "SQL"])
    page = as_alice.get(url_of(interview)).content.decode()
    assert "2 times so far" in page
    assert "first time" in page
    assert "Record what was missing" not in page
    english = Competence.objects.get(name="English")
    assert f'class="btn btn-primary"\n         href="/competences/{english.pk}/"' in page
    assert "Plan how to work on it" in page


def test_what_was_just_recorded_is_not_asked_for(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, feedback="Somebody with more SQL.")
    page = as_alice.get(url_of(interview)).content.decode()
    assert "Ask for feedback" not in page
    assert "Record what was missing" not in page
    assert "Thank Anna Petrova and stay in touch" in page
    letter = as_alice.get(f"/interviews/{interview.pk}/letter/?occasion=after_refusal")
    assert "Which skill or experience" not in letter.content.decode()
    today = as_alice.get(f"/today/?show=answered&open={interview.pk}").content.decode()
    assert "They said no on" in today
    assert "nothing left to do" not in today


def test_what_is_missing_is_asked_for(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    assert "Ask for feedback" in as_alice.get(url_of(interview)).content.decode()
    letter = as_alice.get(f"/interviews/{interview.pk}/letter/?occasion=after_refusal")
    assert "Which skill or experience" in letter.content.decode()


def test_what_was_lacking_is_asked_for(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    page = as_alice.get(url_of(interview)).content.decode()
    assert f'href="/interviews/{interview.pk}/result/?kind=refusal#id_lacking"' in page


def test_on_file_says_when(as_alice: Client, interview: Interview, now: datetime) -> None:
    day = (now + timedelta(days=90)).date()
    people.make_result(interview, now=now, recontact_on=day)
    assert b"to get in touch again." in as_alice.get(url_of(interview)).content


@pytest.mark.parametrize(
    ("recommended", "query"),
    [
        ("Data steward, Bolt", "title=Data+steward&amp;company=Bolt&amp;"),
        ("Team lead, data, Bolt", "title=Team+lead%2C+data&amp;company=Bolt&amp;"),
        ("The new office", "title=The+new+office&amp;"),
    ],
)
def test_a_recommendation_opens_the_new_position(
    as_alice: Client, interview: Interview, now: datetime, recommended: str, query: str
) -> None:
    people.make_result(interview, now=now, recommended_to=recommended)
    page = as_alice.get(url_of(interview)).content.decode()
    assert f'href="/interviews/new/?{query}source=referral+from+Acme"' in page


def test_an_offer_is_to_be_decided(as_alice: Client, interview: Interview, now: datetime) -> None:
    people.make_result(interview, now=now, kind="offer")
    assert as_alice.get(url_of(interview))["Location"] == f"/interviews/{interview.pk}/offer/"


def test_a_next_stage_is_to_be_prepared(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    final = people.make_interview(
        interview.candidate, starts_at=now + timedelta(days=3), now=now, continues=interview
    )
    assert as_alice.get(url_of(interview))["Location"] == f"/interviews/{final.pk}/questions/"
