"""Where Today shows an interview, and in which order."""

from datetime import date, datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from interviews.rules import ResultKind, Step

OPEN_OFFER = Q(result__kind=ResultKind.OFFER.value, result__offer_answer="open")


class Section(models.IntegerChoices):
    """The sections of Today, the most urgent first."""

    STALE = 0, "stale"  # the step must be recomputed first
    DO_NOW = 1, _("Do now")
    DECIDE = 2, _("To decide")
    WAITING = 3, _("Waiting")
    COMING = 4, _("Upcoming interviews")
    ANSWERED = 5, _("Recent answers")


def section_of(*, now: datetime, urgent_on: date) -> Case:
    """An offer to be answered by `urgent_on` needs action now."""
    is_urgent = OPEN_OFFER & Q(result__offer_answer_by_on__lte=urgent_on)
    return Case(
        When(step_expires_at__lte=now, then=Value(Section.STALE)),
        When(step=Step.PREPARE.value, then=Value(Section.COMING)),
        When(Q(step_due_at__lte=now) | is_urgent, then=Value(Section.DO_NOW)),
        When(OPEN_OFFER, then=Value(Section.DECIDE)),
        When(result__isnull=False, then=Value(Section.ANSWERED)),
        default=Value(Section.WAITING),
        output_field=models.IntegerField(),
    )


# Offers have no due time of the rules and come first; of answered interviews the newest, of
# upcoming ones the next.
MOMENT = Case(
    When(section=Section.COMING, then=F("starts_at")),
    When(section=Section.ANSWERED, then=None),
    default=F("step_due_at"),
)
ORDER = (
    "section",
    F("moment").asc(nulls_first=True),
    F("result__offer_answer_by_on").asc(nulls_last=True),
    F("result__known_at").desc(nulls_last=True),
    "pk",
)
