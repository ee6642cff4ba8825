"""What a coach may open: the pages made for coaches, about what is shared, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interviews.models import Candidate, Coaching, CoachingVacancy, Interview, Mail, Reminder
from tests.staff.test_operators import FACTS, NOUNS
from tests.support.people import make_interview, make_user

LISTS = ["candidate", "interview", "result", "proposal", "coachnote", "coaching"]
PAGES = ["candidate", "interview"]
# A list of one candidate, and what is answered.
EVERY = {"candidate": "?q=", "interview": "?show=all"}
# What stands after the key of a candidate or an interview.
ACTIONS = {"candidate": ["note"], "interview": ["note", "comment", "propose"]}


def keys(noun: str, candidate: Candidate) -> set[str]:
    """The candidate's rows of that noun."""
    path = {"candidate": "pk", "interview": "candidate"}[noun]
    rows = FACTS[noun]._default_manager.filter(**{path: candidate.pk})
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


@pytest.mark.parametrize("noun", LISTS)
def test_each_list_is_there_and_tells_nothing_of_a_stranger(as_bob: Client, noun: str) -> None:
    page = as_bob.get(f"/admin/interviews/{noun}/{EVERY.get(noun, '')}")
    assert page.status_code == 200
    said = page.content.decode()
    assert "Dune" not in said
    assert "Charlie" not in said


@pytest.mark.parametrize("noun", PAGES)
def test_a_coach_sees_shared_rows_and_not_the_strangers(
    as_bob: Client, alice: Candidate, charlie: Candidate, noun: str
) -> None:
    page = as_bob.get(f"/admin/interviews/{noun}/{EVERY[noun]}")
    shown = {str(each.pk) for each in page.context["cl"].result_list}
    assert shown == keys(noun, alice)
    assert shown
    for key in keys(noun, alice):
        detail = as_bob.get(f"/admin/interviews/{noun}/{key}/change/")
        assert detail.status_code == 200
        assert "Dune" not in detail.content.decode()
        assert "Charlie" not in detail.content.decode()
    for key in keys(noun, charlie):
        assert as_bob.get(f"/admin/interviews/{noun}/{key}/change/").status_code == 404
        for action in ACTIONS[noun]:
            path = f"/admin/interviews/{noun}/{key}/{action}/"
            assert as_bob.get(path).status_code == 404
            assert as_bob.post(path, {"text": "Hello"}).status_code == 404


@pytest.mark.parametrize("noun", ["candidate", "interview", "result"])
def test_a_search_does_not_reach_further(as_bob: Client, noun: str) -> None:
    for words in ("Dune", "charlie@example.org"):
        page = as_bob.get(f"/admin/interviews/{noun}/", {"q": words})
        assert page.context["cl"].result_count == 0


def test_nothing_of_djangos_own_is_there(as_bob: Client) -> None:
    """Neither tables nor forms, of any noun; what a result or a note says stands elsewhere."""
    found = []
    for noun in NOUNS:
        key = FACTS[noun]._default_manager.order_by("pk")[0].pk
        paths = ["add/", f"{key}/", f"{key}/delete/", f"{key}/history/"]
        paths += [] if noun in LISTS else [""]
        paths += [] if noun in PAGES else [f"{key}/change/"]
        for path in (f"/admin/interviews/{noun}/{each}" for each in paths):
            answers = as_bob.get(path), as_bob.post(path, {"post": "yes"})
            found += [path for answer in answers if answer.status_code != 404]
    assert found == []


def test_what_is_guessed_is_not_there(as_bob: Client) -> None:
    for path in (
        "accounts/user/",
        "auth/group/",
        "interviews/",
        "interviews/interview/nonsense/change/",
        "interviews/candidate/1/change/",
        "interviews/candidate/1/note/",
        "interviews/coaching/1/end/",
        "interviews/proposal/1/withdraw/",
        "interviews/coachnote/1/remove/",
        "nonsense/",
    ):
        assert as_bob.get(f"/admin/{path}").status_code == 404, path
        assert as_bob.post(f"/admin/{path}").status_code == 404, path


def test_a_path_through_rows_reads_nothing(as_bob: Client) -> None:
    asked = "/admin/interviews/interview/?candidate__user__password__startswith=p"
    assert as_bob.get(asked).status_code == 400


ASKED = [
    *(("interview", each) for each in (
        "notes__icontains=secret",
        "notes=secret",
        "result__isnull=0",
        "agreements__isnull=0",
        "contacts__isnull=0",
        "step_rule=may-not-call",
        "step_reason__since=interview",
        "step_due_at__gte=2026-01-01",
        "nothing_agreed_at__isnull=1",
        "starts_at__week_day=2",
        "starts_at__year=9999",
        "stage__icontains=f",
        "step=call%00",
        "nonsense=1",
    )),
    *(("candidate", each) for each in (
        "notice_days__isnull=1",
        "reminders_paused_at__isnull=1",
        "muted_steps__contains=x",
        "interviews__notes__icontains=secret",
        "user__email__startswith=a",
        "id__isnull=0",
    )),
    *(("candidate/export", each) for each in (
        "notice_days__isnull=1",
        "muted_steps__contains=x",
        "interviews__result__isnull=0",
    )),
    *(("result", each) for each in (
        "lessons=missing",
        "interview__notes__icontains=secret",
        "known_at__hour=9",
    )),
    *(("proposal", each) for each in ("words__icontains=a", "interview__notes__isnull=0")),
    *(("coachnote", each) for each in ("text__icontains=a", "interview__result__isnull=0")),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "asked"), ASKED)
def test_an_address_asks_nothing_but_what_the_list_links_to(
    as_bob: Client, coaching: Coaching, noun: str, asked: str
) -> None:
    """Whoever may ask whether a note begins with A reads the note, letter by letter."""
    Coaching.objects.filter(pk=coaching.pk).update(shares="steps")
    assert as_bob.get(f"/admin/interviews/{noun}/?{asked}").status_code == 400


@pytest.mark.parametrize(
    ("noun", "asked"),
    [
        ("interview", "starts_at__year=2026&starts_at__month=11&starts_at__day=14"),
        ("interview", "stage__exact=first&step=call&matter=1&shares=steps"),
        ("candidate", "who=help&noted=week&shares=interviews"),
        ("candidate/export", "who=help&shares=interviews"),
        ("result", "kind__exact=refusal&known_at__year=2026"),
        ("proposal", "answer=accepted&action__exact=call&proposed_at__year=2026"),
        ("coachnote", "readers=me&written_at__year=2026"),
    ],
)
def test_what_the_list_links_to_is_answered(as_bob: Client, noun: str, asked: str) -> None:
    assert as_bob.get(f"/admin/interviews/{noun}/?{asked}").status_code == 200


def test_a_coachs_list_ends_where_the_rows_end(
    as_bob: Client, alice: Candidate, of_alice: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Operators turn so many pages; a coach every one."""
    monkeypatch.setattr("accounts.admin.countless_list.PAGES_MOST", 1)
    monkeypatch.setattr("accounts.admin.countless_list.CountlessAdmin.list_per_page", 1)
    count = Interview.objects.filter(candidate=alice).count()
    shown = as_bob.get("/admin/interviews/interview/", {"p": count, "show": "all"}).context["cl"]
    assert shown.result_count == count > 1
    assert len(shown.result_list) == 1


def test_a_coach_runs_no_operators_action(as_bob: Client, of_alice: Interview) -> None:
    Interview.objects.filter(pk=of_alice.pk).update(step="write")
    as_bob.post(
        "/admin/interviews/interview/",
        {"action": "decide_anew", "_selected_action": str(of_alice.pk)},
    )
    of_alice.refresh_from_db()
    assert of_alice.step == "write"
    assert Reminder.objects.count() == 2
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("change", ["ended", "ends now", "only invited", "later"])
def test_an_ended_coaching_closes_open_tabs_at_the_next_click(
    as_bob: Client, alice: Candidate, coaching: Coaching, of_alice: Interview, change: str
) -> None:
    now = timezone.now()
    values = {
        "ended": {"ended_at": now - timedelta(days=1)},
        "ends now": {"ended_at": now},
        "only invited": {"accepted_at": None},
        "later": {"accepted_at": now + timedelta(days=1)},
    }[change]
    Coaching.objects.filter(pk=coaching.pk).update(**values)
    for noun, key in (("candidate", alice.pk), ("interview", of_alice.pk)):
        assert as_bob.get(f"/admin/interviews/{noun}/{key}/change/").status_code == 404
        for action in ACTIONS[noun]:
            path = f"/admin/interviews/{noun}/{key}/{action}/"
            assert as_bob.post(path, {"text": "Hello"}).status_code == 404
    for path in ("", "interviews/candidate/", "interviews/interview/", "interviews/result/"):
        page = as_bob.get(f"/admin/{path}")
        assert page.status_code == 200
        assert b"Acme" not in page.content
    sheet = as_bob.get("/admin/interviews/candidate/export/")
    assert b"Alice" not in b"".join(sheet.streaming_content)


def test_chosen_positions_alone(
    as_bob: Client, alice: Candidate, coaching: Coaching, of_alice: Interview
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=False)
    CoachingVacancy.objects.create(coaching=coaching, vacancy=of_alice.vacancy)
    later = make_interview(
        alice, starts_at=of_alice.starts_at, now=of_alice.starts_at, company="Snooze for a week"
    )
    for path in ("interviews/interview/", f"interviews/candidate/{alice.pk}/change/", ""):
        said = as_bob.get(f"/admin/{path}").content.decode()
        assert "Acme Two" not in said
        assert "Snooze for a week" not in said
    assert as_bob.get(f"/admin/interviews/interview/{of_alice.pk}/change/").status_code == 200
    assert as_bob.get(f"/admin/interviews/interview/{later.pk}/change/").status_code == 404
    listed = (
        as_bob.get(f"/admin/interviews/candidate/{EVERY['candidate']}").context["cl"].result_list
    )
    assert [each.figures.results for each in listed] == [0]  # Acme Two's is not shared


def test_next_steps_only_name_nobody_and_quote_nothing(
    as_bob: Client, alice: Candidate, coaching: Coaching
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(shares="steps")
    Interview.objects.filter(candidate=alice).update(notes="Her own words")
    paths = [f"interviews/interview/{key}/change/" for key in keys("interview", alice)]
    for path in ("", "interviews/interview/", f"interviews/candidate/{alice.pk}/change/", *paths):
        said = as_bob.get(f"/admin/{path}").content.decode()
        assert "Petrova" not in said, path
        assert "Her own words" not in said, path
        assert "A note" not in said, path
        assert "They said no" not in said, path
        assert "promised an answer" not in said, path
    assert not as_bob.get("/admin/interviews/result/").context["cl"].result_list
    (key, *_) = sorted(keys("interview", alice))
    path = f"/admin/interviews/interview/{key}/comment/"
    assert as_bob.post(path, {"text": "On the draft"}).status_code == 404


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


def test_an_operator_who_coaches_sees_the_morning_above_the_lists(
    as_operator: Client, operator: User, alice: Candidate, of_alice: Interview
) -> None:
    matter = "Alice needs you"
    assert matter not in as_operator.get("/admin/").content.decode()
    Coaching.objects.create(
        coach=operator,
        candidate=alice,
        shares="interviews",
        invited_at=of_alice.created_at,
        accepted_at=of_alice.created_at,
    )
    said = as_operator.get("/admin/").content.decode()
    assert said.index(matter) < said.index(">All lists<")
    # What is shared opens as for any coach; everything else as for any operator.
    own = as_operator.get(f"/admin/interviews/interview/{of_alice.pk}/change/").content.decode()
    assert "Send suggestion" in own
    other = Interview.objects.exclude(candidate=alice).order_by("pk")[0]
    row = as_operator.get(f"/admin/interviews/interview/{other.pk}/change/").content.decode()
    assert "Send suggestion" not in row


def test_a_coach_without_anybody(client: Client, db: None) -> None:
    client.force_login(make_user("Nora", is_staff=True))
    said = client.get("/admin/").content.decode()
    assert "Nothing needs your attention right now." in said
    assert client.get("/admin/interviews/candidate/").status_code == 200
    assert client.get("/admin/interviews/interview/?matter=1").status_code == 200
