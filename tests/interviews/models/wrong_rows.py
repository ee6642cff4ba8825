"""Rows that are wrong in one way."""

from collections.abc import Callable

from django.db import models

from accounts.keys import new_key


def changed(model: type[models.Model], **wrong: object) -> Callable[[], object]:
    """The valid row with these values."""
    return lambda: model._default_manager.update(**wrong)


def doubled(model: type[models.Model], **but: object) -> Callable[[], object]:
    """The valid row once more, under a key of its own, with these values."""

    def write() -> None:
        row = model._default_manager.get()
        row.pk = new_key() if isinstance(model._meta.pk, models.UUIDField) else None
        for name, value in but.items():
            setattr(row, name, value)
        row._state.adding = True
        row.save(force_insert=True)

    return write
