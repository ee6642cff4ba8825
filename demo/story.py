"""The demo's texts and dates, counted in days from today."""

import unicodedata
from datetime import date, datetime, timedelta

from dashboard.companies.forms import known_or_new
from interviews.models import (
    Agreement,
    Candidate,
    Company,
    Contact,
    Criterion,
    Interlocutor,
    Interview,
    Result,
    Vacancy,
)
from interviews.services import agreements, contacts, interviews, results, vacancies
from interviews.services.interviews import Attendee


class Story:
    def __init__(self, candidate: Candidate, now: datetime) -> None:
        self.candidate = candidate
        self.now = now.replace(second=0, microsecond=0)

    def moment(self, days_ago: int, hour: int = 14) -> datetime:
        """Return this hour of the local day this many days ago; negative days lie ahead."""
        local = self.now.astimezone(self.candidate.zone) - timedelta(days=days_ago)
        return local.replace(hour=hour, minute=0)

    def day(self, days_ago: int) -> date:
        return self.moment(days_ago).date()

    def interview(
        self,
        title: str,
        company: str,
        days_ago: int = 0,
        *,
        hour: int = 14,
        at: datetime | None = None,
        people: list[tuple[str, str]] | None = None,
        continues: Interview | None = None,
        recorded: int | None = None,
        stage: str = Interview.Stage.FIRST,
    ) -> Interview:
        starts = at or self.moment(days_ago, hour)
        known = self.now if recorded is None else self.moment(recorded, 18)
        vacancy = continues.vacancy if continues else self._applied(title, company, starts)
        row = Interview(
            candidate=self.candidate,
            vacancy=vacancy,
            starts_at=starts,
            stage=stage,
            continues=continues,
            place="Main office" if stage != Interview.Stage.SCREENING else "",
        )
        return interviews.create_interview(
            interview=row,
            people=[self.attendee(vacancy.company, *each) for each in people or []],
            now=known if starts > self.now or recorded is not None else starts,
        )

    def _applied(self, title: str, company: str, starts: datetime) -> Vacancy:
        return Vacancy(
            candidate=self.candidate,
            company=known_or_new(self.candidate, company),
            title=title,
            source="Job board",
            applied_on=(starts - timedelta(days=6 + len(title) % 9)).date(),
            declared_state=Vacancy.State.APPLIED,
        )

    def position(
        self,
        title: str,
        company: str,
        *,
        saved: int,
        applied: int | None = None,
        follow_up: int | None = None,
        tags: tuple[str, ...] = (),
        **told: object,
    ) -> Vacancy:
        """Without an interview, saved so many days ago, and applied for if that is given."""
        vacancy = Vacancy(
            candidate=self.candidate,
            company=known_or_new(self.candidate, company),
            title=title,
            applied_on=None if applied is None else self.day(applied),
            follow_up_on=None if follow_up is None else self.day(follow_up),
            **told,
        )
        now = self.now.astimezone(self.candidate.zone)
        made = vacancies.create_vacancy(vacancy=vacancy, tags=tags, now=now)
        Vacancy.objects.filter(pk=made.pk).update(created_at=self.moment(saved, 18))
        return made

    def attendee(self, company: Company, name: str, role: str) -> Attendee:
        roles = {"r": "recruiter", "h": "hiring_manager", "t": "top_manager"}
        known = Interlocutor.objects.filter(candidate=self.candidate, name=name).first()
        number = 1000 + sum(map(ord, name)) % 9000
        person = known or Interlocutor(
            candidate=self.candidate,
            company=company,
            name=name,
            phone=f"+49 30 2345 {number}",
            email=f"{_plain(name)}@{_plain(company.name)}.example",
            origin=Interlocutor.Origin.CARD if role == "t" else Interlocutor.Origin.INTERVIEW,
        )
        return Attendee(person, roles[role])

    def judge(self, interview: Interview, *, desire: int, **rated: int) -> None:
        """Rate the position by criteria, which suggest its attractiveness."""
        vacancies.rate_vacancy(
            vacancy=interview.vacancy,
            attractiveness=None,
            desire=desire,
            ratings={Criterion(name): rating for name, rating in rated.items()},
            now=self.now,
        )

    def agree(self, interview: Interview, days_ago: int, *, due: int, **fields: object) -> None:
        agreement = Agreement(
            interview=interview,
            made_at=interview.ends_at,
            due_on=self.day(due),
            responsible=interview.interlocutors.first(),
            **fields,
        )
        agreements.record_agreement(agreement=agreement, now=interview.ends_at)

    def contact(self, interview: Interview, days_ago: int, **fields: object) -> None:
        at = self.moment(days_ago, 11)
        fields.setdefault("channel", "phone")
        person = interview.interlocutors.first()
        contacts.record_contact(
            contact=Contact(interview=interview, at=at, person=person, **fields), now=at
        )

    def result(
        self,
        interview: Interview,
        days_ago: int,
        *,
        competences: list[str] | None = None,
        **fields: object,
    ) -> None:
        at = self.moment(days_ago, 15)
        results.record_result(
            result=Result(interview=interview, known_at=at, **fields),
            competences=competences or [],
            now=at,
        )


def _plain(name: str) -> str:
    """Return the first word in a form that an email address can hold."""
    decomposed = unicodedata.normalize("NFKD", name.split()[0].lower())
    return decomposed.encode("ascii", "ignore").decode()
