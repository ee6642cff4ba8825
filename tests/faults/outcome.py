"""The outcome for every reminder: from the servers' count and from the tables."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import psycopg

from tests.faults.delivery_count import DeliveryCount

PEOPLE = """
    SELECT u.email FROM interviews_candidate AS c JOIN accounts_user AS u ON u.id = c.user_id
"""
# One reminder for each candidate; no row is open that should be done, or told by another channel.
OPEN = """
    SELECT (SELECT count(*) FROM interviews_candidate)
           - (SELECT count(*) FROM interviews_reminder WHERE state = 'sent'),
           (SELECT count(*) FROM interviews_reminder WHERE state <> 'sent' OR channel <> %s),
           (SELECT count(*) FROM interviews_mail WHERE state <> 'sent')
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    reminders: int
    # Reminders that no server ever accepted.
    lost: int
    # Mails repeated with the same Message-ID, or notifications with the same topic, and how many
    # are allowed.
    twice: int
    allowed: int
    # Candidates who got their one reminder in two different mails, or by two channels.
    told_by_two: int
    # Rows that are missing or not "sent" by the run's channel.
    still_open: int
    seconds: float
    # The run and the server's events, for failures.
    story: dict[str, object] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Whether the guarantee was kept."""
        is_once = self.twice <= self.allowed and not self.told_by_two
        return not self.lost and not self.still_open and is_once


def open_rows(connection: psycopg.Connection[tuple[object, ...]], *, by: str) -> int:
    row = connection.execute(OPEN, [by]).fetchone()
    assert row is not None
    return sum(abs(int(str(count))) for count in row)


def judge(
    connection: psycopg.Connection[tuple[object, ...]],
    deliveries: DeliveryCount,
    *,
    by: str,
    allowed: int,
    seconds: float,
    story: dict[str, object],
) -> Outcome:
    people = {str(email) for (email,) in connection.execute(PEOPLE)}
    taken = deliveries.taken()
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for recipient, key in taken:
        keys[recipient].add(key)
    by_key = Counter(key for _recipient, key in taken)
    counted = {str(event): count for event, count in deliveries.events().items()}
    return Outcome(
        reminders=len(people),
        lost=len(people - set(keys)),
        twice=sum(count - 1 for count in by_key.values()),
        allowed=allowed,
        told_by_two=sum(len(different) > 1 for different in keys.values()),
        still_open=open_rows(connection, by=by),
        seconds=round(seconds, 1),
        story={**story, **counted},
    )
