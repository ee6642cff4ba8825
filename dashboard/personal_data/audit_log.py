"""The audit log of a user's data, shown to that user."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.audit_log import KEPT
from accounts.models import AuditEntry, User
from dashboard.page import in_zone
from interviews.models import Interview
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
    shown = Paginator(AuditEntry.objects.about(user), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "lines": _lines(user, list(shown)),
        "days": KEPT.days,
        "now": timezone.localtime(timezone.now()),
    }
    return render(request, "dashboard/personal_data/audit_log.html", context)


def _lines(user: User, entries: Sequence[AuditEntry]) -> list[AuditLine]:
    names = names_of_others(entries)
    titles = _titles_of(user, {key for each in entries if (key := key_of(each))})
    return [
        AuditLine(each, told(each, actor=names.get(each.pk), titles=titles)) for each in entries
    ]


def names_of_others(entries: Iterable[AuditEntry]) -> dict[UUID, str]:
    """For each entry by somebody else, who it was. One query."""
    others = {each.pk: each.actor_id for each in entries if each.actor_id != each.subject_id}
    actors = {key for key in others.values() if key}
    known = {user.pk: str(user) for user in User.objects.filter(pk__in=actors)}
    gone = gettext("A deleted account")
    return {pk: known.get(actor, gone) for pk, actor in others.items() if actor}


def _titles_of(user: User, keys: Collection[UUID]) -> dict[UUID, str]:
    """The titles of the user's interviews by key; no query without keys."""
    if not keys:
        return {}
    rows = Interview.objects.filter(pk__in=keys, candidate__user=user)
    return {row.pk: str(row) for row in rows.select_related("vacancy__company")}
