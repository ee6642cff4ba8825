"""The sections of Settings in their order, and how each one stands."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import time_zones
from coaching import access as coaching_access
from dashboard.page import CandidateRequest
from dashboard.settings.forms import MAILED_STEPS
from dashboard.settings.theme import chosen_theme
from integrations.forwarding import address as forwarding_address
from interviews import access
from interviews.models import Candidate
from interviews.queries import channels_of, push_devices_of
from interviews.text import dates

TITLES: dict[str, Promise] = {
    "dashboard:settings-you": gettext_lazy("You"),
    "dashboard:settings-hours": gettext_lazy("Days and hours"),
    "dashboard:settings-reminders": gettext_lazy("Reminders"),
    "dashboard:notifications": gettext_lazy("Notifications"),
    "dashboard:calendar": gettext_lazy("Calendar"),
    "dashboard:forwarding": gettext_lazy("Forwarding"),
    "dashboard:coaching-list": gettext_lazy("Coaches"),
    "mfa_index": gettext_lazy("Sign-in and security"),
    "dashboard:settings-data": gettext_lazy("Your data"),
    "dashboard:settings-display": gettext_lazy("Display"),
}
# Pages that a section leads to.
PART_OF = {
    "dashboard:settings": "dashboard:settings-you",
    "dashboard:calendar-link": "dashboard:calendar",
    "dashboard:forwarding-delete": "dashboard:forwarding",
    "dashboard:message-channel": "dashboard:notifications",
    "dashboard:message-channel-code": "dashboard:notifications",
    "dashboard:audit-log": "mfa_index",
}
# What somebody may look for. Translators may add words, separated by commas.
WORDS: dict[str, Promise] = {
    "dashboard:settings-you": gettext_lazy("name, notice period, email address"),
    "dashboard:settings-hours": gettext_lazy(
        "time zone, country, region, public holidays, calling hours, working days"
    ),
    "dashboard:settings-reminders": gettext_lazy(
        "reminders, pause, resume, email, discreet subjects"
    ),
    "dashboard:notifications": gettext_lazy(
        "notifications, push, phone, devices, lock screen, order, reminders, messages, ntfy, "
        "Telegram, Pushover, Gotify, Matrix, Signal, webhook"
    ),
    "dashboard:calendar": gettext_lazy("calendar link, feed, iCal, Google, Outlook"),
    "dashboard:forwarding": gettext_lazy("forward, email, address, filter, rule, Gmail, Outlook"),
    "dashboard:coaching-list": gettext_lazy("coach, sharing, invite"),
    "mfa_index": gettext_lazy(
        "password, passkey, two-step sign-in, recovery codes, sessions, activity log"
    ),
    "dashboard:settings-data": gettext_lazy(
        "export, import, spreadsheet, backup, proof of search, employment office, bookmark, "
        "forecast assumptions, waiting times, delete account"
    ),
    "dashboard:settings-display": gettext_lazy("theme, dark, light, keyboard shortcuts"),
}


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    state: str = ""
    # "page" or "true", as aria-current says it.
    current: str = ""

    @property
    def title(self) -> str:
        return str(TITLES[self.name])

    @property
    def url(self) -> str:
        return reverse(self.name)


def _offered() -> list[str]:
    return [n for n in TITLES if n != "dashboard:forwarding" or forwarding_address.is_offered()]


def sections(view_name: str) -> list[Section]:
    """All of them, on the page with this URL name."""
    here = PART_OF.get(view_name, view_name)
    mark = "page" if here == view_name else "true"
    return [Section(name, current=mark if name == here else "") for name in _offered()]


def sections_with_states(request: CandidateRequest) -> list[Section]:
    states = _states(request)
    first = next(iter(TITLES))
    return [Section(name, states[name], "true" if name == first else "") for name in _offered()]


def sections_about(words: list[str]) -> list[Section]:
    """Those which hold every word, in any order."""
    return [
        Section(name)
        for name in _offered()
        if words and all(word.casefold() in _said(name) for word in words)
    ]


def _said(name: str) -> str:
    return f"{TITLES[name]}, {WORDS[name]}".casefold()


def _states(request: CandidateRequest) -> dict[str, str]:
    candidate, user = request.candidate, request.user
    has_calendar = access.find_calendar_feed(candidate) is not None
    has_address = access.find_inbound_address(candidate) is not None
    return {
        "dashboard:settings-you": user.name or user.email,
        "dashboard:settings-hours": _("%(zone)s, %(opens)s–%(closes)s")
        % {
            "zone": time_zones.spoken(candidate.timezone),
            "opens": dates.clock(candidate.contact_opens),
            "closes": dates.clock(candidate.contact_closes),
        },
        "dashboard:settings-reminders": _reminders(candidate),
        "dashboard:notifications": _notifications(candidate),
        "dashboard:calendar": _("Link created") if has_calendar else _("No calendar link"),
        "dashboard:forwarding": _("Address created") if has_address else _("No address"),
        "dashboard:coaching-list": _coaches(request),
        "mfa_index": user.email,
        "dashboard:settings-data": _("Export, import, delete account"),
        "dashboard:settings-display": _theme(request),
    }


def _reminders(candidate: Candidate) -> str:
    if candidate.reminders_paused_at:
        return _("Paused")
    kinds = sum(step.value not in candidate.muted_steps for step in MAILED_STEPS)
    if not kinds:
        return _("None chosen")
    return ngettext("%(kinds)d kind, by email", "%(kinds)d kinds, by email", kinds) % {
        "kinds": kinds
    }


def _notifications(candidate: Candidate) -> str:
    """Before the first device there is no order of channels, and nothing to count."""
    count = push_devices_of(candidate).count() if candidate.channel_order else 0
    if not count:
        channels = channels_of(candidate) if candidate.channel_order else []
        usable = [each.get_kind_display() for each in channels if each.is_usable]
        return get_text_list(usable, _("and")) if usable else _("Turned off")
    return ngettext("On %(count)d device", "On %(count)d devices", count) % {"count": count}


def _coaches(request: CandidateRequest) -> str:
    count = coaching_access.coach_count(request.candidate, now=request.now)
    if not count:
        return _("No coaches yet")
    return ngettext("%(count)d coach", "%(count)d coaches", count) % {"count": count}


def _theme(request: HttpRequest) -> str:
    return {"light": _("Light theme"), "dark": _("Dark theme")}.get(
        chosen_theme(request), _("Theme of your system")
    )
