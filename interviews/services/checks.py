"""Consistency checks across rows; each refuses with one clear sentence."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interviews.models import Agreement, Candidate, Interview
from interviews.next_step import candidate_facts, due_in_zone
from interviews.rules import limits


def refuse(field: str, sentence: str) -> ValidationError:
    return ValidationError({field: [sentence]})


def check_moment(field: str, moment: datetime, *, interview: Interview, now: datetime) -> None:
    """A fact lies neither in the future nor more than a day before the interview's end."""
    if not limits.is_past(moment, now=now):
        raise refuse(field, _("This time is in the future. Enter when it happened."))
    if not limits.is_recent_enough(moment, ended=interview.ends_at):
        raise refuse(field, _("Choose a time at most a day before the interview ended."))


def check_due(agreement: Agreement) -> None:
    """The promised date and time come after the agreement, and within a year."""
    if agreement.due_on is None:
        return
    candidate = agreement.interview.candidate
    facts = candidate_facts(candidate)
    due, due_time = due_in_zone(agreement, candidate.timezone)
    assert due is not None
    if not limits.is_in_range(due) or not limits.is_due_soon_enough(
        facts, made=agreement.made_at, due=due
    ):
        raise refuse("due_on", _("Choose a date within the next year."))
    if not limits.is_due_day(facts, made=agreement.made_at, due=due):
        raise refuse("due_on", _("Choose the date you agreed on this, or a later one."))
    if due_time is not None and not limits.is_due_time(
        facts, made=agreement.made_at, due=due, due_time=due_time
    ):
        raise refuse("due_time", _("Choose a time after you agreed on this."))


def check_own(candidate: Candidate, **related: object) -> None:
    """Everything that a row points to belongs to the same candidate."""
    for field, row in related.items():
        if row is not None and getattr(row, "candidate_id", None) != candidate.pk:
            raise refuse(field, _("Choose one of your own entries."))
