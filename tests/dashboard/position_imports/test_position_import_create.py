from collections.abc import Callable

import pytest
from django.test import Client

from interviews.models import Candidate, PositionImport
from tests.dashboard.position_imports.files import LIST, URL, upload, uploaded, words


def test_a_file_is_kept_and_nothing_is_written(as_alice: Client, alice: Candidate) -> None:
    response = upload(as_alice, LIST)
    kept = PositionImport.objects.get()
    assert response["Location"] == f"{URL}{kept.pk}/"
    assert (kept.candidate, kept.file_name, kept.state) == (alice, "list.csv", "mapping")
    assert not alice.vacancies.exists()


def test_passwords_are_not_kept(as_alice: Client, alice: Candidate) -> None:
    kept = uploaded(as_alice, alice)
    assert "Nordkai" in kept.table
    assert "hunter" not in kept.table


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty. Choose another one."),
        (b"\x89PNG\r\n", "This file isn’t a table."),
        (b"PK\x03\x04nothing", "We can’t open this file because it’s damaged."),
        (b"one\ntwo\nthree", "We found no headings in this file."),
        (b"Company,Position,Applied\n", "There are headings in this file, but no positions"),
        (
            b"Company,Position\n" + b"a,b\n" * 20_001,
            "This file is too large for a list of positions.",
        ),
    ],
)
def test_another_file_is_refused_in_a_sentence(
    as_alice: Client, content: bytes, sentence: str
) -> None:
    response = upload(as_alice, content)
    assert response.status_code == 422
    assert sentence in words(response)
    assert not PositionImport.objects.exists()


def test_without_a_file(as_alice: Client) -> None:
    response = as_alice.post(URL)
    assert response.status_code == 422
    assert "Choose a file." in words(response)


def test_past_imports_are_listed_for_their_owner(
    as_alice: Client, alice: Candidate, as_charlie: Client
) -> None:
    kept = uploaded(as_alice, alice)
    assert f"{URL}{kept.pk}/" in words(as_alice.get(URL))
    assert "list.csv" not in words(as_charlie.get(URL))


def test_an_upload_is_deleted_by_its_owner(
    as_alice: Client, alice: Candidate, takes_posts_of_alice_alone: Callable[[str], None]
) -> None:
    kept = uploaded(as_alice, alice)
    takes_posts_of_alice_alone(f"{URL}{kept.pk}/delete/")
    assert not PositionImport.objects.exists()


def test_it_is_offered_where_positions_would_be(as_alice: Client) -> None:
    assert URL in words(as_alice.get("/today/"))
    assert URL in words(as_alice.get("/settings/data/"))
