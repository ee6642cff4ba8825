"""What a candidate recorded in a period. Three queries, one more with names."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from interviews.models import Candidate, Contact, Interview, Result, Vacancy
from interviews.proof.rows import Ending, Fact, Kind, Period, Position

# Long texts that no proof shows.
LONG = ("advert_text", "notes", "rating_notes")
PARTIES = ("interview__vacancy__company", "interview__vacancy__agency")
_RESULTS = Result.objects.filter(
    interview__vacancy=OuterRef("pk"), interview__cancelled_at=None
).order_by("-interview__starts_at", "-interview__pk")


def facts_of(candidate: Candidate, *, period: Period, with_names: bool) -> list[Fact]:
    """Applications, interviews that were not cancelled, and calls and letters."""
    return [
        *_applications(candidate, period),
        *_interviews(candidate, period, with_names=with_names),
        *_contacts(candidate, period, with_names=with_names),
    ]


def _applications(candidate: Candidate, period: Period) -> Iterator[Fact]:
    rows = Vacancy.objects.filter(
        candidate=candidate, applied_on__range=(period.since, period.until)
    )
    rows = rows.select_related("company", "agency").defer(*LONG)
    endings = {
        "last_result": Subquery(_RESULTS.values("kind")[:1]),
        "last_answer": Subquery(_RESULTS.values("offer_answer")[:1]),
    }
    for row in rows.annotate(**endings).order_by("created_at", "pk"):
        if row.applied_on is not None:
            position = _position(row, ending=_last_ending(row))
            yield Fact(Kind.APPLICATION, row.applied_on, position, row.applied_via)


def _last_ending(vacancy: Vacancy) -> Ending | None:
    """As annotated above."""
    kind = getattr(vacancy, "last_result", None)
    return Ending(kind, getattr(vacancy, "last_answer", None) or "") if kind else None


def _interviews(candidate: Candidate, period: Period, *, with_names: bool) -> Iterator[Fact]:
    rows = Interview.objects.of(candidate).not_cancelled()
    rows = rows.filter(starts_at__range=_instants(period, candidate.zone))
    rows = rows.select_related("vacancy__company", "vacancy__agency", "result")
    rows = rows.defer("notes", *(f"vacancy__{name}" for name in LONG))
    if with_names:
        rows = rows.prefetch_related("interlocutors")
    for row in rows:
        result = getattr(row, "result", None)
        yield Fact(
            Kind.INTERVIEW,
            row.starts_at.astimezone(candidate.zone).date(),
            _position(row.vacancy),
            way="video" if row.link else "in_person" if row.place else "",
            at=row.starts_at,
            stage=row.stage,
            ending=Ending(result.kind, result.offer_answer) if result else None,
            names=tuple(each.name for each in row.interlocutors.all()) if with_names else (),
        )


def _contacts(candidate: Candidate, period: Period, *, with_names: bool) -> Iterator[Fact]:
    rows = Contact.objects.filter(
        interview__candidate=candidate, at__range=_instants(period, candidate.zone)
    )
    rows = rows.select_related("person", *PARTIES).defer(
        "notes", "interview__notes", *(f"interview__vacancy__{name}" for name in LONG)
    )
    for row in rows:
        yield Fact(
            Kind.CONTACT,
            row.at.astimezone(candidate.zone).date(),
            _position(row.interview.vacancy),
            way=row.channel,
            at=row.at,
            is_from_them=row.direction == Contact.Direction.IN,
            outcome=row.outcome,
            names=(row.person.name,) if with_names and row.person else (),
        )


def _instants(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last instant of the days in this zone."""
    since = datetime.combine(period.since, time(), zone)
    after = datetime.combine(period.until + timedelta(days=1), time(), zone)
    return since, after - timedelta(microseconds=1)


def _position(vacancy: Vacancy, *, ending: Ending | None = None) -> Position:
    return Position(
        company=vacancy.company.name,
        title=vacancy.title,
        agency=vacancy.agency.name if vacancy.agency else "",
        place=vacancy.place,
        was_advertised=vacancy.was_advertised,
        has_application_day=vacancy.applied_on is not None,
        state=vacancy.state,
        closing_reason=vacancy.closing_reason,
        ending=ending,
    )
