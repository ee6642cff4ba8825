"""A coach's note about a candidate, from the candidate's page or the talk's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from coaching import notes
from dashboard.page import written
from staff.coach import candidate_page, talk_page
from staff.coach.admin import sharing_of
from staff.coach.composer import NOTE, TO_TALK, as_asked, done
from staff.coach.forms import NoteForm
from staff.coach.page import key_of


def note_create(request: HttpRequest, object_id: str) -> HttpResponse:
    """Lead back to where it was written; if it is refused, it is shown there."""
    sharing = sharing_of(request)
    candidate = sharing.get_candidate(key_of(object_id))
    if request.method != "POST":
        return redirect("admin:interviews_candidate_change", candidate.pk)
    back = request.POST.get("back", "")
    is_talk = back.startswith(TO_TALK)
    asked = QueryDict(back.removeprefix(TO_TALK).removeprefix("?") if is_talk else "", mutable=True)
    name, place = ("talk", "notes") if is_talk else ("change", "note")
    page = reverse(f"admin:interviews_candidate_{name}", args=[candidate.pk])
    form = NoteForm(request.POST, coaching=sharing.get_coaching(candidate))
    if written(form, lambda: notes.write_note(note=form.build(), now=sharing.now)):
        messages.success(request, done(NOTE, form, candidate))
        asked["sent"] = "note"
        return redirect(f"{page}?{asked.urlencode()}#{place}")
    as_asked(request, page, asked)
    page_of = talk_page.page_of if is_talk else candidate_page.page_of
    return page_of(request, candidate, note_form=form)
