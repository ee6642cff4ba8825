"""A wrong or forged response of an OpenID Connect provider opens nothing."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.accounts.openid_provider import (
    ADDRESS,
    ALICE,
    BEGIN,
    CALLBACK,
    OVERVIEW,
    ZONE,
    OpenIDProvider,
    come_back,
    join_to,
    leave,
    who,
)
from tests.accounts.sign_in_helpers import give_password

WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "of another sign-in"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://other.example"},
    "for another client": {"aud": "other"},
    "run out": {"exp": 1},
    "of nobody": {"sub": None},
}


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_a_wrong_claim_opens_nothing(
    alice: User, provider: OpenIDProvider, claims: dict[str, Any]
) -> None:
    join_to(alice, provider)
    provider.claims = claims
    assert_refused(Client(), provider)


def assert_refused(client: Client, provider: OpenIDProvider, **said: Any) -> None:
    back = come_back(client, provider, "a1", **{"email": ALICE} | said)
    assert back["Location"] == "/accounts/login/"
    assert who(client) == ""
    assert "Signing in with Example didn’t work" in client.get("/accounts/login/").content.decode()


def test_a_signature_by_another_key_opens_nothing(alice: User, provider: OpenIDProvider) -> None:
    join_to(alice, provider)
    provider.key = generate_private_key(SECP256R1())
    assert_refused(Client(), provider)


@pytest.mark.parametrize("subject", ["b2", None])
def test_userinfo_of_somebody_else_is_not_believed(
    alice: User, provider: OpenIDProvider, subject: str | None
) -> None:
    provider.claims = {"email": None}
    provider.userinfo = {"sub": subject, "email": ALICE}
    assert_refused(Client(), provider)


def test_the_address_may_come_from_userinfo(db: None, provider: OpenIDProvider) -> None:
    provider.claims = {"email": None}
    client = Client()
    assert come_back(client, provider, "n1", email="new@example.org")["Location"] == ADDRESS
    assert "new@example.org" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("said", [{}, {"email": ""}, {"email": "nobody"}, {"email": ["a@b.de"]}])
def test_without_an_address_nobody_new_comes_in(
    db: None, provider: OpenIDProvider, said: dict[str, Any]
) -> None:
    client = Client()
    assert come_back(client, provider, "n1", **said)["Location"] == "/accounts/login/"
    assert "didn’t give us an email address" in client.get("/accounts/login/").content.decode()


STRANGE: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://other.example"},
    "no issuer": {"issuer": None},
    "no keys": {"jwks_uri": None},
    "a script": {"authorization_endpoint": "javascript:alert(1)"},
}


@pytest.mark.parametrize("configuration", STRANGE.values(), ids=STRANGE)
def test_a_strange_configuration_leads_nowhere(
    db: None, provider: OpenIDProvider, configuration: dict[str, Any]
) -> None:
    provider.configuration = configuration
    assert Client().post(BEGIN)["Location"] == "/accounts/login/"


def test_while_it_is_away_other_ways_are_open(alice: User, provider: OpenIDProvider) -> None:
    join_to(alice, provider)
    client = Client()
    url = leave(client)
    provider.is_away = True
    assert client.post(BEGIN)["Location"] == "/accounts/login/"
    assert client.get(provider.sign_in(url, subject="a1"))["Location"] == "/accounts/login/"
    give_password(client, alice)
    assert who(client) == ALICE


def test_the_way_back_is_for_the_browser_that_left(alice: User, provider: OpenIDProvider) -> None:
    join_to(alice, provider)
    client = Client()
    back = provider.sign_in(leave(client), subject="a1")
    for stranger in (Client(), signed_out_of_another_way(provider)):
        stranger.get(back)
        assert who(stranger) == ""
    client.get(back)
    assert who(client) == ALICE
    again = Client()
    again.cookies = client.cookies
    assert again.get(back)["Location"] in ("/accounts/login/", OVERVIEW)


def signed_out_of_another_way(provider: OpenIDProvider) -> Client:
    client = Client()
    leave(client)
    return client


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=x", "?state=x&code=x"])
def test_a_way_back_that_leads_from_nowhere(db: None, provider: OpenIDProvider, query: str) -> None:
    assert Client().get(CALLBACK + query)["Location"] == "/accounts/login/"


def test_it_is_asked_so_often_and_no_more(db: None, provider: OpenIDProvider) -> None:
    client = Client()
    answers = [client.get(CALLBACK).status_code for _ in range(31)]
    assert (answers[:30], answers[30]) == ([302] * 30, 429)


def test_codes_are_not_mailed_without_end(
    alice: User, provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    """The same limit as of codes that are asked for by the address."""
    for _ in range(3):
        client = Client()
        come_back(client, provider, "a1", email=ALICE)
        assert client.post(ADDRESS, ZONE).status_code == 302
    client = Client()
    come_back(client, provider, "a1", email=ALICE)
    assert client.post(ADDRESS, ZONE).status_code == 422
    assert len(mailoutbox) == 3
