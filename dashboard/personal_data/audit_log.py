"""The audit log of a user's data, shown to that user."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.audit_log import KEPT
from accounts.models import AuditEntry, User
from dashboard.page import in_zone
from interviews import queries
from personal_data.audit_text import key_of, told

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class AuditLine:
    entry: AuditEntry
    said: str

    @property
    def day(self) -> date:
        """In the reader's zone."""
        return timezone.localtime(self.entry.at).date()


@require_safe
@never_cache
@login_required
@in_zone
def audit_log(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    shown = Paginator(queries.record_of(user), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "lines": _lines(user, list(shown)),
        "days": KEPT.days,
        "now": timezone.localtime(timezone.now()),
    }
    return render(request, "dashboard/personal_data/audit_log.html", context)


def _lines(user: User, entries: Sequence[AuditEntry]) -> list[AuditLine]:
    names = queries.names_of_others(entries)
    titles = queries.titles_of(user, {key for each in entries if (key := key_of(each))})
    return [
        AuditLine(each, told(each, actor=names.get(each.pk), titles=titles)) for each in entries
    ]
