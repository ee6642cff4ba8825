"""The accessibility statement: what is tested, and where to report barriers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    contact = settings.ACCESSIBILITY_CONTACT
    told = {"contact": contact, "contact_said": contact.removeprefix("mailto:")}
    return render(request, "dashboard/site/accessibility.html", told)
