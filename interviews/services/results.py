"""Results: how a wait ended, and what it taught."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core import serializers
from django.db import transaction
from django.http import Http404
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


def text_of(result: Result) -> str:
    """All that is stored of it, for `put_back_result`."""
    # Django's own JSON cuts moments to milliseconds.
    rows = serializers.serialize("python", [result])
    return json.dumps(rows, default=lambda moment: moment.isoformat())


@transaction.atomic
def put_back_result(*, interview: Interview, was: str, now: datetime) -> None:
    """Restore the result that an interview had, exactly as it was, instead of its present one.
    Raise Http404 if what it belonged to is gone."""
    ids = stages.lock_stages(interview.vacancy)
    for present in Result.objects.filter(interview=interview):
        stages.take_back_result(present)
    [stored] = serializers.deserialize("python", json.loads(was))
    result, named = stored.object, (stored.m2m_data or {}).get("competences", ())
    assert isinstance(result, Result)
    later = result.next_interview_id
    if result.interview_id != interview.pk or (later and later not in ids):
        raise Http404
    stored.save(save_m2m=False)
    mine = Competence.objects.filter(candidate=interview.candidate_id)
    result.competences.set(mine.filter(pk__in=named))
    if result.kind in stages.CLOSING_KINDS:
        stages.close_vacancy(result, now=now)
    next_step.recompute_next_step(ids, now=now)


@transaction.atomic
def fill_result(*, result: Result, now: datetime, **found: object) -> list[str]:
    """Add what the stored result does not say yet; return the names of these fields."""
    ids = stages.lock_stages(result.interview.vacancy)
    stored = Result.objects.select_related("interview__candidate").get(pk=result.pk)
    names = [name for name, value in found.items() if value and not getattr(stored, name)]
    for name in names:
        setattr(stored, name, found[name])
    if names:
        _check_days(stored)
        stored.full_clean(exclude=["interview"])
        stored.save(update_fields=names)
        next_step.recompute_next_step(ids, now=now)
    return names


@transaction.atomic
def clear_result(*, result: Result, names: Iterable[str], now: datetime) -> None:
    """Undo `fill_result`."""
    ids = stages.lock_stages(result.interview.vacancy)
    unsaid = Result()
    values = {name: getattr(unsaid, name) for name in names}
    Result.objects.filter(pk=result.pk).update(**values)
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
    _check_days(result)
    result.full_clean(exclude=["interview"])  # the row that it replaces still exists
    check_moment("known_at", result.known_at, interview=result.interview, now=now)


def _check_days(result: Result) -> None:
    for field in ("recontact_on", "offer_answer_by_on", "offer_starts_on"):
        day = getattr(result, field)
        if day is not None and not limits.is_in_range(day):
            raise refuse(field, _("Check the year. It looks too early or too late."))


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
