"""Log in the audit log when somebody looks at another user's rows in the admin."""

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
    """Mixin for an admin class. Lists are logged as well as single rows, for a list shows names; so
    are the other pages of a row and the confirmation of a bulk action."""

    # The lookup from a row to the user who owns it; None if nobody does.
    owner_path: ClassVar[str | None] = None
    model: type[Model]

    def change_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        response = super().change_view(request, object_id, *rest, **more)  # type: ignore[misc]
        return self._logged(request, object_id, response)

    def history_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        response = super().history_view(request, object_id, *rest, **more)  # type: ignore[misc]
        return self._logged(request, object_id, response)

    def delete_view(self, request: HttpRequest, object_id: str, *rest: Any, **more: Any) -> Any:
        response = super().delete_view(request, object_id, *rest, **more)  # type: ignore[misc]
        return self._logged(request, object_id, response)

    def _logged(self, request: HttpRequest, object_id: str, response: Any) -> Any:
        """Unquote the key: Django accepts an escaped key in the URL."""
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
        """Log what an action did to these rows."""
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
        """Return the model's name in English; the page translates it."""
        return str(self.model._meta.label_lower)
