"""The three fixed people of every test, and what they record, made through the services.

alice owns what a test is about, bob is the coach, charlie is a stranger with a job search.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection

from accounts.models import User
from coaching import notes, proposals
from interviews.models import (
    Agreement,
    Candidate,
    Coaching,
    CoachNote,
    Company,
    CompanyIndex,
    CompanyTally,
    Contact,
    Interlocutor,
    Interview,
    MailProposal,
    Proposal,
    RefusedAddress,
    Result,
    StatisticsState,
    Vacancy,
    WaitAssumptions,
)
from interviews.services import agreements, candidates, contacts, interviews, results, vacancies
from interviews.services.interviews import Attendee
from interviews.working_days import calendar_for

PASSWORD = "a long enough word"
JOINED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def make_user(name: str, *, is_staff: bool = False, is_verified: bool = True) -> User:
    user = User.objects.create_user(
        f"{name.lower()}@example.org", PASSWORD, name=name, is_staff=is_staff
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=is_verified, primary=True)
    return user


def delete_everybody() -> None:
    """As in a new instance."""
    User.objects.all().delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_key")


def make_candidate(user: User, zone: str = "Europe/Berlin") -> Candidate:
    return candidates.create_candidate(user=user, timezone=zone)


# Weekends of other days, so that one of them works today.
COUNTRIES = ("", "BN", "EG", "NP")


def keep_hours(candidate: Candidate, *, now: datetime, is_open: bool) -> Candidate:
    """Let calls be possible now, whatever the day and the hour, or not before tomorrow."""
    today = now.astimezone(candidate.zone).date()
    open_today = [each for each in COUNTRIES if calendar_for(each).is_working_day(today)]
    candidate.country = open_today[0]
    candidate.contact_opens, candidate.contact_closes = time(0), time(23, 59)
    if not is_open:
        is_morning = now.astimezone(candidate.zone).hour < 12
        candidate.contact_opens = time(22) if is_morning else time(0)
        candidate.contact_closes = time(23) if is_morning else time(11)
    return candidates.change_settings(candidate=candidate, now=now)


def refuse_address(
    candidate: Candidate, *, now: datetime, reply: str = "550 5.1.1 No such user"
) -> RefusedAddress:
    """As a sender does when the server knows no mailbox at the candidate's address."""
    address = EmailAddress.objects.get(user=candidate.user, primary=True)
    return RefusedAddress.objects.create(address=address, reply=reply, refused_at=now)


def make_assumptions(candidate: Candidate, **given: int) -> WaitAssumptions:
    """Unsaved; each value differs from the published one."""
    usual = {"told_percent": 60, "kept_percent": 30, "positive_percent": 20, "median_days": 9}
    dated = {"changed_at": datetime(2026, 11, 1, tzinfo=UTC), "published_worth": 5}
    return WaitAssumptions(candidate=candidate, **{**usual, **dated, **given})


def make_statistics(candidate: Candidate, *, now: datetime) -> None:
    """What the task stores for a candidate who shares, and for all who do."""
    make_assumptions(candidate).save()
    columns = {"normalised_name": f"acme {candidate.pk}", "waits": 2, "answered": 1}
    CompanyTally.objects.create(candidate=candidate, **columns)
    CompanyIndex.objects.get_or_create(
        normalised_name="acme",
        defaults={"waits": 10, "answered_percent": 50, "reckoned_at": now},
    )
    StatisticsState.objects.get_or_create(pk=1, defaults={"reckoned_at": now})


def make_coaching(coach: User, candidate: Candidate, **given: object) -> Coaching:
    """Everything is shared, unless the arguments say otherwise."""
    values = {"shares": Coaching.Shares.INTERVIEWS, "invited_at": JOINED, "accepted_at": JOINED}
    return Coaching.objects.create(coach=coach, candidate=candidate, **values | given)


def make_proposal(interview: Interview, coach: User, *, now: datetime, **given: Any) -> Proposal:
    """By a coach with whom the interview is shared."""
    coaching = Coaching.objects.get(coach=coach, candidate=interview.candidate)
    values = {"action": "call", "words": "They like a call"} | given
    proposal = Proposal(coaching=coaching, interview=interview, **values)
    return proposals.propose(proposal=proposal, now=now)


def make_note(interview: Interview, coach: User, *, now: datetime, **given: Any) -> CoachNote:
    """Shared, and about the interview, unless the arguments say otherwise."""
    coaching = Coaching.objects.get(coach=coach, candidate=interview.candidate)
    values = {"about": "interview", "text": "Well told", "is_shared": True} | given
    note = CoachNote(coaching=coaching, interview=interview, **values)
    return notes.write_note(note=note, now=now)


def make_mail_proposal(wait: Interview | Vacancy, *, now: datetime, **given: Any) -> MailProposal:
    """A rejection that was forwarded, unless the arguments say otherwise."""
    values = {
        "kind": MailProposal.Kind.REJECTION,
        "digest": f"{MailProposal.objects.count():064}",
        "sender_name": "Anna Petrova",
        "sender_address": "anna@acme.example",
        "subject": "Your application",
        "written_at": now,
        "excerpt": "We have decided to go ahead with another candidate.",
        "details": {"dates": [], "zone": None, "by_when": None, "has_ics": False, "why": ""},
        "interview" if isinstance(wait, Interview) else "vacancy": wait,
    } | given
    return MailProposal.objects.create(candidate=wait.candidate, created_at=now, **values)


def make_interview(
    candidate: Candidate,
    *,
    starts_at: datetime,
    now: datetime,
    company: str = "Acme",
    title: str = "Product analyst",
    people: tuple[tuple[str, str], ...] = (("Anna Petrova", "recruiter"),),
    continues: Interview | None = None,
    **fields: object,
) -> Interview:
    """An interview with its vacancy, company and people, all new unless it continues another."""
    if continues is not None:
        vacancy = continues.vacancy
    else:
        employer = Company.objects.filter(candidate=candidate, name=company).first()
        vacancy = Vacancy(
            candidate=candidate,
            company=employer or Company(candidate=candidate, name=company),
            title=title,
        )
    attendees = [
        Attendee(
            Interlocutor.objects.filter(candidate=candidate, name=name).first()
            or Interlocutor(
                candidate=candidate, name=name, company=vacancy.company, phone="+49 30 901820"
            ),
            role,
        )
        for name, role in people
    ]
    interview = Interview(
        candidate=candidate, vacancy=vacancy, starts_at=starts_at, continues=continues, **fields
    )
    return interviews.create_interview(interview=interview, people=attendees, now=now)


def make_position(
    candidate: Candidate,
    *,
    now: datetime,
    company: str = "Acme",
    title: str = "Product analyst",
    tags: tuple[str, ...] = (),
    **fields: object,
) -> Vacancy:
    """A position without an interview: saved, or applied for if `applied_on` is given."""
    employer = Company.objects.filter(candidate=candidate, name=company).first()
    vacancy = Vacancy(
        candidate=candidate,
        company=employer or Company(candidate=candidate, name=company),
        title=title,
        **fields,
    )
    local = now.astimezone(candidate.zone)
    return vacancies.create_vacancy(vacancy=vacancy, tags=tags, now=local)


def make_agreement(interview: Interview, *, now: datetime, **fields: object) -> Agreement:
    """An agreement made at the interview's end, unless `made_at` says otherwise."""
    fields.setdefault("made_at", interview.ends_at)
    return agreements.record_agreement(agreement=Agreement(interview=interview, **fields), now=now)


def make_contact(interview: Interview, *, now: datetime, **fields: object) -> Contact:
    """An unanswered call to them, now, unless the fields say otherwise."""
    defaults = {"at": now, "direction": "out", "channel": "phone", "outcome": "no_answer"}
    contact = Contact(interview=interview, **{**defaults, **fields})
    return contacts.record_contact(contact=contact, now=now)


def make_result(interview: Interview, *, now: datetime, **fields: object) -> Result:
    """A rejection, now, unless the fields say otherwise."""
    competences = fields.pop("competences", ())
    defaults = {"kind": Result.Kind.REFUSAL, "known_at": now}
    result = Result(interview=interview, **{**defaults, **fields})
    return results.record_result(result=result, competences=competences, now=now)


def days_before(now: datetime, days: float) -> datetime:
    return now - timedelta(days=days)
