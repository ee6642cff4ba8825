"""Proposals of forwarded mails, and the taps that answer them."""

import re
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

from interviews.models import Interview, MailProposal, Vacancy
from tests.support import people


def propose(wait: Interview | Vacancy, *, now: datetime, **given: Any) -> MailProposal:
    """A rejection, written now; `dates` and `by_when` are what it names."""
    dates = [each.isoformat() for each in given.pop("dates", ())]
    by_when = given.pop("by_when", None)
    details = {"dates": dates, "by_when": by_when and by_when.isoformat()}
    return people.make_mail_proposal(wait, now=now, details=details, **given)


def tap(
    client: Client, mail: MailProposal, act: str = "record", *, follow: bool = False, **data: str
) -> HttpResponse:
    url = f"/mail-proposals/{mail.pk}/"
    return client.post(url, {"act": act, "next": "/today/"} | data, follow=follow)


def say(client: Client, mail: MailProposal, kind: str, wait: str = "", **days: str) -> HttpResponse:
    """The form of "Record something else"."""
    wait = wait or f"interview:{mail.interview_id}"
    return client.post(
        f"/mail-proposals/{mail.pk}/", {"kind": kind, "wait": wait} | days, follow=True
    )


def undo(client: Client, response: HttpResponse, *, page: str = "/today/") -> HttpResponse:
    """Tap Undo in the message that this page shows."""
    token = re.search(r'name="token" value="([^"]+)"', response.content.decode())
    assert token is not None, "the page offers no Undo"
    data = {"token": token.group(1), "next": page}
    return client.post("/undo/", data, follow=True)
