"""Forms of the admin's users. They leave the focus at the top of the page."""

from typing import Any

from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.forms import BaseForm


class AddUserForm(AdminUserCreationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_focus(self)


class GivePasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_focus(self)


def _leave_focus(form: BaseForm) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
