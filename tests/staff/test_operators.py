"""Operators find and see everything, and edit nothing but users."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client

from accounts.models import User
from interviews.models import Candidate, Coach, CoachNote, Mail, Organisation

FACTS = {model._meta.model_name: model for model in apps.get_app_config("interviews").get_models()}
THROUGH = {"result_competences", "vacancy_tags"}  # Django's tables of a plain many-to-many
NOUNS = sorted(set(FACTS) - THROUGH)


def row(noun: str) -> models.Model:
    return FACTS[noun]._default_manager.order_by("pk")[0]


def test_every_noun_is_registered() -> None:
    assert {FACTS[noun] for noun in NOUNS} <= set(admin.site._registry)
    assert User in admin.site._registry


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_found_searched_and_seen(as_operator: Client, noun: str) -> None:
    listing = as_operator.get(f"/admin/interviews/{noun}/")
    assert listing.status_code == 200
    assert f"/admin/interviews/{noun}/{row(noun).pk}/change/" in listing.content.decode()
    searched = as_operator.get(f"/admin/interviews/{noun}/", {"q": "no such words"})
    assert searched.status_code == 200
    assert f"/{row(noun).pk}/change/" not in searched.content.decode()
    assert 'type="text"' in searched.content.decode()  # there is a search field
    detail = as_operator.get(f"/admin/interviews/{noun}/{row(noun).pk}/change/")
    assert detail.status_code == 200
    assert ('name="_save"' in detail.content.decode()) == (noun in CHANGEABLE)


@pytest.mark.parametrize(
    ("noun", "words", "count"),
    [
        ("interview", "Acme", 2),
        ("interview", "charlie@example.org", 2),
        ("company", "dune", 2),
        ("interlocutor", "Anna", 2),
        ("interlocutor", "nna", 0),  # how a name begins, not what it holds
        ("candidate", "alice", 1),
        ("candidate", "ALICE@example.org", 1),
        ("candidate", "al", 0),  # too little to find anybody by
        ("agreement", "Acme Two", 1),
        ("contact", "Anna Petrova", 2),
        ("result", "alice@example.org", 1),
        ("competence", "charlie@", 1),
        ("ownletter", "alice", 1),
        ("vacancy", "Dune", 3),
        ("tag", "charlie@", 1),
        ("attachment", "alice@example.org", 1),
        ("reminder", "Dune", 1),
        ("mail", "alice@example.org", 1),
        ("coaching", "dora", 1),
        ("proposal", "ada", 2),
        ("coachnote", "alice", 1),
        ("coachingrequest", "eve", 1),
        ("coachingvacancy", "charlie", 1),
        ("coach", "agency", 1),
        ("organisation", "agen", 1),
        ("calendarfeed", "alice@example.org", 1),
        ("calendarevent", "charlie", 4),
    ],
)
def test_search_finds(as_operator: Client, noun: str, words: str, count: int) -> None:
    page = as_operator.get(f"/admin/interviews/{noun}/", {"q": words})
    found = page.content.decode().count('name="_selected_action"')
    shown = page.context["cl"].result_count
    assert shown == count
    assert found in (0, count)  # boxes only where there is an action


# An operator groups coaches by organisation; all else comes from services.
CHANGEABLE = {"coach", "organisation"}


@pytest.mark.parametrize("noun", sorted(set(NOUNS) - CHANGEABLE))
def test_nothing_is_added_changed_or_deleted_by_hand(as_operator: Client, noun: str) -> None:
    before = list(FACTS[noun]._default_manager.order_by("pk").values())
    path = f"/admin/interviews/{noun}/{row(noun).pk}"
    for address, data in (
        (f"/admin/interviews/{noun}/add/", {}),
        (f"{path}/change/", {"name": "Changed", "_save": "Save"}),
        (f"{path}/delete/", {"post": "yes"}),
    ):
        assert as_operator.post(address, data).status_code == 403
    as_operator.post(
        f"/admin/interviews/{noun}/",
        {"action": "delete_selected", "_selected_action": str(row(noun).pk), "post": "yes"},
    )
    assert list(FACTS[noun]._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("noun", "filters"),
    [
        ("interview", {"step": "call"}),
        ("interview", {"set_aside": "yes"}),
        ("interview", {"starts_at__gte": "2026-11-01 00:00:00+00:00"}),
        ("agreement", {"made_at__gte": "2026-11-01 00:00:00+00:00"}),
        ("coaching", {"shares__exact": "steps"}),
        ("proposal", {"answer__exact": "accepted", "action__exact": "call"}),
        ("coach", {"organisation__id__exact": "0198c7a0-0000-7000-8000-000000000000"}),
        ("reminder", {"state__exact": "waiting", "step": "call"}),
        ("mail", {"state__exact": "waiting", "fault__exact": "later"}),
    ],
)
def test_filters_answer(as_operator: Client, noun: str, filters: dict[str, str]) -> None:
    assert as_operator.get(f"/admin/interviews/{noun}/", filters).status_code == 200


def test_a_mails_words_are_not_shown(as_operator: Client) -> None:
    for mail in Mail.objects.all():
        page = as_operator.get(f"/admin/interviews/mail/{mail.pk}/change/")
        assert b"Never shown" not in page.content


def test_users_may_be_changed(as_operator: Client, alice: Candidate) -> None:
    path = f"/admin/accounts/user/{alice.user_id}/change/"
    assert as_operator.get("/admin/accounts/user/", {"q": "alice"}).status_code == 200
    assert as_operator.get(path).status_code == 200
    typed = {"email": "alice@example.org", "name": "Alice", "is_active": "on", "is_staff": "on"}
    assert as_operator.post(path, typed).status_code == 302
    assert User.objects.get(pk=alice.user_id).is_staff


def test_a_user_may_be_added(as_operator: Client) -> None:
    page = as_operator.get("/admin/accounts/user/add/")
    assert page.status_code == 200
    typed = {
        "email": "Eve@Example.org",
        "name": "Eve",
        "usable_password": "true",
        "password1": "a long enough word",
        "password2": "a long enough word",
    }
    page = as_operator.post("/admin/accounts/user/add/", typed)
    assert page.status_code == 302, page.context["adminform"].form.errors
    assert User.objects.filter(email__iexact="eve@example.org").exists()


def test_the_first_page_of_the_admin(as_operator: Client) -> None:
    assert as_operator.get("/admin/").status_code == 200


def test_an_operator_groups_coaches(as_operator: Client) -> None:
    as_operator.post("/admin/interviews/organisation/add/", {"name": "School"})
    school = Organisation.objects.get(name="School")
    coach = Coach.objects.get()
    path = f"/admin/interviews/coach/{coach.pk}/change/"
    answer = as_operator.post(path, {"organisation": school.pk, "timezone": "Asia/Tokyo"})
    assert answer.status_code == 302
    coach.refresh_from_db()
    assert (coach.organisation, coach.timezone) == (school, "UTC")
    path = f"/admin/interviews/coach/{coach.pk}/delete/"
    assert as_operator.post(path, {"post": "yes"}).status_code == 403


def test_an_operator_makes_a_coach_of_staff_alone(as_operator: Client, alice: Candidate) -> None:
    """Who is one already is not offered, and who is not of the staff is no choice."""
    ada, dora = User.objects.get(name="Ada"), User.objects.get(name="Dora")
    agency = Organisation.objects.get()
    path = "/admin/interviews/coach/add/"
    page = as_operator.get(path).content.decode()
    assert ">Ada</option>" in page
    assert ">Dora</option>" not in page
    for user, status in ((dora, 200), (alice.user, 200), (ada, 302)):
        typed = {"user": user.pk, "organisation": agency.pk}
        assert as_operator.post(path, typed).status_code == status
    made = Coach.objects.get(user=ada)
    assert (made.organisation, made.timezone, made.digest_weekdays) == (agency, "UTC", [])
    Coach.objects.filter(pk=made.pk).update(digest_weekdays=[1, 0])
    shown = as_operator.get(f"/admin/interviews/coach/{made.pk}/change/").content.decode()
    assert "Monday, Tuesday" in shown


def test_a_coachs_note_is_not_shown(as_operator: Client) -> None:
    paths = [f"/admin/interviews/coachnote/{each.pk}/change/" for each in CoachNote.objects.all()]
    for path in ["/admin/interviews/coachnote/", *paths]:
        assert b"Never shown" not in as_operator.get(path).content
    found = as_operator.get("/admin/interviews/coachnote/", {"q": "Never shown"})
    assert found.context["cl"].result_count == 0
