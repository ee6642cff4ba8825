"""Two taps at the same moment record once, and the second is told so."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dashboard.mail_proposals.case import case_of
from dashboard.mail_proposals.recording import record
from interviews.models import Contact, MailProposal
from tests.dashboard.mail_proposals.tapping import propose
from tests.interviews.services.test_closing_together import at_once
from tests.support import people

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_two_taps_at_once() -> None:
    now = timezone.now()
    alice = people.make_candidate(people.make_user("Alice"))
    interview = people.make_interview(alice, starts_at=now - timedelta(days=5), now=now)
    mail = propose(interview, now=now, kind="not_yet")

    def tap() -> str:
        return _tapped(mail, now=now)

    said = "You’ve already recorded this email as no decision yet."
    assert Counter(at_once(*[tap] * 4)) == {"recorded": 1, said: 3}
    assert Contact.objects.count() == 1


def _tapped(mail: MailProposal, *, now: datetime) -> str:
    stored = MailProposal.objects.get(pk=mail.pk)
    case = case_of(stored, stored.candidate.user, chosen="", now=now.astimezone())
    assert case is not None
    try:
        record(case, stored.kind)
    except ValidationError as error:
        return str(error.messages[0])
    return "recorded"
