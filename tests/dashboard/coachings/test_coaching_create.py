from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from config.sign_in_limits import RATE_LIMITS
from interviews.models import Candidate, Coaching, Interview
from tests.support.people import make_candidate, make_interview, make_user

URL = "/settings/coaches/new/"
RIGHT = {"address": "eva@example.org", "shares": "steps", "reach": "all", "ends_on": ""}


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert as_bob.post(URL, RIGHT).status_code == 404
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_the_least_is_proposed(as_alice: Client, interview: Interview) -> None:
    """Next steps only; the candidate chooses the positions."""
    form = as_alice.get(URL).context["form"]
    assert form["shares"].value() == "steps"
    assert form["reach"].value() is None
    assert not form["vacancies"].value()


def test_an_invitation_is_mailed_and_says_who_and_what(as_alice: Client, alice: Candidate) -> None:
    page = as_alice.post(URL, RIGHT, follow=True).content.decode()
    assert "Invitation sent to eva@example.org." in page
    made = Coaching.objects.get(address="eva@example.org")
    assert (made.coach, made.accepted_at, made.shares, made.covers_all) == (
        None,
        None,
        "steps",
        True,
    )
    (sent,) = mail.outbox
    assert sent.to == ["eva@example.org"]
    assert sent.subject == "Alice invited you to be their coach"
    assert "Alice (alice@example.org)" in sent.body
    assert "next steps only, for all positions, including later ones" in sent.body
    assert "within 30 days" in sent.body
    assert "you can ignore this email. We won’t ask you again." in sent.body


def test_the_mail_names_no_position(as_alice: Client, interview: Interview) -> None:
    """It may reach somebody else than was meant."""
    as_alice.post(URL, RIGHT | {"reach": "chosen", "vacancies": [interview.vacancy_id]})
    assert Coaching.objects.get().chosen.get().vacancy == interview.vacancy
    assert "for one position" in mail.outbox[0].body
    assert "Acme" not in mail.outbox[0].body


def test_an_address_with_an_account_is_answered_as_one_without(as_alice: Client) -> None:
    make_user("Eva")
    with_account = as_alice.post(URL, RIGHT, follow=True).content.decode()
    without = as_alice.post(URL, RIGHT | {"address": "eve@example.org"}, follow=True)
    said = "Invitation sent to"
    assert said in with_account
    assert said in without.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": "nonsense"}, "address"),
        ({"address": "alice@example.org"}, "This is your own email address. Enter someone else’s."),
        ({"address": "bob@example.org"}, "You already share with this coach."),
        ({"reach": ""}, "Choose one of the options listed."),
        ({"reach": "chosen"}, "Choose at least one position."),
        ({"shares": "everything"}, "Choose one of"),
        ({"ends_on": "2020-01-01"}, "Choose today or a later date."),
        ({"ends_on": "soon"}, "Enter a date, such as 2026-11-30."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_sent(
    as_alice: Client, as_bob: Client, interview: Interview, wrong: dict[str, str], said: str
) -> None:
    answer = as_alice.post(URL, RIGHT | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Coaching.objects.filter(coach=None).exists()
    assert not mail.outbox


def test_a_position_of_somebody_else_is_refused(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    dora = make_candidate(make_user("Dora"))
    theirs = make_interview(dora, starts_at=now + timedelta(days=2), now=now).vacancy_id
    answer = as_alice.post(URL, RIGHT | {"reach": "chosen", "vacancies": [theirs]})
    assert "in your list. Reload the page and choose again" in answer.content.decode()


def test_with_no_position_yet_there_is_none_to_choose(as_alice: Client) -> None:
    page = as_alice.get(URL).content.decode()
    assert 'value="chosen"' not in page
    assert as_alice.post(URL, RIGHT | {"reach": "chosen"}).status_code == 422


def test_no_more_positions_than_can_be_looked_through(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    for number in range(27):
        make_interview(
            alice, starts_at=now + timedelta(days=3), now=now, company=f"Company {number}"
        )
    assert as_alice.get(URL).content.decode().count('name="vacancies"') == 25


def test_who_was_asked_before_is_not_written_to_again(as_alice: Client) -> None:
    as_alice.post(URL, RIGHT)
    Coaching.objects.update(ended_at=timezone.now())
    page = as_alice.post(URL, RIGHT, follow=True).content.decode()
    assert "send a second email" in page
    assert len(mail.outbox) == 1


def test_so_many_a_day_and_no_more(as_alice: Client) -> None:
    most = int(RATE_LIMITS["coaching_invitation"].split("/")[0])
    for number in range(most):
        answer = as_alice.post(URL, RIGHT | {"address": f"coach{number}@example.org"})
        assert answer.status_code == 302
    answer = as_alice.post(URL, RIGHT)
    assert answer.status_code == 422
    assert "limit for invitations" in answer.content.decode()
    assert len(mail.outbox) == most


@pytest.mark.parametrize("address", ["ev\u0131@example.org", "\u017feva@example.org"])
def test_an_address_that_cannot_be_mailed_is_refused(
    as_alice: Client, alice: Candidate, address: str
) -> None:
    response = as_alice.post(URL, {**RIGHT, "address": address})
    assert response.status_code == 422
    assert "plain letters before the @" in response.content.decode()
    assert not Coaching.objects.filter(address=address).exists()


WRONG = [
    {"address": "bob"},
    {"address": "alice@example.org"},
    {"address": "known@example.org"},
    {"shares": ""},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_refused_uses_up_nothing(as_alice: Client, wrong: dict[str, str]) -> None:
    """A typing error, the own address, one that is invited already."""
    most = int(RATE_LIMITS["coaching_invitation"].split("/")[0])
    as_alice.post(URL, RIGHT | {"address": "known@example.org"})
    for _ in range(most):
        assert as_alice.post(URL, RIGHT | wrong).status_code == 422
    assert as_alice.post(URL, RIGHT).status_code == 302
