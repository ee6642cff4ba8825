"""One mailbox is one account, however its address is written."""

from collections.abc import Callable
from email.message import EmailMessage
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Model
from django.test import Client

from accounts.addresses import AddressField, canonical_address
from accounts.models import User
from tests.accounts.codes import code_in
from tests.support.people import PASSWORD, make_user

LETTERS, ASCII = "anna@bäckerei.example", "anna@xn--bckerei-5wa.example"
CAPITALS, WIDE = "Anna@BÄCKEREI.Example", "ａｎｎａ＠bäckerei．example"
SPELLINGS = [LETTERS, ASCII, CAPITALS, WIDE, "ANNA@XN--BCKEREI-5WA.EXAMPLE", f" {ASCII} "]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        *((spelling, ASCII) for spelling in SPELLINGS),
        ("anna@straße.example", "anna@xn--strae-oqa.example"),
        ("anna@b\u0061\u0308ckerei.example", ASCII),  # an a with its dots beside it
        ("anna@пример.example", "anna@xn--e1afmkfd.example"),
        ("anna@例え。example", "anna@xn--r8jz45g.example"),
        ("anna+jobs@Example.ORG", "anna+jobs@example.org"),
        ("anna@an_example.org", "anna@an_example.org"),  # no domain, and nobody's to mend here
        ("anna@xn--nonsense-.example", "anna@xn--nonsense-.example"),
        ("a@b@Example.org", "a@b@example.org"),
        ("ANNA", "anna"),
        ("", ""),
    ],
)
def test_one_text_for_one_mailbox(typed: str, canonical: str) -> None:
    assert canonical_address(typed) == canonical
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "anna@ex\u200dample.org",  # joiners, which other programs drop
        "anna@example\u200c.org",
        "anna@i\u2764\ufe0f.example",  # a sign that UTS #46 of today refuses
        '"anna"@example.org',
        '"an\\na"@example.org',
        "ann\u0131@example.org",
    ],
)
def test_what_could_be_written_in_other_ways_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        AddressField().clean(typed)


def test_other_letters_are_other_mailboxes() -> None:
    alike = ["sam@example.org", "ſam@example.org", "ѕam@example.org", "sam@exаmple.org"]
    assert len({canonical_address(each) for each in alike}) == len(alike)


def sign_up(client: Client, address: str) -> None:
    typed = {"email": address, "password1": PASSWORD, "timezone": "Europe/Berlin"}
    assert client.post("/accounts/signup/", typed).status_code == 302


@pytest.mark.parametrize("first", [LETTERS, ASCII])
def test_signing_up_and_in_by_either(db: None, mailoutbox: list[EmailMessage], first: str) -> None:
    client = Client()
    sign_up(client, first)
    client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[-1])})
    for spelling in SPELLINGS:
        another = Client()
        answer = another.post("/accounts/login/", {"login": spelling, "password": PASSWORD})
        assert answer["Location"] == "/today/", spelling
    cache.clear()  # one mail in ten seconds
    sign_up(Client(), ASCII if first == LETTERS else LETTERS)
    assert User.objects.get().email == ASCII
    assert EmailAddress.objects.get().email == ASCII
    assert "already" in mailoutbox[-1].body


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
@pytest.mark.parametrize("spelling", [LETTERS, CAPITALS, WIDE])
def test_a_code_is_mailed_by_either(
    db: None, mailoutbox: list[EmailMessage], path: str, spelling: str
) -> None:
    user = make_user("Anna")
    _spell(user, ASCII)
    Client().post(path, {"email": spelling})
    assert mailoutbox[-1].to == [ASCII]
    assert code_in(mailoutbox[-1])


def _spell(user: User, address: str) -> None:
    """As a row from before may be written."""
    User.objects.filter(pk=user.pk).update(email=address)
    EmailAddress.objects.filter(user=user).update(email=address)


@pytest.fixture
def migrate() -> Callable[[], None]:
    module = import_module("accounts.migrations.0010_canonical_addresses")
    return lambda: module.make_canonical(Then(), None)


class Then:
    """The models of today, by the names they had when the migration was written."""

    def get_model(self, label: str, name: str) -> type[Model]:
        return apps.get_model(label, {"AddressChange": "EmailChange"}.get(name, name))


def test_what_is_there_already_is_written_alike(db: None, migrate: Callable[[], None]) -> None:
    anna, other = make_user("Anna"), make_user("Other")
    _spell(anna, LETTERS)
    migrate()
    anna.refresh_from_db()
    assert anna.email == EmailAddress.objects.get(user=anna).email == ASCII
    other.refresh_from_db()
    assert other.email == "other@example.org"


def test_two_accounts_of_one_mailbox_are_named_and_stay(
    db: None, migrate: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = make_user("First"), make_user("Second")
    _spell(first, ASCII)
    _spell(second, LETTERS)
    migrate()
    said = capsys.readouterr().out
    assert str(first.pk) in said
    assert str(second.pk) in said
    assert "bäckerei" not in said
    assert {user.email for user in User.objects.all()} == {ASCII, LETTERS}
    assert {each.email for each in EmailAddress.objects.all()} == {ASCII, LETTERS}


def test_an_operator_names_it_as_it_is_read(db: None) -> None:
    call_command("createsuperuser", email=CAPITALS, interactive=False, verbosity=0)
    assert User.objects.get().email == ASCII
    assert User.objects.get_by_natural_key(LETTERS) == User.objects.get()
