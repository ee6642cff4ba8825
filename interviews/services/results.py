"""Results: how a wait ended, and what it taught."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from interviews.models import Candidate, Competence, Interview, Result, normalise_name
from interviews.rules import limits
from interviews.services import locks, next_step, stages
from interviews.services.checks import check_moment, refuse
from interviews.services.idempotency import already_answered


@transaction.atomic
def record_result(*, result: Result, competences: Sequence[str] = (), now: datetime) -> Result:
    """Record a result; a late answer replaces an older result."""
    ids = stages.lock_stages(result.interview.vacancy)
    interview = locks.lock_interview(result.interview_id)
    earlier = already_answered(interview, result.submission_id)
    if earlier is not None:
        return earlier
    result.interview = interview
    _check(result, now=now)
    for replaced in Result.objects.filter(interview=interview):
        result.replaced_submission_ids = replaced.submissions
        stages.take_back_result(replaced)
    if any(normalise_name(name) for name in competences) or result.feedback.strip():
        result.lessons = Result.Lessons.RECORDED
    result.save()
    result.competences.set(_competences(interview.candidate, competences))
    interview.snoozed_until = None
    interview.save(update_fields=["snoozed_until"])
    if result.kind in stages.CLOSING_KINDS:
        stages.close_vacancy(result, now=now)
    next_step.recompute_next_step(ids, now=now)
    return result


@transaction.atomic
def delete_result(*, result: Result, now: datetime) -> None:
    """Delete a result, and what followed from it on the vacancy's other stages.

    Deleting `next_stage` means that the later interview does not continue this one.
    """
    ids = stages.lock_stages(result.interview.vacancy)
    if result.next_interview_id is not None:
        Interview.objects.filter(pk=result.next_interview_id).update(continues=None)
    stages.take_back_result(result)
    stages.answer_stages(result.interview.vacancy, now=now)
    next_step.recompute_next_step(ids, now=now)


@transaction.atomic
def answer_offer(*, result: Result, answer: str, now: datetime) -> Result:
    """The candidate's answer; it can be changed at any time."""
    ids = stages.lock_stages(result.interview.vacancy)
    stored = _offer(result)
    stored.offer_answer = answer
    stored.full_clean(exclude=["interview"])
    stored.save(update_fields=["offer_answer"])
    next_step.recompute_next_step(ids, now=now)
    return stored


@transaction.atomic
def ask_for_time(*, result: Result, answer_by_on: date, now: datetime) -> Result:
    """The employer extended the deadline: the offer is open until then. `now` is in the candidate's
    zone."""
    ids = stages.lock_stages(result.interview.vacancy)
    stored = _offer(result)
    if answer_by_on < now.date():
        raise refuse("answer_by_on", _("Choose today or a later date."))
    if not limits.is_in_range(answer_by_on):
        raise refuse("answer_by_on", _("Check the year. It looks too early or too late."))
    stored.offer_answer, stored.offer_answer_by_on = Result.Answer.OPEN, answer_by_on
    stored.save(update_fields=["offer_answer", "offer_answer_by_on"])
    next_step.recompute_next_step(ids, now=now)
    return stored


def _offer(result: Result) -> Result:
    """Return the offer as it is now, under the lock."""
    stored = Result.objects.select_related("interview__candidate").get(pk=result.pk)
    if stored.kind != Result.Kind.OFFER:
        raise refuse(
            "answer", _("This is no longer an offer. Open the interview to see the latest.")
        )
    return stored


def _check(result: Result, *, now: datetime) -> None:
    if result.kind == Result.Kind.NEXT_STAGE:
        raise refuse("kind", _("Add the next interview. That records the answer for this one."))
    for field in ("recontact_on", "offer_answer_by_on", "offer_starts_on"):
        day = getattr(result, field)
        if day is not None and not limits.is_in_range(day):
            raise refuse(field, _("Check the year. It looks too early or too late."))
    result.full_clean(exclude=["interview"])  # the row that it replaces still exists
    check_moment("known_at", result.known_at, interview=result.interview, now=now)


def _competences(candidate: Candidate, names: Iterable[str]) -> list[Competence]:
    found = []
    for name in names:
        if not (normalised := normalise_name(name)):
            continue
        competence = Competence(candidate=candidate, name=name.strip())
        competence.clean()
        competence.clean_fields()
        found.append(
            Competence.objects.get_or_create(
                candidate=candidate, normalised_name=normalised, defaults={"name": name.strip()}
            )[0]
        )
    return found
