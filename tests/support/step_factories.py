"""An interview whose step is a given one at a given time, made through the services."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from interviews.models import Candidate, Interview, Reminder
from interviews.services import interviews, vacancies
from reminders.sweep import write_reminders
from tests.support.people import make_agreement, make_contact, make_interview, make_result


def stand(candidate: Candidate, step: str, *, now: datetime, **fields: object) -> Interview:
    """Its facts are recorded as they happened, so the step is due by `now` on a working morning; on
    other days it is still the step. Days are the candidate's: a week ago is the same hour, also if
    the clocks have changed since."""
    interview = MAKERS[step](candidate, now.astimezone(candidate.zone), fields)
    interview.refresh_from_db()
    assert interview.step == step, interview.step
    return interview


def reminder_of(interview: Interview, *, now: datetime) -> Reminder:
    """The ledger's row for the current step, as a sweep writes it."""
    write_reminders([Interview.objects.with_parties().get(pk=interview.pk)], now=now)
    return Reminder.objects.get(
        interview=interview, step=interview.step, due_at=interview.step_due_at
    )


def _prepare(candidate: Candidate, now: datetime, fields: dict[str, object]) -> Interview:
    starts = now + timedelta(hours=5)
    return make_interview(candidate, starts_at=starts, now=now - timedelta(days=2), **fields)


def _fix_agreement(candidate: Candidate, now: datetime, fields: dict[str, object]) -> Interview:
    starts = now - timedelta(hours=3)
    ended = starts + timedelta(hours=1)
    return make_interview(candidate, starts_at=starts, now=ended, **fields)


def _weigh(candidate: Candidate, now: datetime, fields: dict[str, object]) -> Interview:
    starts = now - timedelta(days=4)
    interview = make_interview(candidate, starts_at=starts, now=starts, **fields)
    interviews.note_nothing_agreed(interview=interview, now=interview.ends_at)
    return interview


def _promised(**agreed: object) -> Callable[..., Interview]:
    def make(candidate: Candidate, now: datetime, fields: dict[str, object]) -> Interview:
        """An answer was promised by three days ago, in an interview a week ago. On a Monday before
        the contact hours a promise for Friday is not due yet, and one for Thursday is."""
        starts = now - timedelta(days=7) + timedelta(hours=4)
        interview = make_interview(candidate, starts_at=starts, now=starts, **fields)
        is_early = now.weekday() == 0 and now.time() < candidate.contact_opens
        due = _days_before(now, 4 if is_early else 3)
        make_agreement(interview, now=interview.ends_at, due_on=due, **agreed)
        return interview

    return make


def _let_go(candidate: Candidate, now: datetime, fields: dict[str, object]) -> Interview:
    interview = _promised()(candidate, now, fields)
    vacancies.rate_vacancy(
        vacancy=interview.vacancy, attractiveness=2, desire=2, now=interview.ends_at
    )
    return interview


def _close(candidate: Candidate, now: datetime, fields: dict[str, object]) -> Interview:
    starts = now - timedelta(days=20)
    interview = make_interview(candidate, starts_at=starts, now=starts, **fields)
    make_agreement(interview, now=interview.ends_at, due_on=_days_before(now, 15))
    sent = now - timedelta(days=10)
    make_contact(interview, now=sent, channel="email", outcome="sent")
    return interview


def _recontact(candidate: Candidate, now: datetime, fields: dict[str, object]) -> Interview:
    starts = now - timedelta(days=20)
    interview = make_interview(candidate, starts_at=starts, now=starts, **fields)
    known, day = now - timedelta(days=10), _days_before(now, 1)
    make_result(interview, now=known, lessons="skipped", recontact_on=day)
    return interview


def _days_before(now: datetime, days: int) -> date:
    return now.date() - timedelta(days=days)


MAKERS: dict[str, Callable[[Candidate, datetime, dict[str, object]], Interview]] = {
    "prepare": _prepare,
    "fix_agreement": _fix_agreement,
    "weigh": _weigh,
    "call": _promised(may_call="yes"),
    "write": _promised(may_call="no", channel="email"),
    "assume_refusal": _promised(silence_is_refusal=True),
    "close": _close,
    "let_go": _let_go,
    "recontact": _recontact,
}
