"""The beginning and the end of every page made for a coach."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dashboard.page import UNPROCESSABLE
from interviews.models import Candidate
from staff.coach.admin import sharing_of


def key_of(object_id: str) -> UUID:
    """Return the key in the URL, which may be any text."""
    try:
        return UUID(object_id)
    except ValueError as error:
        raise Http404 from error


@contextmanager
def time_of(request: HttpRequest, candidate: Candidate) -> Iterator[datetime]:
    """Read the clock in the candidate's zone, in which the page shows and reads times."""
    now = sharing_of(request).now.astimezone(candidate.zone)
    request.now = now  # type: ignore[attr-defined]
    with timezone.override(candidate.zone):
        yield now


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, title: str
) -> HttpResponse:
    """Answer 422 if one of the forms is invalid."""
    forms = [each for each in context.values() if isinstance(each, BaseForm)]
    is_refused = any(form.is_bound and not form.is_valid() for form in forms)
    whole = {**admin.site.each_context(request), "title": title, **context}
    return render(request, template, whole, status=UNPROCESSABLE if is_refused else 200)
