"""The content of a file, validated as a whole before anything is saved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from integrations.content_lines_read import UnreadableError
from interviews.models import Candidate
from personal_data import values
from personal_data.export import FORMAT, VERSION
from personal_data.json_rows import Row, read_rows
from personal_data.schema import ACCOUNT, BROUGHT, BY_NAME, SETTINGS, TABLES
from personal_data.table import Table, heading

SAID_MAX = 300
HEAD = frozenset({"format", "version", "exported_at"})
HEADINGS = {table.name: frozenset(map(heading, table.columns)) for table in TABLES}


@dataclass(slots=True)
class Contents:
    """The account and the settings, and the key of every other row, by table."""

    account: Row = field(default_factory=dict)
    settings: Candidate | None = None
    keys: dict[str, list[UUID]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.account.get("name") or "")

    @property
    def email(self) -> str:
        return str(self.account.get("email") or "")


def look_through(file: IO[bytes]) -> Contents:
    """Check the form of every entry; raise UnreadableError."""
    found = Contents(keys={table.name: [] for table in BROUGHT})
    seen: set[tuple[str, UUID]] = set()
    for name, number, row in read_rows(file):
        if not name:
            _check_head(row)
            continue
        table = BY_NAME[name]
        _check_names(table, number, row)
        if table is ACCOUNT:
            found.account = _only(number, row)
            _check_account(row)
        elif table is SETTINGS:
            found.settings = _settings(number, _only(number, row))
        elif table.is_imported:
            made = instance(table, number, row)
            if "id" in table.columns:
                if (name, made.pk) in seen:
                    raise refused(table, number, _("Its ID appears twice."))
                seen.add((name, made.pk))
                found.keys[name].append(made.pk)
    if found.settings is None or not found.account:
        raise UnreadableError(_("This export has no job search data."))
    return found


def _check_account(row: Row) -> None:
    """Only its name and address are ever taken over."""
    for column in ("name", "email"):
        try:
            model_field = ACCOUNT.field(column)
            assert model_field is not None
            model_field.run_validators(values.read(model_field, row.get(column)))
        except ValidationError as error:
            raise refused(ACCOUNT, 1, f"{column}: {error.messages[0]}") from error


def _settings(number: int, row: Row) -> Candidate:
    made = instance(SETTINGS, number, row)
    assert isinstance(made, Candidate)
    try:
        made.validate_constraints()
    except ValidationError as error:
        raise refused(SETTINGS, number, said(error)) from error
    return made


def each_row(file: IO[bytes]) -> Iterator[tuple[Table, int, Model]]:
    """Yield the rows of a validated file to be saved; references are the file's."""
    for name, number, row in read_rows(file):
        if name and (table := BY_NAME[name]) in BROUGHT:
            yield table, number, instance(table, number, row)


def instance(table: Table, number: int, row: Row) -> Model:
    """Build an unsaved row of the model, validated as far as possible by itself."""
    made = table.model()
    for column, given in row.items():
        model_field = table.field(column)
        if model_field is None or column in table.decided:
            continue
        try:
            setattr(made, model_field.attname, values.read(model_field, given))
        except ValidationError as error:
            raise refused(table, number, f"{column}: {error.messages[0]}") from error
    if "id" in table.columns and "id" not in row:
        raise refused(table, number, _("It has no ID."))
    try:
        made.clean()
        made.clean_fields(exclude=_not_by_itself(table))
    except ValidationError as error:
        raise refused(table, number, said(error)) from error
    return made


def _not_by_itself(table: Table) -> set[str]:
    """Fields that refer to other rows, that the rules compute, or that the file omits."""
    given = set(table.columns) - set(table.decided)
    fields = table.model._meta.concrete_fields
    return {each.name for each in fields if each.is_relation or each.name not in given}


def refused(table: Table, number: int, why: str) -> UnreadableError:
    sentence = _("Nothing was imported. Entry %(number)d of “%(table)s” has a problem: %(why)s")
    told = Truncator(why).chars(SAID_MAX)
    return UnreadableError(sentence % {"number": number, "table": table.name, "why": told})


def said(error: ValidationError) -> str:
    """Return the first error, with the name of its column."""
    by_column: dict[str, list[Any]] = getattr(error, "message_dict", {"__all__": error.messages})
    column, sentences = next(iter(by_column.items()))
    return str(sentences[0]) if column == "__all__" else f"{column}: {sentences[0]}"


def _only(number: int, row: Row) -> Row:
    if number > 1:
        raise UnreadableError(_("This export contains more than one person’s data."))
    return row


def _check_head(head: Row) -> None:
    if head.get("format") != FORMAT or not head.keys() <= HEAD:
        raise UnreadableError(_("This isn’t a Hearback export."))
    version = head.get("version")
    if type(version) is not int or not 1 <= version <= VERSION:
        raise UnreadableError(_("This export comes from a Hearback version we can’t read."))


def _check_names(table: Table, number: int, row: Row) -> None:
    unknown = row.keys() - HEADINGS[table.name]
    if unknown:
        name = Truncator(min(unknown)).chars(60)
        raise refused(table, number, _("We don’t recognise “%(name)s”.") % {"name": name})
