"""What a coach writes about an interview: a suggestion, a note, or a comment on the draft letter.

One form at a time, on the interview's page or in the interview's row of a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import rate_limits
from coaching import notes, proposals
from coaching.awaited import is_answer_awaited
from coaching.permissions import CoachScope
from interviews.models import Candidate, Coaching, Interview, Proposal
from interviews.next_step import refresh_stale
from staff.coach.admin import coach_of
from staff.coach.forms import CommentForm, NoteForm, ProposalForm

Form = ProposalForm | NoteForm | CommentForm
# Where a form that was sent from a row leads back to, by the value of its field `back`.
TO_CANDIDATE = "candidate"
TO_TALK = "talk"
# Of a suggestion withdrawn, or a note deleted, in the list of them; the list's query follows.
TO_LIST = "list"
# Of the overview's address, what a way back keeps.
KEPT = ("by", "candidate", "more")


@dataclass(frozen=True, slots=True)
class Kind:
    """One tab; `say` is its value in links."""

    say: str
    label: Promise
    button: Promise
    done: Promise
    form: type[Form]
    url_name: str

    def make(self, *typed: Any, coaching: Coaching, interview: Interview, now: datetime) -> Form:
        """The form, of which a suggestion's depends on what is due."""
        if issubclass(self.form, ProposalForm):
            local = now.astimezone(interview.candidate.zone)
            return self.form(*typed, coaching=coaching, interview=interview, now=local)
        return self.form(*typed, coaching=coaching, interview=interview)

    def url(self, interview: Interview) -> str:
        return reverse(f"admin:interviews_interview_{self.url_name}", args=[interview.pk])


SUGGEST = Kind(
    "suggest",
    gettext_lazy("Suggest"),
    gettext_lazy("Send suggestion"),
    gettext_lazy("Suggestion sent. %(name)s can accept or decline it."),
    ProposalForm,
    "propose",
)
NOTE = Kind(
    "note",
    gettext_lazy("Note"),
    gettext_lazy("Save note"),
    gettext_lazy("Note saved. %(name)s sees it."),
    NoteForm,
    "note",
)
COMMENT = Kind(
    "comment",
    gettext_lazy("Comment on the letter"),
    gettext_lazy("Send comment"),
    gettext_lazy("Comment sent. %(name)s sees it next to the draft."),
    CommentForm,
    "comment",
)
IN_ROW = (SUGGEST, NOTE)


@dataclass(frozen=True, slots=True)
class Composer:
    """The open form of an interview, and the tabs beside it."""

    interview: Interview
    kind: Kind
    form: Form
    tabs: Sequence[Kind]
    back: str | None = None  # None on the interview's own page
    # While it is the candidate's turn, only the tabs are shown.
    is_folded: bool = False
    proposal: Proposal | None = None  # what was suggested, in a row

    @property
    def place(self) -> str:
        """Where the page of a refused form is scrolled to."""
        return "say" if self.back is None else f"row-{self.interview.pk}"

    @property
    def action(self) -> str:
        return self.kind.url(self.interview)


def composer_of(
    sharing: CoachScope,
    interview: Interview,
    tabs: Sequence[Kind],
    *,
    say: str,
    back: str | None = None,
) -> Composer:
    """The tab that is asked for, or the first."""
    kind = next((each for each in tabs if each.say == say), tabs[0])
    coaching = sharing.get_coaching(interview.candidate)
    form = kind.make(coaching=coaching, interview=interview, now=sharing.now)
    return Composer(interview, kind, form, tabs, back)


def composer_in_row(request: HttpRequest, sharing: CoachScope, *, back: str) -> Composer | None:
    """The composer of the row that the address opens, if that interview is shared."""
    key = key_in(request, "open")
    if key is None:
        return None
    interview = sharing.interviews().with_parties().filter(pk=key).first()
    if interview is None:
        return None
    refresh_stale([interview], now=sharing.now)
    say = request.GET.get("say", "")
    opened = composer_of(sharing, interview, IN_ROW, say=say, back=back)
    proposal = sharing.latest_proposals([key]).get(key)
    if not is_answer_awaited(proposal, sharing.now):
        return opened
    return replace(opened, is_folded=not say, proposal=proposal)


def refused_in_row(request: HttpRequest, interview: Interview, kind: Kind, form: Form) -> Composer:
    return Composer(interview, kind, form, IN_ROW, request.POST["back"])


def as_asked(request: HttpRequest, path: str, query: QueryDict) -> None:
    """A page with a refused form is shown as if it had been asked for, so that its links lead on
    from there."""
    request.GET = query  # type: ignore[assignment]
    request.path = request.path_info = path


def done(kind: Kind, form: Form, candidate: Candidate) -> str:
    """What is said when a form was saved, and who sees it."""
    if kind is NOTE and not form.cleaned_data["is_shared"]:
        return _("Note saved. Only you see it.")
    return str(kind.done) % {"name": candidate}


def write(request: HttpRequest, form: Form, *, now: datetime) -> None:
    """Raise ValidationError if the coach may not suggest any more today."""
    if not isinstance(form, ProposalForm):
        notes.write_note(note=form.build(), now=now)
        return
    with rate_limits.spending(request, "proposal", str(coach_of(request).pk)) as is_within:
        if not is_within:
            raise ValidationError(
                _("You’ve reached today’s limit for suggestions. Try again tomorrow.")
            )
        proposals.propose(proposal=form.build(), now=now)


def key_in(request: HttpRequest, name: str) -> UUID | None:
    """The key in the address, which may be any text."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def kept_address(asked: QueryDict) -> str:
    """What is kept of the overview's address, as a query."""
    return urlencode({name: asked[name] for name in KEPT if name in asked})


def list_address(back: str, noun: str) -> str:
    asked = QueryDict(back.removeprefix(TO_LIST).removeprefix("?")).urlencode()
    return f"{reverse(f'admin:interviews_{noun}_changelist')}?{asked}"


def way_back(request: HttpRequest, interview: Interview, kind: Kind | None = None) -> str:
    """Where a sent form leads: to the interview, or to the row in which it was written, which knows
    of what kind it was."""
    back = request.POST.get("back")
    if back is None:
        page = reverse("admin:interviews_interview_change", args=[interview.pk])
        return f"{page}#messages"  # or the browser keeps the fragment that it sent
    if back.startswith(TO_LIST):
        return list_address(back, "proposal")
    if back == TO_CANDIDATE:
        page, kept = reverse("admin:interviews_candidate_change", args=[interview.candidate_id]), ""
    else:
        page, kept = reverse("admin:index"), kept_address(QueryDict(back))
    said = f"&say={kind.say}" if kind else ""
    return f"{page}?{kept}{'&' if kept else ''}sent={interview.pk}{said}#row-{interview.pk}"
