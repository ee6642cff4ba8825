from django.test import Client

from interviews.models import Candidate


def test_stops_reminder_mail(as_alice: Client, alice: Candidate) -> None:
    assert as_alice.post("/reminders/pause/")["Location"] == "/settings/"
    alice.refresh_from_db()
    assert alice.reminders_paused_at is not None


def test_only_by_a_candidates_own_post(
    as_alice: Client, as_bob: Client, as_charlie: Client, alice: Candidate
) -> None:
    url = "/reminders/pause/"
    assert as_alice.get(url).status_code == 405
    assert as_bob.post(url).status_code == 404
    assert as_charlie.post(url).status_code == 302
    assert Client().post(url)["Location"] == f"/accounts/login/?next={url}"
    alice.refresh_from_db()
    assert alice.reminders_paused_at is None
