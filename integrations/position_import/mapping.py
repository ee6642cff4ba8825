"""Propose what each column holds."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from .cell_kinds import Profile, profile_of
from .column_look import Context
from .dialect import decide
from .groups import Numbered, numbered
from .headings import Heading, language_of, understood
from .senses import settled
from .states import meaning_of, result_meaning, stage_of
from .table import Table
from .vocabulary import listed, words_of

SAMPLES = 3
SAMPLE_SIGNS = 120
FIELDS = (
    *("company", "position", "position_and_company", "company_and_position", "advert_url"),
    *("source", "place", "salary", "applied_on", "state", "state_on", "closed_on"),
    *("closing_reason", "follow_up_on", "notes", "interviews", "people"),
    *("result.kind", "result.on"),
    *(
        f"interview[{n}].{part}"
        for n in range(1, 6)
        for part in ("starts", "date", "time", "zone", "ends", "stage", "place", "link")
    ),
    *(
        f"person[{n}]{part}"
        for n in range(1, 4)
        for part in ("", ".name", ".first_name", ".last_name", ".email", ".phone", ".role")
    ),
    *("ignored", "ask"),
)
OF_DAYS = ("applied_on", "closed_on", "state_on", "follow_up_on", "result.on")
OF_STATES = ("state", "closing_reason", "result.kind")
ONE_COLUMN = ("company", "position", "follow_up_on", "closed_on", "applied_on")


@dataclass(frozen=True, slots=True)
class Column:
    """`question` says what must be asked before the column is trusted."""

    number: int
    heading: str
    field: str
    question: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateWord:
    """A word of state as the file has it; a meaning of "" is unknown and left out."""

    text: str
    rows: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What each column holds, what each word of state means, and which part of a day is first."""

    columns: tuple[Column, ...]
    words: tuple[StateWord, ...]
    day_first: bool
    columns_day_first: Mapping[int, bool]

    @property
    def question(self) -> str:
        return next((column.question for column in self.columns if column.question), "")


def propose(table: Table, *, today: date, own: Collection[str] = ()) -> Proposal:
    """`own` are the candidate's addresses and numbers, which are no contacts."""
    fields = _fields(table, own)
    return _proposal(table, fields, today)


def with_fields(
    table: Table, proposal: Proposal, changes: Mapping[int, str], *, today: date
) -> Proposal:
    """Return the proposal with other fields for some columns; columns of passwords stay ignored."""
    fields = {column.number: column.field for column in proposal.columns}
    allowed = {
        n: field for n, field in changes.items() if field in FIELDS and n not in table.secrets
    }
    return _proposal(table, fields | allowed, today)


def _proposal(table: Table, fields: Mapping[int, str], today: date) -> Proposal:
    days = {n: table.column(n) for n, field in fields.items() if _holds_days(field)}
    dialect = decide(days, fields, language_of(table.headings), today)
    columns = tuple(
        Column(n, table.headings[n - 1], field, dialect.questions.get(n, ""), _samples(table, n))
        for n, field in fields.items()
    )
    return Proposal(columns, words_of_states(table, fields), dialect.day_first, dialect.columns)


def _holds_days(field: str) -> bool:
    return field in OF_DAYS or field.endswith((".starts", ".date"))


def _samples(table: Table, number: int) -> tuple[str, ...]:
    """The first different values; of a column of passwords none is known."""
    found = dict.fromkeys(table.column(number))
    return tuple(text[:SAMPLE_SIGNS] for text, _ in zip(found, range(SAMPLES), strict=False))


def words_of_states(table: Table, fields: Mapping[int, str]) -> tuple[StateWord, ...]:
    """Return every different cell of the columns of states, with its meaning."""
    counts: dict[str, int] = {}
    meanings: dict[str, str] = {}
    for number, field in fields.items():
        if field not in OF_STATES:
            continue
        heading = table.headings[number - 1]
        for text in table.column(number):
            if _is_flag(text):
                continue
            counts[text] = counts.get(text, 0) + 1
            meaning = result_meaning(text) if field == "result.kind" else meaning_of(text, heading)
            meanings[text] = meaning
    return tuple(StateWord(text, counts[text], meanings[text]) for text in counts)


def _is_flag(text: str) -> bool:
    return " ".join(words_of(text)) in listed("yes") | listed("no")


def _fields(table: Table, own: Collection[str]) -> dict[int, str]:
    """Return a field for each column with a heading or, below none, with cells like days."""
    language = language_of(table.headings)
    numbers = [n for n, text in enumerate(table.headings, 1) if text]
    heads = {n: understood(table.headings[n - 1], language) for n in numbers}
    cells = {n: table.column(n) for n in numbers}
    profiles = {n: profile_of(cells[n]) for n in numbers}
    context = _context(table, heads, profiles, cells, own)
    senses = {n: settled(n, heads[n], profiles[n], cells[n], context) for n in numbers}
    senses = _one_of_each(senses, heads, cells)
    fields = numbered([Numbered(n, heads[n], senses[n]) for n in numbers])
    for n in numbers:
        if n in table.secrets or (n in table.hidden and fields[n] not in ("company", "position")):
            fields[n] = "ignored"
    return fields


def _context(
    table: Table,
    heads: Mapping[int, Heading],
    profiles: Mapping[int, Profile],
    cells: Mapping[int, list[str]],
    own: Collection[str],
) -> Context:
    senses = [head.sense for head in heads.values()]
    composite = "position_and_company" in senses or "company_and_position" in senses
    rounds = any(
        head.sense == "talk.stage" and _share(cells[n], stage_of) >= 0.5
        for n, head in heads.items()
        if not any(char.isdigit() for char in head.text)
    )
    companies = next((cells[n] for n, head in heads.items() if head.sense == "company"), [])
    return Context(
        senses=frozenset(senses),
        has_company="company" in senses or composite,
        has_position="position" in senses or composite,
        has_link=any(h.sense == "link" and _may_be_link(profiles[n]) for n, h in heads.items()),
        has_applied_days=any(
            h.sense == "applied" and (profiles[n].days >= 0.3 or not profiles[n].count)
            for n, h in heads.items()
        ),
        is_rounds=rounds,
        linked=frozenset(column for _, column in table.links),
        formulas=_formulas(table),
        companies=len(set(companies)),
        own=frozenset(own),
    )


def _may_be_link(profile: Profile) -> bool:
    return not profile.count or profile.addresses > 0 or profile.nested > 0


def _formulas(table: Table) -> frozenset[int]:
    counts: dict[int, int] = {}
    for _, column in table.formulas:
        counts[column] = counts.get(column, 0) + 1
    return frozenset(n for n, count in counts.items() if count * 2 >= len(table.rows))


def _share(cells: list[str], meaning: Callable[[str], str]) -> float:
    known = sum(bool(meaning(cell)) for cell in cells)
    return known / len(cells) if cells else 0.0


def _one_of_each(
    senses: dict[int, str], heads: Mapping[int, Heading], cells: Mapping[int, list[str]]
) -> dict[int, str]:
    """Where two columns claim what one column holds, the better one keeps it."""
    senses = dict(senses)
    for field in ONE_COLUMN:
        claims = [n for n, sense in senses.items() if sense == field]
        if len(claims) < 2:
            continue
        best = max(
            claims,
            key=lambda n: (
                len(cells[n]) > 0,
                heads[n].coverage,
                -len(heads[n].concepts),
                len(cells[n]),
                -n,
            ),
        )
        for n in claims:
            if n != best:
                senses[n] = _second(field, heads[n])
    return senses


def _second(field: str, head: Heading) -> str:
    if field == "position" and "applied" not in head.concepts:
        return "role" if head.concepts & {"their_role"} else "notes"
    return "notes" if field != "applied_on" else "ignored"
