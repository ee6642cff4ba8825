import io

from django.test import Client

from integrations.vcard import read_cards
from interviews.models import Candidate, Interlocutor
from tests.support.queries import count_queries


def test_all_of_the_candidates_people(
    as_alice: Client, as_charlie: Client, alice: Candidate, anna: Interlocutor
) -> None:
    Interlocutor.objects.create(candidate=alice, name="Bill Ng")
    response = as_alice.get("/people/cards.vcf")
    assert response["Content-Disposition"] == 'attachment; filename="hearback-people.vcf"'
    names = [card.name for card in read_cards(io.BytesIO(response.content)).cards]
    assert names == ["Anna Petrova", "Bill Ng"]
    assert as_charlie.get("/people/cards.vcf").content == b""


def test_as_many_queries_for_a_thousand(as_alice: Client, alice: Candidate) -> None:
    few = count_queries(lambda: as_alice.get("/people/cards.vcf"))
    Interlocutor.objects.bulk_create(
        Interlocutor(candidate=alice, name=f"Person {number}") for number in range(1000)
    )
    assert count_queries(lambda: as_alice.get("/people/cards.vcf")) == few <= 8


def test_whose_page_it_is(as_bob: Client) -> None:
    assert as_bob.get("/people/cards.vcf")["Location"] == "/start/"
    url = "/people/cards.vcf"
    assert Client().get(url)["Location"] == f"/accounts/login/?next={url}"
