"""The admin site as a coach's workplace: it shows a coach's tasks first, and hides all other
pages."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.admin.site import HearbackSite
from staff.coach.admin import OF_SITE, CoachedAdmin, is_coach_only, sharing_of
from staff.coach.overview import TEMPLATE, overview_context

# A coach's places besides the overview, and their URLs.
PLACES: tuple[tuple[Promise, str], ...] = (
    (_("Caseload"), "interviews_candidate_changelist"),
    (_("Interviews"), "interviews_interview_changelist"),
    (_("Results"), "interviews_result_changelist"),
    (_("My suggestions"), "interviews_proposal_changelist"),
    (_("My notes"), "interviews_coachnote_changelist"),
    (_("Invitations and requests"), "interviews_coaching_changelist"),
)


class CoachSite(HearbackSite):
    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page that is not for coaches answers 404, never 403, to every request of theirs."""

        def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not is_coach_only(request.user):
                response: HttpResponse = view(request, *args, **kwargs)
                return response
            if not self._is_for_coach(request):
                raise Http404
            try:
                return in_zone_of_coach(request, lambda: view(request, *args, **kwargs))
            except PermissionDenied as error:
                raise Http404 from error

        return super().admin_view(update_wrapper(look, view), cacheable)

    def _is_for_coach(self, request: HttpRequest) -> bool:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name is None or name in OF_SITE:
            return name is not None
        coached = (each for each in self._registry.values() if isinstance(each, CoachedAdmin))
        return any(each.is_for_coach(name) for each in coached)

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The coach's overview, the operators' lists, or both."""
        sharing = sharing_of(request)
        if not is_coach_only(request.user) and not sharing.coachings:
            return super().index(request, extra_context)
        context = {
            **self.each_context(request),
            **overview_context(request),
            "app_list": None if is_coach_only(request.user) else self.get_app_list(request),
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, TEMPLATE, context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        if not is_coach_only(request.user):
            return super().get_app_list(request, app_label)
        return [_places_of_coach()]


def in_zone_of_coach(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Use the coach's own zone, as the page's head says. Rendered here, because a template response
    is rendered after this returns."""
    with timezone.override(sharing_of(request).zone):
        response = view()
        if isinstance(response, TemplateResponse):
            response.render()
    return response


def _places_of_coach() -> dict[str, Any]:
    """In the form in which Django's templates take an application, so that every sidebar shows
    it."""
    told = [(name, address, reverse(f"admin:{address}")) for name, address in PLACES]
    told.append((_("Settings"), "settings", reverse("dashboard:coach-update")))
    places = [
        {
            "name": name,
            "object_name": address,
            "admin_url": url,
            "add_url": None,
            "view_only": True,
        }
        for name, address, url in told
    ]
    return {
        "name": _("Overview"),
        "app_label": "coaching",
        "app_url": reverse("admin:index"),
        "has_module_perms": True,
        "models": places,
    }
