"""Pages with allauth's scripts, which bind their buttons once, when a page loads."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponseBase]


def whole_page(view: View) -> View:
    """Make the browser load the whole page if htmx asked for it, since htmx would replace only a
    part."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET" and request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return serve
