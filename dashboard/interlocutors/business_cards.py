"""Business cards: import a file with a review, and export."""

import re
from collections.abc import Iterable
from itertools import count
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.request_size import takes_file
from dashboard.forms.upload import UploadForm
from dashboard.interlocutors.business_card_forms import CardsForm
from dashboard.page import CandidateRequest, candidate_page, page
from integrations.unfold import READ_MAX, UnreadableError
from integrations.vcard import CardFile, read_cards, write_cards
from integrations.vcard_import import Saved, match_cards, save_cards, sign_cards
from interviews import access, queries
from interviews.models import Interlocutor

TEMPLATE = "dashboard/interlocutors/import.html"
UPLOAD: dict[str, Any] = {
    "label": gettext_lazy("Contact file (.vcf)"),
    "accept": ".vcf,text/vcard,text/x-vcard",
}
NAME_MAX = 60


@takes_file(READ_MAX)
@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interlocutor_import(request: CandidateRequest) -> HttpResponse:
    """The file, then its cards with checkboxes, then the people."""
    if request.method == "POST" and "cards" in request.POST:
        return _save(request)
    is_posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, **UPLOAD) if is_posted else UploadForm(**UPLOAD)
    if form.is_valid():
        try:
            country = request.candidate.country
            return _review(request, read_cards(form.cleaned_data["file"], country=country))
        except UnreadableError as error:
            form.add_error("file", str(error))
    return page(request, TEMPLATE, {}, form=form)


def _review(request: CandidateRequest, file: CardFile) -> HttpResponse:
    cards = file.cards
    matches = match_cards(candidate=request.candidate, cards=cards)
    remarks = [each.remarks for each in file.read]
    # By name, but first those that would change something.
    rows = sorted(zip(count(), matches, remarks), key=lambda row: not row[1].is_needed)
    context = {
        "rows": rows,
        "remarks": file.remarks,
        "needed": sum(match.is_needed for match in matches),
        "signed": sign_cards(cards, candidate=request.candidate),
    }
    return render(request, TEMPLATE, context)


def _save(request: CandidateRequest) -> HttpResponse:
    form = CardsForm(request.POST, candidate=request.candidate)
    if form.is_valid():
        saved = save_cards(candidate=request.candidate, cards=form.taken)
        messages.success(request, _said(saved))
        return redirect("dashboard:interlocutor-list")
    upload = UploadForm({}, {}, **UPLOAD)
    sentences = [str(sentence) for each in form.errors.values() for sentence in each]
    upload.errors["file"] = upload.error_class(sentences)
    return page(request, TEMPLATE, {}, form=upload)


def _said(saved: Saved) -> str:
    added, completed = len(saved.added), len(saved.completed)
    said = []
    if added:
        said.append(ngettext("%(n)d contact added.", "%(n)d contacts added.", added) % {"n": added})
    if completed:
        sentence = ngettext(
            "Missing details added to %(n)d contact.",
            "Missing details added to %(n)d contacts.",
            completed,
        )
        said.append(sentence % {"n": completed})
    return " ".join(said) or _("You already have all of these contacts.")


@require_safe
@candidate_page
def interlocutor_card(request: CandidateRequest, pk: UUID) -> HttpResponse:
    person = access.get_interlocutor(request.user, pk)
    return _file([person], f"{_plain(person.name)}.vcf")


@require_safe
@candidate_page
def interlocutor_cards(request: CandidateRequest) -> HttpResponse:
    return _file(queries.people_of(request.candidate), "hearback-people.vcf")


def _plain(name: str) -> str:
    """Keep characters that every file system accepts: letters and digits of any script, and
    hyphens."""
    return re.sub(r"\W+", "-", name)[:NAME_MAX].strip("-") or "card"


def _file(people: Iterable[Interlocutor], name: str) -> HttpResponse:
    response = HttpResponse(write_cards(people), content_type="text/vcard; charset=utf-8")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response
