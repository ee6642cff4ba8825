"""Today: what to do now, what to wait for, what is coming, what was answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.time_zones import DEFAULT_ZONE
from dashboard.cards import Card, cards_of
from dashboard.interviews.first import example
from dashboard.mail_proposals.shown import mails_of_today
from dashboard.offline.views import cards_near, near
from dashboard.page import CandidateRequest, candidate_page, staff_elsewhere
from dashboard.proposals.views import ShownProposal, proposals_about, proposals_of_today
from dashboard.today.filters import KIND_LABELS, REACH_LABELS, Chosen, Kind
from dashboard.today.first_week import first_week
from dashboard.today.headline import calls_title, heading, lede
from dashboard.today.rows import LEGEND, Group, row_of
from dashboard.today.shelves import PAGE_LENGTH, Shelves
from interviews import access, queries
from interviews.actions.perform import ActionContext
from interviews.actions.registry import Action, label_of
from interviews.models import Candidate, Interview, Section
from interviews.next_step import candidate_facts
from interviews.services import reminders
from interviews.services.notification_channels import failed_channels
from interviews.wait_line.axis import Axis, Reach

# With fewer waits there are no filters and no search.
FILTERED_FROM = 6
_TO_DO = (Kind.LETTERS, Kind.DECISIONS, Kind.CALLS)


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("dashboard:today")
    now = timezone.now().astimezone(ZoneInfo(DEFAULT_ZONE))
    return render(request, "dashboard/today/landing.html", {"example": example(now=now)})


@dataclass(frozen=True, slots=True)
class Above:
    """What others said of the rows: the interviews that a mail may have answered, what coaches
    suggest, and whether a mail stands above them."""

    answered: Collection[UUID]
    proposals: Sequence[ShownProposal]
    has_mails: bool

    def suggested(self, key: UUID) -> list[ShownProposal]:
        return [each for each in self.proposals if each.proposal.interview_id == key]


@require_safe
@staff_elsewhere
@candidate_page
def today(request: CandidateRequest) -> HttpResponse:
    chosen = Chosen.of(request)
    shelves = Shelves(chosen)
    shown = Paginator(range(shelves.shown), PAGE_LENGTH).get_page(request.GET.get("page"))
    # The device must store the forms of the whole list: a filtered one would remove the others.
    is_whole = not (chosen.is_any or chosen.has_choices) and not shown.has_previous()
    kept = near(request.candidate, now=request.now) if is_whole else None
    rows = shelves.rows(shown, besides=kept)
    cards = cards_of(rows[:PAGE_LENGTH], now=request.now, with_facts=True)
    proposals = proposals_of_today(request) if is_whole else []
    mails = mails_of_today(request)
    shown_mails = mails if is_whole else None
    has_action = bool(shown_mails and shown_mails.has_action)
    above = Above(mails.answered if mails else frozenset(), proposals, has_mails=has_action)
    context = {
        **_headline(chosen, shelves, has_proposals=bool(proposals), has_mails=bool(mails)),
        **_timeline(chosen, shelves, cards, above),
        **_notices(request),
        "chosen": chosen,
        "chips": [(kind, KIND_LABELS[kind], n) for kind, n in shelves.counts.items() if n],
        "total": shelves.total,
        "has_filter": chosen.is_any or chosen.has_choices or shelves.total >= FILTERED_FROM,
        "has_taps": any(card.has_taps for card in cards),
        "snoozes": snoozes(request.candidate, now=request.now) if chosen.is_selecting else [],
        "page": shown,
        "mails": shown_mails,
        "offline_cards": cards_near(rows, now=request.now) if is_whole else [],
        "has_earlier": not shelves.total and queries.interviews_of(request.candidate).exists(),
        "first_week": first_week(request, cards, total=shelves.total) if is_whole else [],
    }
    return render(request, "dashboard/today/today.html", context)


def _headline(
    chosen: Chosen, shelves: Shelves, *, has_proposals: bool, has_mails: bool
) -> dict[str, Any]:
    counts, now, calls_from = shelves.counts, chosen.now, chosen.calls_from
    to_do = sum(counts[kind] for kind in _TO_DO)
    said = heading(
        counts,
        now=now,
        calls_from=calls_from,
        has_proposals=has_proposals,
        has_mails=has_mails,
    )
    return {
        "to_do": to_do,
        "heading": said,
        "lede": lede(
            shelves.waits_until,
            waiting=counts[Kind.WAITING],
            now=now,
            calls_from=calls_from if counts[Kind.CALLS] else None,
            has_something=bool(to_do) or has_proposals or has_mails,
        ),
    }


def _timeline(
    chosen: Chosen, shelves: Shelves, cards: Sequence[Card], above: Above
) -> dict[str, Any]:
    """A suggestion about an interview without a row is above them all."""
    axis = chosen.axis(shelves.oldest)
    calendar = candidate_facts(chosen.candidate).calendar
    groups = _groups(cards, shelves, chosen, axis, above)
    placed = {row.interview.pk for group in groups if not group.is_folded for row in group.rows}
    return {
        "groups": groups,
        "proposals": [each for each in above.proposals if each.interview.pk not in placed],
        "axis": axis,
        "rests": axis.rests(calendar.is_working_day),
        "reaches": REACH_LABELS.items(),
        "legend": LEGEND.items(),
    }


def _notices(request: CandidateRequest) -> dict[str, Any]:
    """What is wrong with the reminders, above everything."""
    return {
        "is_paused": request.candidate.reminders_paused_at is not None,
        "refusal": access.find_refusal(request.user),
        "missed": reminders.missed_reminders(request.candidate),
        "lost_channels": failed_channels(request.candidate),
    }


def snoozes(candidate: Candidate, *, now: datetime) -> list[tuple[Action, str]]:
    """Each names the day to which it leads, which is the same for all rows."""
    context = ActionContext(Interview(candidate=candidate), now)
    return [(each, label_of(each, context)) for each in (Action.TOMORROW, Action.LATER)]


def _groups(
    cards: Sequence[Card],
    shelves: Shelves,
    chosen: Chosen,
    axis: Axis,
    above: Above,
) -> list[Group]:
    """The first row that asks for something has the page's one primary action, unless a mail is
    above: what can be done now, then a call of today, then an interview’s questions. Of
    those that a mail may have answered none has it."""
    asking = [card for card in cards if card.is_asking or card.later]
    asking.sort(key=lambda card: (card.is_coming, not card.is_asking))
    keys = (card.interview.pk for card in asking)
    first = next((key for key in keys if key not in above.answered), None)
    by_key = {card.interview.pk: card for card in cards}
    opened = chosen.open_row
    if len(cards) == shelves.total == 1 and not chosen.has_closed:
        opened = cards[0].interview.pk
    groups = []
    for section, interviews in shelves.by_section(card.interview for card in cards).items():
        rows = [
            row_of(
                by_key[key],
                axis,
                is_first=key == first and not above.has_mails,
                is_open=key == opened,
                has_mail=key in above.answered,
                suggested=above.suggested(key),
            )
            for key in (each.pk for each in interviews)
        ]
        is_folded = section == Section.ANSWERED and chosen.kind is None
        groups.append(Group(_title(section, chosen), shelves.count(section), rows, is_folded))
    return groups


def _title(section: Section, chosen: Chosen) -> str:
    if section == Section.CALL_LATER:
        return calls_title(chosen.calls_from, now=chosen.now)
    return str(section.label)


@require_safe
@candidate_page
def today_row(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """One row alone, opened or closed in place."""
    interview = access.get_interview(request.user, pk)
    chosen = Chosen.of(request)
    oldest = Shelves(chosen).oldest if chosen.reach == Reach.ALL else None
    [card] = cards_of([interview], now=request.now, with_facts=True)
    mails = mails_of_today(request)
    row = row_of(
        card,
        chosen.axis(oldest),
        is_first="first" in request.GET,
        is_open=chosen.open_row == pk,
        has_mail=mails is not None and pk in mails.answered,
        suggested=proposals_about(request, interview, with_declined=False),
    )
    return render(
        request, "dashboard/today/_row.html", {"row": row, "card": card, "chosen": chosen}
    )
