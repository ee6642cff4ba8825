import io
from collections.abc import Callable

import pytest
from django.test import Client

from integrations.vcard import read_cards
from interviews.models import Candidate, Interlocutor


def test_whose_card_it_is(is_alices_alone: Callable[[str], None], anna: Interlocutor) -> None:
    is_alices_alone(f"/people/{anna.pk}/card.vcf")


def test_one_person(as_alice: Client, anna: Interlocutor) -> None:
    response = as_alice.get(f"/people/{anna.pk}/card.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="Anna-Petrova.vcf"'
    (card,) = read_cards(io.BytesIO(response.content)).cards
    assert (card.name, card.company, card.phone) == ("Anna Petrova", "Acme", "+49 30 901820")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('../a"b\r\nX: y', 'attachment; filename="a-b-X-y.vcf"'),
        ("😀", 'attachment; filename="card.vcf"'),
        ("Zoë", "attachment; filename*=utf-8''Zo%C3%AB.vcf"),
    ],
)
def test_a_file_name_for_any_name(
    as_alice: Client, alice: Candidate, name: str, header: str
) -> None:
    person = Interlocutor.objects.create(candidate=alice, name=name)
    response = as_alice.get(f"/people/{person.pk}/card.vcf")
    assert response["Content-Disposition"] == header
