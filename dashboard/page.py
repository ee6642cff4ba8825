"""What every candidate's page does first and last: the candidate, the clock, and the status."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.safe_redirect import is_own_path
from interviews import access
from interviews.models import Candidate

P = ParamSpec("P")
T = TypeVar("T")
UNPROCESSABLE = 422


class CandidateRequest(HttpRequest):
    """A request of a candidate: the clock is read once, in the candidate's zone."""

    user: User
    candidate: Candidate
    now: datetime


View = Callable[Concatenate[CandidateRequest, P], HttpResponse]


def candidate_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Only for candidates. Other signed-in users may become one; pages of others answer 404."""

    @wraps(view)
    def serve(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        candidate = access.find_candidate(request.user)
        if candidate is None:
            if kwargs or request.method != "GET":
                raise Http404
            return redirect("dashboard:candidate-create")
        asked = cast(CandidateRequest, request)
        asked.candidate = candidate
        asked.now = timezone.now().astimezone(candidate.zone)
        with timezone.override(candidate.zone):
            try:
                return view(asked, *args, **kwargs)
            except ObjectDoesNotExist as error:
                # Another tab has deleted it since it was fetched.
                raise Http404 from error

    return never_cache(login_required(serve))


def staff_elsewhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page after signing in: a coach without a job search goes on to the coach's site."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.is_staff and access.find_candidate(user) is None:
            return redirect("admin:index")
        return view(request, *args, **kwargs)

    return serve


def in_zone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Activate the reader's zone, on pages for all signed-in users."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        candidate = access.find_candidate(request.user)
        with timezone.override(candidate.zone if candidate else None):
            return view(request, *args, **kwargs)

    return serve


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the data to bind a form to: None for GET, even if a POST is empty."""
    return request.POST if request.method == "POST" else None


def written(form: BaseForm, write: Callable[[], T]) -> T | None:
    """Return what the service wrote; None if the form was not sent, is invalid, or was refused.

    A refusal is shown beside the field that it names.
    """
    if not form.is_valid():
        return None
    try:
        return write()
    except ValidationError as error:
        refuse(form, error)
        return None


def saved(form: BaseForm, write: Callable[[], object]) -> bool:
    """Like `written`, if only success matters."""
    return written(form, lambda: (write(), True)) is not None


def refuse(form: BaseForm, error: ValidationError) -> None:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    form: BaseForm,
    also: "BaseFormSet[Any] | None" = None,
) -> HttpResponse:
    """Render a form's page; with its errors and status 422 if it was refused."""
    is_refused = form.is_bound and not form.is_valid()
    if also is not None and also.is_bound and not also.is_valid():
        is_refused = True
    status = UNPROCESSABLE if is_refused else 200
    return render(request, template, {**context, "form": form}, status=status)


def back(request: HttpRequest, default: str, *args: Any) -> HttpResponse:
    """Redirect to the page with the small form, or to the default."""
    target = request.POST.get("next", "")
    if is_own_path(target):
        return HttpResponseRedirect(target)
    return redirect(resolve_url(default, *args))
