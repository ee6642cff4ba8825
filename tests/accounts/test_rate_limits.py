"""How often a sign-in may be tried, from one network and on one account."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import CONFIRM, give_password, set_up_app, signed_in

LIMIT = 5  # of ACCOUNT_RATE_LIMITS: wrong tries on one account in five minutes
ELSEWHERE = "192.0.2.1"
TOO_OFTEN = b"Too many attempts"


def many(times: int, act: Callable[[int], HttpResponse]) -> list[HttpResponse]:
    return [act(number) for number in range(times)]


def wrong_ones(alice: User, addresses: list[str]) -> list[bool]:
    """Whether each was stopped."""
    clients = [Client(REMOTE_ADDR=address) for address in addresses]
    answers = [give_password(client, alice, "wrong and wrong") for client in clients]
    return [TOO_OFTEN in answer.content for answer in answers]


def test_wrong_passwords_stop_at_the_limit(alice: User) -> None:
    assert wrong_ones(alice, [ELSEWHERE] * (LIMIT + 2)) == [False] * LIMIT + [True] * 2
    # Then the right one is not let in either: whoever tries on must not learn it.
    assert TOO_OFTEN in give_password(Client(REMOTE_ADDR=ELSEWHERE), alice).content


def test_a_stranger_elsewhere_does_not_keep_the_owner_out(alice: User, settings: Settings) -> None:
    a_day = _a_day(settings, "login_failed")
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": a_day}  # else five at once
    stopped = wrong_ones(alice, [ELSEWHERE] * 120)
    assert stopped == [False] * 20 + [True] * 100
    assert give_password(Client(), alice).status_code == 302


def test_from_many_networks_they_stop_for_the_day(alice: User) -> None:
    addresses = [f"192.0.2.{number}" for number in range(101)]
    assert wrong_ones(alice, addresses) == [False] * 100 + [True]
    assert TOO_OFTEN in give_password(Client(), alice).content


def test_right_ones_do_not_fill_that_limit(alice: User, settings: Settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"wrong_passwords": "2/d/key"}
    for number in range(4):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        assert give_password(client, alice).status_code == 302


def test_a_new_password_is_not_kept_out_by_guesses_at_the_old_one(
    alice: User, mailoutbox: list[EmailMessage]
) -> None:
    wrong_ones(alice, [f"192.0.2.{number}" for number in range(101)])
    client = Client()
    client.post("/accounts/password/reset/", {"email": alice.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    new = {"password1": "quite another word", "password2": "quite another word"}
    client.post("/accounts/password/reset/complete/", new)
    assert give_password(Client(), alice, "quite another word").status_code == 302


def _a_day(settings: Settings, action: str) -> str:
    """What the settings allow in a day, without what they allow in minutes."""
    rates = str(settings.ACCOUNT_RATE_LIMITS[action]).split(",")
    return next(rate for rate in rates if "/d/" in rate)


def test_one_account_is_one_count_by_whichever_host(alice: User) -> None:
    for number in range(LIMIT):
        host = ("localhost", "127.0.0.1")[number % 2]
        give_password(Client(HTTP_HOST=host), alice, "wrong and wrong")
    assert TOO_OFTEN in give_password(Client(), alice).content


def test_wrong_passwords_on_many_accounts_stop_too(db: None) -> None:
    def wrong(number: int) -> HttpResponse:
        data = {"login": f"anna{number}@example.org", "password": "wrong and wrong"}
        return Client().post("/accounts/login/", data)

    assert TOO_OFTEN in many(11, wrong)[-1].content


def test_a_right_password_does_not_count(alice: User) -> None:
    for _ in range(LIMIT + 1):
        assert give_password(Client(), alice).status_code == 302


def test_wrong_codes_of_the_second_factor_stop(alice: User) -> None:
    set_up_app(alice)
    client = Client()
    give_password(client, alice)
    path = "/accounts/signing-in/authenticate/"
    answers = many(LIMIT + 1, lambda _number: client.post(path, {"code": "12345678"}))
    assert b"That code or passkey" in answers[0].content
    assert TOO_OFTEN in answers[-1].content


def test_confirming_with_wrong_passwords_stops(alice: User) -> None:
    client = signed_in(alice)
    answers = many(LIMIT + 1, lambda _number: client.post(CONFIRM, {"password": "wrong"}))
    assert TOO_OFTEN in answers[-1].content


def test_guessing_the_present_password_stops_for_the_day(alice: User, settings: Settings) -> None:
    client = signed_in(alice)
    settings.ACCOUNT_RATE_LIMITS = {"change_password": _a_day(settings, "change_password")}
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


def of_sign_in(client: Client, alice: User) -> str:
    client.post("/accounts/login/code/", {"email": alice.email})
    return "/accounts/login/code/confirm/"


def of_a_new_password(client: Client, alice: User) -> str:
    client.post("/accounts/password/reset/", {"email": alice.email})
    return "/accounts/password/reset/confirm/"


def of_sign_up(client: Client, _alice: User) -> str:
    typed = {"email": "new@example.org", "password1": "an even longer word", "timezone": "UTC"}
    client.post("/accounts/signup/", typed)
    return "/accounts/confirm-email/"


@pytest.mark.parametrize("ask", [of_sign_in, of_a_new_password, of_sign_up])
def test_three_tries_are_three_however_many_are_made_at_once(
    alice: User, mailoutbox: list[EmailMessage], ask: Callable[[Client, User], str]
) -> None:
    """Requests at once each read the session before any of them has counted in it."""
    client = Client()
    path = ask(client, alice)
    kept = dict(client.session.items())

    def at_once(code: str) -> HttpResponse:
        session = client.session
        session.clear()
        session.update(kept)
        session.save()
        return client.post(path, {"code": code})

    for _ in range(3):
        assert at_once("XXXX-XXXX").status_code == 422
    right = at_once(code_in(mailoutbox[0]))
    assert right.status_code == 422
    assert b"That code " in right.content


@pytest.mark.parametrize("ask", [of_sign_in, of_a_new_password, of_sign_up])
def test_the_third_try_may_be_right(
    alice: User, mailoutbox: list[EmailMessage], ask: Callable[[Client, User], str]
) -> None:
    client = Client()
    path = ask(client, alice)
    answers = many(2, lambda _number: client.post(path, {"code": "XXXX-XXXX"}))
    assert [answer.status_code for answer in answers] == [422, 422]
    assert client.post(path, {"code": code_in(mailoutbox[0])}).status_code == 302


CODES = ["/accounts/login/code/", "/accounts/password/reset/"]


def ask(path: str, address: str) -> HttpResponse:
    return Client(REMOTE_ADDR=address).post(path, {"email": "alice@example.org"})


@pytest.mark.parametrize("path", CODES)
def test_codes_are_not_mailed_without_end(
    db: None, mailoutbox: list[EmailMessage], path: str
) -> None:
    answers = many(4, lambda _number: ask(path, ELSEWHERE))
    assert answers[-1].status_code == 422
    assert TOO_OFTEN in answers[-1].content
    assert len(mailoutbox) == 3
    # Whoever asks in another network, or for the other code, still gets one.
    assert ask(path, "192.0.2.2").status_code == 302
    [other] = [each for each in CODES if each != path]
    assert ask(other, ELSEWHERE).status_code == 302


@pytest.mark.parametrize("path", CODES)
def test_nor_from_many_networks(db: None, mailoutbox: list[EmailMessage], path: str) -> None:
    answers = many(61, lambda number: ask(path, f"192.0.2.{number}"))
    assert [answer.status_code for answer in answers] == [302] * 60 + [422]
    assert len(mailoutbox) == 60


def test_sign_ups_from_one_place_stop_with_a_page_that_says_so(db: None) -> None:
    def sign_up(number: int) -> HttpResponse:
        return Client().post("/accounts/signup/", {"email": f"anna{number}"})

    answer = many(21, sign_up)[-1]
    assert answer.status_code == 429
    assert b"<h1>Too many attempts</h1>" in answer.content
    assert b"css/tokens.css" in answer.content


def test_passkeys_that_fit_nothing_stop(db: None) -> None:
    path = "/accounts/signing-in/passkeys/login/"
    answers = many(11, lambda _number: Client().post(path, {"credential": "{}"}))
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
