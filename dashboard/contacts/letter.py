"""A draft to the last interlocutor. The candidate edits and sends it; Hearback only records that it
was sent."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from coaching import access as coaching_access
from dashboard.buttons import undo
from dashboard.contacts.forms import LetterForm, OwnLetterForm
from dashboard.mail_proposals.shown import mail_before
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved, written
from dashboard.prefill import redirect_to, to_cancelled
from interviews import access, queries
from interviews.contact_links import mailto_with
from interviews.current_step import CurrentStep
from interviews.models import CoachNote, Contact, Interlocutor, Interview, OwnLetter, Result
from interviews.next_step import refresh_stale
from interviews.services import contacts, own_letters
from interviews.text.from_interview import addressee_of, letter_of, letter_values, occasion_now
from interviews.text.letters import Letter, LetterKind, shown, to_keep

OCCASIONS: dict[LetterKind, Promise] = {
    LetterKind.LATE_ANSWER: _("Late answer"),
    LetterKind.MAY_NOT_CALL: _("They asked you not to call"),
    LetterKind.AS_AGREED: _("I said I’d write"),
    LetterKind.AFTER_REFUSAL: _("After a rejection"),
    LetterKind.LETTING_GO: _("Withdrawing"),
    LetterKind.THANKS: _("Thank-you, with what was agreed"),
}
# Every other letter asks about the result.
PURPOSES = {
    LetterKind.THANKS: Contact.Purpose.THANKS,
    LetterKind.LETTING_GO: Contact.Purpose.OTHER,
}


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def letter(request: CandidateRequest, pk: UUID) -> HttpResponse:
    annotations = {"shared_notes": coaching_access.notes_subquery()}
    interview = access.get_interview(request.user, pk, annotations=annotations)
    if interview.is_cancelled and not _may_let_go(request):
        return to_cancelled(request, interview)
    refresh_stale([interview], now=request.now)
    current = CurrentStep.of(interview, now=request.now)
    occasion = _occasion(request, current)
    own = queries.own_letters_of(request.candidate)
    to = addressee_of(interview)
    drafted = letter_of(current, occasion, to=to, own=own)
    form = LetterForm(
        posted(request),
        interview=interview,
        now=request.now,
        to=to,
        subject=drafted.subject,
        text=drafted.body,
    )
    if "keep" in request.POST or "forget" in request.POST:
        return _keep_or_forget(request, current, occasion, form, to)
    purpose = PURPOSES.get(occasion, Contact.Purpose.FOLLOW_UP)
    snoozed_until = interview.snoozed_until
    made = written(
        form,
        lambda: contacts.record_contact(contact=form.build(purpose=purpose), now=request.now),
    )
    if made is not None:
        said = gettext("Letter marked as sent.")
        undo.offer_of_contact(request, made, snoozed_until=snoozed_until, said=said)
        return _after(occasion, interview)
    return _shown(request, interview, occasion, form, own)


def _may_let_go(request: CandidateRequest) -> bool:
    """After cancelling, the employer must still be told; but no contact is recorded any more."""
    is_noting = request.method == "POST" and not {"keep", "forget"} & request.POST.keys()
    return request.GET.get("occasion") == LetterKind.LETTING_GO and not is_noting


def _occasion(request: CandidateRequest, current: CurrentStep) -> LetterKind:
    """Return the requested occasion, or the one that fits the wait."""
    asked = request.GET.get("occasion")
    if asked:
        try:
            return LetterKind(asked)
        except ValueError as error:
            raise Http404 from error
    return occasion_now(current)


def _shown(
    request: CandidateRequest,
    interview: Interview,
    occasion: LetterKind,
    form: LetterForm,
    own: Mapping[str, OwnLetter],
) -> HttpResponse:
    own_letter = own.get(occasion)
    letter = Letter(subject=form["subject"].value() or "", body=form["notes"].value() or "")
    context = {
        "interview": interview,
        "mail": mail_before(request, interview),
        "occasion": OCCASIONS[occasion],
        "others": [(kind, name) for kind, name in OCCASIONS.items() if kind != occasion],
        "mailto": mailto_with(form.email, subject=letter.subject, body=letter.body),
        "comments": [
            note
            for note in coaching_access.shared_notes_of(interview)
            if note.about == CoachNote.About.LETTER
        ],
        "own_letter": own_letter
        and Letter(subject=shown(own_letter.subject), body=shown(own_letter.body)),
    }
    return page(request, "dashboard/contacts/letter.html", context, form=form)


def _keep_or_forget(
    request: CandidateRequest,
    current: CurrentStep,
    occasion: LetterKind,
    form: LetterForm,
    to: Interlocutor | None,
) -> HttpResponse:
    here = redirect_to("letter", current.interview.pk, occasion=occasion)
    if "forget" in request.POST:
        own_letters.forget_letter(candidate=request.candidate, occasion=occasion)
        messages.success(request, gettext("Template deleted. You’ll start from our draft again."))
        return here
    own_form = OwnLetterForm(request.POST)
    values = letter_values(current, occasion, to=to)

    def write() -> None:
        own_letters.keep_letter(
            candidate=request.candidate,
            occasion=occasion,
            subject=to_keep(own_form.cleaned_data["subject"], values),
            body=to_keep(_with_newlines(own_form.cleaned_data["notes"]), values),
            now=request.now,
        )

    if saved(own_form, write):
        messages.success(
            request,
            gettext(
                "Template saved. We’ll fill in names and dates each time. The rest stays as you "
                "wrote it, so read it before you send it."
            ),
        )
        return here
    # Show the input again in the letter's form, with its errors.
    form.full_clean()
    form.errors.clear()
    form.errors.update(own_form.errors)
    own = queries.own_letters_of(request.candidate)
    return _shown(request, current.interview, occasion, form, own)


def _with_newlines(text: str) -> str:
    """Browsers send line breaks as CRLF."""
    return text.replace("\r\n", "\n")


def _after(occasion: LetterKind, interview: Interview) -> HttpResponse:
    """A candidate who wrote a withdrawal confirms it next, unless it is recorded already."""
    if occasion == LetterKind.LETTING_GO and not interview.is_answered:
        return redirect_to("result", interview.pk, kind=Result.Kind.WITHDRAWN, via=Result.Via.EMAIL)
    return redirect_to("interview-detail", interview.pk)
