"""What allauth's views leave undone for a page that is shown without a reload."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.devices import CLEARED, READER_HEADER, SIGN_OUTS, reader_key

UNPROCESSABLE = 422


class InvalidFormMiddleware:
    """An invalid form of allauth answers 422, as every other form here does, and not 200."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        is_refused = request.method == "POST" and response.status_code == 200
        if is_refused and getattr(form, "errors", None):
            response.status_code = UNPROCESSABLE
        return response


class DeviceMiddleware:
    """Tells the service worker whose page it got, and the browser to forget at a sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if _is_page(response) and (match is None or match.app_name != "admin"):
            response[READER_HEADER] = reader_key(request.user)
        is_sign_out = match is not None and match.view_name in SIGN_OUTS
        if is_sign_out and request.method == "POST" and not request.user.is_authenticated:
            response["Clear-Site-Data"] = CLEARED
        return response


def _is_page(response: HttpResponse) -> bool:
    """Neither a redirect, whose target tells, nor a fault, whose page may not ask who reads it."""
    is_html = response.get("Content-Type", "").startswith("text/html")
    return is_html and (response.status_code < 300 or 400 <= response.status_code < 500)
