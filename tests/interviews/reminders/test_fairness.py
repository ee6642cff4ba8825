"""Who has hundreds of waits does not hold up those who have one."""

from datetime import timedelta

from pytest_django import Settings

from bench.rows import copies
from interviews.models import Candidate, Interview
from interviews.reminders.sweep import sweep
from tests.interviews.reminders.conftest import NOW, Send, send_all
from tests.support.inbox import Inbox
from tests.support.people import make_candidate, make_user
from tests.support.standing import stand


def test_twenty_are_mailed_before_the_last_of_ones_six_hundred_is_looked_at(
    alice: Candidate, post: Send, inbox: Inbox, settings: Settings
) -> None:
    settings.SWEEP_BATCH = 50
    copies(stand(alice, "call", now=NOW - timedelta(days=3)), 599)
    others = [make_candidate(make_user(f"Other{number}")) for number in range(20)]
    for other in others:
        stand(other, "call", now=NOW)
    hers = Interview.objects.to_review(NOW).filter(candidate=alice)
    assert hers.count() == 600
    # After each batch: how many of the others have their mail, and how many of hers are left.
    seen: list[tuple[int, int]] = []

    def send_and_look() -> None:
        send_all(now=NOW)
        mailed = {str(mail["To"]) for mail in inbox.messages} - {"alice@example.org"}
        seen.append((len(mailed), hers.count()))

    sweep(now=NOW, on_batch=send_and_look)
    left = [count for mailed, count in seen if mailed == len(others)]
    assert max(left) >= 500
    assert left[-1] == 0
    assert [str(mail["To"]) for mail in inbox.messages].count("alice@example.org") == 1
