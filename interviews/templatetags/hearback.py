"""What every page's template needs: htmx' settings and the place in the navigation."""

import json
from datetime import date, datetime, time
from typing import NamedTuple

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils import dateformat, timezone
from django.utils.translation import pgettext

from interviews import spoken

register = template.Library()

# No page is kept in the browser's storage, nothing needs eval or an inline style, and an
# answer with an error is shown like any other page.
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
    "interviews:today": "today",
    "interviews:interview-create": "add",
    "account_login": "login",
    "account_request_login_code": "login",
    "account_email": "settings",
    "account_change_password": "settings",
}
NOUN_SECTIONS = {
    "interlocutor": "people",
    "candidate": "settings",
    "reminders": "settings",
    "landing": "",
}


@register.simple_tag
def htmx_config() -> str:
    return json.dumps(HTMX_CONFIG)


@register.simple_tag(takes_context=True)
def current_section(context: Context) -> str:
    """Which entry of the navigation the shown page belongs to; empty for none."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    if match.view_name in SECTIONS:
        return SECTIONS[match.view_name]
    if match.app_name != "interviews":
        return ""
    noun = match.url_name.split("-")[0]
    return NOUN_SECTIONS.get(noun, "interviews")


@register.filter
def day(value: date, now: datetime) -> str:
    """Friday 20 November; of a moment, its day in the current zone."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return spoken.day(local, now=now)


@register.filter
def moment(value: datetime, now: datetime) -> str:
    """Friday 20 November at 10:00"""
    return spoken.moment(value, now=now)


@register.filter
def clock(value: time | datetime) -> str:
    """10:00"""
    return spoken.clock(timezone.localtime(value) if isinstance(value, datetime) else value)


@register.filter
def short_moment(value: datetime) -> str:
    """20 Nov, 10:00"""
    local = timezone.localtime(value)
    return dateformat.format(local, pgettext("format of a short moment", "j M, H:i"))


class Problem(NamedTuple):
    anchor: str
    label: str
    sentence: str


@register.filter
def problems(form: object) -> list[Problem]:
    """What must be put right, in the order of the fields, each with where to do it."""
    if not isinstance(form, BaseForm) or not form.is_bound:
        return []
    whole = [Problem("", "", str(sentence)) for sentence in form.non_field_errors()]
    return whole + [
        Problem(_anchor(field), str(field.label), str(sentence))
        for field in form
        for sentence in field.errors
    ]


def _anchor(field: BoundField) -> str:
    """The id of the first thing that can be focused; radio buttons and pairs are numbered."""
    return field.id_for_label or f"{field.auto_id}_0"
