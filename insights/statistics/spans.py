"""One wait with everything that happened in it, as values: the basis of every figure.

Built from a row on a page (`span_of`) or from all rows of a candidate (`spans_of`); days are those
of the candidate's calendar in both.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from insights.forecast import Employer
from insights.promise_outcome import due_moment
from interviews.models import Agreement, Candidate, Company, Contact, Interview, Result
from interviews.models.core.participation import Participation

POSITIVE = frozenset({Result.Kind.OFFER, Result.Kind.NEXT_STAGE})
GIVEN_UP = frozenset({Result.Kind.NO_RESPONSE, Result.Kind.ASSUMED_REFUSAL})


@dataclass(frozen=True, slots=True)
class AgreedDay:
    """`due_on` is the day as it was said, `due_at` the last moment that keeps it."""

    made_at: datetime
    made_on: date
    is_employers: bool
    due_on: date | None = None
    due_at: datetime | None = None
    is_silence_no: bool = False
    channel: str = ""
    role: str = ""

    @property
    def is_promise(self) -> bool:
        """Whether a day was promised. An agreement that silence means no promises none."""
        return self.is_employers and self.due_on is not None and not self.is_silence_no


@dataclass(frozen=True, slots=True)
class ContactMade:
    """A call, letter or message about the result."""

    at: datetime
    on: date
    is_own: bool
    is_call: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Span:
    """An interview that has ended and was not cancelled. `company` is the agency, if there is one,
    otherwise the company. Agreements and contacts are in the order of time."""

    ended_at: datetime
    ended_on: date
    stage: str
    company: str  # normalised
    name: str
    employer: Employer
    agreed: tuple[AgreedDay, ...] = ()
    touches: tuple[ContactMade, ...] = ()
    kind: str = ""  # of the result; empty while open
    known_at: datetime | None = None
    known_on: date | None = None
    is_day_known: bool = True
    recorded_on: date | None = None  # when the result was recorded

    @property
    def is_answered(self) -> bool:
        return self.kind in Result.ANSWERS

    @property
    def is_undated(self) -> bool:
        """Answered, and nobody knows when: it says nothing about times."""
        return self.is_answered and not self.is_day_known

    @property
    def is_positive(self) -> bool:
        return self.kind in POSITIVE

    @property
    def is_withdrawn(self) -> bool:
        return self.kind == Result.Kind.WITHDRAWN

    @property
    def days_known(self) -> int | None:
        """Return after how many days they answered; None if they did not, or if nobody knows."""
        if self.known_on is None or not self.is_answered or self.is_undated:
            return None
        return max((self.known_on - self.ended_on).days, 0)

    @property
    def asked(self) -> tuple[ContactMade, ...]:
        """Return the candidate's follow-ups before the answer."""
        until = self.known_at
        own = (each for each in self.touches if each.is_own and each.at >= self.ended_at)
        return tuple(each for each in own if until is None or each.at <= until)


def employer_of(company: Company, agency: Company | None) -> Employer:
    return _employer(company.kind, company.size, has_agency=agency is not None)


def _employer(kind: str, size: str, *, has_agency: bool) -> Employer:
    if has_agency or kind == Company.Kind.AGENCY:
        return Employer.AGENCY
    if kind == Company.Kind.PUBLIC:
        return Employer.PUBLIC
    return Employer(size) if size else Employer.UNKNOWN


# --- from one row, with its agreements and contacts fetched ---------------------------------------


def span_of(interview: Interview, *, zone: ZoneInfo) -> Span:
    vacancy = interview.vacancy
    teller = vacancy.agency or vacancy.company
    result = Result.of(interview)
    touches = (each for each in interview.contacts.all() if _is_about_result(each.purpose))
    return Span(
        ended_at=interview.ends_at,
        ended_on=interview.ends_at.astimezone(zone).date(),
        stage=interview.stage,
        company=teller.normalised_name,
        name=teller.name,
        employer=employer_of(vacancy.company, vacancy.agency),
        agreed=tuple(_agreed(_values(each), zone, "") for each in interview.agreements.all()),
        touches=tuple(
            _touch((each.at, each.direction, each.channel, each.outcome), zone) for each in touches
        ),
        kind="" if result is None else result.kind,
        known_at=None if result is None else result.known_at,
        known_on=None if result is None else result.known_at.astimezone(zone).date(),
        is_day_known=result is None or result.is_day_known,
        recorded_on=None if result is None else result.created_at.astimezone(zone).date(),
    )


def _values(row: Agreement) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in AGREED)


# --- from all rows of a candidate, in four queries ------------------------------------------------

AGREED = (
    "made_at",
    "initiator",
    "due_on",
    "due_time",
    "due_timezone",
    "silence_is_refusal",
    "channel",
)


def spans_of(candidate: Candidate, *, now: datetime) -> list[Span]:
    """The oldest first. Four queries for any number of waits."""
    zone, agreed, touches = candidate.zone, _agreed_by_wait(candidate), _touches_by_wait(candidate)
    ended = Interview.objects.of(candidate).not_cancelled().filter(starts_at__lte=now)
    rows = ended.order_by("starts_at", "pk").values_list(
        *("pk", "starts_at", "minutes", "stage"),
        *("result__kind", "result__known_at", "result__is_day_known", "result__created_at"),
        *("vacancy__company__kind", "vacancy__company__size"),
        *("vacancy__company__normalised_name", "vacancy__company__name"),
        *("vacancy__agency__normalised_name", "vacancy__agency__name"),
    )
    spans = []
    for pk, starts_at, minutes, stage, kind, known_at, is_day_known, created_at, *who in rows:
        firm_kind, size, firm, firm_name, agency, agency_name = who
        ended_at = starts_at + timedelta(minutes=minutes)
        span = Span(
            ended_at=ended_at,
            ended_on=ended_at.astimezone(zone).date(),
            stage=stage,
            company=agency or firm,
            name=agency_name or firm_name,
            employer=_employer(firm_kind, size, has_agency=agency is not None),
            agreed=tuple(agreed[pk]),
            touches=tuple(touches[pk]),
            kind=kind or "",
            known_at=known_at,
            known_on=None if known_at is None else known_at.astimezone(zone).date(),
            is_day_known=is_day_known is not False,
            recorded_on=None if created_at is None else created_at.astimezone(zone).date(),
        )
        spans.append(span)
    return [span for span in spans if span.ended_at <= now]


def _agreed_by_wait(candidate: Candidate) -> dict[UUID, list[AgreedDay]]:
    roles = _roles(candidate)
    rows = Agreement.objects.filter(interview__candidate=candidate).order_by("made_at", "pk")
    agreed: dict[UUID, list[AgreedDay]] = defaultdict(list)
    for pk, via, responsible, *values in rows.values_list(
        "interview", "feedback_via", "responsible", *AGREED
    ):
        role = _role(roles[pk], via, responsible)
        agreed[pk].append(_agreed(tuple(values), candidate.zone, role))
    return agreed


def _touches_by_wait(candidate: Candidate) -> dict[UUID, list[ContactMade]]:
    about_result = Contact.objects.filter(
        interview__candidate=candidate, purpose=Contact.Purpose.FOLLOW_UP
    )
    rows = about_result.order_by("at", "pk")
    touches: dict[UUID, list[ContactMade]] = defaultdict(list)
    for pk, *touch in rows.values_list("interview", "at", "direction", "channel", "outcome"):
        touches[pk].append(_touch(tuple(touch), candidate.zone))
    return touches


def _agreed(values: tuple[Any, ...], zone: ZoneInfo, role: str) -> AgreedDay:
    made_at, initiator, due_on, due_time, due_timezone, is_silence_no, channel = values
    due_at = None
    if due_on is not None:
        said_in = ZoneInfo(due_timezone) if due_timezone else zone
        due_at = due_moment(due_on, due_time, said_in)
    return AgreedDay(
        made_at=made_at,
        made_on=made_at.astimezone(zone).date(),
        is_employers=initiator == Agreement.Initiator.EMPLOYER,
        due_on=_local_day(due_on, due_time, due_timezone, zone),
        due_at=due_at,
        is_silence_no=is_silence_no,
        channel=channel,
        role=role,
    )


def _local_day(
    due_on: date | None, due_time: time | None, due_timezone: str, zone: ZoneInfo
) -> date | None:
    """A date without a time stays that date in every zone (next_step.due_in_zone)."""
    if due_on is None or due_time is None or not due_timezone:
        return due_on
    return datetime.combine(due_on, due_time, ZoneInfo(due_timezone)).astimezone(zone).date()


def _touch(values: tuple[Any, ...], zone: ZoneInfo) -> ContactMade:
    at, direction, channel, outcome = values
    return ContactMade(
        at=at,
        on=at.astimezone(zone).date(),
        is_own=direction == Contact.Direction.OUT,
        is_call=channel == "phone",
        is_answered=outcome == Contact.Outcome.REACHED,
    )


def _is_about_result(purpose: str) -> bool:
    return purpose == Contact.Purpose.FOLLOW_UP


@dataclass(frozen=True, slots=True)
class _Took:
    person: UUID
    role: str


def _roles(candidate: Candidate) -> dict[UUID, list[_Took]]:
    """The participants' roles, the lead's first."""
    rows = (
        Participation.objects.filter(interview__candidate=candidate)
        .order_by("position")
        .values_list("interview", "interlocutor", "role")
    )
    roles: dict[UUID, list[_Took]] = defaultdict(list)
    for pk, person, role in rows:
        roles[pk].append(_Took(person, role))
    return roles


def _role(took: Iterable[_Took], via: str, responsible: UUID | None) -> str:
    """The role of the person who will answer, as in the rules: the recruiter if the answer comes
    through them, otherwise the named person, otherwise the lead."""
    people = list(took)
    if via == Agreement.FeedbackVia.RECRUITER:
        for each in people:
            if each.role == Participation.Role.RECRUITER:
                return each.role
    for each in people:
        if each.person == responsible:
            return each.role
    return people[0].role if people else ""
