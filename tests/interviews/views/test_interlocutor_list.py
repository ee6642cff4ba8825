import pytest
from django.test import Client

from interviews.models import Interlocutor


def test_the_list_is_the_candidates_own(
    as_alice: Client, as_bob: Client, as_charlie: Client, anna: Interlocutor
) -> None:
    assert b"Anna Petrova" in as_alice.get("/people/").content
    assert b"Anna Petrova" not in as_charlie.get("/people/").content
    assert as_bob.get("/people/")["Location"] == "/start/"
    assert Client().get("/people/")["Location"] == "/accounts/login/?next=/people/"


@pytest.mark.parametrize(
    ("asked", "is_found"), [("petro", True), ("acme", True), ("anna acme", True), ("bolt", False)]
)
def test_found_by_name_or_company(
    as_alice: Client, anna: Interlocutor, asked: str, is_found: bool
) -> None:
    page = as_alice.get("/people/", {"q": asked}).content
    assert (b"Anna Petrova" in page) is is_found
