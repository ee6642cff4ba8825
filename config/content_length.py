"""Measure request bodies without a Content-Length ("Transfer-Encoding: chunked").

Django takes such a body for an empty one, so a form sent through a proxy that omits the length
would seem blank. This reads no more than a request may carry; a longer body counts as one byte too
long and is refused like any other (accounts/request_size.py).
"""

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024


def measured(application: "WSGIApplication", *, most: int) -> "WSGIApplication":
    def serve(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ.get("HTTP_TRANSFER_ENCODING") and not environ.get("CONTENT_LENGTH"):
            # (closed with the response)
            body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (until the answer)
            left = most + 1
            while left and (piece := environ["wsgi.input"].read(min(left, PIECE))):
                left -= body.write(piece)
            body.seek(0)
            environ["wsgi.input"] = body
            environ["CONTENT_LENGTH"] = str(most + 1 - left)
        return application(environ, start)

    return serve


def largest_body() -> int:
    """Return the limit of the page that accepts the largest file; each page's own limit is checked
    later."""
    from django.urls import get_resolver

    views = (entry.callback for entry in get_resolver("dashboard.urls").url_patterns)
    return max([settings.BODY_MAX, *(getattr(view, "body_max", 0) for view in views)])
