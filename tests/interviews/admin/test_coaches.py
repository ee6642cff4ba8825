"""A coach sees the rows of candidates who share their interviews with her, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interviews.models import Candidate, Coaching, Interview, Mail, Reminder
from tests.interviews.admin.test_operators import FACTS, NOUNS

SHARED = [
    *("agreement", "candidate", "company", "contact", "interlocutor", "interview"),
    *("participation", "result", "vacancy"),
]
HIDDEN = [noun for noun in NOUNS if noun not in SHARED]


def keys(noun: str, candidate: Candidate) -> set[str]:
    """The candidate's rows of that noun."""
    path = {"candidate": "pk"}.get(noun)
    if path is None:
        names = {field.name for field in FACTS[noun]._meta.fields}
        path = "candidate" if "candidate" in names else "interview__candidate"
    rows = FACTS[noun]._default_manager.filter(**{path: candidate.pk})
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def test_which_nouns_are_hers() -> None:
    hidden = {"calendarevent", "calendarfeed", "coaching", "competence", "mail", "ownletter"}
    assert set(HIDDEN) == hidden | {"reminder", "sweepstate", "senderstate", "refusedaddress"}


@pytest.mark.parametrize("noun", SHARED)
def test_she_sees_hers_and_not_the_strangers(
    as_bob: Client, alice: Candidate, charlie: Candidate, noun: str
) -> None:
    page = as_bob.get(f"/admin/interviews/{noun}/")
    assert page.status_code == 200
    shown = {str(each.pk) for each in page.context["cl"].result_list}
    assert shown == keys(noun, alice)
    assert shown
    said = page.content.decode()
    assert "Dune" not in said
    assert "Charlie" not in said
    for key in keys(noun, alice):
        detail = as_bob.get(f"/admin/interviews/{noun}/{key}/change/")
        assert detail.status_code == 200
        assert "Dune" not in detail.content.decode()
        assert "Charlie" not in detail.content.decode()
    for key in keys(noun, charlie):
        # The admin answers a row that is not among hers as one that is not there.
        detail = as_bob.get(f"/admin/interviews/{noun}/{key}/change/")
        assert (detail.status_code, detail["Location"]) == (302, "/admin/")
        history = as_bob.get(f"/admin/interviews/{noun}/{key}/history/")
        assert history.status_code in (302, 404)


@pytest.mark.parametrize("noun", SHARED)
def test_a_search_does_not_reach_further(as_bob: Client, noun: str) -> None:
    for words in ("Dune", "charlie@example.org"):
        page = as_bob.get(f"/admin/interviews/{noun}/", {"q": words})
        assert page.context["cl"].result_count == 0


@pytest.mark.parametrize("noun", SHARED)
def test_she_changes_nothing(as_bob: Client, alice: Candidate, noun: str) -> None:
    key = min(keys(noun, alice))
    for path in ("add/", f"{key}/change/", f"{key}/delete/"):
        assert as_bob.post(f"/admin/interviews/{noun}/{path}", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("noun", HIDDEN)
def test_ledger_mails_and_the_rest_are_not_hers(as_bob: Client, noun: str) -> None:
    row = FACTS[noun]._default_manager.first()
    assert row is not None
    assert as_bob.get(f"/admin/interviews/{noun}/").status_code == 403
    assert as_bob.get(f"/admin/interviews/{noun}/{row.pk}/change/").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/admin/accounts/user/",
        "/admin/auth/group/",
        "/admin/interviews/company/?candidate__user__password__startswith=m",
    ],
)
def test_users_are_not_hers(as_bob: Client, path: str) -> None:
    assert as_bob.get(path).status_code in (400, 403)


def test_she_runs_no_action(as_bob: Client, hers: Interview) -> None:
    Interview.objects.filter(pk=hers.pk).update(step="write")
    as_bob.post(
        "/admin/interviews/interview/",
        {"action": "decide_anew", "_selected_action": str(hers.pk)},
    )
    hers.refresh_from_db()
    assert hers.step == "write"
    assert Reminder.objects.count() == 2
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("change", ["ended", "ends now", "only invited", "steps only", "later"])
def test_what_is_not_shared_is_not_seen(as_bob: Client, coaching: Coaching, change: str) -> None:
    now = timezone.now()
    values = {
        "ended": {"ended_at": now - timedelta(days=1)},
        "ends now": {"ended_at": now},
        "only invited": {"accepted_at": None},
        "steps only": {"shares": "steps"},
        "later": {"accepted_at": now + timedelta(days=1)},
    }[change]
    Coaching.objects.filter(pk=coaching.pk).update(**values)
    for noun in SHARED:
        page = as_bob.get(f"/admin/interviews/{noun}/")
        assert list(page.context["cl"].result_list) == []
        assert b"Acme" not in page.content


@pytest.mark.parametrize("path", ["/admin/", "/admin/interviews/interview/"])
def test_who_is_not_staff_is_sent_to_the_sign_in(
    client: Client, filled: None, alice: Candidate, path: str
) -> None:
    anonymous = client.get(path, follow=False)
    assert anonymous.status_code == 302
    assert "login" in anonymous["Location"]
    client.force_login(alice.user)
    candidate = client.get(path)
    assert b"Acme" not in candidate.content
    assert candidate.status_code in (302, 403)


def test_a_deactivated_coach_is_out(as_bob: Client, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert as_bob.get("/admin/interviews/interview/").status_code == 302
