"""Which lookups an operator may use in a list's URL: those that the list links to, and keys."""

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.test import Client, RequestFactory

from accounts.audit_log import Kind
from accounts.models import User
from interviews.models import CalendarFeed, Candidate, Interview
from tests.accounts.sign_in_helpers import give_password
from tests.staff.test_watched import told

ASKED = [
    ("interviews/calendarfeed", "token__gte=A"),
    ("interviews/calendarfeed", "token__startswith=A"),
    ("interviews/calendarfeed", "token=A"),
    ("interviews/calendarevent", "feed__token__gte=A"),
    ("interviews/ownletter", "body__contains=Dear"),
    ("interviews/coachnote", "text__contains=Never"),
    ("interviews/mail", "text__contains=Never"),
    ("interviews/mail", "subject__regex=^N"),
    ("interviews/mail", "html__contains=Never"),
    ("interviews/mail", "lease_id__isnull=0"),
    ("interviews/reminder", "mail__text__contains=Never"),
    ("interviews/candidate", "calendar_feed__token__gte=A"),
    ("interviews/interview", "candidate__user__password__startswith=p"),
    ("accounts/user", "password__startswith=p"),
    ("accounts/user", "authenticator__data__contains=secret"),
    ("accounts/auditentry", "detail__contains=x"),
    ("accounts/deletionrequest", "user__password__contains=x"),
    ("auth/group", "user__password__contains=x"),
    ("interviews/interview", "id__gte=0"),
    ("interviews/interview", "step__exact=call"),
    ("interviews/reminder", "state__exact=a%00"),
]


@pytest.mark.parametrize(("path", "asked"), ASKED)
def test_what_a_list_does_not_link_to_is_refused(
    as_operator: Client, path: str, asked: str
) -> None:
    """Whoever may ask whether a secret begins with A reads the secret, sign by sign."""
    assert as_operator.get(f"/admin/{path}/?{asked}").status_code == 400


@pytest.mark.parametrize(
    "listed", list(admin.site._registry.values()), ids=lambda each: each.opts.label_lower
)
def test_no_column_is_read_sign_by_sign(
    listed: ModelAdmin,  # type: ignore[type-arg]
    rf: RequestFactory,
) -> None:
    """Of whichever list, but the days that its filter links to."""
    request = rf.get("/")
    request.user = User(is_superuser=True, is_staff=True)
    days = {each[0] for each in listed.get_list_filter(request) if isinstance(each, tuple)}
    for field in listed.opts.get_fields():
        for lookup in ("gte", "lt", "contains", "startswith", "regex", "in", "range"):
            is_linked = field.name in days and lookup in ("gte", "lt")
            allowed = listed.lookup_allowed(f"{field.name}__{lookup}", "A", request)
            assert allowed == is_linked, f"{field.name}__{lookup}"


def test_keys_are_asked_for_and_the_look_is_recorded(
    as_operator: Client, operator: User, alice: Candidate, charlie: Candidate
) -> None:
    for asked in (f"candidate={alice.pk}", f"candidate_id__exact={alice.pk}"):
        shown = as_operator.get(f"/admin/interviews/calendarfeed/?{asked}")
        assert [row.candidate_id for row in shown.context["cl"].result_list] == [alice.pk]
    assert told(alice) == [(Kind.LOOKED, operator.pk, "interviews.calendarfeed")]
    assert told(charlie) == []


@pytest.mark.parametrize(
    ("path", "task"),
    [
        ("interviews/interview/{of_alice}/history/", None),
        ("interviews/calendarfeed/{feed}/history/", None),
        ("accounts/user/{user}/history/", None),
        ("accounts/user/{user}/password/", None),
        ("interviews/interview/", "decide_anew"),
        ("accounts/user/", "sign_out"),
    ],
)
def test_every_page_of_a_row_is_a_look(
    as_operator: Client,
    operator: User,
    alice: Candidate,
    charlie: Candidate,
    of_alice: Interview,
    path: str,
    task: str | None,
) -> None:
    feed = CalendarFeed.objects.get(candidate=alice)
    url = f"/admin/{path}".format(of_alice=of_alice.pk, feed=feed.pk, user=alice.user_id)
    if task == "sign_out":
        give_password(Client(), alice.user)
    chosen = of_alice.pk if task == "decide_anew" else alice.user_id
    answer = (
        as_operator.post(url, {"action": task, "_selected_action": str(chosen)})
        if task
        else as_operator.get(url)
    )
    assert answer.status_code == 200
    noun = ".".join(path.split("/")[:2])
    assert (Kind.LOOKED, operator.pk, noun) in told(alice)
    assert told(charlie) == []


def test_a_key_in_other_signs_is_the_same_look(
    as_operator: Client, operator: User, alice: Candidate
) -> None:
    """Django reads "_3A" in an address of the admin as ":"."""
    key = f"urn_3Auuid_3A{alice.user_id}"
    assert as_operator.get(f"/admin/accounts/user/{key}/change/").status_code == 200
    assert told(alice) == [(Kind.LOOKED, operator.pk, "accounts.user")]
