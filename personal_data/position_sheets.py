"""The candidate's positions as a sheet: one a row, with its stages, and its calls and letters."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interviews import positions
from interviews.models import Candidate, Contact, Interview, Vacancy
from personal_data.csv_sheets import sheet
from personal_data.rows import Plain, plain

# How many positions are read at once.
CHUNK = 200
# More a cell of a workbook cannot hold.
CELL_MAX = 32_767
WIDTH = 18


def position_csv(candidate: Candidate) -> Iterator[bytes]:
    return sheet(_headings(), _rows(candidate))


def position_xlsx(candidate: Candidate) -> bytes:
    """Every text is typed as text, so no program takes it for a formula, a link or a date."""
    from xlsxwriter import Workbook  # loaded only if somebody asks for it

    file = BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet(_("Positions"))
        page.set_column(0, len(_headings()) - 1, WIDTH)
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(_headings()):
            page.write_string(0, column, heading, bold)
        for number, row in enumerate(_rows(candidate), start=1):
            for column, value in enumerate(row.values()):
                if isinstance(value, int):
                    page.write_number(number, column, value)
                elif value:
                    page.write_string(number, column, str(value)[:CELL_MAX])
    return file.getvalue()


def _headings() -> list[str]:
    return [
        *(_("Company"), _("Position"), _("State"), _("Applied on"), _("How you applied")),
        *(_("Source"), _("Advertised"), _("Place"), _("Salary"), _("Job ad"), _("Agency")),
        *(_("Tags"), _("Follow up on"), _("Closed on"), _("Why it was closed")),
        *(_("Attractiveness"), _("Interest"), _("Stages"), _("Interviewers")),
        *(_("Calls and letters"), _("Notes"), _("Pros and cons")),
    ]


def _rows(candidate: Candidate) -> Iterator[Mapping[str, Plain]]:
    """In the order in which they were added; four queries a chunk."""
    interviews = Interview.objects.not_cancelled().select_related("result")
    asked = positions.positions_of(candidate).select_related("company", "agency").defer(None)
    asked = asked.defer("advert_text").order_by("created_at", "pk")
    found = asked.prefetch_related(
        Prefetch("interviews", interviews.order_by("starts_at", "pk")),
        Prefetch("interviews__contacts", Contact.objects.select_related("person")),
        "interviews__participations__interlocutor",
    )
    for vacancy in found.iterator(chunk_size=CHUNK):
        yield dict(zip(_headings(), map(plain, _values(vacancy, candidate)), strict=True))


def _values(vacancy: Vacancy, candidate: Candidate) -> list[object]:
    said = {True: _("yes"), False: _("no"), None: ""}
    interviews = list(vacancy.interviews.all())
    people = {
        each.interlocutor.name: None for row in interviews for each in row.participations.all()
    }
    contacts = [_contact(each, candidate) for row in interviews for each in row.contacts.all()]
    return [
        *(vacancy.company.name, vacancy.title, vacancy.get_state_display(), vacancy.applied_on),
        *(vacancy.get_applied_via_display(), vacancy.source, said[vacancy.was_advertised]),
        *(vacancy.place, vacancy.salary, vacancy.url),
        vacancy.agency.name if vacancy.agency else "",
        ", ".join(name for _pk, name in positions.tags_of(vacancy)),
        *(vacancy.follow_up_on, vacancy.closed_on, vacancy.get_closing_reason_display()),
        *(vacancy.attractiveness, vacancy.desire),
        "\n".join(_stage(row, candidate) for row in interviews),
        ", ".join(people),
        *("\n".join(sorted(contacts)), vacancy.notes, vacancy.rating_notes),
    ]


def _stage(interview: Interview, candidate: Candidate) -> str:
    """For example: 2026-11-12 First interview, next stage"""
    began = f"{_day(interview.starts_at, candidate)} {capfirst(interview.get_stage_display())}"
    if not interview.is_answered:
        return began
    return f"{began}, {interview.result.get_kind_display()}"


def _contact(contact: Contact, candidate: Candidate) -> str:
    """For example: 2026-11-15 you, by phone, in touch, no decision yet: Anna Petrova"""
    who = _("you") if contact.direction == Contact.Direction.OUT else _("they")
    told = f"{who}, {contact.get_channel_display()}, {contact.get_outcome_display()}"
    made = f"{_day(contact.at, candidate)} {told}"
    return f"{made}: {contact.person.name}" if contact.person else made


def _day(moment: datetime, candidate: Candidate) -> str:
    return moment.astimezone(candidate.zone).date().isoformat()
