"""What may need a coach this morning: the database classifies each interview by its matter."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerChoices,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Least
from django.utils.translation import gettext_lazy as _

from coaching.permissions import CoachScope, is_open_offer
from interviews.models import Agreement, Coaching, CoachNote, Contact, Result
from interviews.models.core.interview import InterviewQuerySet
from interviews.rules import Rule, Step

# An older result has been talked over, or never will be.
RESULTS_FOR = timedelta(days=14)
# An offer whose last day is farther away can wait.
NEAR = timedelta(days=3)
DAY = timedelta(days=1)


class Matter(IntegerChoices):
    """The sections, in their order."""

    MISSED_CALLS = 1, _("Missed calls")
    OFFERS = 2, _("Offers to answer")
    COMING = 3, _("Interviews to prepare for")
    PROMISES = 4, _("Promised date passed")
    STEPS = 5, _("Steps due")
    AGREEMENTS = 6, _("No agreement recorded")
    WINDOWS = 7, _("Time to follow up")
    LETTERS = 8, _("Unanswered letters")
    CLOSING = 9, _("Ready to close")
    RESULTS = 10, _("Results to discuss")


# For these a candidate needs help; the others can wait.
URGENT = (Matter.MISSED_CALLS, Matter.OFFERS, Matter.PROMISES)

MISSED_RULES = (Rule.MISSED_CALL,)
PROMISE_RULES = (Rule.PROMISE_LAPSED, Rule.YOUR_TURN, Rule.MAY_NOT_CALL)
WINDOW_RULES = (Rule.WINDOW_OPEN, Rule.WINDOW_CLOSED, Rule.ALREADY_ASKED, Rule.NOT_REACHED)
LETTER_RULES = (Rule.LETTER_UNANSWERED,)
CLOSING_RULES = (Rule.SILENCE_IS_REFUSAL, Rule.NOT_INTERESTED)
# The steps that a result leaves.
AFTER_RULES = (Rule.LEARN_FROM_REFUSAL, Rule.KEPT_ON_FILE)
# They are due before the wait begins.
UNTIMED_STEPS = (Step.PREPARE, Step.FIX_AGREEMENT)
# Without the rule, which may not be told: the steps for which a day was agreed, and those that only
# end a wait.
TIMED_STEPS = (Step.CALL, Step.WRITE)
CLOSING_STEPS = (Step.CLOSE, Step.LET_GO, Step.ASSUME_REFUSAL)
# A passed promise is late from its own day on, though its step is due at the next hour for calls.
OF_PROMISE = (Rule.PROMISE_LAPSED, Rule.MAY_NOT_CALL)
UNASKED_RULES = (Rule.WINDOW_OPEN, Rule.WINDOW_CLOSED)
_BY_RULE = {
    Rule.AGREEMENT_MISSING: Matter.AGREEMENTS,
    **{
        rule: matter
        for matter, rules in (
            (Matter.MISSED_CALLS, MISSED_RULES),
            (Matter.PROMISES, PROMISE_RULES),
            (Matter.WINDOWS, WINDOW_RULES),
            (Matter.LETTERS, LETTER_RULES),
            (Matter.CLOSING, CLOSING_RULES),
            (Matter.RESULTS, AFTER_RULES),
        )
        for rule in rules
    },
}


def matter_of_rule(rule: Rule) -> Matter:
    """Why something due by this rule needs a coach; an offer has no rule."""
    return _BY_RULE.get(rule, Matter.COMING)


def matter_in(sharing: CoachScope, now: datetime, *, kept: UUID | None = None) -> Case:
    """Of a row that may need the coach; None means not this morning."""
    return Case(
        *_of_steps_only(sharing, now),
        When(_is_of(sharing, now, MISSED_RULES), then=Value(Matter.MISSED_CALLS)),
        When(is_open_offer(now), then=Value(Matter.OFFERS)),
        When(_is_of(sharing, now, PROMISE_RULES), then=Value(Matter.PROMISES)),
        When(_lacks_agreement(sharing, now), then=Value(Matter.AGREEMENTS)),
        When(_is_of(sharing, now, WINDOW_RULES), then=Value(Matter.WINDOWS)),
        When(_is_of(sharing, now, LETTER_RULES), then=Value(Matter.LETTERS)),
        When(_is_of(sharing, now, CLOSING_RULES), then=Value(Matter.CLOSING)),
        When(is_result(sharing, now, kept=kept), then=Value(Matter.RESULTS)),
        When(_is_left_by_result(sharing, now, kept), then=Value(Matter.RESULTS)),
        When(is_coming(sharing, now), then=Value(Matter.COMING)),
        default=None,
        output_field=IntegerField(),
    )


def classified(
    sharing: CoachScope, *, now: datetime, kept: UUID | None = None
) -> InterviewQuerySet:
    """Rows that may need the coach, each with its `matter`. `kept` stays, though the coach has just
    written about it."""
    # First exclude what fits no section: most rows are answered.
    is_recent = Q(result__known_at__gt=now - RESULTS_FOR)
    may_stand = Q(step_due_at__isnull=False) | is_recent | is_open_offer(now)
    rows = sharing.interviews().not_cancelled().filter(may_stand)
    return rows.annotate(matter=matter_in(sharing, now, kept=kept))


def _of_steps_only(sharing: CoachScope, now: datetime) -> list[When]:
    """If only next steps are shared, not even the section may reveal what was agreed or sent."""
    is_meant = _is_of_steps_only(sharing)
    if is_meant is None:
        return []
    is_due = _is_due_today(sharing, now) & ~Q(step__in=UNTIMED_STEPS)
    return [
        When(is_meant & is_coming(sharing, now), then=Value(Matter.COMING)),
        When(is_meant & is_due, then=Value(Matter.STEPS)),
        When(is_meant, then=None),
    ]


def needing_coach(sharing: CoachScope, *, now: datetime) -> InterviewQuerySet:
    """Rows with their `matter`, without those for which it is the candidate's turn."""
    return classified(sharing, now=now).exclude(pk__in=list(sharing.awaited))


def is_missed_call(sharing: CoachScope, now: datetime) -> Q:
    """Of those who share more than next steps."""
    is_meant = _is_of_steps_only(sharing)
    told = _is_of(sharing, now, MISSED_RULES)
    return told if is_meant is None else ~is_meant & told


def is_urgent(sharing: CoachScope, now: datetime) -> Q:
    """Rows with a step, of the matters `URGENT`; open offers have none. Of those who share next
    steps only, what is overdue."""
    told = _is_of(sharing, now, MISSED_RULES + PROMISE_RULES)
    is_meant = _is_of_steps_only(sharing)
    if is_meant is None:
        return told
    is_late = Q(step_due_at__lt=in_zones(sharing.zones, now, days=0), step__in=TIMED_STEPS)
    return ~is_meant & told | is_meant & is_late


def _is_of_steps_only(sharing: CoachScope) -> Q | None:
    """None if nobody shares next steps only."""
    if all(each.shares == Coaching.Shares.INTERVIEWS for each in sharing.coachings.values()):
        return None
    some = sharing.active().filter(shares=Coaching.Shares.STEPS)
    return Q(candidate__in=some.values("candidate"))


def comes_later(sharing: CoachScope) -> Case | Value:
    """Among steps that are shared alone, what can only be closed comes after what can be done."""
    is_meant = _is_of_steps_only(sharing)
    if is_meant is None:
        return Value(0)
    return Case(When(is_meant & Q(step__in=CLOSING_STEPS), then=1), default=0)


def _is_due_today(sharing: CoachScope, now: datetime) -> Q:
    """Including what is due later today: in the morning most calls are still ahead."""
    return Q(step_due_at__lt=in_zones(sharing.zones, now, days=1))


def _is_of(sharing: CoachScope, now: datetime, rules: Sequence[Rule]) -> Q:
    return Q(step_rule__in=rules) & _is_due_today(sharing, now)


def _lacks_agreement(sharing: CoachScope, now: datetime) -> Q:
    """No agreement, no statement about it and no follow-up a day after the end, while the wait is
    young: once its first step is due, another section has it. A row that still says "note the
    agreement" or "prepare" a day after the end has not been swept since."""
    agreed = Agreement.objects.filter(interview=OuterRef("pk"))
    asked = Contact.objects.filter(
        interview=OuterRef("pk"), purpose=Contact.Purpose.FOLLOW_UP, at__gte=OuterRef("starts_at")
    )
    is_told = Q(step_rule__in=UNASKED_RULES, step_reason__since="interview")
    is_told &= Q(step_due_at__gte=in_zones(sharing.zones, now, days=1))
    is_stale = Q(step=Step.FIX_AGREEMENT, step_expires_at__lte=now)
    is_stale |= Q(step=Step.PREPARE, step_expires_at__lte=now - DAY)
    is_unsaid = Q(nothing_agreed_at__isnull=True, result__isnull=True)
    return (is_told | is_stale) & is_unsaid & Q(~Exists(agreed)) & Q(~Exists(asked))


def is_result(sharing: CoachScope, now: datetime, *, kept: UUID | None = None) -> Q:
    """Known recently, and this coach has written nothing about the interview since. A next stage is
    a row of its own, and a result that followed from another was talked over with that."""
    is_open = ~_is_noted(sharing, OuterRef("result__known_at")) | Q(pk=kept)
    is_own = Q(result__follows__isnull=True) & ~Q(result__kind=Result.Kind.NEXT_STAGE)
    is_recent = Q(result__known_at__gt=now - RESULTS_FOR, result__known_at__lte=now)
    return is_recent & is_own & is_open


def _is_left_by_result(sharing: CoachScope, now: datetime, kept: UUID | None) -> Q:
    """A step after it is due, and this coach has written nothing since the result; months later,
    when the candidate wanted to get in touch again, nothing lately."""
    is_open = ~_is_noted(sharing, OuterRef("result__known_at")) | Q(pk=kept)
    is_again = ~_is_noted(sharing, now - RESULTS_FOR) & Q(step_rule=Rule.KEPT_ON_FILE)
    return _is_of(sharing, now, AFTER_RULES) & (is_open | is_again)


def _is_noted(sharing: CoachScope, since: OuterRef | datetime) -> Q:
    notes = CoachNote.objects.filter(interview=OuterRef("pk"), coaching__coach=sharing.coach)
    return Q(Exists(notes.filter(written_at__gte=since)))


def is_coming(sharing: CoachScope, now: datetime) -> Q:
    is_ahead = Q(starts_at__gt=now, starts_at__lt=in_zones(sharing.zones, now, days=2))
    return Q(step=Step.PREPARE) & is_ahead


def shown_at(sharing: CoachScope, now: datetime) -> Case:
    """The moment that a row tells, as `interviews.text.brief_state` does, to sort by: of a promise
    its own day once it has passed, of what lies ahead its start, of an open offer its last day."""
    is_past = Q(step_due_at__lt=in_zones(sharing.zones, now, days=0))
    is_of_promise = Q(step_rule__in=OF_PROMISE, step_reason__has_key="promised_on")
    is_meant = _is_of_steps_only(sharing)
    if is_meant is not None:
        is_of_promise &= ~is_meant
    is_repeated = Q(step_reason__has_key="tried_on") | Q(step_reason__has_key="is_snoozed")
    promised_at = Cast(KT("step_reason__promised_on"), DateTimeField())
    last_day = Cast("result__offer_answer_by_on", DateTimeField())
    is_offer = Q(pk__in=sharing.open_offers) & ~is_missed_call(sharing, now)
    return Case(
        When(is_offer, then=Coalesce(last_day, "result__known_at")),
        When(step=Step.PREPARE, then=F("starts_at")),
        When(is_past & is_of_promise & ~is_repeated, then=Least(promised_at, F("step_due_at"))),
        default=F("step_due_at"),
        output_field=DateTimeField(),
    )


def is_late(sharing: CoachScope, now: datetime) -> "ExpressionWrapper[Any]":
    """Due before today, by the candidate's calendar."""
    is_past = Q(step_due_at__lt=in_zones(sharing.zones, now, days=0))
    return ExpressionWrapper(is_past, output_field=BooleanField())


def in_zones(zones: Iterable[ZoneInfo], now: datetime, *, days: int) -> Case | Value:
    """The candidate's own midnight, this many days after today's; one value if all share a zone."""
    by_zone = {zone.key: midnight(now.astimezone(zone), days) for zone in zones}
    if len(by_zone) == 1:
        return Value(next(iter(by_zone.values())), output_field=DateTimeField())
    whens = [When(candidate__timezone=key, then=Value(at)) for key, at in sorted(by_zone.items())]
    return Case(*whens, default=Value(now), output_field=DateTimeField())


def midnight(local: datetime, days: int) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), time(), local.tzinfo)
