"""Looks and changes in the admin are in the audit log of the rows' owners."""

import pytest
from django.contrib import admin
from django.test import Client

from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from interviews.models import Candidate, Interview
from personal_data.audit_text import NOUNS, one_of
from tests.staff.test_operators import NOUNS as PAGES
from tests.support.people import PASSWORD

# The last three are of coaches alone.
OF_NOBODY = {"sweepstate", "senderstate", "coach", "coachingrequest", "organisation"}
OF_NOBODY |= {"statisticsstate", "companyindex", "inboundstate", "pushkey"}


def told(candidate: Candidate) -> list[tuple[str, object, str]]:
    entries = AuditEntry.objects.about(candidate.user)
    return [(entry.kind, entry.actor_id, entry.detail) for entry in entries]


def test_a_coachs_look_at_a_list_and_at_a_row(
    as_bob: Client, bob: User, alice: Candidate, charlie: Candidate, of_alice: Interview
) -> None:
    as_bob.get("/admin/interviews/interview/")
    as_bob.get("/admin/interviews/candidate/?q=")
    for _ in range(2):  # the same look, within the hour
        as_bob.get(f"/admin/interviews/interview/{of_alice.pk}/change/")
    nouns = (one_of("interviews.interview", of_alice.pk), "caseload", "interviews.interview")
    looked = [(Kind.LOOKED, bob.pk, noun) for noun in nouns]
    assert told(alice) == looked
    assert told(charlie) == []


def test_what_the_coach_may_not_see_leaves_no_trace(
    as_bob: Client, charlie: Candidate, filled: None
) -> None:
    theirs = Interview.objects.filter(candidate=charlie)[0]
    as_bob.get(f"/admin/interviews/interview/{theirs.pk}/change/")
    assert told(charlie) == []


@pytest.mark.parametrize("noun", PAGES)
def test_an_operators_too_whichever_noun(
    as_operator: Client, operator: User, alice: Candidate, charlie: Candidate, noun: str
) -> None:
    look = (Kind.LOOKED, operator.pk, f"interviews.{noun}")
    as_operator.get(f"/admin/interviews/{noun}/")
    assert set(told(alice) + told(charlie)) == (set() if noun in OF_NOBODY else {look})


def test_each_noun_has_a_word_of_the_coachs_pages() -> None:
    owned = [each for each in admin.site._registry.values() if getattr(each, "owner_path", None)]
    said_otherwise = {"steps", "interviews", "caseload"}  # of a coach's own pages
    # of entries from before these models had their present names
    said_otherwise |= {"accounts.departure", "accounts.recordentry", "interviews.learned"}
    assert {each._noun for each in owned} == set(NOUNS) - said_otherwise


def test_what_an_action_did(
    as_operator: Client, operator: User, alice: Candidate, of_alice: Interview
) -> None:
    asked = {"action": "decide_anew", "_selected_action": [str(of_alice.pk)], "confirmed": "1"}
    as_operator.post("/admin/interviews/interview/", asked)
    assert (Kind.CHANGED, operator.pk, "interviews.interview") in told(alice)


def test_a_changed_account(as_operator: Client, operator: User, alice: Candidate) -> None:
    path = f"/admin/accounts/user/{alice.user.pk}/change/"
    form = {"name": "Alice Again", "is_active": "on", "date_joined_0": "2026-01-01"}
    answer = as_operator.post(path, form | {"date_joined_1": "00:00:00"})
    assert answer.status_code == 302
    assert told(alice)[0] == (Kind.CHANGED, operator.pk, "accounts.user")


def test_an_operator_ends_somebodys_sessions(as_operator: Client, alice: Candidate) -> None:
    of_alice = Client()
    of_alice.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert of_alice.get("/today/").status_code == 200
    asked = {"action": "sign_out", "_selected_action": [str(alice.user.pk)], "confirmed": "1"}
    as_operator.post("/admin/accounts/user/", asked)
    assert of_alice.get("/today/")["Location"].startswith("/accounts/login/")
    assert told(alice)[0][0] == Kind.SESSION_ENDED
    assert as_operator.get("/admin/").status_code == 200


def test_the_record_and_accounts_are_not_deleted_in_the_admin(
    as_operator: Client, alice: Candidate
) -> None:
    as_operator.get("/admin/interviews/candidate/")
    entry = AuditEntry.objects.about(alice.user)[0]
    for path in (
        f"/admin/accounts/auditentry/{entry.pk}/delete/",
        f"/admin/accounts/user/{alice.user.pk}/delete/",
        "/admin/accounts/auditentry/add/",
    ):
        assert as_operator.post(path, {"post": "yes"}).status_code == 403
    page = as_operator.get(f"/admin/accounts/auditentry/{entry.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
