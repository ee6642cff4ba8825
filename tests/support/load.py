"""Random service calls on one candidate's data, from one process or from many.

`python -m tests.support.load CANDIDATE_ID SEED CALLS` runs one process's share on the database of
the environment. The clock is virtual and advances with each call, equally in every process, so that
later checks have one latest time.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from interviews.models import (
    Agreement,
    Candidate,
    Contact,
    Criterion,
    Interlocutor,
    Interview,
    Result,
    Vacancy,
    Weight,
)
from interviews.services import (
    agreements,
    candidates,
    contacts,
    interlocutors,
    interviews,
    results,
    vacancies,
)
from interviews.services.withdrawals import withdraw_from
from reminders.sweep import sweep
from tests.support import people

BASE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEP = timedelta(minutes=35)
ZONES = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia")


class Load:
    """Random calls, reproducible from the seed; `done` and `refused` count their outcomes."""

    def __init__(self, candidate_id: UUID, seed: int) -> None:
        self.candidate_id = candidate_id
        self.random = Random(seed)
        self.now = BASE
        self.done = self.refused = 0

    def run(self, calls: int) -> None:
        for _ in range(calls):
            self.now += STEP
            try:
                self.random.choice(CALLS)(self)
                self.done += 1
            except (ValidationError, ObjectDoesNotExist):
                # The call was not allowed, or another process deleted the row before.
                self.refused += 1

    def pick(self, rows: object) -> object:
        found = list(rows.order_by("pk"))  # type: ignore[attr-defined]
        if not found:
            raise Interview.DoesNotExist
        return self.random.choice(found)

    def interview(self) -> Interview:
        return self.pick(Interview.objects.filter(candidate=self.candidate_id))  # type: ignore[return-value]

    def person(self) -> Interlocutor | None:
        rows = Interlocutor.objects.filter(candidate=self.candidate_id).order_by("pk")
        return self.random.choice([None, *rows])

    def moment(self) -> datetime:
        return self.now - timedelta(hours=self.random.uniform(0, 90))


def create(load: Load) -> None:
    candidate = Candidate.objects.get(pk=load.candidate_id)
    continues = load.interview() if load.random.random() < 0.4 else None
    people.make_interview(
        candidate,
        starts_at=load.now + timedelta(hours=load.random.uniform(-200, 100)),
        now=load.now,
        company=load.random.choice(["Acme", "Bolt", "Cedar"]),
        people=((load.random.choice(["Anna", "Ben", "Chloé"]), "recruiter"),),
        continues=continues,
    )


def agree(load: Load) -> None:
    made = load.moment()
    due = made.date() + timedelta(days=load.random.randint(0, 9))
    people.make_agreement(
        load.interview(),
        now=load.now,
        made_at=made,
        due_on=load.random.choice([None, due]),
        initiator=load.random.choice(["employer", "candidate"]),
        may_call=load.random.choice(["yes", "no", "not_asked"]),
        silence_is_refusal=load.random.random() < 0.2,
        responsible=load.person(),
    )


def contact(load: Load) -> None:
    direction, channel, outcome = load.random.choice(
        [
            ("out", "phone", "no_answer"),
            ("out", "phone", "reached"),
            ("out", "email", "sent"),
            ("in", "phone", "no_answer"),
            ("in", "email", "reached"),
        ]
    )
    people.make_contact(
        load.interview(),
        now=load.now,
        at=load.moment(),
        direction=direction,
        channel=channel,
        outcome=outcome,
        person=load.person(),
        purpose=load.random.choice(["follow_up", "thanks", "other"]),
    )


def move_contact(load: Load) -> None:
    row = load.pick(Contact.objects.filter(interview__candidate=load.candidate_id))
    row.at = load.moment()  # type: ignore[attr-defined]
    contacts.change_contact(contact=row, now=load.now)  # type: ignore[arg-type]


def answer(load: Load) -> None:
    kind = load.random.choice(["offer", "refusal", "assumed_refusal", "withdrawn", "no_response"])
    people.make_result(
        load.interview(),
        now=load.now,
        known_at=load.moment(),
        kind=kind,
        offer_answer="open" if kind == "offer" else "",
        competences=load.random.choice([(), ("SQL",), ("SQL", "patience")]),
    )


def forget(load: Load) -> None:
    noun, delete = load.random.choice(
        [
            (Agreement, lambda row: agreements.delete_agreement(agreement=row, now=load.now)),
            (Contact, lambda row: contacts.delete_contact(contact=row, now=load.now)),
            (Result, lambda row: results.delete_result(result=row, now=load.now)),
        ]
    )
    delete(load.pick(noun.objects.filter(interview__candidate=load.candidate_id)))


def forget_person(load: Load) -> None:
    row = load.pick(Interlocutor.objects.filter(candidate=load.candidate_id))
    interlocutors.delete_interlocutor(interlocutor=row, now=load.now)  # type: ignore[arg-type]


def cancel(load: Load) -> None:
    interviews.cancel_interview(interview=load.interview(), now=load.now)


def reinstate(load: Load) -> None:
    interviews.reinstate_interview(interview=load.interview(), now=load.now)


def move(load: Load) -> None:
    row = load.interview()
    row.starts_at += timedelta(hours=load.random.uniform(-48, 48))
    interviews.change_interview(interview=row, now=load.now)


def snooze(load: Load) -> None:
    until = load.now + timedelta(hours=load.random.uniform(1, 100))
    interviews.snooze_interview(interview=load.interview(), until=until, now=load.now)


def nothing(load: Load) -> None:
    interviews.note_nothing_agreed(interview=load.interview(), now=load.now)


def weigh(load: Load) -> None:
    ratings = [None, 1, 2, 3, 4, 5]
    vacancies.rate_vacancy(
        vacancy=load.interview().vacancy,
        attractiveness=load.random.choice(ratings),
        desire=load.random.choice(ratings),
        ratings={each: load.random.choice(ratings) for each in Criterion},
        now=load.now,
    )


def weights(load: Load) -> None:
    vacancies.set_weights(
        candidate=Candidate.objects.get(pk=load.candidate_id),
        weights={each: load.random.choice(Weight.values) for each in Criterion},
        now=load.now,
    )


def answer_offer(load: Load) -> None:
    offers = Result.objects.filter(interview__candidate=load.candidate_id, kind="offer")
    answered = load.random.choice(["open", "accepted", "declined"])
    results.answer_offer(result=load.pick(offers), answer=answered, now=load.now)  # type: ignore[arg-type]


def withdraw(load: Load) -> None:
    chosen = Vacancy.objects.filter(interviews__in=[load.interview(), load.interview()])
    withdraw_from(
        candidate=Candidate.objects.get(pk=load.candidate_id),
        vacancies=chosen.distinct(),
        now=load.now,
    )


def settings(load: Load) -> None:
    candidate = Candidate.objects.get(pk=load.candidate_id)
    candidate.timezone = load.random.choice(ZONES)
    candidate.country = load.random.choice(["", "DE", "US", "EG"])
    candidate.counting = load.random.choice(["calendar", "working"])
    candidates.change_settings(candidate=candidate, now=load.now)


def sweep_now(load: Load) -> None:
    sweep(now=load.now)


CALLS: tuple[Callable[[Load], None], ...] = (
    *(create, create, agree, agree, contact, contact, contact, move_contact, answer, forget),
    *(forget_person, cancel, reinstate, move, snooze, nothing, weigh, settings, sweep_now),
    *(weights, answer_offer, withdraw),
)


def ended(calls: int) -> datetime:
    """The virtual time after this many calls of one process."""
    return BASE + STEP * calls


if __name__ == "__main__":
    _, candidate_id, seed, calls = sys.argv
    load = Load(UUID(candidate_id), int(seed))
    load.run(int(calls))
    print(f"seed {seed}: {load.done} done, {load.refused} refused")
