"""The coach's overview: queries, links, and the entries in the candidates' audit logs."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from coaching.found import FIRST_SHOWN
from coaching.matters import Matter
from coaching.morning import FEW_SHOWN, MOST_TOGETHER
from interviews.models import Candidate, Coach, Coaching, Interview, Proposal
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_interview,
    make_proposal,
    make_user,
)
from tests.support.queries import count_queries
from tests.support.step_factories import stand

MOST = 12


def coach_some(coach: User, count: int, *, first: int = 0) -> list[Candidate]:
    """Each with a broken promise, a window, a coming interview and a refusal."""
    now = timezone.now()
    made = []
    for number in range(first, first + count):
        candidate = make_candidate(make_user(f"Candidate{number}"))
        for step in ("call", "weigh", "prepare", "close"):
            stand(candidate, step, now=now, company=f"{step} {number}")
        make_coaching(coach, candidate)
        made.append(candidate)
    return made


def test_as_many_queries_for_eight_candidates_as_for_two(client: Client, db: None) -> None:
    coach = make_user("Bob", is_staff=True)
    Coach.objects.create(user=coach, timezone="Europe/Berlin")
    coach_some(coach, 2)
    client.force_login(coach)
    client.get("/admin/")  # what only a first look of the hour does
    two = count_queries(lambda: client.get("/admin/"))
    coach_some(coach, 6, first=2)
    client.get("/admin/")
    eight = count_queries(lambda: client.get("/admin/"))
    assert two == eight <= MOST


def test_what_a_sweep_has_not_seen_yet_costs_no_more_than_the_page_may(
    client: Client, db: None
) -> None:
    coach = make_user("Bob", is_staff=True)
    (candidate,) = coach_some(coach, 1)
    Interview.objects.filter(step="weigh").update(step_expires_at=timezone.now())
    Coaching.objects.filter(candidate=candidate).update(covers_all=False)
    client.force_login(coach)
    client.get("/admin/")
    assert count_queries(lambda: client.get("/admin/")) <= MOST


def test_each_line_leads_to_its_interview_and_the_rest_to_the_filtered_list(
    as_bob: Client, alice: Candidate
) -> None:
    now = timezone.now()
    more = [stand(alice, "call", now=now, company=f"Many {n}") for n in range(MOST_TOGETHER + 3)]
    page = as_bob.get("/admin/").content.decode()
    (first, promises, *_) = as_bob.get("/admin/").context["morning"].sections
    assert (first.is_first, promises.matter) == (True, Matter.PROMISES)
    assert first.count + promises.count >= len(more)
    assert (len(first.lines), len(promises.lines)) == (FIRST_SHOWN, FEW_SHOWN)
    for line in [*first.lines, *promises.lines]:
        assert f'href="/admin/interviews/interview/{line.key}/change/"' in page
    listed = as_bob.get(f"/admin/interviews/interview/?matter={Matter.PROMISES.value}")
    assert listed.context["cl"].result_count == first.count + promises.count
    assert f"Show {promises.more} more" in " ".join(page.split())


def test_what_the_coach_saw_is_in_the_owners_audit_log(
    as_bob: Client, bob: User, alice: Candidate, charlie: Candidate
) -> None:
    stand(alice, "call", now=timezone.now(), company="Third")
    as_bob.get("/admin/")
    told = [(each.kind, each.actor_id) for each in AuditEntry.objects.about(alice.user)]
    assert (Kind.LOOKED, bob.pk) in told
    assert not AuditEntry.objects.about(charlie.user).exists()


def test_an_empty_morning_says_when_the_next_comes(client: Client, alice: Candidate) -> None:
    coach = make_user("Nora", is_staff=True)
    make_coaching(coach, alice)
    client.force_login(coach)
    assert "Nothing needs your attention right now." in client.get("/admin/").content.decode()
    now = timezone.now()
    row = make_interview(alice, starts_at=now.replace(year=now.year + 1), now=now)
    said = " ".join(client.get("/admin/").content.decode().split())
    due = row.step_due_at
    assert "Nothing needs your attention right now." in said
    assert f"The next candidate step is due {due:%A} {due.day} {due:%B %Y}" in said


def test_proposals_that_were_answered_since_yesterday(as_bob: Client, of_alice: Interview) -> None:
    coaching = Coaching.objects.get(coach__email="bob@example.org")
    now = timezone.now()
    proposal = Proposal.objects.create(
        coaching=coaching,
        interview=of_alice,
        action="write",
        by_on=date(2026, 11, 24),
        proposed_at=now - timedelta(days=9),
        answer="declined",
        answered_at=now,
    )
    assert [each.interview for each in as_bob.get("/admin/").context["morning"].answered] == [
        of_alice
    ]
    Proposal.objects.filter(pk=proposal.pk).update(answered_at=now - timedelta(days=3))
    assert as_bob.get("/admin/").context["morning"].answered == []


@pytest.mark.parametrize("path", ["/admin/", "/admin/interviews/candidate/?q="])
def test_a_coachs_pages_are_in_the_coachs_zone(as_bob: Client, bob: User, path: str) -> None:
    Coach.objects.update_or_create(user=bob, defaults={"timezone": "Asia/Tokyo"})
    assert "All times are Tokyo time" in as_bob.get(path).content.decode()


def test_the_grouping_and_the_candidate_are_kept_in_the_url(client: Client, db: None) -> None:
    coach = make_user("Bob", is_staff=True)
    one, other = coach_some(coach, 2)
    client.force_login(coach)
    page = client.get("/admin/", {"by": "candidate", "candidate": str(one.pk)})
    (section,) = page.context["morning"].sections
    assert (section.candidate, section.title) == (one.pk, "Candidate0")
    said = page.content.decode()
    assert f'href="/admin/?by=candidate&amp;candidate={other.pk}"' in said
    assert f'href="/admin/?candidate={one.pk}"' in said


def test_the_settings_are_in_the_menu_and_the_morning_email_is_offered_until_it_is_sent(
    as_bob: Client, bob: User
) -> None:
    coach, _made = Coach.objects.get_or_create(user=bob)
    offer = "Get this list by email each morning"
    page = as_bob.get("/admin/").content.decode()
    assert offer in page
    assert '<a href="/settings/mornings/">Settings</a>' in page
    Coach.objects.filter(pk=coach.pk).update(digest_weekdays=[0])
    assert offer not in as_bob.get("/admin/").content.decode()


def test_the_rest_of_a_section_opens_in_the_page(as_bob: Client, alice: Candidate) -> None:
    now = timezone.now()
    for number in range(MOST_TOGETHER + 3):
        stand(alice, "call", now=now, company=f"Many {number}")
    part = str(Matter.PROMISES.value)
    page = as_bob.get("/admin/").content.decode()
    assert f'href="/admin/?more={part}#of-{part}"' in page
    found = as_bob.get("/admin/", {"more": part}).context["morning"].sections[1]
    assert (found.key, found.more) == (part, 0)


def test_a_stranger_cannot_be_chosen(as_bob: Client, charlie: Candidate) -> None:
    shown = as_bob.get("/admin/", {"candidate": str(charlie.pk), "by": "nonsense"})
    assert shown.context["only"] is None
    assert "Charlie" not in shown.content.decode()


def test_what_was_sent_today_leads_to_the_suggestions_of_today(
    as_bob: Client, bob: User, of_alice: Interview
) -> None:
    now = timezone.now()
    make_proposal(of_alice, bob, now=now - timedelta(days=2), action="write")
    sent = make_proposal(of_alice, bob, now=now)
    page = as_bob.get("/admin/")
    assert "1 suggestion sent today" in page.content.decode()
    assert list(as_bob.get(page.context["of_today"]).context["cl"].result_list) == [sent]


def test_what_is_refused_in_a_row_that_is_folded_meanwhile_unfolds_it(
    as_bob: Client, alice: Candidate, coaching: Coaching
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    rows = [stand(alice, "call", now=timezone.now(), company=f"C{number}") for number in range(12)]
    sections = as_bob.get("/admin/").context["morning"].sections
    shown = {line.key for section in sections for line in section.lines}
    folded = next(row for row in rows if row.pk not in shown)
    typed = {"action": "call", "by_on": "2020-01-01", "words": "They like a call", "back": ""}
    address = f"/admin/interviews/interview/{folded.pk}/propose/"
    answer = as_bob.post(address, typed)
    row = answer.content.decode().partition(f'id="row-{folded.pk}"')[2].partition('<li id="row-')[0]
    assert "They like a call" in row
