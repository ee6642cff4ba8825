"""Several interviews at once, one typed line each, shown in a table before they are saved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as rendered
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.keys import new_key
from dashboard.agreements.forms import NO_DAY, AgreementForm, suggested_made_at
from dashboard.interviews import typed_line_reading as reading
from dashboard.interviews.new import create_from
from dashboard.interviews.typed_line import Typed, typed_on
from dashboard.page import UNPROCESSABLE, CandidateRequest, candidate_page, saved
from interviews import queries
from interviews.models import Agreement, Interview
from interviews.services import agreements

LINES_MAX = 20


@dataclass(frozen=True, slots=True)
class Line:
    typed: Typed

    @property
    def when(self) -> str:
        return reading.when(self.typed)

    @property
    def people(self) -> str:
        return ", ".join(person.name for person in self.typed.draft.people)

    @property
    def agreed(self) -> str:
        promise = self.typed.draft.promise
        return reading.promise_said(promise, self.typed) if promise else ""

    @property
    def missing(self) -> str:
        """What to add to the line before it can be saved; empty for a complete one."""
        if question := reading.question(self.typed):
            return question
        return ", ".join(chip.value for chip in reading.lacking(self.typed))


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interview_lines(request: CandidateRequest) -> HttpResponse:
    typed = request.POST.get("lines", "")
    lines, too_many = _read(request, typed)
    context = {"most": LINES_MAX, "submission_id": _key(request), "on": request.now.date()}
    if request.method == "POST" and "save" in request.POST:
        left = _save(request, lines)
        if not left and not too_many:
            return redirect("dashboard:today")
        lines = left
        typed = "\n".join([*(line.typed.text for line in left), *too_many])
    context |= {"typed": typed, "lines": lines, "too_many": len(too_many)}
    context["can_save"] = any(not line.missing for line in lines)
    is_refused = request.method == "POST" and not context["can_save"]
    if is_refused:
        asked = _("Add what’s missing, then check again.") if lines else _("Enter a line.")
        context["error"] = asked
    status = UNPROCESSABLE if is_refused else 200
    return rendered(request, "dashboard/interviews/lines.html", context, status=status)


def _key(request: CandidateRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission_id", ""))
    except ValueError:
        return new_key()


def _read(request: CandidateRequest, text: str) -> tuple[list[Line], list[str]]:
    """The lines that are not empty, and those beyond the most that are read at once."""
    said = [line.strip() for line in text.splitlines() if line.strip()]
    said, too_many = said[:LINES_MAX], said[LINES_MAX:]
    if not said:
        return [], []
    names = queries.names_of(request.candidate)
    on = typed_on(request.POST.get("on", ""), now=request.now)
    return [Line(Typed.read(line, on, names)) for line in said], too_many


def _save(request: CandidateRequest, lines: list[Line]) -> list[Line]:
    """Save the complete lines, and return the others. The key of each line follows from the form's,
    so that a form that is sent twice records once."""
    key, left = _key(request), []
    for line in lines:
        made = None
        if not line.missing:
            made = create_from(request, line.typed, str(uuid5(key, line.typed.text)))
        if made is None:
            left.append(line)
        elif made.ends_at <= request.now:
            _record_agreement(made, line.typed.agreement(), now=request.now)
    if count := len(lines) - len(left):
        said = ngettext("%(count)d interview saved.", "%(count)d interviews saved.", count)
        messages.success(request, said % {"count": count})
    return left


def _record_agreement(interview: Interview, said: dict[str, str], *, now: datetime) -> None:
    """By the agreement's own form; what it refuses is asked for on Today."""
    if not said or interview.agreements.exists():
        return
    usual = {"said": NO_DAY if said["due"] == NO_DAY else "date", "silence": "no"}
    usual |= {"initiator": "employer", "channel": "phone", "feedback_via": "direct"}
    usual |= {"may_call": Agreement.MayCall.NOT_ASKED, "submission_id": str(new_key())}
    lead = interview.interlocutors.order_by("participations__position").first()
    usual["responsible"] = str(lead.pk) if lead else ""
    form = AgreementForm(usual | said, interview=interview, now=now)

    def write() -> None:
        made_at = suggested_made_at(interview, now=now) or now
        agreement = form.build()
        agreement.made_at = made_at
        agreements.record_agreement(agreement=agreement, now=now)

    saved(form, write)
