"""Where Today shows an interview, and in which order."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from interviews.rules import ResultKind, Rule, Step

OPEN_OFFER = Q(result__kind=ResultKind.OFFER.value, result__offer_answer="open")
# The steps that need somebody at the other end of a line.
CALLS = (Step.CALL.value, Step.RECONTACT.value)


class Section(models.IntegerChoices):
    """The sections of Today, the most urgent first."""

    STALE = 0, "stale"  # the step must be recomputed first
    DECIDE = 1, _("Offers to answer")
    CALL_NOW = 2, _("Calls now")
    DO_NOW = 3, _("Do now")
    CALL_LATER = 4, _("Calls later")
    LATER_TODAY = 5, _("Later today")
    WAITING = 6, _("Waiting")
    COMING = 7, _("Upcoming interviews")
    ANSWERED = 8, _("Recent answers")


def call_section(*, now: datetime, calls_from: datetime) -> Section:
    """Calls come first within the contact hours; at other hours what can be done at once does."""
    return Section.CALL_NOW if calls_from <= now else Section.CALL_LATER


def midnight_of(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def tomorrow_of(now: datetime) -> datetime:
    return midnight_of(now + timedelta(days=1))


def section_of(*, now: datetime, calls_from: datetime) -> Case:
    """`calls_from` is the next contact moment, or `now` within the contact hours. An open offer
    comes first, whatever else is to be done about it."""
    calls = call_section(now=now, calls_from=calls_from)
    # A call that was agreed for today is possible at any hour.
    agreed = Q(step_rule=Rule.YOUR_TURN.value, step_due_at__gte=midnight_of(now))
    return Case(
        When(step_expires_at__lte=now, then=Value(Section.STALE)),
        When(OPEN_OFFER, then=Value(Section.DECIDE)),
        When(step=Step.PREPARE.value, then=Value(Section.COMING)),
        When(agreed, step_due_at__lte=now, step__in=CALLS, then=Value(Section.CALL_NOW)),
        When(step_due_at__lte=now, step__in=CALLS, then=Value(calls)),
        When(step_due_at__lte=now, then=Value(Section.DO_NOW)),
        When(result__isnull=False, then=Value(Section.ANSWERED)),
        When(step_due_at__lt=tomorrow_of(now), then=Value(Section.LATER_TODAY)),
        default=Value(Section.WAITING),
        output_field=models.IntegerField(),
    )


# Of open offers the first to be answered comes first; of answered interviews the newest, of
# upcoming ones the next.
MOMENT = Case(
    When(section=Section.DECIDE, then=None),
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
