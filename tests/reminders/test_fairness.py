"""A candidate with very many due rows delays nobody, and gets one mail."""

import pytest
from pytest_django import Settings

from benchmarks.rows import copies
from interviews.models import Candidate, Interview, Mail, Reminder
from reminders import claim
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send
from tests.support.inbox import text_of
from tests.support.people import make_candidate, make_user
from tests.support.step_factories import stand

CROWD, OTHERS, BATCH = 300, 5, 60


@pytest.fixture
def crowd(alice: Candidate, settings: Settings) -> None:
    """alice's rows are all older than those of the others."""
    settings.SWEEP_BATCH = BATCH
    copies(stand(alice, "call", now=NOW), CROWD - 1)
    for number in range(OTHERS):
        stand(make_candidate(make_user(f"Other{number}")), "call", now=NOW)
    Interview.objects.filter(candidate=alice).update(review_at=NOW.replace(hour=1))


def left(candidate: Candidate) -> int:
    return Interview.objects.filter(candidate=candidate, review_at__lte=NOW).count()


def test_the_others_are_swept_and_mailed_before_the_crowd_is_done(
    alice: Candidate, crowd: None
) -> None:
    mailed: list[tuple[int, int]] = []

    def look() -> None:
        mailed.append((left(alice), len(claim.claim_mails(now=NOW))))

    sweep(now=NOW, on_batch=look)
    # The crowd's first batch, then the others at once; the crowd's rest and its mail come last.
    assert mailed[0] == (CROWD - BATCH, 0)
    assert mailed[1] == (CROWD - BATCH, OTHERS)
    assert [count for _left, count in mailed[2:]] == [0] * (len(mailed) - 3) + [1]


def test_one_mail_counts_what_it_does_not_name(
    alice: Candidate, crowd: None, post: Send, settings: Settings
) -> None:
    messages = post()
    (of_alice,) = [each for each in messages if each["To"] == alice.user.email]
    assert len(messages) == OTHERS + 1
    assert f"And {CROWD - settings.MAIL_STEPS_MAX} more steps." in text_of(of_alice)
    assert Reminder.objects.filter(candidate=alice, state="sent").count() == CROWD
    assert Mail.objects.filter(user=alice.user).count() == 1
