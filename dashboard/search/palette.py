"""The palette of Ctrl K: from a few letters to a page, a call or a letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dashboard.buttons.links import step_link
from dashboard.cards import cards_of
from dashboard.page import CandidateRequest, candidate_page
from dashboard.settings.sections import sections_about
from interviews import positions, queries
from interviews.contact_links import mailto, numbers_in
from interviews.models import Candidate, Interlocutor

SHOWN_OF_EACH = 5
# Calls and letters to so many people are listed; to more, once the verb is typed.
FEW_PEOPLE = 2
# What can be done without knowing with whom, then the pages of the navigation.
ACTIONS: dict[str, Promise] = {
    "dashboard:interview-create": gettext_lazy("Add interview"),
    "dashboard:interview-lines": gettext_lazy("Add several interviews"),
    "dashboard:position-create": gettext_lazy("Add position"),
    "dashboard:position-import-create": gettext_lazy("Import a list"),
    "dashboard:interlocutor-create": gettext_lazy("Add contact"),
    "dashboard:proof": gettext_lazy("Proof of search"),
    "dashboard:today": gettext_lazy("Today"),
    "dashboard:interview-list": gettext_lazy("Interviews"),
    "dashboard:position-list": gettext_lazy("Positions"),
    "dashboard:interlocutor-list": gettext_lazy("Contacts"),
    "dashboard:insights": gettext_lazy("Insights"),
    "dashboard:settings": gettext_lazy("Settings"),
}


@dataclass(frozen=True, slots=True)
class Destination:
    """A line of the palette: what it says, of what, where it leads, and the kind of thing."""

    label: str
    detail: str
    url: str
    kind: str = ""


@require_safe
@candidate_page
def palette(request: CandidateRequest) -> HttpResponse:
    words = request.GET.get("q", "").split()
    context = {"q": " ".join(words), "destinations": list(_destinations(request, words))}
    return render(request, "dashboard/search/_palette_lines.html", context)


def _destinations(request: CandidateRequest, words: list[str]) -> Iterator[Destination]:
    if words:
        named = _without_verbs(words)
        people = queries.people_of(request.candidate, words=named)
        is_few = named != words or len(people) <= FEW_PEOPLE
        by_name = [each for each in people if queries.holds(named, each.name)][:SHOWN_OF_EACH]
        by_company = [each for each in people[:SHOWN_OF_EACH] if each not in by_name]
        yield from _lines_about(by_name, words, request.candidate, is_few=is_few)
        yield from _interviews_and_positions(request, words)
        yield from _lines_about(by_company, words, request.candidate, is_few=is_few)
        for section in sections_about(words):
            yield Destination(section.title, "", section.url, _("Settings"))
    for name, label in ACTIONS.items():
        if queries.holds(words, str(label)):
            yield Destination(str(label), "", reverse(name))


def _without_verbs(words: Sequence[str]) -> list[str]:
    """The words of a name: "call anna" is about Anna. A verb alone stays, as part of a name."""
    verbs = {*_call("").casefold().split(), *_write_to("").casefold().split()}
    named = [word for word in words if word.casefold() not in verbs]
    return named or list(words)


def _lines_about(
    people: Sequence[Interlocutor], words: list[str], candidate: Candidate, *, is_few: bool
) -> Iterator[Destination]:
    for person in people:
        about = list(_about(person, words, country=candidate.country))
        yield from about if is_few else about[:1]


def _about(person: Interlocutor, words: list[str], *, country: str) -> Iterator[Destination]:
    company = person.company.name if person.company else ""
    page = reverse("dashboard:interlocutor-detail", args=[person.pk])
    lines = [Destination(person.name, company, page, _("Contact"))]
    if numbers := numbers_in(person.phone, country=country):
        lines.append(Destination(_call(person.name), numbers[0].said, numbers[0].url))
    if person.email:
        lines.append(Destination(_write_to(person.name), person.email, mailto(person.email)))
    for line in lines:
        if queries.holds(words, line.label, company):
            yield line


def _call(name: str) -> str:
    return _("Call %(name)s") % {"name": name}


def _write_to(name: str) -> str:
    return _("Write to %(name)s") % {"name": name}


def _interviews_and_positions(request: CandidateRequest, words: list[str]) -> Iterator[Destination]:
    """An interview with what is due about it; a position without one."""
    keys, bare = positions.search(request.candidate, words=words)
    rows = queries.interviews_of(request.candidate).in_bulk(keys[:SHOWN_OF_EACH])
    for card in cards_of([rows[key] for key in keys[:SHOWN_OF_EACH]], now=request.now):
        position = card.interview.vacancy
        page = reverse("dashboard:interview-detail", args=[card.interview.pk])
        yield Destination(position.company.name, position.title, page, _("Interview"))
        step = step_link(card.current) if card.is_to_do else None
        if step is not None:
            yield Destination(str(step.label), position.company.name, step.url)
    for found in bare[:SHOWN_OF_EACH]:
        page = reverse("dashboard:position-detail", args=[found.pk])
        yield Destination(found.company, found.title, page, _("Position"))
