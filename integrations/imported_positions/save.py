"""Save the rows of an import: join what is there, create the rest, remember what was done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from integrations.position_import import PositionRow, Talk
from interviews.models import (
    Company,
    Interlocutor,
    Interview,
    Participation,
    PositionImport,
    Result,
    Vacancy,
    normalise_name,
)
from interviews.services import locks, next_step, position_state

from .build import (
    Moment,
    continue_stages,
    new_interview,
    new_person,
    new_result,
    outcome_of,
    starts_at,
    usable_email,
    vacancy_values,
    what_is_lacking,
)
from .changes import (
    Change,
    plain_value,
    print_of,
    print_of_result,
    print_of_value,
    same_value,
    written_before,
)
from .known import KnownPeople, KnownPositions, companies_of, interviews_of

BATCH = 500


def save_positions(
    *, position_import: PositionImport, rows: Sequence[PositionRow], now: datetime
) -> dict[str, int]:
    """Save the rows, one transaction for each batch; begin where an interrupted run stopped.

    Nothing that the candidate typed is replaced: only what is empty is filled, and what an earlier
    import wrote and nobody has changed since.
    """
    for start in range(position_import.rows_done, len(rows), BATCH):
        if not _save_batch(position_import, rows[start : start + BATCH], start, now=now):
            break
    return dict(position_import.counts)


@transaction.atomic
def _save_batch(
    position_import: PositionImport, rows: Sequence[PositionRow], start: int, *, now: datetime
) -> bool:
    """Return False, and save nothing, if somebody else has saved these rows since, or taken the
    import back."""
    candidate = position_import.candidate
    locks.lock_candidate(candidate.pk)
    refresh_under_lock(position_import)
    if position_import.rows_done != start or position_import.state == PositionImport.State.UNDONE:
        return False
    batch = _Batch(position_import, Moment(now, candidate))
    for row in rows:
        batch.add(row)
    counts = batch.save()
    position_import.counts = dict(Counter(position_import.counts) + counts)
    position_import.changes = [*position_import.changes, *(one.to_json() for one in batch.changes)]
    position_import.rows_done += len(rows)
    position_import.save(update_fields=["counts", "changes", "rows_done"])
    return True


def refresh_under_lock(position_import: PositionImport) -> None:
    """Read what it remembers anew: a copy may be older than what another process has saved."""
    position_import.refresh_from_db(
        fields=["state", "counts", "changes", "rows_done", "finished_at"],
        from_queryset=PositionImport.objects.select_for_update(),
    )


@dataclass(slots=True)
class _New:
    """What the batch creates, in the order of saving."""

    companies: list[Company] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)
    people: list[Interlocutor] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)


class _Batch:
    def __init__(self, position_import: PositionImport, moment: Moment) -> None:
        candidate = moment.candidate
        self.changes: list[Change] = []
        self._moment = moment
        self._known = KnownPositions.of(candidate)
        self._people = KnownPeople.of(candidate)
        self._companies = companies_of(candidate)
        self._interviews = interviews_of(candidate)
        self._before = written_before(candidate)
        self._new = _New()
        self._changed: dict[UUID, tuple[Vacancy, set[str]]] = {}
        self._filled: list[Interlocutor] = []
        self._touched: set[UUID] = set()
        self._joined = 0

    def add(self, row: PositionRow) -> None:
        vacancy = self._known.same_as(row)
        change = Change(at=self._moment.now, created=vacancy is None)
        if vacancy is None:
            vacancy = self._new_vacancy(row, change)
        else:
            self._joined += 1
        change.vacancy = str(vacancy.pk)
        people = self._add_people(row, vacancy, change)
        is_decided = self._add_interviews(row, vacancy, people, change)
        self._fill(
            vacancy, vacancy_values(row, is_decided=is_decided, today=self._moment.today), change
        )
        if change.says_something:
            self.changes.append(change)

    def _new_vacancy(self, row: PositionRow, change: Change) -> Vacancy:
        name = normalise_name(row.company)
        company = self._companies.get(name)
        if company is None:
            company = Company(candidate=self._moment.candidate, name=row.company)
            company.normalised_name = name
            self._companies[name] = company
            self._new.companies.append(company)
            change.companies.append(str(company.pk))
        vacancy = Vacancy(candidate=self._moment.candidate, company=company, title=row.position)
        vacancy.url = row.advert_url[:500]
        vacancy.applied_on = row.applied_on
        self._known.add(vacancy)
        self._new.vacancies.append(vacancy)
        return vacancy

    def _fill(self, vacancy: Vacancy, values: dict[str, Any], change: Change) -> None:
        """Write what is empty, or still as an earlier import wrote it."""
        if change.created:
            for name, value in values.items():
                setattr(vacancy, name, value)
            change.set = {name: print_of_value(value) for name, value in values.items()}
            return
        before = self._before.get(change.vacancy, {})
        closing = {name: values.pop(name) for name in ("closing_reason", "closed_on")}
        for name, value in values.items():
            self._write(vacancy, name, value, before, change)
        if closing["closing_reason"] and self._may(vacancy, "closing_reason", before):
            for name, value in closing.items():
                own = {name: print_of_value(getattr(vacancy, name))}
                self._write(vacancy, name, value, own, change)

    def _may(self, vacancy: Vacancy, name: str, before: dict[str, str]) -> bool:
        current = getattr(vacancy, name)
        is_free = not current or (name == "declared_state" and current == "saved")
        return is_free or (name in before and same_value(current, before[name]))

    def _write(
        self, vacancy: Vacancy, name: str, value: Any, before: dict[str, str], change: Change
    ) -> None:
        current = getattr(vacancy, name)
        if not value or current == value or not self._may(vacancy, name, before):
            return
        change.was[name], change.set[name] = plain_value(current), print_of_value(value)
        setattr(vacancy, name, value)
        _, names = self._changed.setdefault(vacancy.pk, (vacancy, set()))
        names.add(name)

    def _add_people(
        self, row: PositionRow, vacancy: Vacancy, change: Change
    ) -> list[tuple[Interlocutor, str]]:
        found = []
        for person in row.people:
            known = self._people.same_as(person, vacancy.company)
            if known is None:
                known = new_person(person, vacancy.company, self._moment.candidate)
                if known is None:
                    continue
                self._people.add(known)
                self._new.people.append(known)
                change.people.append(str(known.pk))
            elif not known._state.adding:
                self._fill_person(known, usable_email(person.email), person.phone, change)
            found.append((known, person.role))
        return found

    def _fill_person(self, known: Interlocutor, email: str, phone: str, change: Change) -> None:
        fresh = what_is_lacking(known, email, phone)
        if fresh:
            for name, value in fresh.items():
                setattr(known, name, value)
                change.filled.setdefault(str(known.pk), {})[name] = print_of_value(value)
            self._filled.append(known)

    def _add_interviews(
        self,
        row: PositionRow,
        vacancy: Vacancy,
        people: Sequence[tuple[Interlocutor, str]],
        change: Change,
    ) -> bool:
        """Add what is not there yet; return whether the interviews say how the position stands: by
        a result that ends it, or since one of them is still waited for."""
        there = self._interviews[vacancy.pk]
        fresh = [
            interview
            for talk in row.interviews
            if not any(self._is_same(talk, other) for other in there)
            and (interview := new_interview(talk, vacancy, self._moment))
        ]
        there += fresh
        results = continue_stages(there, self._moment) if fresh else []
        lasting = [one for one in there if not one.is_cancelled]
        last = max(lasting, key=lambda one: one.starts_at, default=None)
        outcome = outcome_of(row)
        if outcome and last is not None:
            result = new_result(outcome, last, row, self._moment)
            results += [result] if result else []
        if fresh:
            self._attend(fresh[-1], people)
        self._new.interviews += fresh
        self._new.results += results
        self._touched |= {result.interview_id for result in results}
        change.interviews |= {str(one.pk): print_of(one) for one in fresh}
        change.results |= {str(one.pk): print_of_result(one) for one in results}
        told = [Result.of(one) for one in lasting]
        return any(each is None or each.kind != Result.Kind.NEXT_STAGE for each in told)

    def _is_same(self, talk: Talk, other: Interview) -> bool:
        if isinstance(talk.starts, datetime):
            return starts_at(talk, self._moment) == other.starts_at
        return other.starts_at.astimezone(self._moment.candidate.zone).date() == talk.starts

    def _attend(self, interview: Interview, people: Sequence[tuple[Interlocutor, str]]) -> None:
        """The people of a row are those of its last interview, which is waited for."""
        seen: dict[UUID, str] = {}
        for person, role in people:
            seen.setdefault(person.pk, role)
        self._new.participations += [
            Participation(
                interview=interview,
                interlocutor_id=pk,
                position=n,
                role=role,
            )
            for n, (pk, role) in enumerate(seen.items())
        ]

    def save(self) -> Counter[str]:
        new = self._new
        Company.objects.bulk_create(new.companies, batch_size=200)
        Vacancy.objects.bulk_create(new.vacancies, batch_size=200)
        Interlocutor.objects.bulk_create(new.people, batch_size=200)
        # A stage comes after the one that it continues.
        interviews = sorted(new.interviews, key=lambda one: one.starts_at)
        Interview.objects.bulk_create(interviews, batch_size=200)
        Participation.objects.bulk_create(new.participations, batch_size=200)
        Result.objects.bulk_create(new.results, batch_size=200)
        names = sorted({name for _, changed in self._changed.values() for name in changed})
        if names:
            vacancies = [vacancy for vacancy, _ in self._changed.values()]
            Vacancy.objects.bulk_update(vacancies, names, batch_size=200)
        if self._filled:
            Interlocutor.objects.bulk_update(self._filled, ["email", "phone"], batch_size=200)
        self._decide()
        return Counter(
            {
                "positions": len(new.vacancies),
                "joined": self._joined,
                "interviews": len(new.interviews),
                "people": len(new.people),
                "results": sum(one.kind != Result.Kind.NEXT_STAGE for one in new.results),
            }
        )

    def _decide(self) -> None:
        touched = sorted({*(one.pk for one in self._new.interviews), *self._touched})
        locks.lock_interviews(touched)
        next_step.recompute_next_step(touched, now=self._moment.now)
        keys = [*(one.pk for one in self._new.vacancies), *self._changed]
        position_state.recompute_states(Vacancy.objects.filter(pk__in=keys))
