"""The test run's own lists, which a moved test would silently leave; and what one test leaves to
the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from pytest_django import DjangoDbBlocker

from tests.conftest import DIALECT, KINDS

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("place", [*DIALECT, *KINDS])
def test_every_place_that_is_named_holds_tests(place: str) -> None:
    found = [*ROOT.glob(f"{place}*.py"), *ROOT.glob(f"{place}/**/test_*.py")]
    assert any(each.name.startswith("test_") for each in found)


@pytest.fixture
def kept_types(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Asked for first, it looks again after the others have gone."""
    with django_db_blocker.unblock():
        before = list(ContentType.objects.order_by("pk").values())
        yield
        assert list(ContentType.objects.order_by("pk").values()) == before


def test_real_commits_leave_what_migrations_made(
    kept_types: None, transactional_db: None, db: None
) -> None:
    """A running server remembers the keys of content types. `db` is what `alice` asks for."""
    ContentType.objects.get_for_model(ContentType)
