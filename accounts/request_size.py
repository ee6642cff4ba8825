"""Limit the size of requests: small, except on pages that take a file.

The Content-Length is trusted, since a server passes on no more than that (config/wsgi.py measures
bodies without one). A body that is too long is refused before it is read, kept in memory or written
to a temporary file.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_LARGE = 413
# Room for the other fields and the multipart boundaries.
AROUND = 64 * 1024

V = TypeVar("V", bound=Callable[..., Any])


def takes_file(most: int) -> Callable[[V], V]:
    """Allow a view to receive a file of up to this many bytes. It must be the outermost
    decorator."""

    def mark(view: V) -> V:
        view.body_max = most + AROUND  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimitMiddleware:
    """Must run before everything that reads the form; the CSRF check is the first to do so."""

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
    """Return 0 for an unreadable length, as Django does; then nothing is read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
