import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from accounts.models import User
from interviews.models import Candidate, DeliveryState, Interview, Reminder
from interviews.services import interviews
from tests.support import people


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(f"/interviews/{interview.pk}/")


def test_a_suggestion_stands_below_the_reason_until_it_is_answered(
    as_alice: Client, interview: Interview, bob: User, now: datetime
) -> None:
    proposal = people.make_proposal(interview, bob, now=now)
    address = f"/interviews/{interview.pk}/"
    page = as_alice.get(address).content.decode()
    assert page.count("Bob suggests you call") == 1
    assert page.index("</h1>") < page.index("Bob suggests you call") < page.index("Interviewers<")
    as_alice.post(f"/proposals/{proposal.pk}/answer/", {"answer": "declined"})
    page = as_alice.get(address).content.decode()
    assert page.count("Bob suggests you call") == 1
    assert page.index("Interviewers<") < page.index("Bob suggests you call")


def test_the_reason_is_the_heading_and_the_step_the_one_prominent_button(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.keep_hours(interview.candidate, now=now, is_open=True)
    interview.starts_at = now - timedelta(days=12)
    interviews.change_interview(interview=interview, now=now)
    people.make_agreement(
        interview, now=now, due_on=(now - timedelta(days=8)).date(), may_call="yes"
    )
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    heading = page[page.index("<h1>") : page.index("</h1>")]
    assert "Anna Petrova promised an answer by" in heading
    assert page.count("btn-primary") == 1
    assert "Call Anna Petrova" in page


def test_a_call_at_an_hour_when_nobody_answers_is_shown_with_its_moment(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.keep_hours(interview.candidate, now=now, is_open=False)
    interview.starts_at = now - timedelta(days=12)
    interviews.change_interview(interview=interview, now=now)
    people.make_agreement(
        interview, now=now, due_on=(now - timedelta(days=8)).date(), may_call="yes"
    )
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    heading = page[page.index("<h1>") : page.index("</h1>")]
    assert re.search(r"Anna Petrova promised an answer by .+\. Call .+ from \d\d:00\.", heading)
    assert "welcome" not in heading
    assert re.search(r"\d+ days? late", page)
    assert "Call Anna Petrova</a>" not in page
    assert re.search(r'class="btn btn-primary" href="[^"]+/call/">Prepare the call<', page)
    call = as_alice.get(f"/interviews/{interview.pk}/call/").content.decode()
    assert re.search(r"It’s \d\d:\d\d\. Most people (are at their desks from|have left)", call)
    assert "btn-primary dial" not in call


def test_a_call_while_a_promise_runs_on_is_the_newest_fact(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_agreement(
        interview, now=now, due_on=(now + timedelta(days=5)).date(), may_call="yes"
    )
    anna = interview.interlocutors.get()
    people.make_contact(interview, now=now, outcome="reached", person=anna)
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    heading = page[page.index("<h1>") : page.index("</h1>")]
    assert "You spoke to Anna Petrova today, and it’s still open." in heading
    assert "You’ve asked already, so write on" in heading


def test_the_log_tells_what_happened_and_lets_it_be_deleted(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    agreement = people.make_agreement(interview, now=now, due_on=(now + timedelta(days=2)).date())
    call = people.make_contact(interview, now=now)
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "I called, no answer" in page
    assert f'href="/contacts/{call.pk}/delete/"' in page
    assert f'href="/agreements/{agreement.pk}/delete/"' in page


def test_a_result_with_what_it_taught(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(
        interview, now=now, feedback="More SQL was wanted.", competences=("SQL performance",)
    )
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "More SQL was wanted." in page
    assert "SQL performance" in page
    assert f"/results/{interview.result.pk}/delete/" in page


def test_what_was_missing_can_be_asked_on_the_day_of_the_rejection(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "to ask what was missing" in page
    letter = f"/interviews/{interview.pk}/letter/"
    assert f'href="{letter}">Ask for feedback</a>' in page
    assert "After a rejection." in as_alice.get(letter).content.decode()


def test_a_reminder_that_was_missed_is_shown(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    Reminder.objects.create(
        interview=interview,
        candidate=interview.candidate,
        step=interview.step,
        due_at=interview.step_due_at,
        state=DeliveryState.MISSED,
        created_at=now,
    )
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "We couldn’t deliver your reminder on" in page


def test_one_that_expired_a_moment_ago_is_decided_anew(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    Interview.objects.filter(pk=interview.pk).update(
        step="prepare", step_rule="interview-ahead", step_expires_at=now - timedelta(hours=1)
    )
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "Prepare your questions" not in page


def test_what_is_typed_is_shown_as_typed(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    interview.notes = "<b>bold</b> 😀 שלום"
    interviews.change_interview(interview=interview, now=now)
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt; 😀 שלום" in page


def test_what_happened_can_be_recorded_at_any_time(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_agreement(interview, now=now, due_on=(now + timedelta(days=14)).date())
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    for path in ("call", "letter", "result", "agreement", "contact"):
        assert f'href="/interviews/{interview.pk}/{path}/' in page


def test_the_stages_of_a_position(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    second = people.make_interview(
        alice, starts_at=now + timedelta(days=3), now=now, stage="second", continues=interview
    )
    page = as_alice.get(f"/interviews/{second.pk}/").content.decode()
    stages = page[page.index('class="stages"') : page.index("Add next stage")]
    assert f'href="/interviews/{interview.pk}/"' in stages
    assert stages.index("First interview") < stages.index("Second interview")


def test_what_is_not_asked_of_an_own_promise_is_not_shown(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_agreement(interview, now=now, initiator="employer")
    assert b"If you hear nothing" in as_alice.get(f"/interviews/{interview.pk}/").content
    people.make_agreement(interview, now=now, initiator="candidate")
    assert b"If you hear nothing" not in as_alice.get(f"/interviews/{interview.pk}/").content


def test_where_it_is_and_how_to_join_stands_on_top_until_it_is_over(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    where = {"place": "Main office", "link": "https://meet.example/acme"}
    for days, is_ahead in ((1, True), (-1, False)):
        row = people.make_interview(
            alice, starts_at=now + timedelta(days=days), now=now, company=f"C {days}", **where
        )
        page = as_alice.get(f"/interviews/{row.pk}/").content.decode()
        top = page[page.index("<h1>") : page.index('<div class="workspace">')]
        assert "Main office" in top
        assert ("Join video call" in top, "tel:+4930901820" in top) == (is_ahead, is_ahead)
