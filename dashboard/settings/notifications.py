"""Notifications: the devices that show them, and which way a reminder takes first."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rate_limits
from accounts.device_keys import device_name
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from dashboard.settings.notification_forms import NotificationsForm
from dashboard.settings.push_subscription import read_former, read_subscription
from interviews import access, queries
from interviews.models import MESSAGES, ChannelKind
from interviews.services import candidates, notification_channels
from reminders.push_keys import public_key
from reminders.push_test import send_test

CREATED, UNREADABLE, GONE = 201, 400, 410


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def notifications(request: CandidateRequest) -> HttpResponse:
    if request.method == "GET" and "HX-Boosted" in request.headers:
        # htmx would leave out the page's script.
        return HttpResponse(headers={"HX-Redirect": request.path})
    channels = queries.channels_of(request.candidate)
    message_channels = [each for each in channels if each.kind in MESSAGES]
    push = next((each for each in channels if each.kind == ChannelKind.PUSH), None)
    devices = push.devices.all() if push is not None else None
    kinds = [each.kind for each in message_channels if each.confirmed_at is not None]
    if devices:
        kinds.insert(0, ChannelKind.PUSH.value)
    form = NotificationsForm(posted(request), instance=request.candidate, kinds=kinds)

    @transaction.atomic
    def write() -> None:
        candidates.change_settings(candidate=form.instance, now=request.now)
        notification_channels.set_order(candidate=form.instance, order=form.order())

    if saved(form, write):
        messages.success(request, _("Settings saved."))
        return redirect("dashboard:notifications")
    taken = {each.kind for each in message_channels}
    context = {
        "public_key": public_key(),
        "devices": devices,
        "has_failed": push is not None and push.failed_at is not None,
        "message_channels": message_channels,
        "has_choice": bool(kinds or push),
        "kinds_left": [kind for kind in MESSAGES if kind not in taken],
    }
    return page(request, "dashboard/settings/notifications.html", context, form=form)


@require_POST
@candidate_page
def notifications_test(request: CandidateRequest) -> HttpResponse:
    if not rate_limits.allow(request, "reminder_example", key=str(request.user.pk)):
        return rate_limits.refusal(request)
    if send_test(request.candidate, request.now):
        messages.success(request, _("Test notification sent. It arrives within a minute."))
    else:
        messages.error(request, _("Turn on notifications on a device first."))
    return redirect("dashboard:notifications")


@require_POST
@candidate_page
def push_device_create(request: CandidateRequest) -> HttpResponse:
    """Add the browser, or with `?renew` only note that it is still there: one that was removed from
    the list meanwhile, or belongs to another reader, is not added again behind their back."""
    try:
        subscription = read_subscription(request.body)
    except ValueError:
        said = _("We can’t send notifications to this browser. Try another one.")
        return HttpResponse(said, status=UNREADABLE, content_type="text/plain; charset=utf-8")
    if "renew" in request.GET:
        former = notification_channels.digest_of(read_former(request.body))
        if not notification_channels.rename_device(
            device=access.find_push_device(request.candidate, former), subscription=subscription
        ):
            return HttpResponse(status=GONE)
    notification_channels.add_device(
        candidate=request.candidate,
        subscription=subscription,
        name=device_name(request.headers.get("User-Agent", "")),
        now=request.now,
    )
    return HttpResponse(status=CREATED)


@require_POST
@candidate_page
def push_device_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    device = access.get_push_device(request.user, pk)
    notification_channels.remove_device(device=device)
    messages.success(
        request, _("Removed. %(device)s gets no more notifications.") % {"device": device.name}
    )
    return redirect("dashboard:notifications")
