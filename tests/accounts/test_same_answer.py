"""No response tells whether an address has an account, and both cases do the same work."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.services import note_email_change
from interviews.models import Mail
from tests.accounts.hashes import CountingHasher
from tests.accounts.openid_provider import ADDRESS, CODE, ZONE, OpenIDProvider, come_back
from tests.accounts.sign_in_helpers import confirm, signed_in
from tests.support import people

# As long as alice's, so that pages that show it are as long.
NOBODY = "nobod@example.org"
TAKEN = "alice@example.org"
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|alice@example\.org|nobod@example\.org'
)
Post = Callable[[Client, str], HttpResponse]


@dataclass
class Work:
    """What answering took and what it said."""

    answer: tuple[int, str, str, tuple[str, ...]] = (0, "", "", ())
    hashes: int = 0
    mails: int = 0
    queries: int = 0
    # Not compared: what to look at where the numbers differ.
    statements: list[str] = field(default_factory=list, compare=False)


@pytest.fixture(autouse=True)
def _everything_real(settings: Settings, transactional_db: None) -> None:
    """Hashes are counted, mails become rows, and transactions end as they do on the site."""
    settings.PASSWORD_HASHERS = ["tests.accounts.hashes.CountingHasher"]
    settings.EMAIL_BACKEND = "reminders.outbox.OutboxBackend"
    people.make_candidate(people.make_user("Alice"))


def work_of(post: Post, client: Client, email: str) -> Work:
    hashed, mailed = CountingHasher.made, Mail.objects.count()
    with CaptureQueriesContext(connection) as made:
        response = post(client, email)
    return Work(
        answer=said(response),
        hashes=CountingHasher.made - hashed,
        mails=Mail.objects.count() - mailed,
        queries=len(made),
        statements=[query["sql"][:90] for query in made],
    )


def said(response: HttpResponse) -> tuple[int, str, str, tuple[str, ...]]:
    page = CHANGING.sub("…", response.content.decode())
    headers = tuple(sorted(response.headers))
    return response.status_code, response.get("Location", ""), page, headers


def sign_in(client: Client, email: str) -> HttpResponse:
    return client.post("/accounts/login/", {"login": email, "password": "wrong and wrong"})


def ask_for_a_code(client: Client, email: str) -> HttpResponse:
    return client.post("/accounts/login/code/", {"email": email})


def forget_the_password(client: Client, email: str) -> HttpResponse:
    return client.post("/accounts/password/reset/", {"email": email})


def come_from_the_provider(client: Client, email: str) -> HttpResponse:
    return client.post(ADDRESS, ZONE)


def sign_up(client: Client, email: str) -> HttpResponse:
    data = {"email": email, "password1": "a long enough word", "timezone": "UTC"}
    return client.post("/accounts/signup/", data)


def of_both(post: Post, make_client: Callable[[], Client] = Client) -> tuple[Work, Work]:
    """Of an address with an account, and of one without; the first of all is not measured, for it
    fills what a process keeps."""
    post(make_client(), "first@example.org")
    return work_of(post, make_client(), TAKEN), work_of(post, make_client(), NOBODY)


@pytest.mark.parametrize(
    ("post", "hashes", "mails"),
    [(sign_in, 1, 0), (ask_for_a_code, 0, 1), (forget_the_password, 0, 1), (sign_up, 1, 1)],
)
def test_the_same_answer_and_the_same_work(post: Post, hashes: int, mails: int) -> None:
    taken, free = of_both(post)
    assert taken == free, (taken.statements, free.statements)
    assert (taken.hashes, taken.mails) == (hashes, mails)


def test_the_same_for_an_address_that_can_be_put_back() -> None:
    """The old one of somebody who has changed it (docs/decisions/email-change-undo.md)."""
    alice = User.objects.get()
    User.objects.update(email="alice@example.com")
    EmailAddress.objects.update(email="alice@example.com")
    note_email_change(user=alice, old=TAKEN, new="alice@example.com", now=timezone.now())
    kept, free = of_both(sign_up)
    assert kept == free, (kept.statements, free.statements)
    assert (kept.hashes, kept.mails) == (1, 1)
    assert not User.objects.filter(email=TAKEN).exists()


# The page that follows, and whether it sends another code.
FOLLOWING = [
    (ask_for_a_code, "/accounts/login/code/confirm/"),
    (forget_the_password, "/accounts/password/reset/confirm/"),
    (sign_up, "/accounts/confirm-email/"),
]
RESENDING = [each for each in FOLLOWING if each[0] is not forget_the_password]


def of_both_afterwards(post: Post, follow: Callable[[Client], HttpResponse]) -> Work:
    """What is done after the first answer, in two browsers that came so far."""
    clients = Client(), Client()
    for client, email in zip(clients, (TAKEN, NOBODY), strict=True):
        assert post(client, email).status_code == 302
    taken, free = (work_of(lambda one, _email: follow(one), client, "") for client in clients)
    assert taken == free, (taken.statements, free.statements)
    return taken


@pytest.mark.parametrize(("post", "path"), FOLLOWING)
def test_the_page_that_asks_for_the_code(post: Post, path: str) -> None:
    assert of_both_afterwards(post, lambda client: client.get(path)).answer[0] == 200


@pytest.mark.parametrize(("post", "path"), FOLLOWING)
def test_a_wrong_code(post: Post, path: str) -> None:
    wrong = {"code": "XXXX-XXXX"}
    assert of_both_afterwards(post, lambda client: client.post(path, wrong)).answer[0] == 422


@pytest.mark.parametrize(("post", "path"), FOLLOWING)
def test_the_last_wrong_code(post: Post, path: str) -> None:
    def give_up(client: Client) -> HttpResponse:
        for _ in range(2):
            client.post(path, {"code": "XXXX-XXXX"})
        return client.post(path, {"code": "XXXX-XXXX"})

    assert of_both_afterwards(post, give_up).answer[0] == 302


@pytest.mark.parametrize(("post", "path"), RESENDING)
def test_another_code(post: Post, path: str, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}  # else not within ten seconds
    work = of_both_afterwards(post, lambda client: client.post(path, {"action": "resend"}))
    assert (work.answer[0], work.mails) == (302, 1)


def test_a_change_to_a_taken_address() -> None:
    def change(client: Client, email: str) -> HttpResponse:
        return client.post("/accounts/email/", {"action_add": "1", "email": email})

    def charlie() -> Client:
        user = User.objects.filter(name="Charlie").first() or people.make_user("Charlie")
        client = signed_in(user)
        confirm(client)
        return client

    taken, free = of_both(change, charlie)
    assert taken == free, (taken.statements, free.statements)
    # To the new address, and a note to the old one.
    assert (taken.answer[0], taken.mails) == (302, 2)


@pytest.mark.parametrize("post", [ask_for_a_code, forget_the_password, sign_up])
def test_the_owner_of_the_mailbox_learns_which_it_is(post: Post) -> None:
    post(Client(), TAKEN)
    post(Client(), NOBODY)
    taken, free = (Mail.objects.get(recipient=email) for email in (TAKEN, NOBODY))
    assert taken.subject != free.subject


def back_from(provider: OpenIDProvider, email: str) -> Client:
    """A browser in which somebody has come back from there, with this address."""
    client = Client()
    come_back(client, provider, email, email=email)
    return client


@pytest.mark.parametrize("is_closed", [False, True])
def test_by_a_provider(provider: OpenIDProvider, settings: Settings, is_closed: bool) -> None:
    """Each page of the way, whatever the address is: with an account, with a closed one, new."""
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    User.objects.update(is_active=not is_closed)
    come_from_the_provider(back_from(provider, "first@example.org"), "")
    taken, free = (back_from(provider, email) for email in (TAKEN, NOBODY))
    posts: list[Post] = [
        lambda client, _: client.get(ADDRESS),
        lambda client, _: client.post(ADDRESS, {"timezone": "Nowhere"}),
        lambda client, _: client.post(ADDRESS, ZONE),
        lambda client, _: client.get(CODE),
        lambda client, _: client.post(CODE, {"action": "resend"}),
        lambda client, _: client.post(CODE, {"code": "XXXX-XXXX"}),
    ]
    for post in posts:
        one, other = (work_of(post, client, "") for client in (taken, free))
        assert one == other, (one.statements, other.statements)
    assert Mail.objects.filter(recipient=TAKEN).count() == 2


def test_by_a_provider_for_an_address_that_can_be_put_back(provider: OpenIDProvider) -> None:
    alice = User.objects.get()
    User.objects.update(email="alice@example.com")
    EmailAddress.objects.update(email="alice@example.com")
    note_email_change(user=alice, old=TAKEN, new="alice@example.com", now=timezone.now())
    come_from_the_provider(back_from(provider, "first@example.org"), "")
    kept, free = (
        work_of(come_from_the_provider, back_from(provider, email), email)
        for email in (TAKEN, NOBODY)
    )
    assert kept == free, (kept.statements, free.statements)
    assert not User.objects.filter(email=TAKEN).exists()


def test_a_sign_up_in_vain_leaves_nothing() -> None:
    sign_up(Client(), TAKEN)
    assert [user.email for user in User.objects.all()] == [TAKEN]


def test_a_closed_account_looks_like_none() -> None:
    User.objects.update(is_active=False)
    for post in (sign_in, ask_for_a_code, forget_the_password):
        taken, free = of_both(post)
        assert taken == free, (taken.statements, free.statements)
