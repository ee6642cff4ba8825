"""A coach's own settings; the coach's work is in the admin (staff/coach)."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.services import rename_user
from coaching import coaches
from dashboard.page import page, posted, saved
from dashboard.settings.coach_forms import CoachSettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def coach_update(request: HttpRequest) -> HttpResponse:
    """For staff: the days and the hour of the morning mail."""
    user = request.user
    assert isinstance(user, User)
    if not user.is_staff:
        raise Http404
    form = CoachSettingsForm(posted(request), instance=coaches.coach_of(user))

    @transaction.atomic
    def write() -> None:
        rename_user(user=user, name=form.cleaned_data["name"])
        coaches.change_coach(coach=form.instance, now=timezone.now())

    if saved(form, write):
        messages.success(request, _("Settings saved."))
        return redirect("dashboard:coach-update")
    with timezone.override(form.instance.timezone):
        context = {**admin.site.each_context(request), "title": _("Coach settings")}
        return page(request, "admin/coach/settings.html", context, form=form)
