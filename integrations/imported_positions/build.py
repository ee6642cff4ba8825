"""Make the rows of the database out of a position's values, without saving them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from integrations.position_import import Outcome, Person, PositionRow, Talk
from interviews.models import Candidate, Company, Interlocutor, Interview, Result, Vacancy
from interviews.models.validators import validate_web_link
from interviews.next_step import candidate_facts
from interviews.rules import calendar, limits
from interviews.rules.moments import LETTER_WORKING_DAYS
from interviews.rules.open_wait import WINDOW_CLOSES_AFTER
from interviews.services import next_step

# A day without a time of day is stored at noon, and the interview's notes say so.
NOON = time(12)
A_DAY = timedelta(days=1)
SNOOZE_DAYS = 364
# How many signs the columns hold.
TEXTS = {"source": 200, "place": 300, "salary": 200}
# Results by the reason for which a position was closed (position_import's state words).
CLOSING_RESULTS = {
    "refused": Result.Kind.REFUSAL,
    "no_response": Result.Kind.NO_RESPONSE,
    "withdrawn": Result.Kind.WITHDRAWN,
    "accepted": Result.Kind.OFFER,
    "declined": Result.Kind.OFFER,
}
OFFER_ANSWERS = {"accepted": Result.Answer.ACCEPTED, "declined": Result.Answer.DECLINED}


@dataclass(frozen=True, slots=True)
class Moment:
    """The import's clock, and until when the rules' longest wait is over."""

    now: datetime
    candidate: Candidate

    @property
    def today(self) -> date:
        return self.now.astimezone(self.candidate.zone).date()

    def of_day(self, on: date, at: time = NOON) -> datetime:
        return datetime.combine(on, at, self.candidate.zone).astimezone(UTC)

    def is_long_silent(self, ended_at: datetime) -> bool:
        """Whether the rules' longest wait, a window and a letter, is over."""
        facts = candidate_facts(self.candidate)
        days = WINDOW_CLOSES_AFTER + LETTER_WORKING_DAYS
        until = calendar.days_after(facts, calendar.date_of(facts, ended_at), days)
        return until < calendar.date_of(facts, self.now)


def outcome_of(row: PositionRow) -> Outcome | None:
    """How the row says that its last interview ended, which may be one that is there already."""
    kind = CLOSING_RESULTS.get(row.closing_reason or "") if row.state == "closed" else None
    return row.result or (Outcome(kind, row.closed_on) if kind else None)


def vacancy_values(row: PositionRow, *, is_decided: bool, today: date) -> dict[str, object]:
    """Return what the row says about the position itself; where there are interviews, their results
    close it, or they are waited for."""
    values: dict[str, object] = {name: getattr(row, name)[:most] for name, most in TEXTS.items()}
    address = row.advert_url if _is_link(row.advert_url) else ""
    beside = "" if address else row.advert_url
    notes = "\n".join(filter(None, (row.notes, beside)))
    values |= {"url": address, "notes": notes, "applied_on": _known(row.applied_on)}
    # Of the past it says what was done, which is no longer to be done.
    follow_up_on = _known(row.follow_up_on)
    is_ahead = follow_up_on is not None and follow_up_on >= today
    values["follow_up_on"] = follow_up_on if is_ahead else None
    state = row.state
    if state in ("closed", "saved"):
        state = "applied" if row.applied_on else "saved"
    values["declared_state"] = state
    is_closed = row.state == "closed" and not is_decided
    values["closing_reason"] = (row.closing_reason or "other") if is_closed else ""
    values["closed_on"] = _known(row.closed_on) if is_closed else None
    return values


def _known(on: date | None) -> date | None:
    return on if on is not None and limits.is_in_range(on) else None


def _is_link(address: str) -> bool:
    try:
        validate_web_link(address)
    except ValidationError:
        return False
    return 0 < len(address) <= 500


def starts_at(talk: Talk, moment: Moment) -> datetime:
    if isinstance(talk.starts, datetime):
        return talk.starts.replace(tzinfo=moment.candidate.zone).astimezone(UTC)
    return moment.of_day(talk.starts)


def new_interview(talk: Talk, vacancy: Vacancy, moment: Moment) -> Interview | None:
    """Return an interview, or None if its day cannot be stored."""
    if not limits.is_in_range(talk.on):
        return None
    interview = Interview(
        candidate=moment.candidate,
        vacancy=vacancy,
        stage=talk.stage or Interview.Stage.FIRST,
        starts_at=starts_at(talk, moment),
        place=talk.place[:300],
        link=talk.link if _is_link(talk.link) else "",
        active_at=moment.now,
    )
    if not isinstance(talk.starts, datetime):
        interview.notes = _("The imported file names no time of day.")
    Interview.result.related.set_cached_value(interview, None)
    _put_off(interview, moment)
    return interview


def _put_off(interview: Interview, moment: Moment) -> None:
    """What lies in the past falls due only from tomorrow on; what has been silent for longer than
    the rules' longest wait not at all: it is offered for closing in one list."""
    ended = interview.ends_at
    if ended > moment.now:
        return
    if moment.now - ended < A_DAY:
        interview.noted_at = moment.now
    days = SNOOZE_DAYS if moment.is_long_silent(ended) else 1
    interview.snoozed_until = next_step.later(candidate=moment.candidate, now=moment.now, days=days)


def continue_stages(interviews: Sequence[Interview], moment: Moment) -> list[Result]:
    """Let each stage continue the one before, which gets *next stage* as its result."""
    results = []
    for earlier, later in pairwise(sorted(interviews, key=lambda one: one.starts_at)):
        is_free = later._state.adding and later.continues_id is None
        if earlier.is_cancelled or not is_free or earlier.ends_at > later.starts_at:
            continue
        later.continues = earlier
        if earlier.ends_at <= moment.now and Result.of(earlier) is None:
            known_at = min(max(earlier.ends_at, later.starts_at), moment.now)
            results.append(
                Result(
                    interview=earlier,
                    kind=Result.Kind.NEXT_STAGE,
                    known_at=known_at,
                    is_day_known=False,
                    lessons=Result.Lessons.SKIPPED,
                    next_interview=later,
                )
            )
    return results


def new_result(
    outcome: Outcome, interview: Interview, row: PositionRow, moment: Moment
) -> Result | None:
    """Return the last interview's result; None if it has one, lies ahead, or no stage follows."""
    is_over = interview.ends_at <= moment.now and not interview.is_cancelled
    if not is_over or Result.of(interview) is not None or outcome.kind == "next_stage":
        return None
    known_at = _known_at(outcome, interview, moment)
    is_old = known_at + A_DAY < moment.now
    result = Result(
        interview=interview,
        kind=outcome.kind,
        known_at=known_at,
        is_day_known=outcome.on is not None,
        lessons=Result.Lessons.SKIPPED if is_old else Result.Lessons.MISSING,
    )
    if outcome.kind == Result.Kind.OFFER:
        result.offer_answer = OFFER_ANSWERS.get(row.closing_reason or "", Result.Answer.OPEN)
    return result


def _known_at(outcome: Outcome, interview: Interview, moment: Moment) -> datetime:
    """Without a day in the file a likely one: when the rules' window closes."""
    if outcome.on is not None:
        known_at = moment.of_day(outcome.on)
    else:
        facts = candidate_facts(moment.candidate)
        ended_on = calendar.date_of(facts, interview.ends_at)
        known_at = moment.of_day(calendar.days_after(facts, ended_on, WINDOW_CLOSES_AFTER))
    return min(max(known_at, interview.ends_at), moment.now)


def new_person(person: Person, company: Company, candidate: Candidate) -> Interlocutor | None:
    """Return a contact at the company; None if only what cannot be stored is known."""
    name = (person.name or person.email or person.phone)[:200]
    if not name:
        return None
    return Interlocutor(
        candidate=candidate,
        company=company,
        name=name,
        email=usable_email(person.email),
        phone=person.phone[:40],
        origin=Interlocutor.Origin.OTHER,
    )


def usable_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def what_is_lacking(known: Interlocutor, email: str, phone: str) -> dict[str, str]:
    """Return the values that a known person lacks."""
    found = {"email": email, "phone": phone[:40]}
    return {name: value for name, value in found.items() if value and not getattr(known, name)}
