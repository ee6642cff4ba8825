from collections.abc import Callable
from datetime import datetime

from interviews.models import Interview
from interviews.services import interviews


def test_undoes_a_cancellation(
    takes_posts_of_alice_alone: Callable[[str], None], ahead: Interview, now: datetime
) -> None:
    interviews.cancel_interview(interview=ahead, now=now)
    takes_posts_of_alice_alone(f"/interviews/{ahead.pk}/reinstate/")
    ahead.refresh_from_db()
    assert not ahead.is_cancelled
    assert ahead.step == "prepare"
