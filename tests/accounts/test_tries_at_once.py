"""On PostgreSQL: parallel attempts do not exceed their limits."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import code_of, give_password, make_recovery_codes, set_up_app
from tests.interviews.services.test_closing_together import at_once
from tests.support.people import make_user

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("transactional_db")]
CODE = "/accounts/login/code/confirm/"
AUTHENTICATE = "/accounts/signing-in/authenticate/"
MANY = 12
LIMIT = 5  # of ACCOUNT_RATE_LIMITS: wrong tries on one account in five minutes


@pytest.fixture
def alice(transactional_db: None) -> User:
    return make_user("Alice")


def statuses(posts: list[Callable[[], HttpResponse]]) -> list[int]:
    return [answer.status_code for answer in at_once(*posts) if isinstance(answer, HttpResponse)]


def test_codes_from_a_mail(alice: User, mailoutbox: list[EmailMessage]) -> None:
    """From one browser, which alone may give the code."""
    asking = Client()
    asking.post("/accounts/login/code/", {"email": alice.email})
    kept = dict(asking.session.items())

    def give(code: str) -> HttpResponse:
        client = Client()
        client.cookies = asking.cookies.copy()
        return client.post(CODE, {"code": code})

    wrong = statuses([partial(give, f"XXXX-XX{number:02}") for number in range(MANY)])
    assert set(wrong) == {422}
    session = asking.session  # as it was: not its own count shall stop the right one
    session.update(kept)
    session.save()
    assert give(code_in(mailoutbox[0])).status_code == 422


def waiting(user: User) -> list[Client]:
    """Browsers in as many networks that have given the password."""
    clients = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(MANY)]
    for client in clients:
        give_password(client, user)
    return clients


def test_codes_of_an_app(alice: User) -> None:
    set_up_app(alice)
    posts = [partial(client.post, AUTHENTICATE, {"code": "12345678"}) for client in waiting(alice)]
    pages = [answer.content for answer in at_once(*posts) if isinstance(answer, HttpResponse)]
    looked_at = [page for page in pages if b"That code or passkey" in page]
    assert (len(pages), len(looked_at)) == (MANY, LIMIT)


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_code_opens_once(alice: User, kind: str) -> None:
    app = set_up_app(alice)
    code = code_of(app) if kind == "app" else make_recovery_codes(alice)[0]
    clients = waiting(alice)[:LIMIT]
    posts = [partial(client.post, AUTHENTICATE, {"code": code}) for client in clients]
    assert sorted(statuses(posts)) == [302] + [422] * (LIMIT - 1)
