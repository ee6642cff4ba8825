"""A typed line as input of the ordinary form of an interview, which checks and saves it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from accounts.keys import new_key
from accounts.sanitize import readable
from dashboard.interviews.attendee_forms import PEOPLE_MAX
from dashboard.interviews.forms import USUAL
from interviews import queries
from interviews.models import Candidate
from interviews.queries import Names
from interviews.quick_add import TEXT_MAX, Draft, Person, parse
from interviews.quick_add.names import is_same

# An opened page or a draft of a visitor may be sent on a later day; its "tomorrow" stays that day.
KEPT_DAYS = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """`on` is the day when it was typed, in the candidate's zone."""

    text: str
    on: date
    draft: Draft
    names: Names

    @classmethod
    def read(cls, text: str, on: date, names: Names) -> Self:
        line = readable(text, has_lines=False)[:TEXT_MAX]
        return cls(line, on, parse(line, today=on, known=names.known, language=_language()), names)

    @property
    def is_complete(self) -> bool:
        draft = self.draft
        return bool(draft.company and draft.position and draft.day and draft.clock)

    @property
    def vacancy(self) -> UUID | None:
        """The known position of this title at this company."""
        draft = self.draft
        found = [
            pk
            for pk, title, company in self.names.positions
            if company == draft.company and is_same(draft.position, [title])
        ]
        return found[0] if found else None

    def person(self, person: Person) -> UUID | None:
        """The known person of this name: of this company first, otherwise the only one."""
        same = [each for each in self.names.people if is_same(person.name, [each[1]])]
        near = [each for each in same if each[2] == self.draft.company] or same
        return near[0][0] if len(near) == 1 else None

    @property
    def people(self) -> list[UUID]:
        return [pk for each in self.draft.people if (pk := self.person(each))]

    def data(self, submission_id: str = "") -> dict[str, str]:
        """As if the form had been filled in by hand."""
        draft, vacancy = self.draft, self.vacancy
        fields = {
            "submission_id": submission_id or str(new_key()),
            "vacancy": str(vacancy or ""),
            "title": "" if vacancy else draft.position,
            "company_name": "" if vacancy else draft.company,
            "agency_name": "" if vacancy else draft.agency,
            "stage": draft.stage or str(USUAL["stage"]),
            "starts_at_0": draft.day.isoformat() if draft.day else "",
            "starts_at_1": f"{draft.clock:%H:%M}" if draft.clock else "",
            "minutes": str(draft.minutes or USUAL["minutes"]),
            "place": draft.place,
            "link": draft.link,
            "advertisement": draft.advertisement,
            "notes": draft.notes,
            "people-TOTAL_FORMS": str(PEOPLE_MAX),
            "people-INITIAL_FORMS": "0",
        }
        rows: list[Person | None] = [*draft.people[:PEOPLE_MAX]]
        for n, person in enumerate(rows + [None] * (PEOPLE_MAX - len(rows))):
            known = self.person(person) if person else None
            fields[f"people-{n}-known"] = str(known or "")
            fields[f"people-{n}-name"] = person.name if person and not known else ""
            fields[f"people-{n}-role"] = person.role if person else ""
        return fields

    def agreement(self) -> dict[str, str]:
        """What was said about the answer, for the agreement's form; empty if nothing was."""
        promise = self.draft.promise
        if promise is None or promise.is_nothing:
            return {}
        said = {
            "due": promise.by.isoformat() if promise.by else "none",
            "due_time": f"{promise.at:%H:%M}" if promise.at else "",
            "initiator": promise.initiator,
            "channel": promise.channel,
            "may_call": promise.may_call,
        }
        return {name: value for name, value in said.items() if value}


def typed_in(request: HttpRequest, candidate: Candidate, *, now: datetime) -> Typed | None:
    """The line of the page's URL or of a sent form; None without one."""
    sent = request.POST if request.method == "POST" else request.GET
    return _typed(sent, candidate, now=now)


def typed_before(request: HttpRequest, candidate: Candidate, *, now: datetime) -> Typed | None:
    """The line that filled in the form that is sent now: it is still in the URL."""
    return _typed(request.GET, candidate, now=now)


def _typed(sent: QueryDict, candidate: Candidate, *, now: datetime) -> Typed | None:
    text = sent.get("q", "")
    if not text.strip():
        return None
    on = typed_on(sent.get("on", ""), now=now)
    return Typed.read(text, on, queries.names_of(candidate))


def typed_on(value: str, *, now: datetime) -> date:
    """The day that the page was opened on; today for nonsense or an old page."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return now.date()
    return day if timedelta(0) <= now.date() - day <= timedelta(KEPT_DAYS) else now.date()


def _language() -> str:
    return get_language() or "en"
