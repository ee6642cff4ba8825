"""The preview, and what comes after an import."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.models import Candidate, Interview, PositionImport, Result
from tests.dashboard.position_imports.files import LIST, URL, imported, uploaded, words

ROUNDS = """Company,Position,Applied,Status,Interview date,Interviewer
Nordkai,Baker,2025-01-02,Interviewing,2025-01-20,Lea Graf
Westwind,Cook,2025-01-02,Interviewing,2025-01-21,Tom Ruiz
"""


def test_the_preview_counts_and_writes_nothing(as_alice: Client, alice: Candidate) -> None:
    found = uploaded(as_alice, alice, ROUNDS)
    page = words(as_alice.get(f"{URL}{found.pk}/preview/"))
    assert "2 positions, 2 interviews and 2 contacts" in page
    assert "Import 2 positions" in page
    assert not alice.vacancies.exists()
    found.refresh_from_db()
    assert found.state == "mapping"


def test_rows_that_cannot_be_taken_are_shown_with_their_reason(
    as_alice: Client, alice: Candidate
) -> None:
    found = uploaded(as_alice, alice)
    page = words(as_alice.get(f"{URL}{found.pk}/preview/"))
    assert "1 row won’t be imported" in page
    assert "Row 4</span> <bdi>Nobody’s · 2026-03-06 · Applied</bdi>" in page
    assert "There’s no company." in page


def test_known_positions_are_told(as_alice: Client, alice: Candidate) -> None:
    imported(as_alice, alice)
    found = uploaded(as_alice, alice)
    page = words(as_alice.get(f"{URL}{found.pk}/preview/"))
    assert "You already have 3 of the positions." in page
    assert page.count("You have it") == 3


def test_without_positions_nothing_can_be_imported(as_alice: Client, alice: Candidate) -> None:
    found = uploaded(as_alice, alice, "Company,Position\n,Baker\n")
    page = words(as_alice.get(f"{URL}{found.pk}/preview/"))
    assert "We found no positions in these rows." in page
    assert "btn-primary" not in page.partition("<main")[2]
    as_alice.post(f"{URL}{found.pk}/preview/")
    found.refresh_from_db()
    assert found.state == "mapping"


def test_a_small_file_is_imported_at_once(as_alice: Client, alice: Candidate) -> None:
    found = imported(as_alice, alice)
    assert found.state == "done"
    assert sorted(alice.vacancies.values_list("title", flat=True)) == ["Baker", "Cook", "Miller"]
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert "Added: 3 positions." in page
    assert "Download rows" in page


def test_the_same_file_again_adds_nothing(as_alice: Client, alice: Candidate) -> None:
    imported(as_alice, alice)
    found = imported(as_alice, alice)
    assert alice.vacancies.count() == 3
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert "Nothing was added, since you already had everything." in page
    assert "You already had 3 positions." in page


def test_the_rest_is_downloaded_in_the_files_own_form(
    as_alice: Client, as_bob: Client, as_charlie: Client, alice: Candidate
) -> None:
    found = imported(as_alice, alice)
    url = f"{URL}{found.pk}/rest/"
    file = as_alice.get(url)
    assert file["Content-Disposition"] == 'attachment; filename="list, not imported.csv"'
    assert file.content.decode().splitlines() == [
        "Company,Position,Applied,Status,Password,Why it wasn’t imported",
        ",Nobody’s,2026-03-06,Applied,,There’s no company.",
    ]
    assert as_bob.get(url).status_code == as_charlie.get(url).status_code == 404
    PositionImport.objects.update(table="")
    assert as_alice.get(url).status_code == 404
    assert "Row 4" in words(as_alice.get(f"{URL}{found.pk}/"))


def test_undo_takes_back_what_was_not_changed(
    as_alice: Client, alice: Candidate, is_alices_alone: Callable[[str], None]
) -> None:
    found = imported(as_alice, alice)
    alice.vacancies.filter(title="Cook").update(notes="Mine")
    is_alices_alone(f"{URL}{found.pk}/undo/")
    as_alice.post(f"{URL}{found.pk}/undo/")
    assert [each.title for each in alice.vacancies.all()] == ["Cook"]
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert "1 position stayed, since you changed it after the import." in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_after_seven_days_there_is_no_undo(as_alice: Client, alice: Candidate, method: str) -> None:
    found = imported(as_alice, alice)
    PositionImport.objects.update(finished_at=timezone.now() - timedelta(days=8))
    response = getattr(as_alice, method)(f"{URL}{found.pk}/undo/")
    assert response["Location"] == f"{URL}{found.pk}/"
    assert alice.vacancies.count() == 3
    assert "Undo this import" not in words(as_alice.get(f"{URL}{found.pk}/"))


def test_strangers_undo_nothing(
    as_bob: Client, as_charlie: Client, as_alice: Client, alice: Candidate
) -> None:
    found = imported(as_alice, alice)
    for client in (as_bob, as_charlie):
        for name in ("undo", "close", "continue", "delete", "preview"):
            assert client.post(f"{URL}{found.pk}/{name}/").status_code == 404
    assert alice.vacancies.count() == 3


def test_long_waits_are_closed_in_one_list(
    as_alice: Client,
    alice: Candidate,
    takes_posts_of_alice_alone: Callable[..., None],
) -> None:
    found = imported(as_alice, alice, ROUNDS)
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert "No answer for a long time" in page
    baker = Interview.objects.get(vacancy__title="Baker")
    takes_posts_of_alice_alone(f"{URL}{found.pk}/close/", close=str(baker.pk))
    closed = Result.objects.get()
    assert (closed.interview, closed.kind, closed.via) == (baker, "no_response", "silence")
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert "1 wait closed." in page
    assert "Cook, Westwind" in page
    assert "Baker, Nordkai" not in page


def test_only_offered_waits_are_closed(
    as_alice: Client, alice: Candidate, interview: Interview
) -> None:
    found = imported(as_alice, alice, LIST)
    as_alice.post(f"{URL}{found.pk}/close/", {"close": str(interview.pk)})
    assert not Result.objects.exists()
