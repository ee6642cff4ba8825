"""Seven visitors at every named URL: each gets what visitors.txt says, and a stranger gets the same
answer as if nothing existed."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db.models import UUIDField
from django.urls.converters import UUIDConverter
from pytest_django import DjangoDbBlocker

from tests.site.addresses import Address, every_address
from tests.site.visitors import VISITORS, VisitedSite, Walked, read_table

pytestmark = pytest.mark.django_db
EVERY = {each.name: each for each in every_address()}
OF_ROWS = {name: each for name, each in EVERY.items() if each.parts}
GROUPS = ("dashboard:", "admin:", "")
# What is no key: signed or secret texts, and names.
NO_KEYS = {"token", "name", "kind", "app_label", "content_type_id", "url", "key"}
# Rows that are counted, since their tables are not ours or hold one row: operators alone see them.
COUNTED = {
    "auth_group": "Django's own table of groups",
    "interviews_refusedaddress": "a refusal of one of allauth's addresses",
    "interviews_inboundstate": "one row in total",
    "interviews_pushkey": "one row in total",
    "interviews_senderstate": "one row in total",
    "interviews_statisticsstate": "one row in total",
    "interviews_sweepstate": "one row in total",
}


def in_group(group: str) -> Iterator[Address]:
    for name, address in sorted(EVERY.items()):
        if next(each for each in GROUPS if name.startswith(each)) == group:
            yield address


@pytest.fixture(scope="module", params=GROUPS)
def walk(
    request: pytest.FixtureRequest, site: VisitedSite, django_db_blocker: DjangoDbBlocker
) -> list[Walked]:
    """All the answers, asked for once."""
    with django_db_blocker.unblock():
        return [site.walk(address) for address in in_group(request.param)]


def test_everybody_gets_what_the_table_says(walk: list[Walked]) -> None:
    table = read_table()
    wrong = [
        f"{each.line}\n  the table says: {table.get(each.address.name)}"
        for each in walk
        if each.line != table.get(each.address.name)
    ]
    assert not wrong, "\nIf each may get that, the lines of visitors.txt are:\n" + "\n".join(wrong)


def test_what_is_not_yours_is_answered_as_what_is_not_there(walk: list[Walked]) -> None:
    """To the byte, headers and messages included, but for the id that was asked for."""
    told = []
    for each in walk:
        pairs = list(each.pairs())
        # Who gets another sign in the table may see it, or has been sent its secret.
        theirs = {visitor for _, visitor, own, guessed in pairs if own.sign != guessed.sign}
        told += [
            f"{each.address.name} {method} {visitor}:\n{own}\n{guessed}"
            for method, visitor, own, guessed in pairs
            if visitor not in theirs and own != guessed
        ]
    assert not told, "\n".join(told)


def test_the_table_holds_no_address_that_is_gone() -> None:
    gone = read_table().keys() - EVERY.keys()
    assert not gone, f"Take out of tests/site/visitors.txt: {gone}"


def test_the_table_says_all_that_was_asked() -> None:
    for name, line in read_table().items():
        assert len(line.answers) in (2, 4), name
        assert all(len(answer) == len(VISITORS) for answer in line.answers), name
        assert "?" not in "".join(line.answers), name


def test_only_the_owner_gets_to_what_is_kept_under_a_key() -> None:
    """Read off the table, so that no line of it is written in haste."""
    own = VISITORS.index("owner")
    for name, line in read_table().items():
        by_key = any(isinstance(each, UUIDConverter) for each in EVERY[name].parts.values())
        if not name.startswith("dashboard:") or not by_key or name == "dashboard:mail-link":
            continue
        for with_hers, guessed in zip(line.answers[:2], line.answers[2:], strict=True):
            differs = [n for n, (a, b) in enumerate(zip(with_hers, guessed, strict=True)) if a != b]
            assert differs in ([], [own]), name


def test_keys_in_addresses_cannot_be_counted() -> None:
    for name, address in OF_ROWS.items():
        keys = {part: each for part, each in address.parts.items() if part not in NO_KEYS}
        if not name.startswith("admin:"):
            assert all(isinstance(each, UUIDConverter) for each in keys.values()), (
                f"{name} takes a key that is no UUID"
            )


def test_what_is_counted_in_the_admin_is_seen_by_operators_alone() -> None:
    counted = set()
    for model in admin.site._registry:
        key = model._meta.pk
        while key.remote_field:  # a row that shares another's key
            key = key.target_field
        if not isinstance(key, UUIDField):
            counted.add(f"{model._meta.app_label}_{model._meta.model_name}")
    assert counted == COUNTED.keys()
    table = read_table()
    for name in counted:
        for page in ("changelist", "change", "history"):
            get = table[f"admin:{name}_{page}"].answers[0]
            seen_by = [who for who, got in zip(VISITORS, get, strict=True) if got == "P"]
            assert seen_by == ["operator"], f"{name} {page}"


def test_a_page_that_is_open_to_others_needs_its_secret() -> None:
    """Links of the candidate's mails and calendar work for everybody who has them; nobody can forge
    one."""
    table = read_table()
    for name in ("mail-link-open", "unsubscribe-open", "calendar-feed"):
        get, _post, guessed, _posted = table[f"dashboard:{name}"].answers
        assert len(set(get)) == 1
        assert set(guessed) <= {"N", "G"}
        assert len(set(guessed)) == 1
