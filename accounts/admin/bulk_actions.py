"""Actions on many rows of the admin: each first shows what it will do to how many rows, then
applies it where possible, and reports the rows it skipped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User

CONFIRMED = "confirmed"
# How many rows the confirmation page lists at most.
NAMED_MOST = 50


@dataclass(frozen=True, slots=True)
class Task:
    """An action: its texts (`ngettext_lazy`, by `count`) and its functions."""

    question: Any
    done: Any
    left: Any
    # Limits the chosen rows to those that the action applies to.
    may: Callable[[QuerySet[Any]], QuerySet[Any]]
    # Applies the action to one row, and returns whether it changed anything.
    do: Callable[[Any, User, datetime], bool]
    # False if the service writes to the audit log itself.
    is_recorded_here: bool = True

    def said(self, words: Any, count: int) -> str:
        return str(words % {"count": count})


def in_bulk(
    admin: "ModelAdmin[Any]", request: HttpRequest, chosen: QuerySet[Any], task: Task
) -> HttpResponse | None:
    """Return the confirmation page; once confirmed, run the action and return None: Django then
    shows the list."""
    rows = list(chosen)
    allowed = set(task.may(chosen).values_list("pk", flat=True))
    ready = [row for row in rows if row.pk in allowed]
    if ready and CONFIRMED not in request.POST:
        left = [row for row in rows if row.pk not in allowed]
        _record_looks(admin, request, rows)
        return _question(admin, request, ready, left, task)
    assert isinstance(request.user, User)
    now = timezone.now()
    done = [row for row in ready if task.do(row, request.user, now)]
    _report(request, len(done), len(rows) - len(done), task)
    if done and task.is_recorded_here:
        _note(admin, request, done)
    return None


def _question(
    admin: "ModelAdmin[Any]",
    request: HttpRequest,
    ready: list[Model],
    left: list[Model],
    task: Task,
) -> HttpResponse:
    action = request.POST["action"]
    context = {
        **admin.admin_site.each_context(request),
        "title": task.said(task.question, len(ready)),
        "opts": admin.opts,
        "ready": ready[:NAMED_MOST],
        "more": max(0, len(ready) - NAMED_MOST),
        "chosen": [row.pk for row in (*ready, *left)],
        "left": left[:NAMED_MOST],
        "left_said": task.said(task.left, len(left)) if left else "",
        "action": action,
        "deed": dict(admin.get_action_choices(request))[action],
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "confirmed": CONFIRMED,
    }
    return TemplateResponse(request, "admin/action_confirmation.html", context)


def _report(request: HttpRequest, done: int, left: int, task: Task) -> None:
    if done:
        messages.success(request, task.said(task.done, done))
    if left:
        messages.warning(request, task.said(task.left, left))


def _record_looks(admin: "ModelAdmin[Any]", request: HttpRequest, rows: Iterable[Model]) -> None:
    """Log a look, because the confirmation page names the rows."""
    record_looks = getattr(admin, "record_looks", None)
    if record_looks is not None:
        record_looks(request, [row.pk for row in rows])


def _note(admin: "ModelAdmin[Any]", request: HttpRequest, rows: Iterable[Model]) -> None:
    """Log the action for the owners of the rows, if the admin class is audited."""
    record_change = getattr(admin, "record_change", None)
    if record_change is not None:
        record_change(request, rows)
