"""Every model that belongs to a user, and every column, is exported or left out for a reason."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from accounts.models import User
from interviews.models import Candidate, Mail
from personal_data.exclusions import COLUMNS, MODELS
from personal_data.schema import TABLES


def hanging_on(*roots: type[Model]) -> Iterator[type[Model]]:
    """The models themselves, and whatever points to one of them, directly or not."""
    found: list[type[Model]] = [*roots]
    for model in found:
        for relation in model._meta.get_fields(include_hidden=True):
            if relation.auto_created and not relation.concrete and relation.is_relation:
                other = relation.related_model
                if other not in found:
                    found.append(other)
    yield from found


def of_the_project() -> Iterator[type[Model]]:
    for label in ("accounts", "interviews"):
        yield from apps.get_app_config(label).get_models(include_auto_created=True)


def columns(model: type[Model]) -> set[str]:
    own = {field.name for field in model._meta.concrete_fields}
    return own | {field.name for field in model._meta.local_many_to_many}


def exported(model: type[Model]) -> set[str]:
    """A way to another row's field (coach__name) names what it goes through."""
    return {
        column.split("__")[0]
        for table in TABLES
        if table.model is model
        for column in table.columns
    }


def test_no_model_is_forgotten() -> None:
    models = {*hanging_on(User, Candidate), *of_the_project()}
    assert len(models) > 20
    told = {table.model for table in TABLES}
    forgotten = {model._meta.label for model in models - told} - MODELS.keys()
    assert not forgotten, f"neither in schema.py nor, with a reason, in exclusions.py: {forgotten}"


def test_no_column_is_forgotten() -> None:
    for model in {table.model for table in TABLES}:
        label = model._meta.label
        forgotten = columns(model) - exported(model) - COLUMNS.get(label, {}).keys()
        assert not forgotten, f"{label}: neither exported nor left out for a reason: {forgotten}"


def test_what_is_left_out_is_there_to_be_left_out() -> None:
    for label, reasons in COLUMNS.items():
        model = apps.get_model(label)
        assert reasons.keys() <= columns(model), label
        assert all(reasons.values()), label


def test_secrets_are_never_exported() -> None:
    secret = {"password", "token", "lease_id", "html", "session_key", "data"}
    for table in TABLES:
        assert not secret & set(table.columns), table.name
        assert table.model is not Mail or "text" not in table.columns
