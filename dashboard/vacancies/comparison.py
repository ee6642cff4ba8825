"""The candidate's other open positions, each with its next step, day and ratings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dashboard.cards import Card, cards_of
from dashboard.page import CandidateRequest
from interviews import queries, text
from interviews.models import Interview, Vacancy
from interviews.text import dates

PAGE_LENGTH = 25


@dataclass(frozen=True, slots=True)
class Compared:
    vacancy: Vacancy
    card: Card
    next_step: str


def compare(request: CandidateRequest, vacancy: Vacancy) -> tuple["Page[Vacancy]", list[Compared]]:
    """One page of the others, in at most five queries."""
    others = queries.open_vacancies_of(request.candidate).exclude(pk=vacancy.pk)
    shown = Paginator(others, PAGE_LENGTH).get_page(request.GET.get("page"))
    vacancies = list(shown.object_list)
    rows = queries.interviews_of(request.candidate).undecided().filter(vacancy__in=vacancies)
    cards = cards_of(_first_due_of_each(rows), now=request.now)
    by_vacancy = {card.interview.vacancy_id: card for card in cards}
    found = [
        Compared(each, by_vacancy[each.pk], _next_step(by_vacancy[each.pk]))
        for each in vacancies
        if each.pk in by_vacancy
    ]
    return shown, found


def _first_due_of_each(rows: Iterable[Interview]) -> list[Interview]:
    """Of a position with several open stages, the most urgent one."""
    firsts: dict[object, Interview] = {}
    for row in sorted(rows, key=_due_first):
        firsts.setdefault(row.vacancy_id, row)
    return list(firsts.values())


def _due_first(row: Interview) -> tuple[bool, datetime]:
    return (row.step_due_at is None, row.step_due_at or row.starts_at)


def _next_step(card: Card) -> str:
    """For example: Call Anna Petrova, Friday 20 November at 10:00. A past moment is left out."""
    current, interview, now = card.current, card.interview, card.current.now
    if current.result is not None:
        return _offer_in_words(current.result.offer_answer_by_on, now=now)
    if card.is_coming:
        what, at = capfirst(interview.get_stage_display()), interview.starts_at
    elif current.due is None:
        return ""
    else:
        what = text.action(current.step, person=current.person, company=current.company)
        at = current.due
        if at <= now:
            return what
    return _("%(what)s, %(when)s") % {"what": what, "when": dates.moment(at, now=now)}


def _offer_in_words(answer_by_on: date | None, *, now: datetime) -> str:
    if answer_by_on is None:
        return _("Answer this offer, too")
    return _("Answer this offer by %(day)s, too") % {"day": dates.day(answer_by_on, now=now)}
