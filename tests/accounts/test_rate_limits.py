"""How often something may be tried at the entrance, from one place and on one account."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.doors import CONFIRM, give_password, set_up_app, signed_in

TRIES = 5  # of ACCOUNT_RATE_LIMITS: wrong tries on one account in five minutes
TOO_OFTEN = b"tried too often"


def many(times: int, act: Callable[[int], HttpResponse]) -> list[HttpResponse]:
    return [act(number) for number in range(times)]


def test_wrong_passwords_stop_at_the_limit_from_wherever_they_come(alice: User) -> None:
    def wrong(number: int) -> HttpResponse:
        return give_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), alice, "wrong and wrong")

    answers = many(TRIES + 2, wrong)
    stopped = [TOO_OFTEN in answer.content for answer in answers]
    assert stopped == [False] * TRIES + [True] * 2
    # Then the right one is not let in either: whoever tries on must not learn it.
    assert TOO_OFTEN in give_password(Client(), alice).content


def test_one_account_is_one_count_by_whichever_host(alice: User) -> None:
    for number in range(TRIES):
        host = ("localhost", "127.0.0.1")[number % 2]
        give_password(Client(HTTP_HOST=host), alice, "wrong and wrong")
    assert TOO_OFTEN in give_password(Client(), alice).content


def test_wrong_passwords_on_many_accounts_stop_too(db: None) -> None:
    def wrong(number: int) -> HttpResponse:
        data = {"login": f"anna{number}@example.org", "password": "wrong and wrong"}
        return Client().post("/accounts/login/", data)

    assert TOO_OFTEN in many(11, wrong)[-1].content


def test_a_right_password_does_not_count(alice: User) -> None:
    for _ in range(TRIES + 1):
        assert give_password(Client(), alice).status_code == 302


def test_wrong_codes_of_the_second_factor_stop(alice: User) -> None:
    set_up_app(alice)
    client = Client()
    give_password(client, alice)
    path = "/accounts/signing-in/authenticate/"
    answers = many(TRIES + 1, lambda _number: client.post(path, {"code": "12345678"}))
    assert b"This code or passkey is not right." in answers[0].content
    assert TOO_OFTEN in answers[-1].content


def test_confirming_with_wrong_passwords_stops(alice: User) -> None:
    client = signed_in(alice)
    answers = many(TRIES + 1, lambda _number: client.post(CONFIRM, {"password": "wrong"}))
    assert TOO_OFTEN in answers[-1].content


def test_guessing_the_present_password_stops_for_the_day(alice: User, settings: Settings) -> None:
    client = signed_in(alice)
    limit = settings.ACCOUNT_RATE_LIMITS["change_password"].replace("5/m/user,", "")
    settings.ACCOUNT_RATE_LIMITS = {"change_password": limit}  # else five a minute
    data = {"oldpassword": "wrong", "password1": "a new long word", "password2": "a new long word"}
    answers = many(21, lambda _number: client.post("/accounts/password/change/", data))
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]


def test_a_wrong_code_from_a_mail_is_worth_three_tries(
    alice: User, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    client.post("/accounts/login/code/", {"email": alice.email})
    path = "/accounts/login/code/confirm/"
    answers = many(3, lambda _number: client.post(path, {"code": "XXXX-XXXX"}))
    assert answers[-1]["Location"] == "/accounts/login/code/"
    assert client.get(path)["Location"] == "/accounts/login/code/"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/accounts/login/code/", {"email": "alice@example.org"}),
        ("/accounts/password/reset/", {"email": "alice@example.org"}),
    ],
)
def test_codes_are_not_mailed_without_end(
    db: None, mailoutbox: list[EmailMessage], path: str, data: dict[str, str]
) -> None:
    answers = many(4, lambda _number: Client().post(path, data))
    assert answers[-1].status_code in (422, 429)
    assert len(mailoutbox) == 3


def test_sign_ups_from_one_place_stop_with_a_page_that_says_so(db: None) -> None:
    def sign_up(number: int) -> HttpResponse:
        return Client().post("/accounts/signup/", {"email": f"anna{number}"})

    answer = many(21, sign_up)[-1]
    assert answer.status_code == 429
    assert b"<h1>Too many tries</h1>" in answer.content
    assert b"css/roles.css" in answer.content


def test_passkeys_that_fit_nothing_stop(db: None) -> None:
    path = "/accounts/signing-in/passkeys/login/"
    answers = many(11, lambda _number: Client().post(path, {"credential": "{}"}))
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
