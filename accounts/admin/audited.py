"""Whoever looks at somebody's rows in the admin leaves an entry in that person's record."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import audit_log
from accounts.models import User


class AuditedAdmin:
    """Mixed into an admin class. Lists count as well as single rows, for a list shows names; and so
    do all other pages of a row, and the page that asks before an action (bulk.py)."""

    # From a row to the user whose it is; None for rows that are nobody's.
    owner_path: ClassVar[str | None] = None
    model: type[Model]

    def change_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        response = super().change_view(request, object_id, *rest, **more)  # type: ignore[misc]
        return self._watched(request, object_id, response)

    def history_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        response = super().history_view(request, object_id, *rest, **more)  # type: ignore[misc]
        return self._watched(request, object_id, response)

    def delete_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        response = super().delete_view(request, object_id, *rest, **more)  # type: ignore[misc]
        return self._watched(request, object_id, response)

    def _watched(self, request: HttpRequest, object_id: str, response: Any) -> Any:
        """An address may write a key with signs that Django reads as others."""
        if response.status_code == 200:
            self.record_looks(request, [unquote(object_id)])
        return response

    def changelist_view(self, request: HttpRequest, *rest: Any, **more: Any) -> HttpResponse:
        response: HttpResponse = super().changelist_view(request, *rest, **more)  # type: ignore[misc]
        shown = (getattr(response, "context_data", None) or {}).get("cl")
        if shown is not None:
            self.record_looks(request, [row.pk for row in shown.result_list])
        return response

    def record_change(self, request: HttpRequest, rows: Iterable[Model]) -> None:
        """What an action did to these rows."""
        actor, now = request.user, timezone.now()
        assert isinstance(actor, User)
        for owner in self._owners([row.pk for row in rows]):
            audit_log.log_action(
                audit_log.Kind.CHANGED, subject=owner, actor=actor, now=now, detail=self._noun
            )

    def record_looks(self, request: HttpRequest, keys: list[Any]) -> None:
        assert isinstance(request.user, User)
        owners = self._owners(keys)
        audit_log.log_looks(owners, actor=request.user, now=timezone.now(), detail=self._noun)

    def _owners(self, keys: list[Any]) -> list[User]:
        if self.owner_path is None or not keys:
            return []
        rows = self.model._default_manager.filter(pk__in=keys)
        found: Iterable[UUID] = rows.values_list(self.owner_path, flat=True)
        return list(User.objects.filter(pk__in={key for key in found if key}))

    @property
    def _noun(self) -> str:
        """In the record's own terms; the page says it in the reader's language."""
        return str(self.model._meta.label_lower)
