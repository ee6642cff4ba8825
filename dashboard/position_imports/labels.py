"""What an import of positions says: refusals, fields, meanings of words, reasons, counts."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# Why a file is not read, by the code of `position_import.Refusal`.
REFUSALS: dict[str, Promise] = {
    "not_a_table": gettext_lazy(
        "This file isn’t a table. Save your list as CSV or as a spreadsheet and choose that file."
    ),
    "empty": gettext_lazy("This file is empty. Choose another one."),
    "too_large": gettext_lazy(
        "This file is too large for a list of positions. Split it, or delete what isn’t needed."
    ),
    "locked": gettext_lazy(
        "This file is protected with a password. Save a copy without one, and choose that file."
    ),
    "broken": gettext_lazy(
        "We can’t open this file because it’s damaged. Save it again or export it as CSV."
    ),
    "no_headings": gettext_lazy(
        "We found no headings in this file. Add a first row such as Company, Position, Status."
    ),
    "no_positions": gettext_lazy(
        "There are headings in this file, but no positions below them. Choose another file."
    ),
}

# Why a row is not imported, by the code of `position_import.RestRow`.
REASONS: dict[str, Promise] = {
    "no_company": gettext_lazy("There’s no company."),
    "no_position": gettext_lazy("There’s no position."),
    "ambiguous": gettext_lazy("We can’t tell what belongs where in this row."),
    "too_long": gettext_lazy("The name of the company or position is too long."),
    "heading_again": gettext_lazy("The headings again."),
    "summary": gettext_lazy("A total, not a position."),
    "note_line": gettext_lazy("A remark or a month, not a position."),
}

# What a column may hold, grouped as a person looks for it.
POSITION_FIELDS: dict[str, Promise] = {
    "company": gettext_lazy("Company"),
    "position": gettext_lazy("Position"),
    "position_and_company": gettext_lazy("Position and company in one cell"),
    "company_and_position": gettext_lazy("Company and position in one cell"),
    "applied_on": gettext_lazy("Applied on"),
    "place": gettext_lazy("Place"),
    "salary": gettext_lazy("Salary"),
    "advert_url": gettext_lazy("Link to the job ad"),
    "source": gettext_lazy("Where you found it"),
    "follow_up_on": gettext_lazy("Follow up on"),
    "notes": gettext_lazy("Notes"),
}
STATE_FIELDS: dict[str, Promise] = {
    "state": gettext_lazy("State"),
    "state_on": gettext_lazy("Date of the state"),
    "closed_on": gettext_lazy("Closed on"),
    "closing_reason": gettext_lazy("Why it was closed"),
    "result.kind": gettext_lazy("Result"),
    "result.on": gettext_lazy("Date of the result"),
}
LIST_FIELDS: dict[str, Promise] = {
    "interviews": gettext_lazy("Several interviews in one cell"),
    "people": gettext_lazy("Several contacts in one cell"),
}
INTERVIEW_PARTS: dict[str, Promise] = {
    "starts": gettext_lazy("Interview %(number)d: date and time"),
    "date": gettext_lazy("Interview %(number)d: date"),
    "time": gettext_lazy("Interview %(number)d: time"),
    "zone": gettext_lazy("Interview %(number)d: time zone"),
    "ends": gettext_lazy("Interview %(number)d: end"),
    "stage": gettext_lazy("Interview %(number)d: stage"),
    "place": gettext_lazy("Interview %(number)d: place"),
    "link": gettext_lazy("Interview %(number)d: link"),
}
PERSON_PARTS: dict[str, Promise] = {
    "": gettext_lazy("Contact %(number)d: name, email and phone in one cell"),
    "name": gettext_lazy("Contact %(number)d: name"),
    "first_name": gettext_lazy("Contact %(number)d: first name"),
    "last_name": gettext_lazy("Contact %(number)d: last name"),
    "email": gettext_lazy("Contact %(number)d: email"),
    "phone": gettext_lazy("Contact %(number)d: phone"),
    "role": gettext_lazy("Contact %(number)d: role"),
}
IGNORED = gettext_lazy("Leave out")
ASK = gettext_lazy("Not recognised")
NUMBERED = re.compile(r"(interview|person)\[(\d+)\]\.?(\w*)$")

# What a word of state may mean, by the code of `position_import.StateWord`.
MEANINGS: dict[str, Promise] = {
    "": gettext_lazy("Not recognised"),
    "saved": gettext_lazy("Saved, not applied yet"),
    "applied": gettext_lazy("Applied"),
    "in_talks": gettext_lazy("Interviewing"),
    "offer": gettext_lazy("Offer"),
    "closed:refused": gettext_lazy("Closed: they said no"),
    "closed:no_response": gettext_lazy("Closed: no response"),
    "closed:withdrawn": gettext_lazy("Closed: you withdrew"),
    "closed:accepted": gettext_lazy("Closed: offer accepted"),
    "closed:declined": gettext_lazy("Closed: offer declined"),
    "closed:position_gone": gettext_lazy("Closed: position gone"),
    "closed:other": gettext_lazy("Closed for another reason"),
    "closed": gettext_lazy("Closed"),
    "nothing": gettext_lazy("Says nothing about the state"),
}


def field_label(field: str) -> str:
    single: Mapping[str, Promise] = {
        **POSITION_FIELDS,
        **STATE_FIELDS,
        **LIST_FIELDS,
        "ignored": IGNORED,
        "ask": ASK,
    }
    if field in single:
        return str(single[field])
    found = NUMBERED.match(field)
    if found is None:
        return field
    parts = INTERVIEW_PARTS if found[1] == "interview" else PERSON_PARTS
    return str(parts[found[3]]) % {"number": int(found[2])}


def counted(counts: Mapping[str, int]) -> str:
    """For example: 12 positions, 5 interviews and 3 contacts"""
    n = counts.get
    said = [
        (n("positions"), ngettext("%(n)d position", "%(n)d positions", n("positions", 0))),
        (n("interviews"), ngettext("%(n)d interview", "%(n)d interviews", n("interviews", 0))),
        (n("people"), ngettext("%(n)d contact", "%(n)d contacts", n("people", 0))),
        (n("results"), ngettext("%(n)d result", "%(n)d results", n("results", 0))),
    ]
    return get_text_list([words % {"n": count} for count, words in said if count], _("and"))
