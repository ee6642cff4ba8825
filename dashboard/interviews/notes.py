"""Notes on an interview: on its page they save themselves when the field is left."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dashboard.forms.base import PageForm
from dashboard.page import UNPROCESSABLE, CandidateRequest, candidate_page, page, saved
from interviews import access
from interviews.services import interviews


class NotesForm(PageForm):
    """`was` is what the page showed: notes changed elsewhere since are not overwritten."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    notes = forms.CharField(
        label=_("Notes"), widget=forms.Textarea(attrs={"rows": 8}), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("was", "notes")


@require_POST
@candidate_page
def interview_notes(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    form = NotesForm(request.POST)

    def write() -> None:
        said = form.cleaned_data
        interviews.change_notes(interview=interview, notes=said["notes"], was=said["was"])

    is_saved = saved(form, write)
    if is_from_the_field(request):
        context = {"interview": interview, "form": form, "now": request.now}
        status = 200 if is_saved else UNPROCESSABLE
        return render(request, "dashboard/interviews/_notes_saved.html", context, status=status)
    if is_saved:
        messages.success(request, gettext("Notes saved."))
        return redirect("dashboard:interview-detail", pk)
    # The page shows what is stored meanwhile; what is sent from it replaces that.
    stored = access.get_interview(request.user, pk)
    sent = request.POST.copy()
    sent["was"] = stored.notes
    form.data = sent
    return page(request, "dashboard/interviews/notes.html", {"interview": stored}, form=form)


def is_from_the_field(request: HttpRequest) -> bool:
    """Whether the field saved itself, so that only its status is shown."""
    return request.headers.get("HX-Target") == "notes-status"
