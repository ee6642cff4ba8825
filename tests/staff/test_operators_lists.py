"""Long lists of operators: no page counts its rows, pages follow each other without gaps or
repeats, and every promised search works."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.admin.countless_list import PAGES_MOST
from accounts.audit_log import Kind
from accounts.keys import new_key
from accounts.models import AuditEntry, User
from interviews.models import Candidate, Interview, Mail, Reminder
from tests.staff.conftest import NOW

REMINDERS = "/admin/interviews/reminder/"
QUERIES_MOST = 12
LISTS = sorted(
    f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry
)


@pytest.fixture
def many(filled: None) -> int:
    """120 reminders more, four due at each moment; how many there are in all."""
    interview = Interview.objects.filter(reminders__isnull=False).order_by("pk")[0]
    steps = ("call", "write", "close", "weigh")
    Reminder.objects.bulk_create(
        Reminder(
            interview=interview,
            candidate=interview.candidate,
            step=steps[number % 4],
            due_at=NOW - timedelta(days=90 + number // 4),
            state="sent",
            sent_at=NOW,
            created_at=NOW,
        )
        for number in range(120)
    )
    return Reminder.objects.count()


def keys(client: Client, path: str) -> list[str]:
    page = client.get(path)
    assert page.status_code == 200
    found = re.findall(r'name="_selected_action" value="([0-9a-f-]+)"', page.content.decode())
    assert found == [str(row.pk) for row in page.context["cl"].result_list]
    return found


def asked_of_the_database(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("asked", ["", "?q=alice", "?q=alice%40example.org", "?p=2"])
def test_no_list_counts_or_asks_much(as_operator: Client, asked: str) -> None:
    counting = re.compile(r"\b(COUNT|MIN|MAX)\(|DISTINCT", re.IGNORECASE)
    for path in LISTS:
        said = asked_of_the_database(as_operator, path + asked)
        assert [sql for sql in said if counting.search(sql)] == [], path
        assert len(said) <= QUERIES_MOST, (path, said)


def test_a_history_is_counted_no_further_than_it_is_turned(
    as_operator: Client, operator: User
) -> None:
    path = f"/admin/accounts/user/{operator.pk}/history/"
    assert not any("COUNT(" in sql for sql in asked_of_the_database(as_operator, path))


@pytest.mark.parametrize("asked", ["", "state__exact=sent&", "step=call&", "o=-3&"])
def test_pages_follow_each_other(as_operator: Client, many: int, asked: str) -> None:
    pages = [keys(as_operator, f"{REMINDERS}?{asked}p={number}") for number in (1, 2, 3)]
    turned = [key for page in pages for key in page]
    assert len(set(turned)) == len(turned)
    expected = Reminder.objects.order_by("-due_at", "-pk")
    if asked.startswith("state"):
        expected = expected.filter(state="sent")
    if asked.startswith("step"):
        expected = expected.filter(step="call")
    assert turned == [str(key) for key in expected.values_list("pk", flat=True)]


def test_a_page_leads_to_those_beside_it(as_operator: Client, many: int) -> None:
    first = as_operator.get(REMINDERS).content.decode()
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert "<span> 1–50 </span>" in " ".join(first.split())
    middle = as_operator.get(f"{REMINDERS}?p=2").content.decode()
    assert 'rel="next" href="?p=3"' in " ".join(middle.split())
    assert 'rel="prev" href="?p=1"' in " ".join(middle.split())
    last = as_operator.get(f"{REMINDERS}?p=3").content.decode()
    assert 'rel="next"' not in last
    assert "101–122" in last
    assert "in total" not in last


@pytest.mark.parametrize("number", ["0", "-3", "words", str(PAGES_MOST), "99999999999"])
def test_no_page_is_further_than_can_be_turned(as_operator: Client, many: int, number: str) -> None:
    page = as_operator.get(f"{REMINDERS}?p={number}")
    assert page.status_code == 200
    assert page.context["cl"].page_num in (1, PAGES_MOST)


def test_the_last_page_that_can_be_turned_to_says_that_there_are_more(
    as_operator: Client, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.admin.countless_list.PAGES_MOST", 2)
    page = as_operator.get(f"{REMINDERS}?p=2").content.decode()
    assert 'rel="next"' not in page
    assert "There are more results. Use a filter or search to narrow them down." in page


def test_columns_without_an_index_are_not_sorted_by(as_operator: Client, many: int) -> None:
    page = as_operator.get(REMINDERS).content.decode()
    assert page.count("column-due_at sorted") == 1
    assert 'href="?o=1' not in page
    assert keys(as_operator, f"{REMINDERS}?o=5") == keys(as_operator, REMINDERS)


FINDS: dict[str, Callable[[Reminder], str]] = {
    "its key": lambda row: str(row.pk),
    "its key without dashes": lambda row: row.pk.hex,
    "the interview's key": lambda row: str(row.interview_id),
    "the candidate's key": lambda row: str(row.candidate_id),
    "the mail's key": lambda row: str(row.mail_id),
    "the address": lambda row: row.candidate.user.email,
    "the address in capitals": lambda row: row.candidate.user.email.upper(),
    "how the address begins": lambda row: row.candidate.user.email[:5],
    "how the company begins": lambda row: row.interview.vacancy.company.name[:3],
}


@pytest.mark.parametrize("by", FINDS)
def test_a_reminder_is_found_by(as_operator: Client, alice: Candidate, by: str) -> None:
    row = Reminder.objects.get(candidate=alice)
    assert keys(as_operator, f"{REMINDERS}?q={FINDS[by](row)}") == [str(row.pk)]


@pytest.mark.parametrize("brackets", ["", "<>"])
def test_a_mail_is_found_by_its_message_id(
    as_operator: Client, alice: Candidate, brackets: str
) -> None:
    mail = Mail.objects.get(user=alice.user)
    asked = mail.message_id if brackets else mail.message_id.strip("<>")
    page = as_operator.get("/admin/interviews/mail/", {"q": asked})
    assert [row.pk for row in page.context["cl"].result_list] == [mail.pk]


@pytest.mark.parametrize("by", ["key", "address"])
def test_the_record_is_found_by_who_and_by_whose(
    as_operator: Client, alice: Candidate, bob: User, by: str
) -> None:
    user = alice.user
    about = AuditEntry.objects.create(at=NOW, kind=Kind.SIGNED_IN, subject_id=user.pk)
    done = AuditEntry.objects.create(at=NOW, kind=Kind.LOOKED, subject_id=bob.pk, actor_id=user.pk)
    asked = str(user.pk) if by == "key" else user.email
    page = as_operator.get("/admin/accounts/auditentry/", {"q": asked})
    assert {row.pk for row in page.context["cl"].result_list} >= {about.pk, done.pk}
    assert all(user.pk in (row.subject_id, row.actor_id) for row in page.context["cl"].result_list)


def test_the_record_says_addresses_and_of_who_is_gone_the_key(
    as_operator: Client, bob: User
) -> None:
    gone = new_key()
    AuditEntry.objects.create(at=NOW, kind=Kind.LOOKED, subject_id=gone, actor_id=bob.pk)
    page = as_operator.get("/admin/accounts/auditentry/", {"q": str(gone)}).content.decode()
    assert '<td class="field-who">bob@example.org</td>' in page
    assert f'<td class="field-whose">{gone}</td>' in page


@pytest.mark.parametrize("asked", ["%", "_____", "\\", "'", "00000000-0000", "a" * 3000])
def test_signs_of_a_pattern_find_nobody(as_operator: Client, asked: str) -> None:
    for path in (REMINDERS, "/admin/accounts/user/", "/admin/interviews/company/"):
        page = as_operator.get(path, {"q": asked})
        assert page.status_code == 200
        assert page.context["cl"].result_list == []


def test_each_list_says_what_can_be_searched_for(as_operator: Client) -> None:
    for path in LISTS:
        page = as_operator.get(path).content.decode()
        if "searchbar" in page and "/group/" not in path:
            assert "(or the start of one)" in page, path


def test_what_was_quarantined_is_found_at_once(as_operator: Client, of_alice: Interview) -> None:
    Interview.objects.filter(pk=of_alice.pk).update(review_error="was broken")
    page = as_operator.get("/admin/interviews/interview/?set_aside=yes")
    assert [row.pk for row in page.context["cl"].result_list] == [of_alice.pk]


def test_days_come_in_steps_that_ask_nothing(as_operator: Client, many: int) -> None:
    page = as_operator.get(REMINDERS).content.decode()
    assert "Past 7 days" in page
    assert "toplinks" not in page


def test_a_coach_keeps_djangos_ways(as_bob: Client) -> None:
    page = as_bob.get("/admin/interviews/interview/").content.decode()
    assert "toplinks" in page
    assert "(or the start of one)" not in page
    assert as_bob.get("/admin/interviews/interview/?q=cme").context["cl"].result_count == 2
