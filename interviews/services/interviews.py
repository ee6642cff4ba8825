"""Interviews: create, move, cancel, snooze."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from interviews.models import (
    Agreement,
    Contact,
    Interlocutor,
    Interview,
    Participation,
    Result,
)
from interviews.rules import limits
from interviews.services import locks, next_step, stages
from interviews.services.checks import check_own, refuse
from interviews.services.vacancies import reopen, save_with_companies

CHANGED_FIELDS = (
    *("stage", "starts_at", "minutes", "place", "link", "notes"),
    *("invitation_sequence", "invitation_stamped_at"),
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """A participant with a role; the first of a list is the lead."""

    interlocutor: Interlocutor
    role: str


@dataclass(frozen=True, slots=True)
class Version:
    """The version of an invitation: its SEQUENCE, and when it was written."""

    sequence: int
    stamped_at: datetime | None = None

    def is_older_than(self, known: "Version") -> bool:
        """Compare by number, then by time, if both have one (RFC 5546)."""
        if self.sequence != known.sequence or not self.stamped_at or not known.stamped_at:
            return self.sequence < known.sequence
        return self.stamped_at < known.stamped_at


def version_of(interview: Interview) -> Version | None:
    """Return the version of the invitation last taken over, or None without one."""
    if interview.invitation_sequence is None:
        return None
    return Version(interview.invitation_sequence, interview.invitation_stamped_at)


@transaction.atomic
def create_interview(
    *, interview: Interview, people: Sequence[Attendee] = (), now: datetime
) -> Interview:
    """Save an interview with its vacancy, company and people, each new or known. A closed position
    is open again."""
    locks.lock_candidate(interview.vacancy.candidate_id)
    again = _already_created(interview)
    if again is not None:
        return again
    save_with_companies(interview.vacancy)
    reopen(interview.vacancy)
    ids = stages.lock_stages(interview.vacancy)
    _check(interview)
    if interview.ends_at <= now and not interview.invitation_uid:
        interview.noted_at = now
    interview.save(force_insert=True)
    _set_people(interview, people)
    _recompute_stages(interview, [*ids, interview.pk], now=now)
    return interview


@transaction.atomic
def change_interview(
    *, interview: Interview, people: Sequence[Attendee] | None = None, now: datetime
) -> Interview:
    """Save the changed instance; another start is a move. `people` None leaves them."""
    ids = stages.lock_stages(interview.vacancy)
    before = locks.lock_interview(interview.pk)
    if before.starts_at != interview.starts_at:
        interview.moved_from_at = before.starts_at
    interview.nothing_agreed_at = before.nothing_agreed_at
    if before.nothing_agreed_at is not None and interview.ends_at > before.nothing_agreed_at:
        interview.nothing_agreed_at = None  # it was said about an end that has not come yet
    interview.noted_at = before.noted_at
    if before.ends_at > now >= interview.ends_at:
        interview.noted_at = now  # what seemed ahead is over
    elif before.noted_at is not None and interview.ends_at > before.noted_at:
        interview.noted_at = None  # it was written down before its end after all
    _check_not_older(version_of(interview), before)
    _check(interview)
    _check_facts_still_fit(interview)
    interview.save(
        update_fields=[*CHANGED_FIELDS, "moved_from_at", "nothing_agreed_at", "noted_at"]
    )
    if people is not None:
        interview.participations.all().delete()
        _set_people(interview, people)
    _recompute_stages(interview, ids, now=now)
    return interview


@transaction.atomic
def change_notes(*, interview: Interview, notes: str, was: str) -> None:
    """Replace the notes if they still are what they `was`; a refusal keeps what is stored."""
    stored = locks.lock_interview(interview.pk)
    if stored.notes.splitlines() not in (was.splitlines(), notes.splitlines()):
        raise refuse("notes", _("These notes were changed elsewhere, so yours aren’t saved yet."))
    stored.notes = notes
    stored.save(update_fields=["notes"])


@transaction.atomic
def cancel_interview(
    *, interview: Interview, now: datetime, version: Version | None = None
) -> None:
    """Cancel it: it then has no step, and the stage before it is open again. The invitation's
    version is stored, so that an older one is not taken over later."""
    ids = stages.lock_stages(interview.vacancy)
    row = locks.lock_interview(interview.pk)
    if version is not None:
        _keep_version(row, version)
    if not row.is_cancelled:
        next_step.cancel(row, now=now)
    stages.take_back_answer(interview)
    _recompute_stages(interview, ids, now=now)


@transaction.atomic
def reinstate_interview(*, interview: Interview, now: datetime) -> None:
    """Undo a cancellation."""
    ids = stages.lock_stages(interview.vacancy)
    Interview.objects.filter(pk=interview.pk).update(cancelled_at=None, cancelled_by=None)
    reopen(interview.vacancy)
    _recompute_stages(interview, ids, now=now)


@transaction.atomic
def note_invitation(*, interview: Interview, version: Version) -> None:
    """Note the version of an invitation that changes nothing, so that older ones are recognised."""
    row = locks.lock_interview(interview.pk)
    known = version_of(row)
    if known is None or not version.is_older_than(known):
        _keep_version(row, version)


def _recompute_stages(interview: Interview, ids: Sequence[UUID], *, now: datetime) -> None:
    stages.answer_stages(interview.vacancy, now=now)
    next_step.recompute_next_step(ids, now=now)
    interview.refresh_from_db()


@transaction.atomic
def note_nothing_agreed(
    *, interview: Interview, now: datetime, noted_at: datetime | None = None
) -> None:
    """The candidate said that nothing was agreed, now or at `noted_at`; a later agreement overrules
    it."""
    row = locks.lock_interview(interview.pk)
    if row.ends_at > now:
        raise refuse(
            "__all__", _("The interview isn’t over yet, so you can still agree something.")
        )
    if row.nothing_agreed_at is None:
        row.nothing_agreed_at = max(noted_at or now, row.ends_at)
        row.save(update_fields=["nothing_agreed_at"])
        next_step.recompute_next_step([row.pk], now=now)


@transaction.atomic
def take_back_nothing_agreed(*, interview: Interview, now: datetime) -> None:
    """Undo a stray tap: the product asks again what was agreed."""
    row = locks.lock_interview(interview.pk)
    row.nothing_agreed_at = None
    row.save(update_fields=["nothing_agreed_at"])
    next_step.recompute_next_step([row.pk], now=now)


@transaction.atomic
def snooze_interview(*, interview: Interview, until: datetime, now: datetime) -> None:
    """Snooze the current step until a moment in the coming year."""
    row = locks.lock_interview(interview.pk)
    if until <= now or until.date() > limits.latest_due(now.date()):
        raise refuse("until", _("Choose a date within the next year."))
    row.snoozed_until = until
    row.save(update_fields=["snoozed_until"])
    next_step.recompute_next_step([row.pk], now=now, is_fact=False)


@transaction.atomic
def restore_snooze(*, interview: Interview, until: datetime | None, now: datetime) -> None:
    """Restore the earlier snooze, or none: a tap is undone."""
    row = locks.lock_interview(interview.pk)
    row.snoozed_until = until
    row.save(update_fields=["snoozed_until"])
    next_step.recompute_next_step([row.pk], now=now, is_fact=False)


def _already_created(interview: Interview) -> Interview | None:
    if interview.submission_id is None:
        return None
    rows = Interview.objects.filter(
        candidate_id=interview.vacancy.candidate_id, submission_id=interview.submission_id
    )
    return rows.first()


def _check(interview: Interview) -> None:
    vacancy = interview.vacancy
    interview.vacancy, interview.candidate = vacancy, vacancy.candidate
    check_own(vacancy.candidate, continues=interview.continues)
    if not limits.is_in_range(interview.starts_at.date()):
        raise refuse(
            "starts_at", _("Check the year. It looks too early or too late.")
        )  # before its end is computed
    if interview.continues is not None and interview.continues.vacancy_id != vacancy.pk:
        raise refuse("continues", _("The next stage must be for the same position."))
    if interview.continues is not None and interview.starts_at < interview.continues.ends_at:
        raise refuse("starts_at", _("Choose a time after the previous stage ended."))
    next_stages = Interview.objects.not_cancelled().filter(continues=interview)
    if next_stages.filter(starts_at__lt=interview.ends_at).exists():
        raise refuse("starts_at", _("Choose a time before the next stage starts."))
    interview.full_clean()


def _keep_version(row: Interview, given: Version) -> None:
    if not row.invitation_uid:
        return
    _check_not_older(given, row)
    row.invitation_sequence, row.invitation_stamped_at = given.sequence, given.stamped_at
    row.save(update_fields=["invitation_sequence", "invitation_stamped_at"])


def _check_not_older(given: Version | None, before: Interview) -> None:
    """Somebody may open the versions of an invitation in the wrong order."""
    known = version_of(before)
    if known is not None and (given is None or given.is_older_than(known)):
        raise refuse("__all__", _("You’ve already added a newer version of this invitation."))


def _check_facts_still_fit(interview: Interview) -> None:
    """No fact may come to lie more than a day before the interview's new end."""
    moments = [
        *Agreement.objects.filter(interview=interview).values_list("made_at", flat=True),
        *Contact.objects.filter(interview=interview).values_list("at", flat=True),
        *Result.objects.filter(interview=interview).values_list("known_at", flat=True),
    ]
    if moments and not limits.is_recent_enough(min(moments), ended=interview.ends_at):
        raise refuse(
            "starts_at",
            _(
                "You’ve already recorded what happened after this interview. Add a new interview "
                "instead."
            ),
        )


def _set_people(interview: Interview, people: Sequence[Attendee]) -> None:
    seen: set[UUID] = set()
    for attendee in people:
        person = attendee.interlocutor
        if person._state.adding:
            person.candidate = interview.candidate
            # updates the foreign key if the company was saved just now
            person.company = person.company
            person.full_clean()
            person.save()
        check_own(interview.candidate, people=person)
        if person.pk in seen:
            continue
        participation = Participation(
            interview=interview,
            interlocutor=person,
            position=len(seen),
            role=attendee.role,
        )
        participation.full_clean()
        participation.save()
        seen.add(person.pk)
