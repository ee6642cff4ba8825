"""A coach's coachings, past coachings and requests; requesting and ending one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import rate_limits
from coaching import access, coachings, permissions, requests
from dashboard.page import posted, refuse
from interviews.models import Coaching, CoachingRequest
from staff.coach.admin import coach_of, is_coach_only, sharing_of
from staff.coach.forms import AskForm
from staff.coach.page import key_of, show, time_of

LIST = "admin:interviews_coaching_changelist"
OVER_SHOWN = 20


def coaching_list(request: HttpRequest, *, form: AskForm | None = None) -> HttpResponse:
    coach, sharing = coach_of(request), sharing_of(request)
    request.now = sharing.now.astimezone(sharing.zone)  # type: ignore[attr-defined]
    own = permissions.coachings_of(coach)
    context = {
        "active": sorted(own.active(sharing.now), key=_by_name),
        "over": own.exclude(pk__in=own.active(sharing.now).values("pk"))[:OVER_SHOWN],
        # Without an answer first; those declined look the same.
        "requests": sorted(permissions.requests_of(coach), key=_is_accepted),
        "invitations": access.invitations_to(coach, now=sharing.now),
        "ask_form": form or AskForm(),
    }
    return show(request, "admin/coach/coachings.html", context, title=_("Invitations and requests"))


def _by_name(coaching: Coaching) -> str:
    return str(coaching.candidate).casefold()


def _is_accepted(request: CoachingRequest) -> bool:
    return request.answer == CoachingRequest.Answer.ACCEPTED


def ask(request: HttpRequest) -> HttpResponse:
    """Return the same sentence in any case, so that nobody learns whether an address has an
    account."""
    form = AskForm(posted(request))
    if not form.is_valid():
        return coaching_list(request, form=form)
    coach = coach_of(request)
    address, now = form.cleaned_data["address"], sharing_of(request).now
    try:
        with rate_limits.spending(request, "coaching_request", str(coach.pk)) as is_within:
            if not is_within:
                raise ValidationError(
                    _("You’ve reached today’s limit for coaching requests. Try again tomorrow.")
                )
            requests.ask_candidate(coach=coach, address=address, now=now)
    except ValidationError as error:
        refuse(form, error)
        return coaching_list(request, form=form)
    said = _(
        "Request saved. We email this address once, and the candidate decides whether to "
        "share with you."
    )
    messages.success(request, said)
    return redirect(LIST)


def end(request: HttpRequest, object_id: str) -> HttpResponse:
    coach, sharing = coach_of(request), sharing_of(request)
    coaching = permissions.get_own_coaching(coach, key_of(object_id), now=sharing.now)
    if request.method == "POST":
        coachings.end_coaching(coaching=coaching, actor=coach, now=sharing.now)
        said = _("Coaching ended. You no longer see %(name)s’s job search.") % {
            "name": coaching.candidate
        }
        messages.success(request, said)
        return redirect(LIST if is_coach_only(request.user) else "admin:index")
    with time_of(request, coaching.candidate):
        context = {"coaching": coaching, "candidate": coaching.candidate}
        return show(request, "admin/coach/end.html", context, title=_("End coaching?"))
