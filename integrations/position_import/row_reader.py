"""Read the rows of a table by a mapping."""

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from integrations.spreadsheets import limits
from integrations.spreadsheets.sheet import SourceRow

from .addresses import web_address
from .cell_kinds import EMAIL, PHONE
from .cell_texts import cell_text, name_text
from .composites import split_cell
from .day_fields import DayReader
from .groups import MOST, PERSON_PARTS, TALK_PARTS
from .headings import Heading, language_of, understood
from .joining import join_rows
from .mapping import OF_DAYS, Proposal
from .people import Person, one_person, plain_number, several_people
from .position_rows import Answers, Draft, Reading, RestRow
from .row_kinds import RowKinds
from .row_states import finished, implied_by
from .states import meaning_of, result_meaning, role_of
from .table import Table, clean, is_blank, one_line
from .talks import TalkColumns, stage_of_heading, talk_of, timeline

LONGEST_TEXT = 300


def understand(
    table: Table,
    proposal: Proposal,
    answers: Answers | None = None,
    *,
    zone: ZoneInfo,
    today: date,
) -> Reading:
    """Return what every row becomes: taken, joined to another, or in the rest with a reason."""
    reader = RowReader(table, proposal, answers or Answers(), zone=zone, today=today)
    drafts: list[Draft] = []
    rest: list[RestRow] = []
    for row in table.rows:
        found = reader.read(row)
        if isinstance(found, RestRow):
            rest.append(found)
        else:
            drafts.append(found)
    rows = tuple(finished(draft) for draft in join_rows(drafts))
    return Reading(rows, tuple(rest))


class RowReader:
    def __init__(
        self, table: Table, proposal: Proposal, answers: Answers, *, zone: ZoneInfo, today: date
    ) -> None:
        self._table, self._answers = table, answers
        self._days = DayReader(proposal.columns_day_first, proposal.day_first, answers, zone, today)
        language = language_of(table.headings)
        self._heads = {
            column.number: understood(column.heading, language) for column in proposal.columns
        }
        fields = {column.number: column.field for column in proposal.columns}
        self._fields = {n: field for n, field in fields.items() if field not in ("ignored", "ask")}
        self._by_field: dict[str, list[int]] = {}
        for number, field in self._fields.items():
            self._by_field.setdefault(field, []).append(number)
        self._talks = self._talk_columns()
        self._is_log = {
            n: not self._heads[n].concepts & {"interview", "round"}
            for n in self._by_field.get("interviews", ())
        }
        last = max((n for n, text in enumerate(table.headings, 1) if text), default=0)
        self._beyond = range(last + 1, limits.COLUMNS + 1)
        self._kinds = RowKinds(table, self._by_field)

    def read(self, row: SourceRow) -> Draft | RestRow:
        reason = self._kinds.reason(row)
        if reason:
            return RestRow(row.number, reason)
        draft = Draft(row.number)
        self._names(row, draft)
        reason = self._kinds.missing(row, draft)
        if reason:
            return RestRow(row.number, reason)
        self._texts(row, draft)
        self._read_days(row, draft)
        self._states(row, draft)
        self._read_talks(row, draft)
        self._people(row, draft)
        return draft

    def _names(self, row: SourceRow, draft: Draft) -> None:
        for field in ("company", "position"):
            texts = [name_text(row.cell(n)) for n in self._by_field.get(field, ())]
            setattr(draft, field, next(filter(None, texts), ""))
        for field in ("position_and_company", "company_and_position"):
            for number in self._by_field.get(field, ()):
                text = name_text(row.cell(number))
                parts = split_cell(cell_text(row.cell(number))) if text else None
                first, second = field.split("_and_")
                setattr(draft, first, parts[0] if parts else text)
                setattr(draft, second, one_line(parts[1]) if parts else "")

    def _texts(self, row: SourceRow, draft: Draft) -> None:
        kept = {"source": draft.sources, "place": draft.places, "salary": draft.salaries}
        for number, field in self._fields.items():
            cell = row.cell(number)
            if field in kept and (text := one_line(cell_text(cell))):
                kept[field].append(text[:LONGEST_TEXT])
            elif field == "notes" and (text := cell_text(cell)):
                draft.notes.append(self._note(number, text))
            elif field == "advert_url":
                self._address(row, number, draft)
        if not draft.advert_url and "advert_url" not in self._by_field:
            self._address_behind_names(row, draft)
        more = [
            text
            for n in self._beyond[: max(len(row.cells) - self._beyond.start + 1, 0)]
            if (text := cell_text(row.cell(n)))
        ]
        if more:
            draft.notes.append(", ".join(more))

    def _note(self, number: int, text: str) -> str:
        head = self._heads[number]
        plain = head.concepts <= {"notes", "date", "applied", "person"} and "notes" in head.concepts
        text = text[: limits.NOTES_SIGNS]
        return text if plain or not head.text else f"{head.text}: {text}"

    def _address(self, row: SourceRow, number: int, draft: Draft) -> None:
        cell = clean(row.cell(number))
        link = self._table.links.get((row.number, number), "")
        address = web_address(link) or ("" if is_blank(cell) else web_address(cell))
        if address:
            draft.advert_url = draft.advert_url or address
        elif not is_blank(cell) and cell[0] not in "{[":
            draft.leave_out(number, cell, "not_an_address")

    def _address_behind_names(self, row: SourceRow, draft: Draft) -> None:
        for field in ("position", "position_and_company", "company_and_position"):
            for number in self._by_field.get(field, ()):
                link = self._table.links.get((row.number, number), "")
                draft.advert_url = draft.advert_url or web_address(link)

    def _read_days(self, row: SourceRow, draft: Draft) -> None:
        for field in OF_DAYS:
            for number in self._by_field.get(field, ()):
                cell = clean(row.cell(number))
                if is_blank(cell):
                    continue
                found = self._days.day(number, cell, field, draft.days.get("applied_on"))
                if isinstance(found, str):
                    draft.leave_out(number, cell, found)
                else:
                    draft.days.setdefault(field, found)
                if meaning := implied_by(field, self._heads[number]):
                    draft.meanings.append(meaning)

    def _states(self, row: SourceRow, draft: Draft) -> None:
        for field in ("state", "closing_reason", "result.kind"):
            for number in self._by_field.get(field, ()):
                cell = clean(row.cell(number))
                if is_blank(cell):
                    continue
                meaning = self._meaning(cell, field, self._heads[number])
                if meaning:
                    draft.meanings.append(meaning)
                    if field == "result.kind":
                        draft.result_meaning = meaning
                elif field == "closing_reason":
                    draft.notes.append(self._note(number, cell_text(cell)))
                else:
                    draft.leave_out(number, cell, "unknown_word")

    def _meaning(self, cell: str, field: str, head: Heading) -> str:
        given = self._answers.meanings.get(cell)
        if given is not None:
            return given
        return result_meaning(cell) if field == "result.kind" else meaning_of(cell, head.text)

    def _talk_columns(self) -> list[TalkColumns]:
        found: list[TalkColumns] = []
        for n in range(1, MOST + 1):
            columns = {
                part: self._by_field[name][0]
                for part in TALK_PARTS
                if (name := f"interview[{n}].{part}") in self._by_field
            }
            if not columns:
                continue
            headings = {part: self._heads[number].text for part, number in columns.items()}
            begin = columns.get("starts") or columns.get("date") or min(columns.values())
            stages = [one.stage for one in found]
            stage = stage_of_heading(self._heads[begin], n, stages)
            found.append(TalkColumns(columns, headings, stage))
        return found

    def _read_talks(self, row: SourceRow, draft: Draft) -> None:
        for about in self._talks:
            cells = {part: clean(row.cell(number)) for part, number in about.columns.items()}
            talk_of(about, cells, draft, self._days)
        for number in self._by_field.get("interviews", ()):
            cell = clean(row.cell(number))
            if not is_blank(cell):
                timeline(number, cell, draft, self._days, is_log=self._is_log[number])

    def _people(self, row: SourceRow, draft: Draft) -> None:
        for n in range(1, MOST + 1):
            cells = {
                part: (number, clean(row.cell(number)))
                for part in PERSON_PARTS
                for number in self._by_field.get(f"person[{n}].{part}".rstrip("."), ())
            }
            said = {part: cell for part, cell in cells.items() if not is_blank(cell[1])}
            if said and (person := self._person(said, draft)):
                draft.people.append(person)
        for number in self._by_field.get("people", ()):
            cell = clean(row.cell(number))
            if not is_blank(cell):
                draft.people += several_people(cell)

    def _person(self, said: Mapping[str, tuple[int, str]], draft: Draft) -> Person | None:
        whole = one_person(said[""][1]) if "" in said else Person()
        given = (cell_text(said[part][1]) for part in ("first_name", "last_name") if part in said)
        name = name_text(said["name"][1]) if "name" in said else " ".join(given) or whole.name
        email, phone = whole.email, whole.phone
        if "email" in said:
            email = self._found(EMAIL, *said["email"], draft, "not_an_address") or email
        if "phone" in said:
            phone = self._phone(*said["phone"], draft) or phone
        role = role_of(said["role"][1]) if "role" in said else whole.role
        if "role" in said and not role:
            draft.notes.append(self._note(*said["role"]))
        if not (name or email or phone):
            return None
        number = next(iter(said.values()))[0]
        return Person(name[:LONGEST_TEXT], email, phone, role or self._role(number))

    def _found(
        self, pattern: re.Pattern[str], number: int, cell: str, draft: Draft, reason: str
    ) -> str:
        found = pattern.search(cell)
        if found is None:
            draft.leave_out(number, cell, reason)
        return found[0].strip() if found else ""

    def _phone(self, number: int, cell: str, draft: Draft) -> str:
        found = PHONE.search(cell)
        if found is None and re.fullmatch(r"[+\d\s()./\-–ext]{3,30}", cell):
            return one_line(cell)
        return plain_number(self._found(PHONE, number, cell, draft, "not_a_number"))

    def _role(self, number: int) -> str:
        concepts = self._heads[number].concepts
        if "recruiter" in concepts:
            return "recruiter"
        return "hiring_manager" if "manager" in concepts else ""
