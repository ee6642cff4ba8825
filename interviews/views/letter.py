"""A draft to the last interlocutor. She edits and sends it; Hearback only notes that she did."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.cases import refresh_stale
from interviews.forms.contact import LetterForm
from interviews.letters import Letter, LetterKind
from interviews.models import Contact, Interlocutor, Interview, Result
from interviews.services import contacts
from interviews.views.base import CandidateRequest, candidate_page, page, posted, saved
from interviews.views.redirects import redirect_to, to_cancelled
from interviews.words import letter_of, occasion_now

OCCASIONS: dict[LetterKind, Promise] = {
    LetterKind.LATE_ANSWER: _("The answer is late"),
    LetterKind.MAY_NOT_CALL: _("A call is not wanted"),
    LetterKind.AS_AGREED: _("I said that I would write"),
    LetterKind.AFTER_REFUSAL: _("After a refusal"),
    LetterKind.LETTING_GO: _("Letting it go"),
    LetterKind.THANKS: _("Thanks, with what was agreed"),
}
# Every other letter asks about the result.
PURPOSES = {
    LetterKind.THANKS: Contact.Purpose.THANKS,
    LetterKind.LETTING_GO: Contact.Purpose.OTHER,
}


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def letter(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    refresh_stale([interview], now=request.now)
    occasion = _occasion(request, interview)
    drafted = letter_of(interview, occasion, now=request.now)
    form = LetterForm(
        posted(request),
        interview=interview,
        now=request.now,
        subject=drafted.subject,
        text=drafted.body,
    )
    purpose = PURPOSES.get(occasion, Contact.Purpose.FOLLOW_UP)
    if saved(
        form,
        lambda: contacts.record_contact(contact=form.build(purpose=purpose), now=request.now),
    ):
        messages.success(request, gettext("The letter is noted."))
        return _after(occasion, pk)
    context = {
        "interview": interview,
        "occasion": OCCASIONS[occasion],
        "others": [(kind, name) for kind, name in OCCASIONS.items() if kind != occasion],
        "mailto": mailto(interview.step_person, drafted),
    }
    return page(request, "interviews/letter.html", context, form=form)


def _occasion(request: CandidateRequest, interview: Interview) -> LetterKind:
    """The one asked for, else the one that fits where the wait stands."""
    asked = request.GET.get("occasion")
    if asked:
        try:
            return LetterKind(asked)
        except ValueError as error:
            raise Http404 from error
    return occasion_now(interview, now=request.now)


def _after(occasion: LetterKind, pk: UUID) -> HttpResponse:
    """Who has let it go in writing has withdrawn; that is confirmed next."""
    if occasion == LetterKind.LETTING_GO:
        return redirect_to("result", pk, kind=Result.Kind.WITHDRAWN, via=Result.Via.EMAIL)
    return redirect_to("interview-detail", pk)


def mailto(person: Interlocutor | None, drafted: Letter) -> str:
    """Opens the draft in her own mail program; to nobody where no address is known."""
    address = quote(person.email, safe="@") if person else ""
    return f"mailto:{address}?subject={quote(drafted.subject)}&body={quote(drafted.body)}"
