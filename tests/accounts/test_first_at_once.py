"""On PostgreSQL: of two simultaneous sign-ups with one address, the second gets the answer of a
later one."""

import threading
from collections.abc import Callable

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.accounts.codes import code_in
from tests.accounts.openid_provider import (
    ADDRESS,
    CODE,
    ZONE,
    OpenIDProvider,
    come_back,
    subjects_of,
    who,
)
from tests.interviews.services.test_closing_together import at_once, wait_until_waited_for
from tests.support.people import make_user

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("transactional_db")]
NEW = "new@example.org"


def while_another(writes: Callable[[], object], post: Callable[[], HttpResponse]) -> HttpResponse:
    """What is answered to a post that looks before the other has committed, and writes after."""
    is_written = threading.Event()

    def other() -> None:
        with transaction.atomic():
            writes()
            is_written.set()
            wait_until_waited_for()

    def second() -> HttpResponse:
        assert is_written.wait(timeout=30)
        return post()

    _, answer = at_once(other, second)
    assert isinstance(answer, HttpResponse)
    return answer


def another_signs_up() -> None:
    make_user("new")


def test_two_come_from_the_provider(
    provider: OpenIDProvider, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    come_back(client, provider, "n1", email=NEW)
    answer = while_another(another_signs_up, lambda: client.post(ADDRESS, ZONE))
    assert answer["Location"] == CODE
    client.post(CODE, {"code": code_in(mailoutbox[-1])})
    assert (who(client), subjects_of(NEW)) == (NEW, ["n1"])


def test_both_give_their_codes(provider: OpenIDProvider, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    come_back(client, provider, "n1", email=NEW)
    client.post(ADDRESS, ZONE)
    user, code = User.objects.get(), code_in(mailoutbox[-1])

    def is_joined() -> None:
        SocialAccount.objects.create(user=user, provider=provider.url, uid="n1")

    answer = while_another(is_joined, lambda: client.post(CODE, {"code": code}))
    assert answer.status_code == 302
    assert (who(client), subjects_of(NEW)) == (NEW, ["n1"])


def test_two_sign_up(mailoutbox: list[EmailMessage]) -> None:
    typed = {"email": NEW, "password1": "an even longer word", "timezone": "UTC"}
    answer = while_another(another_signs_up, lambda: Client().post("/accounts/signup/", typed))
    assert answer["Location"] == "/accounts/confirm-email/"
    assert [mail.subject for mail in mailoutbox] == ["You already have an account"]
    assert User.objects.count() == 1
