"""What every page's template needs: htmx' settings and the place in the navigation."""

import json
import re
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet, BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accounts import time_zones
from accounts.keys import new_key
from dashboard.settings import theme
from dashboard.settings.sections import Section, sections
from interviews import contact_links
from interviews.text import dates

register = template.Library()

# htmx stores no page in the browser, needs no eval and no inline style, and shows error responses
# like any other page.
HTMX_CONFIG = {
    "historyCacheSize": 0,
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": True, "error": True},
    ],
}

SECTIONS = {
    "dashboard:today": "today",
    "dashboard:mail-proposal": "today",
    "dashboard:interview-create": "add",
    "account_login": "login",
    "account_request_login_code": "login",
    "account_email": "settings",
    "account_change_password": "settings",
    "account_reauthenticate": "settings",
    "accounts:oidc-remove": "settings",
    "usersessions_list": "settings",
}
# URL names of the second factor, except the page of a sign-in.
FACTORS, AT_SIGN_IN = "mfa_", ("mfa_authenticate", "mfa_login_webauthn")
NOUN_SECTIONS = {
    "interlocutor": "people",
    "position": "positions",
    "attachment": "positions",
    "vacancy": "positions",
    "candidate": "settings",
    "more": "more",
    "settings": "settings",
    "data": "settings",
    "reminders": "settings",
    "audit": "settings",
    "insights": "insights",
    "assumptions": "insights",
    "sharing": "insights",
    "competence": "insights",
    "account": "settings",
    "deletion": "settings",
    "coaching": "settings",
    "calendar": "settings",
    "forwarding": "settings",
    "notifications": "settings",
    "message": "settings",
    "bookmarklet": "settings",
    "proof": "positions",
    "shared": "positions",
    "accessibility": "",
    "landing": "",
    "offline": "",
    "styleguide": "",
}


@register.filter
def own_links(text: str) -> SafeString:
    """Link only URLs of this site in a mail's text: a name in it may look like a URL."""
    parts = re.split(rf"({re.escape(settings.BASE_URL)}/\S*)", text)
    linked = (
        format_html('<a href="{0}">{0}</a>', part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )
    return mark_safe("".join(linked))  # each part is escaped


@register.simple_tag
def htmx_config() -> str:
    return json.dumps(HTMX_CONFIG)


@register.simple_tag(takes_context=True)
def current_section(context: Context) -> str:
    """Return the navigation entry of the current page, or an empty string."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    if match.view_name in SECTIONS:
        return SECTIONS[match.view_name]
    if match.app_name != "dashboard":
        name = match.view_name or ""
        return "settings" if name.startswith(FACTORS) and name not in AT_SIGN_IN else ""
    noun = match.url_name.split("-")[0]
    return NOUN_SECTIONS.get(noun, "interviews")


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    """Return "light" or "dark" as chosen; empty if the system decides."""
    request = context.get("request")  # the page of a fault is made without one
    return theme.chosen_theme(request) if request else ""


@register.simple_tag(takes_context=True)
def settings_sections(context: Context) -> list[Section]:
    """Return the sections of Settings, with the one of the current page marked."""
    return sections(context["request"].resolver_match.view_name)


@register.filter
def day(value: date, now: datetime) -> str:
    """For example: Friday 20 November; of a datetime, its date in the current zone."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return dates.day(local, now=now)


@register.filter
def row_day(value: datetime, now: datetime) -> str:
    """For example: Fri 20 Nov"""
    return dates.row_day(timezone.localtime(value).date(), now=now)


@register.filter
def moment(value: datetime, now: datetime) -> str:
    """For example: Friday 20 November at 10:00"""
    return dates.moment(value, now=now)


@register.filter
def clock(value: time | datetime) -> str:
    """For example: 10:00"""
    return dates.clock(timezone.localtime(value) if isinstance(value, datetime) else value)


@register.filter
def short_moment(value: datetime) -> str:
    """For example: 20 Nov, 10:00"""
    return dates.short_moment(timezone.localtime(value))


@register.filter
def spoken_zone(name: str) -> str:
    """For example: Berlin time"""
    return time_zones.spoken(name)


@register.filter
def numbers(said: str, country: str) -> list[contact_links.Number]:
    return contact_links.numbers_in(said, country=country)


@register.filter
def mailto(email: str) -> str:
    return contact_links.mailto(email)


@register.simple_tag
def submission_key() -> UUID:
    """A submission id for a form with one button."""
    return new_key()


class FormError(NamedTuple):
    anchor: str
    label: str
    sentence: str


@register.simple_tag(takes_context=True)
def error_summary(context: Context) -> list[FormError]:
    """Return the errors in the order of the page, each with its anchor: those of `form`, and of the
    formset `also` below it."""
    form, also = context.get("form"), context.get("also")
    if not isinstance(also, BaseFormSet) or not also.is_bound:
        return _errors_of(form)
    whole = [FormError("", "", str(sentence)) for sentence in also.non_form_errors()]
    return [*_errors_of(form), *whole, *(one for each in also for one in _errors_of(each))]


def _errors_of(form: object) -> list[FormError]:
    if not isinstance(form, BaseForm) or not form.is_bound:
        return []
    whole = [FormError("", "", str(sentence)) for sentence in form.non_field_errors()]
    labels = getattr(form, "plain_labels", {})
    return whole + [
        FormError(_anchor(field), _before(labels.get(field.name, field.label)), str(sentence))
        for field in _in_page_order(form)
        for sentence in field.errors
    ]


def _before(label: object) -> str:
    """Put a label before a message; a question keeps its question mark."""
    said = str(label)
    return said if said.endswith("?") else f"{said}:"


def _in_page_order(form: BaseForm) -> list[BoundField]:
    """Return the fields as they are laid out; others come last."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    names = [pointer.name for pointer in layout.get_field_names()] if layout else []
    place = {name: number for number, name in enumerate(names)}
    return sorted(form, key=lambda field: place.get(field.name, len(place)))


def _anchor(field: BoundField) -> str:
    """Return the id of the first focusable element; radio buttons and pairs are numbered."""
    return field.id_for_label or f"{field.auto_id}_0"
