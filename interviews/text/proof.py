"""What a proof of search says in each cell."""

from collections.abc import Callable
from datetime import date

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from interviews.models import Interview
from interviews.proof.rows import Fact, Kind, Row, State

APPLICATIONS = {
    "": gettext_lazy("Application"),
    "online": gettext_lazy("Application by online form"),
    "email": gettext_lazy("Application by email"),
    "post": gettext_lazy("Application by post"),
    "phone": gettext_lazy("Application by phone"),
    "in_person": gettext_lazy("Application in person"),
    "agency": gettext_lazy("Application through a recruitment agency"),
}
INTERVIEWS = {
    "": gettext_lazy("Interview"),
    "video": gettext_lazy("Video interview"),
    "in_person": gettext_lazy("Interview in person"),
}
TO_THEM = {
    "phone": gettext_lazy("Call to the company"),
    "email": gettext_lazy("Email to the company"),
    "message": gettext_lazy("Message to the company"),
}
FROM_THEM = {
    "phone": gettext_lazy("Call from the company"),
    "email": gettext_lazy("Email from the company"),
    "message": gettext_lazy("Message from the company"),
}
STATES = {
    State.APPLIED: gettext_lazy("Waiting for an answer"),
    State.IN_TALKS: gettext_lazy("Interviewing"),
    State.OFFER: gettext_lazy("Offer"),
    State.REFUSED: gettext_lazy("Rejected"),
    State.NO_RESPONSE: gettext_lazy("No response"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
    State.ACCEPTED: gettext_lazy("Offer accepted"),
    State.DECLINED: gettext_lazy("Offer declined"),
    State.POSITION_GONE: gettext_lazy("Position filled or cancelled"),
    State.CLOSED: gettext_lazy("Closed"),
    State.SCHEDULED: gettext_lazy("Scheduled"),
    State.WAITING: gettext_lazy("Waiting for an answer"),
    State.NEXT_STAGE: gettext_lazy("Next stage"),
    State.REACHED: gettext_lazy("In touch, no decision yet"),
    State.NO_ANSWER: gettext_lazy("No answer"),
    State.SENT: gettext_lazy("Sent"),
}


def day(value: date) -> str:
    """With its year, since the sheet is read later: Mon 23 Nov 2026"""
    return dateformat.format(value, pgettext("format of a day in a proof", "D j M Y"))


def cell(row: Row, field: str) -> str:
    """The text of any column but the day."""
    return CELLS[field](row)


def names(row: Row) -> str:
    return ", ".join(row.fact.names)


def _company(row: Row) -> str:
    position = row.position
    if not position.agency:
        return position.company
    said = _("%(company)s, through %(agency)s")
    return said % {"company": position.company, "agency": position.agency}


def _kind(row: Row) -> str:
    fact = row.fact
    if fact.kind is Kind.APPLICATION:
        return str(APPLICATIONS[fact.way])
    if fact.kind is Kind.INTERVIEW:
        return str(INTERVIEWS[fact.way])
    return _contact(fact)


def _contact(fact: Fact) -> str:
    return str((FROM_THEM if fact.is_from_them else TO_THEM)[fact.way])


def _stage(row: Row) -> str:
    fact = row.fact
    if fact.kind is Kind.APPLICATION:
        return str(APPLICATIONS[""])
    if fact.kind is Kind.INTERVIEW:
        return str(capfirst(str(Interview.Stage(fact.stage).label)))
    return _contact(fact)


def _advertised(row: Row) -> str:
    """Nothing if the candidate has not said."""
    return {True: _("Yes"), False: _("No"), None: ""}[row.position.was_advertised]


CELLS: dict[str, Callable[[Row], str]] = {
    "company": _company,
    "position": lambda row: row.position.title,
    "place": lambda row: row.position.place,
    "kind": _kind,
    "stage": _stage,
    "state": lambda row: str(STATES[row.state]),
    "advertised": _advertised,
}
