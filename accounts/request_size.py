"""How much a request may carry: little, but for the pages that take a file.

What a request says of its length is believed, since a server hands over no more than that
(config/wsgi.py measures the bodies that do not say it). So a body that is too long is refused
before any of it is read, kept in memory or spooled to a disk.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_LARGE = 413
# What stands around the file: the other fields, and the lines between them.
AROUND = 64 * 1024

V = TypeVar("V", bound=Callable[..., Any])


def takes_file(most: int) -> Callable[[V], V]:
    """For a view that is sent a file of at most so many bytes; outermost, as the URLs know it."""

    def mark(view: V) -> V:
        view.body_max = most + AROUND  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimitMiddleware:
    """Before all that reads a form: the check of its CSRF token is the first to do so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_called_with: object
    ) -> HttpResponse | None:
        most = getattr(view, "body_max", settings.BODY_MAX)
        if _length(request) <= most:
            return None
        return render(request, "413.html", {"most": most // 2**20}, status=TOO_LARGE)


def _length(request: HttpRequest) -> int:
    """What cannot be read stands for nothing, as Django takes it, and then nothing is read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
