"""What was understood of a typed line, said piece by piece: nothing is guessed in silence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import dateformat
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dashboard.interviews.typed_line import Typed
from interviews.models import Interview, Participation
from interviews.quick_add import Person, Promise
from interviews.text import dates

COMPLETIONS_MAX = 8
# What is being typed stands after the last comma, "with" or the like.
BEFORE_LAST = re.compile(r"(?:.*(?:[,;]|\s(?:with|via|at|and)\s))?\s*", re.I)


@dataclass(frozen=True, slots=True)
class Chip:
    """A piece that was recognised, or one that is still to be said or chosen. `url` leads to its
    field."""

    label: str
    value: str
    url: str = ""


def chips(typed: Typed) -> list[Chip]:
    """Each leads to its field in the form that the line fills in."""
    url = _form_url(typed, typed.text)
    return [
        Chip(label, value, f"{url}#id_{field}" if field else "")
        for label, value, field in _pieces(typed)
        if value
    ]


def sentence(typed: Typed) -> str:
    """For a screen reader, in one go; empty if nothing was recognised."""
    said = [f"{label} {value}" for label, value, _field in _pieces(typed) if value]
    if not said:
        return ""
    return _("Understood: %(pieces)s.") % {"pieces": ", ".join(said)}


def question(typed: Typed) -> str:
    """Which of the days is meant, if the line leaves that open."""
    days = typed.draft.days
    if not days:
        return ""
    said = get_text_list([short_day(day, typed) for day in days], _("or"))
    return _("Which day: %(days)s?") % {"days": said}


def choices(typed: Typed) -> list[Chip]:
    """For each possible day, the line that names it."""
    days = [day for day in typed.draft.days if day != typed.draft.day]
    return [
        Chip("", short_day(day, typed), _form_url(typed, _with_day(typed, day))) for day in days
    ]


def lacking(typed: Typed) -> list[Chip]:
    """Links to the fields that the form needs besides."""
    draft = typed.draft
    wanted = [
        ("title", _("Add position"), draft.position),
        ("company_name", _("Add company"), draft.company),
        ("starts_at_0", _("Add day"), draft.day or draft.days),
        ("starts_at_1", _("Add time"), draft.clock),
    ]
    url = _form_url(typed, typed.text)
    return [Chip("", said, f"{url}#id_{name}") for name, said, value in wanted if not value]


def completions(typed: Typed) -> list[str]:
    """Whole lines in which the last piece is a known name; a browser's list shows those that go on
    from what was typed."""
    found = BEFORE_LAST.match(typed.text)
    before = found[0] if found else ""
    piece = typed.text[len(before) :].casefold()
    if not piece:
        return []
    people = sorted(typed.names.people, key=lambda each: each[2] != typed.draft.company)
    names = [
        *typed.names.companies,
        *(name for _pk, name, _company in people),
        *(title for _pk, title, company in typed.names.positions if company == typed.draft.company),
    ]
    fitting = [
        name for name in names if name.casefold().startswith(piece) and name.casefold() != piece
    ]
    return [before + name for name in dict.fromkeys(fitting)][:COMPLETIONS_MAX]


def _pieces(typed: Typed) -> Iterator[tuple[str, str, str]]:
    """Label, value, and the field of the form."""
    draft, names = typed.draft, typed.names
    known = _("%(name)s (known)")
    company = known % {"name": draft.company} if draft.company in names.companies else draft.company
    position = known % {"name": draft.position} if typed.vacancy else draft.position
    stage = str(Interview.Stage(draft.stage).label) if draft.stage else ""
    people = [_person(each, is_known=typed.person(each) is not None) for each in draft.people]
    yield _("Company"), company, "vacancy" if typed.vacancy else "company_name"
    yield _("Position"), position, "vacancy" if typed.vacancy else "title"
    yield pgettext("of an interview", "When"), when(typed), "starts_at_0"
    yield _("Stage"), stage, "stage"
    yield pgettext("of an interview", "With"), get_text_list(people, _("and")), "people-0-name"
    yield pgettext("of an interview", "Where"), draft.place, "place"
    yield _("Link"), draft.link, "link"
    yield _("Job ad"), draft.advertisement, "advertisement"
    yield _("Agency"), draft.agency, "agency_name"
    yield _("Agreed"), promise_said(draft.promise, typed) if draft.promise else "", ""
    yield _("Notes"), draft.notes, "notes"


def _person(person: Person, *, is_known: bool) -> str:
    role = str(Participation.Role(person.role).label) if person.role else ""
    said = [role, _("known") if is_known else ""]
    told = ", ".join(filter(None, said))
    return f"{person.name} ({told})" if told else person.name


def when(typed: Typed) -> str:
    draft = typed.draft
    day = short_day(draft.day, typed) if draft.day else ""
    said = [day, dates.clock(draft.clock) if draft.clock else ""]
    if draft.minutes:
        lasts = ngettext("%(count)d minute", "%(count)d minutes", draft.minutes)
        said.append(lasts % {"count": draft.minutes})
    return ", ".join(filter(None, said))


def promise_said(promise: Promise, typed: Typed) -> str:
    if promise.is_nothing:
        return _("nothing was agreed")
    by = short_day(promise.by, typed) if promise.by else ""
    if not by:
        return _("no date given")
    if promise.initiator:
        return _("you get in touch on %(day)s") % {"day": by}
    return _("they answer by %(day)s") % {"day": by}


def short_day(day: date, typed: Typed) -> str:
    """For example: Fri 27 Nov"""
    if day.year == typed.on.year:
        return dateformat.format(day, pgettext("format of a short day with its weekday", "D j M"))
    return dateformat.format(day, pgettext("format of a short day with its year", "D j M Y"))


def _with_day(typed: Typed, day: date) -> str:
    """The line, with this day in place of what may mean several."""
    text, is_said = typed.text, False
    for span in reversed([span for span in typed.draft.spans if span.what == "day"]):
        text = text[: span.start] + ("" if is_said else day.isoformat()) + text[span.end :]
        is_said = True
    return text


def _form_url(typed: Typed, text: str) -> str:
    query = urlencode({"q": text, "on": typed.on.isoformat()})
    return f"{reverse('dashboard:interview-create')}?{query}"


def told(typed: Typed) -> dict[str, object]:
    """For the template of the reading."""
    return {
        "typed": typed,
        "sentence": sentence(typed),
        "chips": chips(typed),
        "question": question(typed),
        "choices": choices(typed),
        "lacking": lacking(typed),
    }
