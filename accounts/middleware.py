"""What allauth's views leave undone for a page that is shown without a reload."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

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
