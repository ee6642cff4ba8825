from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.audit_log import Kind, log_action
from accounts.models import User
from interviews.models import Candidate
from personal_data.audit_text import one_of
from tests.support.people import make_interview, make_user

URL = "/settings/record/"


def lines(client: Client) -> str:
    return " ".join(client.get(URL).content.decode().split())


def test_it_says_who_what_and_when(
    as_alice: Client, alice: Candidate, bob: User, now: datetime
) -> None:
    of_alice = {"subject": alice.user, "now": now}
    log_action(Kind.SIGNED_IN, actor=alice.user, address="192.0.2.7", **of_alice)
    log_action(Kind.LOOKED, actor=bob, detail="interviews.interview", **of_alice)
    log_action(Kind.SIGN_IN_FAILED, actor=None, address="192.0.2.8", **of_alice)
    page = lines(as_alice)
    assert "You signed in" in page
    assert "from 192.0.2.7" in page
    assert "Bob viewed interviews" in page
    assert "Someone tried to sign in to your account: wrong password" in page


def test_which_interview_a_coach_looked_at(
    as_alice: Client, alice: Candidate, charlie: Candidate, bob: User, now: datetime
) -> None:
    """By its name as long as it is there, and never by a stranger's."""
    of_alice = {"subject": alice.user, "actor": bob, "now": now}
    row = make_interview(alice, starts_at=now, now=now)
    theirs = make_interview(charlie, starts_at=now, now=now, company="Corp")
    for key in (row.pk, theirs.pk):
        log_action(Kind.LOOKED, detail=one_of("interviews.interview", key), **of_alice)
    page = lines(as_alice)
    assert "Bob viewed Product analyst, Acme (first interview)" in page
    assert "Bob viewed interviews" in page
    assert "Corp" not in page
    row.delete()
    assert "Acme" not in lines(as_alice)


def test_letting_a_coach_in_and_out(
    as_alice: Client, alice: Candidate, bob: User, now: datetime
) -> None:
    of_alice = {"subject": alice.user, "now": now}
    log_action(Kind.SHARED, actor=alice.user, detail="interviews", **of_alice)
    log_action(Kind.SHARED, actor=bob, detail="steps", **of_alice)
    log_action(Kind.UNSHARED, actor=alice.user, **of_alice)
    log_action(Kind.UNSHARED, actor=bob, **of_alice)
    log_action(Kind.UNSHARED, actor=None, **of_alice)
    page = lines(as_alice)
    shared = "You started sharing with a coach: next steps and interviews, with notes, contacts"
    assert f"{shared} and letters" in page
    assert "Bob became your coach: next steps only" in page
    assert "You stopped sharing with a coach" in page
    assert "Bob stopped coaching you" in page
    assert "Sharing with a coach ended on the day you chose" in page


def test_nobody_elses_entries_are_in_it(
    as_alice: Client, charlie: Candidate, bob: User, now: datetime
) -> None:
    log_action(Kind.LOOKED, subject=charlie.user, actor=bob, now=now)
    assert "Bob" not in lines(as_alice)


def test_a_name_is_shown_as_text(
    as_alice: Client, alice: Candidate, bob: User, now: datetime
) -> None:
    User.objects.filter(pk=bob.pk).update(name="<b>Bob</b>")
    log_action(Kind.LOOKED, subject=alice.user, actor=bob, now=now, detail="interviews.interview")
    assert "&lt;b&gt;Bob&lt;/b&gt; viewed" in lines(as_alice)


def test_many_are_read_by_pages(
    as_alice: Client, alice: Candidate, now: datetime, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        moment = now - timedelta(minutes=number)
        log_action(Kind.SIGNED_IN, subject=alice.user, actor=alice.user, now=moment)
    with django_assert_max_num_queries(8):
        assert lines(as_alice).count("You signed in") == 50
    second = as_alice.get(URL, {"page": 2}).content.decode()
    assert second.count("You signed in") == 10


@pytest.mark.parametrize("is_staff", [True, False], ids=["staff", "no candidate yet"])
def test_it_is_there_for_whoever_is_signed_in(client: Client, db: None, is_staff: bool) -> None:
    client.force_login(make_user("Dora", is_staff=is_staff))
    assert "Sign-ins and visits by coaches will be listed here." in lines(client)
