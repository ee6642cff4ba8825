"""Export all data, and import an export."""

from typing import cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import rate_limits
from accounts.models import User
from accounts.reauthentication import first_a_password, is_confirmed
from accounts.request_size import takes_file
from dashboard.page import CandidateRequest, candidate_page, page
from dashboard.personal_data.forms import ImportForm
from integrations.content_lines_read import UnreadableError
from interviews import access
from personal_data.export import export
from personal_data.import_ import Imported, has_facts, import_export, not_empty
from personal_data.zip_reader import PACKED_MAX

EXPORT = "dashboard/personal_data/export.html"
IMPORT = "dashboard/personal_data/import.html"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def data_export(request: HttpRequest) -> HttpResponseBase:
    """For every user: a coach has no job search, but a name, an address and an audit log. It
    requires a confirmation, since an open page must not give everything away."""
    user = cast(User, request.user)
    if request.method != "POST":
        has_search = access.find_candidate(user) is not None
        return render(request, EXPORT, {"has_search": has_search})
    if elsewhere := first_a_password(request):
        return elsewhere
    if not is_confirmed(request):
        # Return to this page rather than to the file: during a download the browser would stay on
        # the page of the confirmation.
        ways = get_adapter().get_reauthentication_methods(user)
        return redirect(f"{ways[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: request.path})}")
    if not rate_limits.allow(request, "export", key=str(user.pk)):
        return rate_limits.refusal(request)
    now = timezone.now()
    name = f"hearback-{now:%Y-%m-%d}.zip"
    return FileResponse(export(user=user, now=now), as_attachment=True, filename=name)


@takes_file(PACKED_MAX)
@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def data_import(request: CandidateRequest) -> HttpResponse:
    is_full = has_facts(request.candidate)
    is_posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_posted else ImportForm()
    # Reading a file takes seconds, so check first whether it would be refused.
    if form.is_valid() and is_full:
        form.add_error("file", not_empty())
    elif form.is_valid():
        key = str(request.user.pk)
        if not rate_limits.allow(request, "import_read", key):
            return rate_limits.refusal(request)
        try:
            with rate_limits.spending(request, "import", key) as is_within:
                if not is_within:
                    return rate_limits.refusal(request)
                brought = import_export(
                    file=form.cleaned_data["file"],
                    candidate=request.candidate,
                    takes_name=form.cleaned_data["takes_name"],
                    now=request.now,
                )
        except UnreadableError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _said(brought))
            return redirect("dashboard:today")
    context = {"why_not": not_empty() if is_full else ""}
    return page(request, IMPORT, context, form=form)


def _said(brought: Imported) -> str:
    count = brought.interviews
    if not count:
        return _("Import finished.")
    sentence = ngettext(
        "Import finished: %(n)d interview added.",
        "Import finished: %(n)d interviews added.",
        count,
    )
    return sentence % {"n": count}
