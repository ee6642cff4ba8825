"""Channels of messages: their settings, the code that confirms them, and their end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rate_limits
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved, written
from dashboard.settings.message_forms import FORMS, ChannelCodeForm
from interviews import access
from interviews.models import ChannelKind
from interviews.services import message_channels
from reminders.channel_code import send_code


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def message_channel(request: CandidateRequest, kind: str) -> HttpResponse:
    """Add it, or change its settings. There is one of each kind."""
    channel = access.find_message_channel(request.candidate, kind)
    stored = message_channels.settings_of(channel) if channel is not None else None
    form = FORMS[kind](posted(request), stored=stored or {})
    if request.method == "POST" and form.is_valid() and not _may_send(request):
        return rate_limits.refusal(request)
    channel_now = written(
        form,
        lambda: message_channels.set_up(
            candidate=request.candidate, kind=kind, settings=form.settings()
        ),
    )
    if channel_now is None:
        label = ChannelKind(kind).label
        context = {"channel": channel, "kind": kind, "label": label}
        return page(request, "dashboard/settings/message_channel.html", context, form=form)
    if channel_now.is_usable:
        messages.success(request, _("Settings saved."))
        return redirect("dashboard:notifications")
    send_code(channel=channel_now, now=request.now)
    return redirect("dashboard:message-channel-code", kind)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def message_channel_code(request: CandidateRequest, kind: str) -> HttpResponse:
    """A webhook's secret is shown here, until the channel is confirmed."""
    channel = access.get_message_channel(request.candidate, kind)
    if channel.is_usable:
        return redirect("dashboard:notifications")
    form = ChannelCodeForm(posted(request))

    def enter() -> None:
        code = form.cleaned_data["code"]
        message_channels.enter_code(channel=channel, code=code, now=request.now)

    if saved(form, enter):
        said = _("Confirmed. Choose below when reminders come by %(channel)s.")
        if any(kind in order for order in channel.candidate.channel_order.values()):
            said = _("Confirmed. Reminders come by %(channel)s now.")
        messages.success(request, said % {"channel": channel.get_kind_display()})
        return redirect("dashboard:notifications")
    settings = message_channels.settings_of(channel) or {}
    context = {"channel": channel, "secret": settings.get("secret", "")}
    return page(request, "dashboard/settings/message_channel_code.html", context, form=form)


@require_POST
@candidate_page
def message_channel_code_send(request: CandidateRequest, kind: str) -> HttpResponse:
    channel = access.get_message_channel(request.candidate, kind)
    if channel.is_usable:
        return redirect("dashboard:notifications")
    if not _may_send(request):
        return rate_limits.refusal(request)
    send_code(channel=channel, now=request.now)
    messages.success(request, _("Code sent. It arrives within a minute."))
    return redirect("dashboard:message-channel-code", kind)


@require_POST
@candidate_page
def message_channel_delete(request: CandidateRequest, kind: str) -> HttpResponse:
    channel = access.get_message_channel(request.candidate, kind)
    message_channels.remove_channel(channel=channel)
    said = _("Removed. We send nothing by %(channel)s any more.")
    messages.success(request, said % {"channel": channel.get_kind_display()})
    return redirect("dashboard:notifications")


def _may_send(request: CandidateRequest) -> bool:
    return rate_limits.allow(request, "channel_code", key=str(request.user.pk))
