"""Pages with allauth's scripts, which look for their buttons once, when a page is loaded."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponseBase]


def whole_page(view: View) -> View:
    """Asked for by htmx, which would exchange a part of the page in sight only, it has the browser
    load it whole."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET" and request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(request.get_full_path())
        return view(request, *args, **kwargs)

    return serve
