"""How a mail's links are opened, what is typed there, and all that could come of it."""

from urllib.parse import urlsplit

from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from interviews.models import Reminder
from reminders.signed_links import action_url

CARD = {
    "due": "none",
    "initiator": "employer",
    "channel": "phone",
    "may_call": "yes",
    "silence": "no",
    "feedback_via": "direct",
}
# What is typed into each action's form.
TYPED: dict[str, dict[str, str]] = {
    "answered": {"kind": "refusal", "via": "phone"},
    "called": {"outcome": "nobody"},
    "wrote": {"channel": "email"},
    "tomorrow": {},
    "agreed": CARD,
    "nothing-agreed": {},
    "weigh": {"attractiveness": "4", "desire": "5"},
    "close": {},
    "wait-on": {},
    "done": {"channel": "phone"},
    "later": {},
}


def link(reminder: Reminder, action: str) -> str:
    return urlsplit(action_url(reminder, action)).path


def clean(reminder: Reminder, action: str) -> str:
    return f"/act/{reminder.pk}/{action}/"


def opened(client: Client, reminder: Reminder, action: str) -> HttpResponse:
    return client.get(link(reminder, action), follow=True)


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }
