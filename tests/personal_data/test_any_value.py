"""Whatever stands in a file is taken or refused in a sentence; what was taken can be lived with.

Drawn by Hypothesis in the same order at each run, so that a failure shows again.
"""

from copy import deepcopy
from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.content_lines import UnreadableError
from interviews.models import Candidate
from personal_data.import_ import import_export
from personal_data.schema import ACCOUNT, BROUGHT, SETTINGS
from tests.personal_data.exports import NOW, Facts, exported, zipped
from tests.personal_data.snapshot import snapshot

TABLES = [table.name for table in (ACCOUNT, SETTINGS, *BROUGHT)]
# 1970 to 2199
SECONDS = st.integers(0, 7_258_118_399)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.integers(0, 800),
    st.text(max_size=20),
    SECONDS.map(lambda seconds: datetime.fromtimestamp(seconds, UTC).isoformat()),
    st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
    st.dates(date(1970, 1, 1), date(2199, 12, 31)).map(date.isoformat),
    st.times().map(time.isoformat),
    st.uuids().map(str),
    st.sampled_from(
        ["Asia/Kathmandu", "call", "offer", "sent", "waiting", "DE", "https://a.example"]
    ),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


class UndoneError(Exception):
    pass


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_value(facts: Facts, newcomer: Candidate, data: st.DataObject) -> None:
    changed = deepcopy(facts)
    rows = changed[data.draw(st.sampled_from(TABLES))]
    row = rows[data.draw(st.integers(0, len(rows) - 1))] if rows else {}
    if row:
        row[data.draw(st.sampled_from(sorted(row)))] = data.draw(VALUES)
    before = snapshot(newcomer)
    with pytest.raises((UndoneError, UnreadableError)):
        _take(changed, newcomer)
    assert snapshot(newcomer) == before


@transaction.atomic
def _take(changed: Facts, candidate: Candidate) -> None:
    import_export(file=zipped(changed), candidate=candidate, now=NOW)
    _live_with(candidate)
    raise UndoneError


def _live_with(candidate: Candidate) -> None:
    client = Client()
    client.force_login(candidate.user)
    for path in ("/today/", "/interviews/", "/people/", "/settings/"):
        assert client.get(path).status_code == 200
    exported(candidate.user)
