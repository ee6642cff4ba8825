"""The admin's lists: which time zone they use, and the names of steps."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interviews.models import Candidate, Coaching, Interview, Proposal
from tests.support.people import (
    make_coaching,
    make_interview,
    make_note,
    make_proposal,
    make_result,
)
from tests.support.queries import count_queries
from tests.support.step_factories import stand


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("address", ["/admin/", "/admin/interviews/interview/"])
def test_every_page_says_its_zone_and_has_the_mark(as_operator: Client, address: str) -> None:
    shown = page(as_operator, address)
    assert "All times are UTC" in shown
    assert '<link rel="icon" href="/static/img/mark.svg" type="image/svg+xml">' in shown
    assert "favicon" not in shown


def test_a_detail_says_its_zone_too(as_operator: Client) -> None:
    row = Interview.objects.order_by("pk")[0]
    assert "All times are UTC" in page(as_operator, f"/admin/interviews/interview/{row.pk}/change/")


@pytest.mark.parametrize("noun", ["interview", "reminder"])
def test_steps_have_names(as_operator: Client, noun: str) -> None:
    shown = page(as_operator, f"/admin/interviews/{noun}/?step=call")
    assert '<td class="field-step_name">Call</td>' in shown
    assert shown.count("field-step_name") == shown.count('<td class="field-step_name">Call</td>')
    assert "Count it as a no" in shown  # among the filter's choices
    assert "assume_refusal<" not in shown


def test_a_cancelled_interview_has_none(as_operator: Client) -> None:
    row = Interview.objects.order_by("pk")[0]
    Interview.objects.filter(pk=row.pk).update(
        step="", step_rule="", review_at=None, cancelled_at=row.starts_at
    )
    assert '<td class="field-step_name">-</td>' in page(as_operator, "/admin/interviews/interview/")


def test_a_coachs_list_says_how_late_a_step_is(as_bob: Client, of_alice: Interview) -> None:
    shown = page(as_bob, "/admin/interviews/interview/?q=Acme")
    assert '<span class="due is-overdue">' in shown
    assert f"{of_alice.starts_at:%a} {of_alice.starts_at.day} {of_alice.starts_at:%b}" in shown
    assert shown.count("aria-sort") == 0  # the overview's order has no column
    shown = page(as_bob, "/admin/interviews/interview/?q=Acme&o=1")
    assert 'column-due sorted ascending" aria-sort="ascending"' in shown
    assert 'role="group" tabindex="0" aria-label="Interviews"' in shown
    assert "Nothing to do" not in shown


def test_interviews_stand_in_the_overviews_order(
    as_bob: Client, coaching: Coaching, alice: Candidate
) -> None:
    """What can only be closed comes after a promise, however long ago it was due."""
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    now = timezone.now()
    for company, step in (("Closing", "close"), ("Promised", "call")):
        stand(alice, step, now=now, company=company)
    listed = as_bob.get("/admin/interviews/interview/").context["cl"].result_list
    told = [row.vacancy.company.name for row in listed]
    assert told.index("Promised") < told.index("Closing")
    assert b"Suggested today" not in as_bob.get("/admin/interviews/interview/").content
    make_proposal(listed[0], coaching.coach, now=now)
    assert b"Suggested today" in as_bob.get("/admin/interviews/interview/").content


def test_an_offer_sorts_by_its_last_day(
    as_bob: Client, coaching: Coaching, alice: Candidate
) -> None:
    """Which its row says."""
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    now = timezone.now()
    offered = make_interview(alice, starts_at=now - timedelta(days=30), now=now, company="Offer")
    last = (now + timedelta(days=6)).date()
    given = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
    make_result(offered, now=now - timedelta(days=20), offer_answer_by_on=last, **given)
    stand(alice, "call", now=now, company="Promised")
    for asked, expected in (("1", ["Promised", "Offer"]), ("-1", ["Offer", "Promised"])):
        listed = as_bob.get("/admin/interviews/interview/", {"o": asked}).context["cl"].result_list
        told = [row.vacancy.company.name for row in listed]
        assert [each for each in told if each in expected] == expected


def test_what_was_just_suggested_is_told_among_results(
    as_bob: Client, coaching: Coaching, alice: Candidate
) -> None:
    """And is not among those to discuss."""
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    now = timezone.now()
    row = make_interview(alice, starts_at=now - timedelta(days=9), now=now, company="Told")
    make_result(row, now=now)
    address = "/admin/interviews/result/"

    def listed() -> list[Interview]:
        found = as_bob.get(address, {"discuss": "yes"}).context["cl"].result_list
        return [each.interview for each in found]

    assert row in listed()
    make_proposal(row, coaching.coach, now=now)
    assert row not in listed()
    assert "Suggested today" in page(as_bob, address)


def test_chips_keep_their_places_where_a_filter_has_no_choices(
    as_bob: Client, alice: Candidate
) -> None:
    """No row needs the coach, so there is no reason to choose."""
    now = timezone.now()
    none = {"step": "", "step_rule": "", "step_due_at": None, "review_at": None}
    Interview.objects.filter(candidate=alice).update(**none, cancelled_at=now)
    shown = as_bob.get("/admin/interviews/interview/").context["cl"]
    assert [spec.parameter_name for spec in shown.chips] == ["show"]
    assert "step" in [each.name for each in shown.selects]


def test_chips_of_results_say_what_they_are_any_of(as_bob: Client) -> None:
    address = "/admin/interviews/result/"
    shown = as_bob.get(address).context["cl"]
    firsts = [str(next(iter(spec.choices(shown)))["display"]) for spec in shown.chips]
    assert firsts == ["All", "Any result"]
    for kind, count in (("", 1), ("refusal", 1), ("offer", 0)):
        listed = as_bob.get(address, {"kind__exact": kind}).context["cl"]
        assert listed.result_count == count


def test_of_next_steps_alone_what_may_be_late_comes_first(
    as_bob: Client, coaching: Coaching, alice: Candidate
) -> None:
    """In every list."""
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True, shares="steps")
    now = timezone.now()
    for company, step in (("Closing", "close"), ("Promised", "call")):
        stand(alice, step, now=now, company=company)
    morning = as_bob.get("/admin/").context["morning"]
    waits = as_bob.get(f"/admin/interviews/candidate/{alice.pk}/change/").context["waits"]
    listed = as_bob.get("/admin/interviews/interview/").context["cl"].result_list
    for rows in (
        [line.interview for section in morning.sections for line in section.lines],
        [row.interview for row in waits],
        listed,
    ):
        told = [row.vacancy.company.name for row in rows]
        assert told.index("Promised") < told.index("Closing")


def test_what_is_answered_is_listed_where_it_is_asked_for(as_bob: Client) -> None:
    """By all, by a search, or by the reason that is about answers."""

    def companies(asked: str) -> list[str]:
        listed = as_bob.get(f"/admin/interviews/interview/{asked}").context["cl"].result_list
        return sorted(row.vacancy.company.name for row in listed)

    assert companies("") == ["Acme"]
    assert companies("?show=all") == companies("?q=Acme") == ["Acme", "Acme Two"]


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({}, "Open"),
        ({"q": "Acme"}, "All"),
        ({"q": "Acme", "show": "open"}, "Open"),
        ({"q": "Acme", "show": "all"}, "All"),
        ({"matter": "1", "show": "open"}, "Open"),
    ],
)
def test_open_and_all_hold_with_a_search_too(
    as_bob: Client, asked: dict[str, str], chosen: str
) -> None:
    shown = as_bob.get("/admin/interviews/interview/", asked).context["cl"]
    choices = list(shown.chips[0].choices(shown))
    assert [str(each["display"]) for each in choices if each["selected"]] == [chosen]
    has_answered = "Acme Two" in [row.vacancy.company.name for row in shown.result_list]
    assert has_answered == (chosen == "All")


def test_a_select_without_a_choice_filters_nothing(as_bob: Client) -> None:
    address = "/admin/interviews/interview/?show=all"
    asked = f"{address}&stage__exact=&step=&shares="
    assert as_bob.get(asked).context["cl"].result_count == 2
    chosen = as_bob.get(f"{address}&stage__exact=final&step=").context["cl"]
    assert chosen.result_count == 0
    stage = next(each for each in chosen.selects if each.name == "stage__exact")
    assert [value for value, _label, is_chosen in stage.options if is_chosen] == ["final"]
    assert ("show", "all") in chosen.kept_params


def test_a_long_list_says_how_many_there_are(as_bob: Client, alice: Candidate) -> None:
    now = timezone.now()
    Coaching.objects.update(covers_all=True)
    for number in range(50):
        make_interview(alice, starts_at=now + timedelta(days=3), now=now, company=f"Many {number}")
    assert "1–50 of 51" in page(as_bob, "/admin/interviews/interview/")


def test_suggestions_show_their_words_and_can_be_withdrawn(
    as_bob: Client, bob: User, of_alice: Interview
) -> None:
    own = Coaching.objects.get(coach=bob)
    made = Proposal.objects.create(
        coaching=own,
        interview=of_alice,
        action="call",
        words="Be short",
        proposed_at=timezone.now(),
    )
    shown = page(as_bob, "/admin/interviews/proposal/?answer=none")
    assert "Call: Be short" in shown
    withdraw = f"/admin/interviews/proposal/{made.pk}/withdraw/"
    assert f'formaction="{withdraw}"' in shown
    back = re.search(rf'formaction="{withdraw}" name="back" value="([^"]*)"', shown)
    assert back is not None
    where = as_bob.post(withdraw, {"back": back[1]})["Location"]
    assert where == "/admin/interviews/proposal/?answer=none"
    assert "Be short" not in page(as_bob, "/admin/interviews/proposal/?answer=none")
    assert "Be short" in page(as_bob, "/admin/interviews/proposal/?answer=withdrawn")


@pytest.mark.parametrize(
    "why", ["already withdrawn", "already answered", "coaching that has ended"]
)
def test_what_cannot_be_withdrawn_says_why(
    as_bob: Client, coaching: Coaching, of_alice: Interview, why: str
) -> None:
    now = timezone.now()
    made = make_proposal(of_alice, coaching.coach, now=now)
    rows = Proposal.objects.filter(pk=made.pk)
    if why == "already withdrawn":
        rows.update(withdrawn_at=now)
    elif why == "already answered":
        rows.update(answer="declined", answered_at=now)
    else:
        Coaching.objects.filter(pk=coaching.pk).update(ended_at=now)
        make_coaching(coaching.coach, of_alice.candidate)
    withdraw = f"/admin/interviews/proposal/{made.pk}/withdraw/"
    assert why in as_bob.post(withdraw, follow=True).content.decode()


def test_interviews_ask_as_much_for_twelve_as_for_two(
    as_bob: Client, coaching: Coaching, alice: Candidate
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    address = "/admin/interviews/interview/?show=all"

    def queries() -> int:
        as_bob.get(address)
        return count_queries(lambda: as_bob.get(address))

    few, now = queries(), timezone.now()
    for number in range(10):
        stand(alice, "call", now=now, company=f"Many {number}")
    assert queries() == few


def test_notes_by_who_reads_them(as_bob: Client, bob: User, of_alice: Interview) -> None:
    for words, is_shared in (("For both", True), ("For me", False)):
        make_note(of_alice, bob, now=timezone.now(), text=words, is_shared=is_shared)
    for readers, words in (("candidate", "For both"), ("me", "For me")):
        rows = as_bob.get(f"/admin/interviews/coachnote/?readers={readers}").context["cl"]
        assert [row.text for row in rows.result_list] == [words]
    found = as_bob.get("/admin/interviews/coachnote/", {"q": "both"}).context["cl"].result_list
    assert [row.text for row in found] == ["For both"]
    assert "<b><bdi>Acme</bdi></b> <bdi>Product analyst</bdi>" in page(
        as_bob, "/admin/interviews/coachnote/"
    )


def test_a_note_deleted_in_the_list_leads_back_to_the_list(
    as_bob: Client, bob: User, of_alice: Interview
) -> None:
    note = make_note(of_alice, bob, now=timezone.now(), text="For both", is_shared=True)
    listed = "/admin/interviews/coachnote/?readers=candidate"
    remove = f"/admin/interviews/coachnote/{note.pk}/remove/"
    link = re.search(rf'href="({remove}[^"]*)"', page(as_bob, listed))
    assert link is not None
    assert f'href="{listed}">Cancel</a>' in page(as_bob, link[1])
    assert as_bob.post(link[1])["Location"] == listed
    assert "Note deleted." in page(as_bob, listed)


def test_results_say_what_was_missing_and_are_found_by_it(
    as_bob: Client, coaching: Coaching, alice: Candidate, of_alice: Interview
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    at = timezone.now() - timedelta(days=9)
    row = make_interview(alice, starts_at=at, now=at, company="Told")
    make_result(row, now=timezone.now(), competences=["Welding"], feedback="Too few years")
    for asked in ("", "?q=welding", "?q=few years"):
        shown = page(as_bob, f"/admin/interviews/result/{asked}")
        assert "Welding. Too few years" in shown
    assert "Told" not in page(as_bob, "/admin/interviews/result/?q=plumbing")
