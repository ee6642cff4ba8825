"""The address that emails are forwarded to, how to set that up, and providers' requests to confirm
it. Whoever knows the address can propose, and nothing else, so a session is enough to see it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dashboard.page import CandidateRequest, candidate_page
from integrations.forwarding import address
from integrations.forwarding.forgetting import KEPT
from interviews import access, queries
from interviews.models import Candidate, InboundMail, MailProposal

View = Callable[[CandidateRequest], HttpResponse]
# A code is used at once, or asked for again.
CODES_SHOWN = timedelta(days=3)


def forwarding_page(view: View) -> Callable[..., HttpResponse]:
    """Where this site receives no mail there is no such page."""

    def serve(request: CandidateRequest) -> HttpResponse:
        if not address.is_offered():
            raise Http404
        return view(request)

    return candidate_page(wraps(view)(serve))


@require_safe
@forwarding_page
def forwarding(request: CandidateRequest) -> HttpResponse:
    since = request.now - CODES_SHOWN
    address_made = access.find_inbound_address(request.candidate)
    context = {
        "address": address_made,
        "last_received_at": _last_received_at(request.candidate),
        "is_new": address_made is None or request.now - address_made.created_at < KEPT,
        "confirmations": queries.forwarding_confirmations(request.candidate, since=since),
    }
    return render(request, "dashboard/settings/forwarding.html", context)


def _last_received_at(candidate: Candidate) -> datetime | None:
    """Mails are soon deleted; what they proposed stays."""
    mails = InboundMail.objects.filter(candidate=candidate)
    proposals = MailProposal.objects.filter(candidate=candidate)
    moments = [*mails.values_list("received_at", flat=True).order_by("-received_at")[:1]]
    moments += proposals.values_list("created_at", flat=True).order_by("-created_at")[:1]
    return max(moments, default=None)


@require_POST
@forwarding_page
def forwarding_create(request: CandidateRequest) -> HttpResponse:
    address.create_address(candidate=request.candidate, now=request.now)
    messages.success(request, _("Address created. Forward emails from employers to it."))
    return redirect("dashboard:forwarding")


@require_http_methods(["GET", "HEAD", "POST"])
@forwarding_page
def forwarding_renew(request: CandidateRequest) -> HttpResponse:
    if request.method == "POST":
        if address.renew_address(candidate=request.candidate, now=request.now):
            messages.success(request, _("New address created. The old one no longer works."))
        return redirect("dashboard:forwarding")
    if access.find_inbound_address(request.candidate) is None:
        return redirect("dashboard:forwarding")
    return render(request, "dashboard/settings/forwarding_renew.html")


@require_http_methods(["GET", "HEAD", "POST"])
@forwarding_page
def forwarding_delete(request: CandidateRequest) -> HttpResponse:
    if request.method == "POST":
        address.revoke_address(candidate=request.candidate)
        messages.success(request, _("Address deleted. We no longer take emails for it."))
        return redirect("dashboard:forwarding")
    if access.find_inbound_address(request.candidate) is None:
        return redirect("dashboard:forwarding")
    return render(request, "dashboard/settings/forwarding_delete.html")
