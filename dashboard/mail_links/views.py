"""What a mail's links open: one confirmation, no sign-in, one interview.

The first GET moves the token into a cookie and redirects to a clean URL. Opening changes nothing;
only the confirmed POST acts. The link ends when its step is settled.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rate_limits
from accounts.link_cookies import LinkCookie
from dashboard.cards import cards_of
from dashboard.contacts.forms import CallForm
from dashboard.mail_links.handlers import CONFIRM, FORMS, Linked
from dashboard.page import page, saved
from dashboard.results.forms import ResultForm
from interviews import access
from interviews.actions.registry import Action, effect_of, label_of, offer_of
from interviews.models import Interview, Reminder
from interviews.services.reminders import note_opened
from reminders import signed_links

COOKIE = LinkCookie("action", "hearback.action.cookie")
GONE = 410
SECOND_CLICK = timedelta(minutes=1)


@never_cache
@require_safe
def mail_link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect from the mailed URL to a clean one."""
    if not rate_limits.allow(request, "signed_link"):
        return rate_limits.refusal(request)
    read = signed_links.read_action(token)
    if read is None:
        return _over(request)
    key, name = read
    clean = resolve_url("dashboard:mail-link", key, name)
    response = redirect(clean)
    path = clean.removesuffix(f"{name}/")
    COOKIE.put(response, token, path=path)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_link(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """The confirmation page; invalid input is answered with 422 and kept."""
    if not _has_cookie(request, pk):
        return _over(request)
    reminder = linked_reminder(pk, COOKIE.token(request))
    if reminder is None:
        return _over(request)
    now = timezone.now().astimezone(reminder.candidate.zone)
    if not signed_links.is_live(reminder, now=now):
        return _again(request, reminder, now) or _over(request, reminder)
    note_opened(reminder.interview, now=now)
    with timezone.override(reminder.candidate.zone):
        return _carry_out(Linked(request, reminder, offered(reminder, name), now))


def linked_reminder(pk: UUID, token: str) -> Reminder | None:
    """None if it was deleted with its interview, or the token went to another mailbox."""
    reminder = access.find_linked_reminder(pk)
    if reminder is None:
        return None
    user = reminder.candidate.user
    has_moved = signed_links.went_elsewhere(token, user, salt=signed_links.ACTION_SALT)
    return None if has_moved else reminder


def offered(reminder: Reminder, name: str) -> Action:
    """Return the action, if this step offers it or a call of this step can lead to it."""
    try:
        asked = Action(name)
    except ValueError as error:
        raise Http404 from error
    offered = offer_of(reminder.step).mail
    if asked in offered or (asked == Action.AGREED and Action.CALLED in offered):
        return asked
    raise Http404


def _carry_out(linked: Linked) -> HttpResponse:
    link_form = FORMS.get(linked.action, CONFIRM)
    form = link_form.make(linked)
    if linked.request.method == "POST":
        elsewhere = _continued(linked, form)
        if elsewhere is not None:
            return redirect(elsewhere)

        if saved(form, lambda: link_form.write(linked, form)):
            return _done(linked)
    context = {
        "interview": linked.interview,
        "label": label_of(linked.action, linked.context),
        "effect": effect_of(linked.action, linked.context),
    }
    return page(linked.request, "dashboard/mail_links/form.html", context, form=form)


def _continued(linked: Linked, form: BaseForm) -> str | None:
    """Redirect if an answer needs another form: the result, the agreement, or the next
    interview."""
    if isinstance(form, ResultForm) and form.is_next_stage:
        return f"{resolve_url('dashboard:interview-create')}?continues={linked.interview.pk}"
    if not isinstance(form, CallForm) or not form.is_valid():
        return None
    if form.is_decided:
        return resolve_url("dashboard:mail-link", linked.reminder.pk, Action.ANSWERED.value)
    if form.has_new_day:
        card = resolve_url("dashboard:mail-link", linked.reminder.pk, Action.AGREED.value)
        return f"{card}?called=1"
    return None


def _done(linked: Linked) -> HttpResponse:
    interview = access.get_interview(linked.reminder.candidate.user, linked.interview.pk)
    return _noted(linked.request, interview, linked.now)


def _noted(request: HttpRequest, interview: Interview, now: datetime) -> HttpResponse:
    context = {"interview": interview, "card": cards_of([interview], now=now)[0]}
    return render(request, "dashboard/mail_links/done.html", context)


def _again(request: HttpRequest, reminder: Reminder, now: datetime) -> HttpResponse | None:
    """On the second of two clicks, show what the first one recorded."""
    if request.method != "POST" or reminder.settled_at is None:
        return None
    if now - reminder.settled_at > SECOND_CLICK:
        return None
    with timezone.override(reminder.candidate.zone):
        return _noted(request, reminder.interview, now)


def _has_cookie(request: HttpRequest, pk: UUID) -> bool:
    """The cookie contains the token, and does not extend its lifetime."""
    read = signed_links.read_action(COOKIE.token(request))
    return read is not None and read[0] == pk


def _over(request: HttpRequest, reminder: Reminder | None = None) -> HttpResponse:
    """The link has ended; only a visitor with a valid one learns what it was about."""
    interview = reminder.interview if reminder else None
    return render(request, "dashboard/mail_links/over.html", {"interview": interview}, status=GONE)
