"""An operator's actions on many rows: confirmed first, then applied, with a report of skipped rows.
Alice's rows and Charlie's come from conftest.py."""

import pytest
from django.test import Client

from accounts.audit_log import Kind
from accounts.models import AuditEntry
from interviews.models import Candidate, Interview, Mail, Reminder
from tests.accounts.sign_in_helpers import set_up_app
from tests.support.people import PASSWORD

REMINDERS, MAILS = "/admin/interviews/reminder/", "/admin/interviews/mail/"
INTERVIEWS, USERS = "/admin/interviews/interview/", "/admin/accounts/user/"


def ask(client: Client, path: str, action: str, keys: list[object], **more: str) -> str:
    told = {"action": action, "index": "0", "_selected_action": [str(key) for key in keys]}
    answer = client.post(path, told | more, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def do(client: Client, path: str, action: str, keys: list[object]) -> str:
    return ask(client, path, action, keys, confirmed="1")


@pytest.fixture
def missed(filled: None) -> list[object]:
    """Two reminders: Alice's was missed, Charlie's waits."""
    Reminder.objects.filter(candidate__user__name="Alice").update(state="missed", error="451")
    return list(Reminder.objects.order_by("pk").values_list("pk", flat=True))


def states() -> list[str]:
    return sorted(Reminder.objects.values_list("state", flat=True))


def test_a_retry_asks_first(as_operator: Client, missed: list[object]) -> None:
    page = ask(as_operator, REMINDERS, "retry", missed)
    assert "<h1>Retry 1 reminder?</h1>" in page
    assert ">Retry missed and set-aside reminders</button>" in page
    assert "1 skipped: not missed or set aside, or its step has passed." in page
    assert states() == ["missed", "waiting"]


def test_a_retry_says_what_it_did_and_what_it_left(
    as_operator: Client, alice: Candidate, missed: list[object]
) -> None:
    page = do(as_operator, REMINDERS, "retry", missed)
    assert "1 queued again." in page
    assert "1 skipped: not missed or set aside, or its step has passed." in page
    mine = Reminder.objects.filter(candidate=alice)
    assert list(mine.values_list("state", "mail", "error")) == [("waiting", None, "")]


def test_the_record_names_only_those_it_was_done_to(
    as_operator: Client, alice: Candidate, charlie: Candidate, missed: list[object]
) -> None:
    do(as_operator, REMINDERS, "retry", missed)
    changed = AuditEntry.objects.filter(kind=Kind.CHANGED)
    assert [entry.subject_id for entry in changed] == [alice.user_id]


def test_where_there_is_nothing_to_do_nothing_is_asked(
    as_operator: Client, charlie: Candidate, missed: list[object]
) -> None:
    his = Reminder.objects.get(candidate=charlie)
    page = ask(as_operator, REMINDERS, "retry", [his.pk])
    assert "1 skipped: " in page
    assert "queued again" not in page
    assert "<h1>Reminders</h1>" in page


@pytest.mark.parametrize(("state", "is_tried"), [("waiting", True), ("settled", False)])
def test_a_mail_is_tried_at_once(as_operator: Client, state: str, is_tried: bool) -> None:
    mail = Mail.objects.order_by("pk")[0]
    Mail.objects.filter(pk=mail.pk).update(state=state)
    page = do(as_operator, MAILS, "retry", [mail.pk])
    assert ("1 queued again." in page) == is_tried
    tried = Mail.objects.get(pk=mail.pk).try_at > mail.try_at
    assert tried == is_tried


def test_the_reminders_of_a_mail_that_was_given_up_are_told_anew(
    as_operator: Client, missed: list[object]
) -> None:
    mail = Reminder.objects.get(state="missed").mail
    assert mail is not None
    Mail.objects.filter(pk=mail.pk).update(state="missed")
    assert "Retry 1 email?" in ask(as_operator, MAILS, "retry", [mail.pk])
    do(as_operator, MAILS, "retry", [mail.pk])
    assert states() == ["waiting", "waiting"]


def test_deciding_anew_goes_through_the_service(as_operator: Client, of_alice: Interview) -> None:
    Interview.objects.filter(pk=of_alice.pk).update(step="write", review_error="was broken")
    page = ask(as_operator, INTERVIEWS, "decide_anew", [of_alice.pk])
    assert "Recalculate the next step for 1 interview?" in page
    page = do(as_operator, INTERVIEWS, "decide_anew", [of_alice.pk])
    assert "Next step recalculated for 1 interview." in page
    of_alice.refresh_from_db()
    assert (of_alice.step, of_alice.review_error) == ("call", "")


def test_a_cancelled_interview_is_left(as_operator: Client, of_alice: Interview) -> None:
    Interview.objects.filter(pk=of_alice.pk).update(
        step="", step_rule="", review_at=None, cancelled_at=of_alice.starts_at
    )
    page = do(as_operator, INTERVIEWS, "decide_anew", [of_alice.pk])
    assert "1 skipped: it was cancelled and has no step." in page


def test_users_are_signed_out(as_operator: Client, alice: Candidate, charlie: Candidate) -> None:
    of_alice = Client()
    of_alice.post("/accounts/login/", {"login": alice.user.email, "password": PASSWORD})
    assert of_alice.get("/today/").status_code == 200
    both: list[object] = [alice.user_id, charlie.user_id]
    assert "Sign out 1 user everywhere?" in ask(as_operator, USERS, "sign_out", both)
    page = do(as_operator, USERS, "sign_out", both)
    assert "1 user must sign in again." in page
    assert "1 isn’t signed in anywhere." in page
    assert of_alice.get("/today/").status_code == 302


def test_second_factors_are_removed(
    as_operator: Client, alice: Candidate, charlie: Candidate
) -> None:
    set_up_app(alice.user)
    both: list[object] = [alice.user_id, charlie.user_id]
    page = ask(as_operator, USERS, "remove_factors", both)
    assert "Turn off two-step sign-in for 1 user?" in page
    page = do(as_operator, USERS, "remove_factors", both)
    assert "Two-step sign-in turned off for 1 user. We emailed them." in page
    assert "1 doesn’t use two-step sign-in." in page


@pytest.mark.parametrize("path", [REMINDERS, USERS])
def test_all_rows_of_all_pages_are_not_offered(as_operator: Client, path: str) -> None:
    page = as_operator.get(path).content.decode()
    assert page.count("Select all") == page.count("Select all objects on this page for an action")


def test_all_rows_of_all_pages_are_not_taken(
    as_operator: Client, charlie: Candidate, missed: list[object]
) -> None:
    his = Reminder.objects.get(candidate=charlie)
    page = ask(as_operator, REMINDERS, "retry", [his.pk], select_across="1", confirmed="1")
    assert "1 skipped: " in page
    assert states() == ["missed", "waiting"]


@pytest.mark.parametrize("key", ["nonsense", "0", ""])
def test_what_is_no_key_is_not_found(as_operator: Client, key: str) -> None:
    told = {"action": "retry", "index": "0", "_selected_action": key}
    assert as_operator.post(REMINDERS, told).status_code == 404
