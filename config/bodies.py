"""Bodies that do not say how long they are ("Transfer-Encoding: chunked").

Django takes such a body for an empty one: a form sent through a proxy that does not say its length
would seem to be blank. Here it is measured first, and no more of it is read than a request may
carry; one that goes on is one byte too long, and refused like any other (accounts/bodies.py).
"""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def measured(application: "WSGIApplication", *, most: int) -> "WSGIApplication":
    def serve(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ.get("HTTP_TRANSFER_ENCODING") and not environ.get("CONTENT_LENGTH"):
            body = environ["wsgi.input"].read(most + 1)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        return application(environ, start)

    return serve
