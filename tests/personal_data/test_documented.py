"""docs/export.md names every table and every column with its kind, as the code has them."""

import re
from pathlib import Path

import pytest
from django.db import models

from personal_data import exclusions, json_rows, zip_reader
from personal_data.schema import TABLES
from personal_data.table import Table, heading

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
KINDS: dict[type[models.Field], str] = {
    models.UUIDField: "key",
    models.CharField: "text",
    models.TextField: "text",
    models.BooleanField: "true or false",
    models.IntegerField: "number",
    models.DateTimeField: "moment",
    models.DateField: "day",
    models.TimeField: "time",
    models.JSONField: "list",
    models.GenericIPAddressField: "text",
    models.BinaryField: "Base64",
}


def kind(table: Table, column: str) -> str:
    *way, name = column.split("__")
    model = table.model
    for step in way:
        model = model._meta.get_field(step).related_model
    if column == "by_you":
        return "true or false, or nothing"
    if column in ("step_reason", "details", "channel_order"):
        return "object"
    field = model._meta.get_field(name)
    if field.is_relation:
        target = next(each.name for each in TABLES if each.model is field.related_model)
        told = f"key of {target}"
    else:
        told = next(KINDS[base] for base in type(field).__mro__ if base in KINDS)
    return f"{told}, or nothing" if field.null else told


def section(name: str) -> str:
    found = re.search(rf"^### {name}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"no section of {name}"
    return found[1]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column(table: Table) -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", section(table.name), re.MULTILINE)
    told = [(heading(column), kind(table, column)) for column in table.columns]
    assert rows == told, "\n".join(f"| `{name}` | {what} | … |" for name, what in told)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_whether_it_is_imported(table: Table) -> None:
    assert ("Not imported" in section(table.name)) == (not table.is_imported)


def test_every_choice() -> None:
    for table in TABLES:
        for column in table.columns:
            field = table.field(column)
            if field is not None and field.choices and isinstance(field.choices[0][0], str):
                for value, _label in field.choices:
                    assert f"`{value}`" in section(table.name), f"{table.name}.{column}: {value}"


def test_no_table_that_is_gone() -> None:
    told = re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)
    assert told == [table.name for table in TABLES]


def test_what_is_left_out() -> None:
    for label, columns in exclusions.COLUMNS.items():
        for column in columns:
            assert f"| `{label.split('.')[1]}.{column}` |" in PAGE, (label, column)
    for label in exclusions.MODELS:
        assert f"| `{label.split('.')[1]}` |" in PAGE, label


def test_the_limits() -> None:
    limits = {
        "the zip": f"{zip_reader.PACKED_MAX // 2**20} MB",
        "its facts": f"{zip_reader.UNPACKED_MAX // 2**20} MB",
        "unpacked to packed": (
            f"{zip_reader.RATIO_MAX} to 1, from {zip_reader.LET_OFF // 2**20} MB on"
        ),
        "files in the zip": f"{zip_reader.MEMBERS_MAX}",
        "rows": f"{json_rows.ROWS_MAX:,}",
        "one row": f"{zip_reader.ROW_MAX / 1_000_000} MB",
        "digits of a number": f"{json_rows.DIGITS_MAX}",
    }
    for what, most in limits.items():
        assert f"| {what} | {most} |" in PAGE
