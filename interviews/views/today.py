"""The morning page: what to do now, what to wait for, what is coming, what was answered."""

from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from interviews import access, spoken
from interviews.rules import State, Step
from interviews.services import reminders
from interviews.views.base import CandidateRequest, candidate_page
from interviews.views.cards import Card, cards_of
from interviews.views.offline import card_urls

ANSWERED_DAYS = 14


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("interviews:today")
    return render(request, "interviews/landing.html")


@require_safe
@candidate_page
def today(request: CandidateRequest) -> HttpResponse:
    now = request.now
    recently = Q(result__known_at__gte=now - timedelta(days=ANSWERED_DAYS))
    rows = access.interviews_of(request.candidate).not_cancelled()
    rows = rows.filter(~Q(step=Step.DONE) | recently).order_by("step_due_at", "starts_at")
    cards = cards_of(list(rows), now=now)
    context = sort_cards(cards, now=now) | {
        "offline_cards": card_urls([card.interview for card in cards], now=now),
        "is_paused": request.candidate.reminders_paused_at is not None,
        "missed": reminders.missed_reminders(request.candidate),
    }
    return render(request, "interviews/today.html", context)


def sort_cards(cards: list[Card], *, now: datetime) -> dict[str, object]:
    """Overdue before due: both are sorted by their due moment already."""
    to_do = [card for card in cards if card.is_to_do]
    coming = [card for card in cards if card.is_coming]
    answered = [card for card in cards if card.is_answered and not card.is_to_do]
    waiting = [card for card in cards if card.is_waiting]
    return {
        "heading": heading(to_do, now=now),
        "lede": lede(to_do, waiting, now=now),
        "to_do": sorted(to_do, key=lambda card: card.state != State.OVERDUE),
        "waiting": waiting,
        "coming": sorted(coming, key=lambda card: card.interview.starts_at),
        "answered": just_answered(answered, now=now),
    }


def just_answered(cards: list[Card], *, now: datetime) -> list[Card]:
    since = now - timedelta(days=ANSWERED_DAYS)
    recent = [card for card in cards if card.interview.result.known_at >= since]
    return sorted(recent, key=lambda card: card.interview.result.known_at, reverse=True)


def heading(to_do: list[Card], *, now: datetime) -> str:
    """Monday, two things to do."""
    weekday = spoken.weekday(now.date())
    if not to_do:
        return _("%(weekday)s, nothing to do.") % {"weekday": weekday}
    said = ngettext(
        "%(weekday)s, one thing to do.", "%(weekday)s, %(count)s things to do.", len(to_do)
    )
    return said % {"weekday": weekday, "count": apnumber(len(to_do))}


def lede(to_do: list[Card], waiting: list[Card], *, now: datetime) -> str:
    """The next one can wait until Thursday: the earliest of those that wait."""
    dues = [card.step.due for card in waiting if card.step and card.step.due]
    if not dues:
        return ""
    values = {"count": apnumber(len(dues)), "until": spoken.until(min(dues), now=now)}
    if to_do:
        said = _("The next one can wait until %(until)s.")
    else:
        said = ngettext(
            "One answer is under way; there is nothing to do until %(until)s.",
            "%(count)s answers are under way; there is nothing to do until %(until)s.",
            len(dues),
        )
    sentence = said % values
    return sentence[0].upper() + sentence[1:]
