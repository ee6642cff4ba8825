"""Sessions are listed, ended one by one, and end by themselves."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import session_expiry
from accounts.device_keys import device_name
from accounts.keys import opaque_key
from accounts.models import AuditEntry, User
from tests.accounts.sign_in_helpers import confirm, signed_in
from tests.support import people
from tests.support.queries import count_queries

URL = "/accounts/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


def is_in(client: Client) -> bool:
    return client.get("/today/").status_code == 200


def key_of(client: Client) -> str:
    return opaque_key(UserSession.objects.get(session_key=client.session.session_key))


def test_each_is_listed_with_what_tells_it_apart(alice: User) -> None:
    phone = signed_in(alice, HTTP_USER_AGENT=PHONE, REMOTE_ADDR="203.0.113.9")
    signed_in(alice, HTTP_USER_AGENT=DESK)
    page = phone.get(URL).content.decode()
    assert "Safari on iPhone" in page
    assert "Firefox on Linux" in page
    assert "203.0.113.9" in page
    assert page.count("This browser") == 1


def test_one_is_ended_and_the_others_stay(alice: User) -> None:
    here, there, third = (signed_in(alice) for _ in range(3))
    confirm(here)
    assert here.post(URL, {"session": key_of(there)})["Location"] == URL
    assert [is_in(client) for client in (here, there, third)] == [True, False, True]
    assert AuditEntry.objects.about(alice).filter(kind="session_ended").count() == 1


def test_all_others_are_ended_at_once(alice: User) -> None:
    here, there, third = (signed_in(alice) for _ in range(3))
    confirm(here)
    here.post(URL)
    assert [is_in(client) for client in (here, there, third)] == [True, False, False]


def test_ending_one_asks_who_it_is_and_then_does_it(alice: User) -> None:
    here, there = signed_in(alice), signed_in(alice)
    asked = here.post(URL, {"session": key_of(there)})["Location"]
    assert asked.startswith("/accounts/reauthenticate/")
    assert is_in(there)
    here.post(asked, {"password": people.PASSWORD})
    assert [is_in(client) for client in (here, there)] == [True, False]


def test_confirming_gives_the_session_a_new_key(alice: User) -> None:
    client = signed_in(alice)
    before = client.session.session_key
    confirm(client)
    assert client.session.session_key != before
    assert [row.session_key for row in UserSession.objects.all()] == [client.session.session_key]


def test_another_ones_is_not_there(alice: User, charlie: User) -> None:
    of_alice, of_charlie = signed_in(alice), signed_in(charlie)
    confirm(of_charlie)
    assert of_charlie.post(URL, {"session": key_of(of_alice)}).status_code == 404
    assert of_charlie.post(URL, {"session": "guessed"}).status_code == 404
    assert is_in(of_alice)


def test_no_key_in_the_page_counts_sessions(alice: User) -> None:
    client = signed_in(alice)
    signed_in(alice)
    page = client.get(URL).content.decode()
    named = [f'value="{opaque_key(row)}"' in page for row in UserSession.objects.order_by("pk")]
    assert named == [False, True]
    assert 'value="2"' not in page


def test_the_list_takes_as_many_queries_however_long(alice: User) -> None:
    client = signed_in(alice)
    one = count_queries(lambda: client.get(URL))
    for _ in range(4):
        signed_in(alice)
    assert count_queries(lambda: client.get(URL)) == one <= 8


def test_signing_in_gives_the_session_a_new_key(alice: User) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.post("/accounts/login/code/", {"email": alice.email})  # now it has one
    before = client.session.session_key
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": alice.email, "password": people.PASSWORD})
    assert before is not None
    assert client.session.session_key != before


def test_a_new_password_ends_all_others(alice: User) -> None:
    here, there = signed_in(alice), signed_in(alice)
    new = "quite another word"
    data = {"oldpassword": people.PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", data).status_code == 302
    assert [is_in(client) for client in (here, there)] == [True, False]
    assert UserSession.objects.filter(user=alice).count() == 1


def set_back(client: Client, mark: str, by: timedelta) -> None:
    session = client.session
    session[mark] = int((timezone.now() - by).timestamp())
    session.save()


@pytest.mark.parametrize(
    ("mark", "by", "stays"),
    [
        (session_expiry.SEEN, timedelta(days=13), True),
        (session_expiry.SEEN, timedelta(days=15), False),
        (session_expiry.BEGAN, timedelta(days=89), True),
        (session_expiry.BEGAN, timedelta(days=91), False),
    ],
)
def test_unused_or_old_it_ends(alice: User, mark: str, by: timedelta, stays: bool) -> None:
    client = signed_in(alice)
    set_back(client, mark, by)
    assert is_in(client) is stays


@pytest.mark.parametrize(
    ("mark", "by", "stays"),
    [
        (session_expiry.SEEN, timedelta(minutes=50), True),
        (session_expiry.SEEN, timedelta(minutes=70), False),
        (session_expiry.BEGAN, timedelta(hours=11), True),
        (session_expiry.BEGAN, timedelta(hours=13), False),
    ],
)
def test_who_sees_others_data_signs_in_more_often(
    db: None, mark: str, by: timedelta, stays: bool
) -> None:
    client = signed_in(people.make_user("Bob", is_staff=True))
    set_back(client, mark, by)
    assert (client.get("/admin/").status_code == 200) is stays


def test_its_use_is_noted_now_and_then(alice: User) -> None:
    client = signed_in(alice)
    row = UserSession.objects.get()
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=2))
    set_back(client, session_expiry.SEEN, timedelta(hours=2))
    noted = count_queries(lambda: client.get("/today/"))
    row.refresh_from_db()
    assert timezone.now() - row.last_seen_at < timedelta(minutes=1)
    assert count_queries(lambda: client.get("/today/")) < noted


def test_one_from_before_there_was_an_end_is_over(alice: User) -> None:
    client = signed_in(alice)
    session = client.session
    del session[session_expiry.BEGAN], session[session_expiry.SEEN]
    session.save()
    assert not is_in(client)


def test_a_confirmation_is_asked_before_what_matters(alice: User) -> None:
    client = signed_in(alice)
    asked = client.post("/accounts/email/", {"action_add": "1", "email": "a@example.com"})
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    confirm(client)
    done = client.post("/accounts/email/", {"action_add": "1", "email": "a@example.com"})
    assert done["Location"] == "/accounts/confirm-email/"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Safari on iPhone"),
        (DESK, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_called_by_its_name(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_an_operator_ends_all_of_a_lost_device(alice: User) -> None:
    of_alice = signed_in(alice)
    operator = User.objects.create_superuser("olga@example.org", people.PASSWORD)
    admin = Client()
    admin.force_login(operator)
    chosen = {"action": "sign_out", "_selected_action": [str(alice.pk)], "confirmed": "1"}
    assert admin.post("/admin/accounts/user/", chosen).status_code == 302
    assert not is_in(of_alice)
    ended = AuditEntry.objects.about(alice).get(kind="session_ended")
    assert ended.actor_id == operator.pk


@pytest.mark.parametrize(
    ("mode", "is_taken"), [("cors", False), ("same-origin", False), ("navigate", True)]
)
def test_a_request_in_the_background_takes_no_cookie_away(
    alice: User, mode: str, is_taken: bool
) -> None:
    """It may be on its way with the key that a confirmation has just replaced by a new one."""
    client = signed_in(alice)
    Session.objects.all().delete()
    answer = client.get("/today/", headers={"sec-fetch-mode": mode})
    assert answer.status_code == 302
    assert (settings.SESSION_COOKIE_NAME in answer.cookies) == is_taken
