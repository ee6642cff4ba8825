"""From rows to the rules' facts, with a constant number of queries for any number of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from interviews import rules, working_days
from interviews.models import Agreement, Candidate, Contact, Interview, Participation, Result
from interviews.quarantine import raise_if_passing

PartyCase = rules.Case[UUID]
PartyStep = rules.NextStep[UUID]


def candidate_facts(candidate: Candidate) -> rules.Candidate:
    return rules.Candidate(
        zone=candidate.zone,
        calendar=_calendar(candidate),
        count=rules.Count(candidate.counting),
        opening=candidate.contact_opens,
        closing=candidate.contact_closes,
    )


def calls_from(candidate: Candidate, *, now: datetime) -> datetime:
    """The next moment at which somebody can be called; `now` within the contact hours."""
    return rules.contact_moment(candidate_facts(candidate), now).astimezone(now.tzinfo)


def _calendar(candidate: Candidate) -> rules.WorkingCalendar:
    """The candidate's holidays. A country or region that an upgrade of the holiday library has
    removed is ignored, so that no wait stops because of it."""
    country, subdivision = candidate.country or None, candidate.subdivision or None
    for place in ((country, subdivision), (country, None)):
        if working_days.is_known(*place):
            return working_days.calendar_for(*place)
    return working_days.calendar_for(None, None)


def decide_each(
    interviews: Sequence[Interview], *, now: datetime
) -> list[tuple[Interview, PartyStep | Exception]]:
    """What the rules say about each row's stored facts; none of the rows may be cancelled.

    A row that cannot be decided comes with its error, and does not affect the others. Three queries
    for any number of rows, plus what was not selected with them.
    """
    lists = _lists_of(interviews)
    facts: dict[UUID, rules.Candidate] = {}
    return [(row, _decide(row, lists[row.pk], facts, now)) for row in interviews]


def _decide(
    row: Interview, lists: "_Lists", facts: dict[UUID, rules.Candidate], now: datetime
) -> PartyStep | Exception:
    try:
        if row.candidate_id not in facts:
            facts[row.candidate_id] = candidate_facts(row.candidate)
        return rules.decide(_case(row, lists, facts[row.candidate_id]), now=now)
    except Exception as error:
        raise_if_passing(error)
        return error


def step_if_agreed(agreement: Agreement, *, now: datetime) -> PartyStep:
    """What the rules would say if this unsaved agreement were made."""
    interview = agreement.interview
    lists = _lists_of([interview])[interview.pk]
    case = _case(interview, lists, candidate_facts(interview.candidate))
    added = _agreement(agreement, interview.candidate.timezone)
    return rules.decide(
        replace(case, agreements=(*case.agreements, added), snoozed_until=None), now=now
    )


def store_step(interview: Interview, step: PartyStep) -> None:
    """Copy the step into the row's fields; the caller saves them."""
    interview.step = step.step.value
    interview.step_rule = step.rule.value
    interview.step_due_at = _utc(step.due)
    interview.step_expires_at = _utc(step.expires)
    interview.step_person_id = step.person
    interview.step_reason = step.reason.to_json()


def holds_step(interview: Interview, step: PartyStep) -> bool:
    """Whether the row already stores this step."""
    return (
        interview.step == step.step.value
        and interview.step_rule == step.rule.value
        and interview.step_due_at == _utc(step.due)
        and interview.step_expires_at == _utc(step.expires)
        and interview.step_person_id == step.person
        and interview.step_reason == step.reason.to_json()
    )


def refresh_stale(interviews: Iterable[Interview], *, now: datetime) -> None:
    """Recompute, in memory, rows whose stored step expired since the last sweep."""
    stale = [row for row in interviews if not row.is_cancelled and row.is_stale(now)]
    if not stale:
        return
    for interview, step in decide_each(stale, now=now):
        if not isinstance(step, Exception):
            store_step(interview, step)


def _utc(instant: datetime | None) -> datetime | None:
    """As the database returns it. In the hour that a clock change repeats, Python never compares a
    local datetime as equal to one of another zone, though both are one instant."""
    return None if instant is None else instant.astimezone(UTC)


@dataclass(slots=True)
class _Lists:
    """An interview's related lists, in their models' order."""

    participations: list[Participation] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)


def _lists_of(interviews: Iterable[Interview]) -> dict[UUID, _Lists]:
    """Not by Django's prefetching, which builds a query set for each row and list, and so takes as
    long as deciding."""
    lists = {row.pk: _Lists() for row in interviews}
    keys = list(lists)
    for participation in Participation.objects.filter(interview__in=keys):
        lists[participation.interview_id].participations.append(participation)
    for agreement in Agreement.objects.filter(interview__in=keys):
        lists[agreement.interview_id].agreements.append(agreement)
    for contact in Contact.objects.filter(interview__in=keys):
        lists[contact.interview_id].contacts.append(contact)
    return lists


def _case(interview: Interview, lists: _Lists, candidate: rules.Candidate) -> PartyCase:
    zone = interview.candidate.timezone
    result = Result.of(interview)
    return rules.Case(
        candidate=candidate,
        vacancy=rules.Vacancy(interview.vacancy.attractiveness, interview.vacancy.desire),
        interview=rules.Interview(
            starts=interview.starts_at,
            minutes=interview.minutes,
            interlocutors=tuple(_interlocutor(each) for each in lists.participations),
            nothing_agreed=interview.nothing_agreed_at is not None,
            noted=interview.noted_at,
        ),
        agreements=tuple(_agreement(each, zone) for each in lists.agreements),
        contacts=tuple(_contact(each) for each in lists.contacts),
        result=None if result is None else _result(result),
        snoozed_until=interview.snoozed_until,
    )


def _interlocutor(participation: Participation) -> rules.Interlocutor[UUID]:
    role = rules.Role(participation.role) if participation.role else None
    return rules.Interlocutor(participation.interlocutor_id, role)


def _agreement(agreement: Agreement, zone: str) -> rules.Agreement[UUID]:
    due, due_time = due_in_zone(agreement, zone)
    return rules.Agreement(
        made=agreement.made_at,
        due=due,
        due_time=due_time,
        initiator=rules.Initiator(agreement.initiator),
        channel=rules.Channel(agreement.channel),
        may_call=rules.MayCall(agreement.may_call),
        silence_is_refusal=agreement.silence_is_refusal,
        feedback_via=rules.FeedbackVia(agreement.feedback_via),
        responsible=agreement.responsible_id,
    )


def due_in_zone(agreement: Agreement, zone: str) -> tuple[date | None, time | None]:
    """The promised date and time in `zone`. A date without a time is the same in every zone."""
    if agreement.due_on is None or agreement.due_time is None or agreement.due_timezone == zone:
        return agreement.due_on, agreement.due_time
    said = datetime.combine(agreement.due_on, agreement.due_time, ZoneInfo(agreement.due_timezone))
    local = said.astimezone(ZoneInfo(zone))
    return local.date(), local.time()


def _contact(contact: Contact) -> rules.Contact[UUID]:
    return rules.Contact(
        at=contact.at,
        direction=rules.Direction(contact.direction),
        channel=rules.Channel(contact.channel),
        result=rules.ContactResult(contact.outcome),
        person=contact.person_id,
        purpose=rules.Purpose(contact.purpose),
    )


def _result(result: Result) -> rules.Result:
    return rules.Result(
        kind=rules.ResultKind(result.kind),
        at=result.known_at,
        lessons=rules.Lessons(result.lessons),
        recontact_on=result.recontact_on,
    )
