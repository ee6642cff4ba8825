"""A storm of random service calls on one candidate's data, from one process or from many.

`python -m tests.support.load CANDIDATE_ID SEED CALLS` runs one process's share against the
database of the environment. The clock is virtual and moves on with each call, in every process
alike, so that what is checked afterwards has one latest moment.
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


class Storm:
    """Random calls, reproducible from the seed; `done` and `refused` count what came of them."""

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
                # Refused for what it asked, or another process took the row away before it.
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


def create(storm: Storm) -> None:
    candidate = Candidate.objects.get(pk=storm.candidate_id)
    continues = storm.interview() if storm.random.random() < 0.4 else None
    people.make_interview(
        candidate,
        starts_at=storm.now + timedelta(hours=storm.random.uniform(-200, 100)),
        now=storm.now,
        company=storm.random.choice(["Acme", "Bolt", "Cedar"]),
        people=((storm.random.choice(["Anna", "Ben", "Chloé"]), "recruiter"),),
        continues=continues,
    )


def agree(storm: Storm) -> None:
    made = storm.moment()
    due = made.date() + timedelta(days=storm.random.randint(0, 9))
    people.make_agreement(
        storm.interview(),
        now=storm.now,
        made_at=made,
        due_on=storm.random.choice([None, due]),
        initiator=storm.random.choice(["employer", "candidate"]),
        may_call=storm.random.choice(["yes", "no", "not_asked"]),
        silence_is_refusal=storm.random.random() < 0.2,
        responsible=storm.person(),
    )


def contact(storm: Storm) -> None:
    direction, channel, outcome = storm.random.choice(
        [
            ("out", "phone", "no_answer"),
            ("out", "phone", "reached"),
            ("out", "email", "sent"),
            ("in", "phone", "no_answer"),
            ("in", "email", "reached"),
        ]
    )
    people.make_contact(
        storm.interview(),
        now=storm.now,
        at=storm.moment(),
        direction=direction,
        channel=channel,
        outcome=outcome,
        person=storm.person(),
        purpose=storm.random.choice(["follow_up", "thanks", "other"]),
    )


def move_contact(storm: Storm) -> None:
    row = storm.pick(Contact.objects.filter(interview__candidate=storm.candidate_id))
    row.at = storm.moment()  # type: ignore[attr-defined]
    contacts.change_contact(contact=row, now=storm.now)  # type: ignore[arg-type]


def answer(storm: Storm) -> None:
    kind = storm.random.choice(["offer", "refusal", "assumed_refusal", "withdrawn", "no_response"])
    people.make_result(
        storm.interview(),
        now=storm.now,
        known_at=storm.moment(),
        kind=kind,
        offer_answer="open" if kind == "offer" else "",
        competences=storm.random.choice([(), ("SQL",), ("SQL", "patience")]),
    )


def forget(storm: Storm) -> None:
    noun, delete = storm.random.choice(
        [
            (Agreement, lambda row: agreements.delete_agreement(agreement=row, now=storm.now)),
            (Contact, lambda row: contacts.delete_contact(contact=row, now=storm.now)),
            (Result, lambda row: results.delete_result(result=row, now=storm.now)),
        ]
    )
    delete(storm.pick(noun.objects.filter(interview__candidate=storm.candidate_id)))


def forget_person(storm: Storm) -> None:
    row = storm.pick(Interlocutor.objects.filter(candidate=storm.candidate_id))
    interlocutors.delete_interlocutor(interlocutor=row, now=storm.now)  # type: ignore[arg-type]


def cancel(storm: Storm) -> None:
    interviews.cancel_interview(interview=storm.interview(), now=storm.now)


def reinstate(storm: Storm) -> None:
    interviews.reinstate_interview(interview=storm.interview(), now=storm.now)


def delete(storm: Storm) -> None:
    if storm.random.random() < 0.3:
        interviews.delete_interview(interview=storm.interview(), now=storm.now)


def move(storm: Storm) -> None:
    row = storm.interview()
    row.starts_at += timedelta(hours=storm.random.uniform(-48, 48))
    interviews.change_interview(interview=row, now=storm.now)


def snooze(storm: Storm) -> None:
    until = storm.now + timedelta(hours=storm.random.uniform(1, 100))
    interviews.snooze_interview(interview=storm.interview(), until=until, now=storm.now)


def nothing(storm: Storm) -> None:
    interviews.note_nothing_agreed(interview=storm.interview(), now=storm.now)


def weigh(storm: Storm) -> None:
    ratings = [None, 1, 2, 3, 4, 5]
    vacancies.rate_vacancy(
        vacancy=storm.interview().vacancy,
        attractiveness=storm.random.choice(ratings),
        desire=storm.random.choice(ratings),
        ratings={each: storm.random.choice(ratings) for each in Criterion},
        now=storm.now,
    )


def weights(storm: Storm) -> None:
    vacancies.set_weights(
        candidate=Candidate.objects.get(pk=storm.candidate_id),
        weights={each: storm.random.choice(Weight.values) for each in Criterion},
        now=storm.now,
    )


def answer_offer(storm: Storm) -> None:
    offers = Result.objects.filter(interview__candidate=storm.candidate_id, kind="offer")
    answered = storm.random.choice(["open", "accepted", "declined"])
    results.answer_offer(result=storm.pick(offers), answer=answered, now=storm.now)  # type: ignore[arg-type]


def withdraw(storm: Storm) -> None:
    chosen = Vacancy.objects.filter(interviews__in=[storm.interview(), storm.interview()])
    withdraw_from(
        candidate=Candidate.objects.get(pk=storm.candidate_id),
        vacancies=chosen.distinct(),
        now=storm.now,
    )


def settings(storm: Storm) -> None:
    candidate = Candidate.objects.get(pk=storm.candidate_id)
    candidate.timezone = storm.random.choice(ZONES)
    candidate.country = storm.random.choice(["", "DE", "US", "EG"])
    candidate.counting = storm.random.choice(["calendar", "working"])
    candidates.change_settings(candidate=candidate, now=storm.now)


def sweep_now(storm: Storm) -> None:
    sweep(now=storm.now)


CALLS: tuple[Callable[[Storm], None], ...] = (
    *(create, create, agree, agree, contact, contact, contact, move_contact, answer, forget),
    *(forget_person, cancel, reinstate, delete, move, snooze, nothing, weigh, settings, sweep_now),
    *(weights, answer_offer, withdraw),
)


def ended(calls: int) -> datetime:
    """The virtual moment after so many calls of one process."""
    return BASE + STEP * calls


if __name__ == "__main__":
    _, candidate_id, seed, calls = sys.argv
    storm = Storm(UUID(candidate_id), int(seed))
    storm.run(int(calls))
    print(f"seed {seed}: {storm.done} done, {storm.refused} refused")
