"""Take back an import, except what has been changed since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from interviews.models import (
    Agreement,
    Company,
    Contact,
    Interlocutor,
    Interview,
    PositionImport,
    Result,
    Vacancy,
)
from interviews.services import locks, next_step, position_state

from .changes import Change, print_of, print_of_result, print_of_value, same_value
from .save import refresh_under_lock

UNDONE_WITHIN = timedelta(days=7)
# Of a position that an import created: what nobody else may have written.
OWN_FIELDS = frozenset({"id", "candidate", "company", "title", "state", "created_at"})
DAYS = ("applied_on", "closed_on", "follow_up_on")


@dataclass(frozen=True, slots=True)
class Undone:
    """How many positions were taken back, and how many stayed since they were changed."""

    taken_back: int
    kept: int


def may_be_undone(position_import: PositionImport, *, now: datetime) -> bool:
    """For seven days; an import that failed halfway too."""
    finished = position_import.finished_at
    is_over = position_import.state in (PositionImport.State.DONE, PositionImport.State.FAILED)
    return is_over and finished is not None and now < finished + UNDONE_WITHIN


@transaction.atomic
def undo_import(*, position_import: PositionImport, now: datetime) -> Undone:
    """Take back what the import created and filled in, if it is still as the import left it.
    Nothing happens if it was undone before, or runs again."""
    candidate = position_import.candidate
    locks.lock_candidate(candidate.pk)
    refresh_under_lock(position_import)
    if not may_be_undone(position_import, now=now):
        return Undone(0, 0)
    changes = [Change.from_json(one) for one in position_import.changes]
    keys = [change.vacancy for change in changes]
    vacancies = {str(row.pk): row for row in Vacancy.objects.filter(pk__in=keys)}
    interviews = [key for change in changes for key in change.interviews]
    locks.lock_interviews(Interview.objects.filter(vacancy__in=keys).values_list("pk", flat=True))
    touched = _touched_interviews(interviews, changes) | _touched_results(changes)
    taken_back = kept = 0
    for change in changes:
        vacancy = vacancies.get(change.vacancy)
        if vacancy is None:
            continue
        if _take_back(change, vacancy, touched):
            taken_back += 1
        else:
            kept += 1
    _take_back_people(changes)
    _take_back_companies(changes)
    rows = Interview.objects.filter(vacancy__in=keys).order_by("pk")
    next_step.recompute_next_step(list(rows.values_list("pk", flat=True)), now=now)
    position_state.recompute_states(Vacancy.objects.filter(pk__in=keys))
    position_import.state = PositionImport.State.UNDONE
    position_import.save(update_fields=["state"])
    return Undone(taken_back, kept)


def _touched_interviews(keys: Sequence[str], changes: Sequence[Change]) -> set[str]:
    """Return the interviews about which something was recorded since."""
    at = {key: change.at for change in changes for key in change.interviews}
    prints = {key: text for change in changes for key, text in change.interviews.items()}
    rows = Interview.objects.filter(pk__in=keys)
    found = {
        str(row.pk)
        for row in rows
        if print_of(row) != prints[str(row.pk)]
        or (row.active_at is not None and row.active_at > at[str(row.pk)])
        or row.moved_from_at is not None
        or row.is_cancelled
    }
    for model in (Agreement, Contact):
        recorded = model.objects.filter(interview__in=keys)
        found |= {str(key) for key in recorded.values_list("interview", flat=True)}
    return found


def _touched_results(changes: Sequence[Change]) -> set[str]:
    """Return the results that the candidate has changed since, such as an offer by an answer."""
    prints = {key: text for change in changes for key, text in change.results.items()}
    rows = Result.objects.filter(pk__in=prints)
    return {str(row.pk) for row in rows if print_of_result(row) != prints[str(row.pk)]}


def _take_back(change: Change, vacancy: Vacancy, touched: set[str]) -> bool:
    if any(key in touched for key in (*change.interviews, *change.results)):
        return False
    if change.created:
        if not _is_untouched(change, vacancy):
            return False
        vacancy.delete()
        return True
    Result.objects.filter(pk__in=change.results).delete()
    Interview.objects.filter(pk__in=change.interviews).delete()
    names = [
        name for name, value in change.set.items() if same_value(getattr(vacancy, name), value)
    ]
    for name in names:
        setattr(vacancy, name, _value(name, change.was[name]))
    if names:
        vacancy.save(update_fields=names)
    return True


def _is_untouched(change: Change, vacancy: Vacancy) -> bool:
    """Whether a created position is as the import left it, with nothing added."""
    fresh = Vacancy()
    for column in Vacancy._meta.concrete_fields:
        if column.name in OWN_FIELDS:
            continue
        current = getattr(vacancy, column.attname)
        wanted = print_of_value(getattr(fresh, column.attname))
        if not same_value(current, change.set.get(column.name, wanted)):
            return False
    more = vacancy.interviews.exclude(pk__in=change.interviews)
    return not (more.exists() or vacancy.tags.exists() or vacancy.attachments.exists())


def _value(name: str, kept: Any) -> Any:
    return date.fromisoformat(kept) if name in DAYS and kept is not None else kept


def _take_back_people(changes: Sequence[Change]) -> None:
    keys = [key for change in changes for key in change.people]
    used = Q(interviews__isnull=False) | Q(contacts__isnull=False) | ~Q(notes="")
    people = Interlocutor.objects.filter(pk__in=keys)
    kept = people.filter(used).values_list("pk", flat=True)
    people.exclude(pk__in=list(kept)).delete()
    filled = {key: names for change in changes for key, names in change.filled.items()}
    for person in Interlocutor.objects.filter(pk__in=filled):
        names = filled[str(person.pk)]
        own = [name for name in names if same_value(getattr(person, name), names[name])]
        for name in own:
            setattr(person, name, "")
        person.save(update_fields=own)


def _take_back_companies(changes: Iterable[Change]) -> None:
    keys = [key for change in changes for key in change.companies]
    used = (
        Q(vacancies__isnull=False)
        | Q(recruited_vacancies__isnull=False)
        | Q(interlocutors__isnull=False)
    )
    companies = Company.objects.filter(pk__in=keys)
    kept = companies.filter(used).values_list("pk", flat=True)
    companies.exclude(pk__in=list(kept)).delete()
