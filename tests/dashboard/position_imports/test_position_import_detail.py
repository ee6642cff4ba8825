"""The page of one import: its columns, its progress, its result."""

from collections.abc import Callable

import pytest
from django.test import Client

from integrations.position_import_runs import Choices
from interviews.models import Candidate, PositionImport
from tests.dashboard.position_imports.files import (
    AMBIGUOUS,
    LIST,
    URL,
    imported,
    many,
    upload,
    uploaded,
    words,
)

HTMX = {"HX-Request": "true", "HX-Target": "mapping"}


@pytest.fixture
def found(as_alice: Client, alice: Candidate) -> PositionImport:
    return uploaded(as_alice, alice)


def test_columns_are_shown_with_what_they_hold(as_alice: Client, found: PositionImport) -> None:
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert "We found 4 rows in list.csv." in page
    assert "<bdi>Nordkai</bdi> <bdi>Süd &amp; Co</bdi> <bdi>Westwind</bdi>" in page
    assert '<option value="company" selected>' in page


def test_passwords_are_named_and_cannot_be_chosen(as_alice: Client, found: PositionImport) -> None:
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert "This looks like passwords, so we left it out and haven’t stored it." in page
    assert 'name="column-5"' not in page
    as_alice.post(f"{URL}{found.pk}/", {"column-5": "notes"})
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert 'name="column-5"' not in page
    assert "hunter" not in page


def test_it_is_the_owners_alone(
    is_alices_alone: Callable[[str], None], found: PositionImport
) -> None:
    is_alices_alone(f"{URL}{found.pk}/")
    is_alices_alone(f"{URL}{found.pk}/preview/")


def test_a_changed_field_is_kept(as_alice: Client, found: PositionImport) -> None:
    response = as_alice.post(f"{URL}{found.pk}/", {"column-2": "notes"})
    assert response["Location"] == f"{URL}{found.pk}/"
    found.refresh_from_db()
    assert Choices.of(found) == Choices(fields={2: "notes"})
    assert '<option value="notes" selected>' in words(as_alice.get(f"{URL}{found.pk}/"))


def test_htmx_gets_the_page_again(as_alice: Client, found: PositionImport) -> None:
    response = as_alice.post(f"{URL}{found.pk}/", {"column-2": "notes"}, headers=HTMX)
    assert response.status_code == 200
    assert '<option value="notes" selected>' in words(response)


def test_an_unknown_field_is_not_taken(as_alice: Client, found: PositionImport) -> None:
    as_alice.post(f"{URL}{found.pk}/", {"column-2": "password"})
    found.refresh_from_db()
    assert Choices.of(found).fields == {}


def test_words_can_be_given_a_meaning(as_alice: Client, found: PositionImport) -> None:
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    words_of_states = page.partition("Words for the state")[2]
    name = words_of_states.partition('for="')[2].partition('"')[0]  # unknown ones come first
    as_alice.post(f"{URL}{found.pk}/", {name: "in_talks"})
    found.refresh_from_db()
    assert Choices.of(found).meanings == {"Xyzzy": "in_talks"}


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("1", "Choose which column holds the company."),
        ("2", "Choose which column holds the position."),
    ],
)
def test_without_company_or_position_there_is_no_preview(
    as_alice: Client, found: PositionImport, column: str, sentence: str
) -> None:
    sent = {f"column-{column}": "ignored", "go": "preview"}
    response = as_alice.post(f"{URL}{found.pk}/", sent)
    assert response.status_code == 422
    assert sentence in words(response)


def test_ambiguous_days_are_asked_once_and_must_be_answered(
    as_alice: Client, alice: Candidate
) -> None:
    found = uploaded(as_alice, alice, AMBIGUOUS)
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert page.count("In dates such as 03/04/2025, which comes first?") == 1
    response = as_alice.post(f"{URL}{found.pk}/", {"go": "preview"})
    assert response.status_code == 422
    assert "Choose whether the day or the month comes first." in words(response)
    response = as_alice.post(f"{URL}{found.pk}/", {"go": "preview", "day_first": "month"})
    assert response["Location"] == f"{URL}{found.pk}/preview/"
    found.refresh_from_db()
    assert Choices.of(found).day_first is False
    assert "Tue 4 Mar 2025" in words(as_alice.get(f"{URL}{found.pk}/preview/"))


def test_the_year_is_asked_where_days_have_none(as_alice: Client, alice: Candidate) -> None:
    found = uploaded(as_alice, alice, "Company,Position,Applied\nNordkai,Baker,5 March\n")
    assert "Year of dates without a year" in words(as_alice.get(f"{URL}{found.pk}/"))
    as_alice.post(f"{URL}{found.pk}/", {"year": str(found.created_at.year - 2)})
    found.refresh_from_db()
    assert Choices.of(found).year == found.created_at.year - 2


def test_a_wide_file_fits(as_alice: Client, alice: Candidate) -> None:
    headings = ",".join(["Company", "Position", *(f"Note {n}" for n in range(300))])
    found = uploaded(as_alice, alice, f"{headings}\nNordkai,Baker{',x' * 300}\n")
    page = as_alice.get(f"{URL}{found.pk}/")
    assert "202 more columns aren’t shown here." in words(page)
    assert len(page.content) < 2_000_000


def test_a_running_import_shows_how_far_it_is(as_alice: Client, alice: Candidate) -> None:
    found = imported(as_alice, alice, many(201))
    assert (found.state, found.rows_total) == ("running", 201)
    PositionImport.objects.update(rows_done=50)
    page = words(as_alice.get(f"{URL}{found.pk}/"))
    assert '<progress class="import-bar" max="201" value="50"' in page
    assert "50 of 201 positions" in page
    assert '<noscript> <meta http-equiv="refresh" content="3"> </noscript>' in page


def test_polling_ends_with_the_whole_page(as_alice: Client, alice: Candidate) -> None:
    found = imported(as_alice, alice)
    polled = as_alice.get(f"{URL}{found.pk}/", headers={"HX-Target": "import-progress"})
    assert polled["HX-Redirect"] == f"{URL}{found.pk}/"
    assert "Import finished" in words(as_alice.get(f"{URL}{found.pk}/"))


def test_after_a_failure_it_can_go_on(
    as_alice: Client, alice: Candidate, takes_posts_of_alice_alone: Callable[[str], None]
) -> None:
    found = imported(as_alice, alice, many(201))
    PositionImport.objects.update(state="failed", finished_at=found.created_at)
    assert "The import stopped" in words(as_alice.get(f"{URL}{found.pk}/"))
    takes_posts_of_alice_alone(f"{URL}{found.pk}/continue/")
    assert PositionImport.objects.get().state == "running"


def test_what_was_imported_is_not_mapped_again(as_alice: Client, alice: Candidate) -> None:
    found = imported(as_alice, alice)
    as_alice.post(f"{URL}{found.pk}/", {"column-2": "notes"})
    as_alice.post(f"{URL}{found.pk}/preview/")
    found.refresh_from_db()
    assert (found.state, Choices.of(found).fields) == ("done", {})
    assert as_alice.post(f"{URL}{found.pk}/delete/").status_code == 302
    assert PositionImport.objects.count() == 1


def test_many_uploads_are_limited(as_alice: Client) -> None:
    answers = [upload(as_alice, LIST).status_code for _ in range(61)]
    assert answers.count(302) == 60
    assert answers[-1] == 429
