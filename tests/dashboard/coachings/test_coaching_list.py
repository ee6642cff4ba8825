from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from accounts.audit_log import log_looks
from accounts.models import User
from coaching import coaches, coachings, notes, requests
from coaching.coachings import Terms
from interviews.models import Candidate, Coaching, CoachNote, Interview, Organisation
from tests.support.people import make_coaching, make_user

URL = "/settings/coaches/"


def shown(client: Client) -> str:
    return client.get(URL).content.decode()


def test_whose_page_it_is(as_alice: Client, as_bob: Client, as_charlie: Client) -> None:
    assert "Your coaches will be listed here." in shown(as_charlie)
    assert "Bob" in shown(as_alice)
    assert as_bob.get(URL)["Location"] == "/start/"
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_the_settings_lead_there(as_alice: Client) -> None:
    assert f'href="{URL}"' in as_alice.get("/settings/").content.decode()


def test_who_coaches_and_what_is_shared(
    as_alice: Client, alice: Candidate, bob: User, now: datetime
) -> None:
    coach = coaches.make_coach(user=bob)
    coach.organisation = Organisation.objects.create(name="Agency for Work")
    coach.save()
    page = shown(as_alice)
    assert "Agency for Work" in page
    assert "bob@example.org" in page
    assert (
        "Next steps and interviews, with notes, contacts and letters, for all positions, "
        "including later ones, until one of you stops sharing." in page
    )
    assert "Hasn’t viewed anything yet." in page
    log_looks([alice.user], actor=bob, now=now, detail="interviews.interview")
    assert "Last viewed" in shown(as_alice)


def test_another_candidates_coach_has_looked_at_nothing(
    as_alice: Client, bob: User, charlie: Candidate, now: datetime
) -> None:
    log_looks([charlie.user], actor=bob, now=now, detail="interviews.interview")
    assert "Hasn’t viewed anything yet." in shown(as_alice)


def test_chosen_positions_are_named(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    coachings.invite_coach(
        candidate=alice,
        address="eva@example.org",
        terms=Terms("steps", [interview.vacancy], now.date() + timedelta(days=400)),
        now=now,
    )
    page = shown(as_alice)
    assert "Next steps only, for one position, until " in page
    assert "Product analyst, Acme" in page
    assert "No answer yet" in page


def test_one_that_has_ended_is_folded_away(
    as_alice: Client, alice: Candidate, bob: User, now: datetime
) -> None:
    Coaching.objects.update(ended_at=now)
    page = shown(as_alice)
    assert "Your coaches will be listed here." in page
    assert page.index("<summary>Past coaches</summary>") < page.index("Bob")
    assert "ended on " in page


def test_what_the_coach_shared_stands_there_and_nothing_else(
    as_alice: Client, bob: User, now: datetime
) -> None:
    for text, is_shared in (("For you both", True), ("For myself", False)):
        note = CoachNote(
            coaching=Coaching.objects.get(), about="candidate", text=text, is_shared=is_shared
        )
        notes.write_note(note=note, now=now)
    for end in (None, now):
        Coaching.objects.update(ended_at=end)
        page = shown(as_alice)
        assert "For you both" in page
        assert "For myself" not in page


def test_a_request_waits_there(as_alice: Client, alice: Candidate, now: datetime) -> None:
    erin = make_user("Erin", is_staff=True)
    requests.ask_candidate(coach=erin, address=alice.user.email, now=now)
    assert "Wants to coach you" in shown(as_alice)
    User.objects.filter(pk=erin.pk).update(is_active=False)
    assert "Wants to coach you" not in shown(as_alice)


def test_as_many_queries_for_many_as_for_few(
    as_alice: Client,
    alice: Candidate,
    bob: User,
    interview: Interview,
    now: datetime,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(5):
        make_coaching(make_user(f"Coach{number}", is_staff=True), alice)
        coachings.invite_coach(
            candidate=alice,
            address=f"nobody{number}@example.org",
            terms=Terms("steps", [interview.vacancy]),
            now=now,
        )
    shown(as_alice)
    with django_assert_max_num_queries(8):
        shown(as_alice)
