"""Settings, Coaches: the coaches, what they see and until when; inviting one, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rate_limits
from coaching import access, coachings
from coaching import text as coaching_text
from dashboard.coachings.forms import InviteForm, TermsForm
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from interviews.models import Coaching, CoachNote
from interviews.text import dates

# How many past coachings are listed.
OVER_SHOWN = 20
TOO_MANY = gettext_lazy(
    "You’ve reached today’s limit for invitations, so we didn’t send this one. Try again tomorrow."
)


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One coaching as its candidate sees it."""

    coaching: Coaching
    now: datetime
    looked_at: datetime | None = None
    notes: Sequence[CoachNote] = ()

    @property
    def name(self) -> str:
        return str(self.coaching.coach or self.coaching.address)

    @property
    def address(self) -> str:
        """Shown next to the name, which anybody can choose."""
        coach = self.coaching.coach
        return coach.email if coach is not None and coach.name else ""

    @property
    def organisation(self) -> str:
        coach = getattr(self.coaching.coach, "coach", None)
        return str(coach.organisation or "") if coach is not None else ""

    @property
    def positions(self) -> list[str]:
        """The chosen positions; empty if all are shared."""
        return [] if self.coaching.covers_all else [str(v) for v in self.coaching.vacancies.all()]

    @property
    def shared(self) -> str:
        coaching = self.coaching
        count = None if coaching.covers_all else len(self.positions)
        what = str(coaching.get_shares_display())
        return capfirst(coaching_text.shared(what, count, coaching.last_day, now=self.now))

    @property
    def looked(self) -> str:
        if self.looked_at is None:
            return _("Hasn’t viewed anything yet.")
        return _("Last viewed %(moment)s.") % {"moment": dates.moment(self.looked_at, now=self.now)}

    @property
    def ended(self) -> str:
        """When it ended, and whether it had begun."""
        moments = (self.coaching.ended_at, self.coaching.ends_at)
        at = min(each for each in moments if each is not None)
        day = dates.day(at.astimezone(self.now.tzinfo).date(), now=self.now)
        said = (
            _("ended on %(day)s") if self.coaching.accepted_at else _("invitation ended on %(day)s")
        )
        return said % {"day": day}


@require_safe
@candidate_page
def coaching_list(request: CandidateRequest) -> HttpResponse:
    lines = _lines(request)
    open_ones = [line for line in lines if not line.coaching.is_over(request.now)]
    over = [line for line in lines if line.coaching.is_over(request.now)]
    context = {
        "requests": access.requests_to(request.user),
        "going_on": [line for line in open_ones if line.coaching.accepted_at],
        "invited": [line for line in open_ones if not line.coaching.accepted_at],
        "over": over[:OVER_SHOWN],
    }
    return render(request, "dashboard/coachings/list.html", context)


def _lines(request: CandidateRequest) -> list[SharedLine]:
    notes: dict[UUID, list[CoachNote]] = {}
    for note in access.shared_notes_on_search(request.candidate):
        notes.setdefault(note.coaching_id, []).append(note)
    looks = access.last_looks(request.user)
    found = []
    for each in access.coachings_of(request.candidate):
        each.candidate = request.candidate
        looked_at = looks.get(each.coach_id) if each.coach_id else None
        found.append(SharedLine(each, request.now, looked_at, notes.get(each.pk, ())))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def coaching_create(request: CandidateRequest) -> HttpResponse:
    candidate = request.candidate
    form = InviteForm(posted(request), candidate=candidate)
    is_known = form.is_valid() and coachings.was_asked(candidate, form.cleaned_data["address"])

    def write() -> None:
        with rate_limits.spending(
            request, "coaching_invitation", str(request.user.pk)
        ) as is_within:
            if not is_within:
                raise ValidationError(str(TOO_MANY))
            coachings.invite_coach(
                candidate=candidate,
                address=form.cleaned_data["address"],
                terms=form.terms(),
                now=request.now,
            )

    if saved(form, write):
        messages.success(request, _invited(form.cleaned_data["address"], is_known=is_known))
        return redirect("dashboard:coaching-list")
    return page(request, "dashboard/coachings/form.html", {}, form=form)


def _invited(address: str, *, is_known: bool) -> str:
    """The message is the same whether the address has an account or not."""
    if is_known:
        said = _(
            "%(address)s is invited again. We won’t send a second email. The invitation is "
            "there when they sign in with this address."
        )
    else:
        said = _("Invitation sent to %(address)s.")
    return said % {"address": address}


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def coaching_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    coaching = _going_on(request, pk)
    form = TermsForm(posted(request), candidate=request.candidate, coaching=coaching)
    if saved(
        form,
        lambda: coachings.change_terms(coaching=coaching, terms=form.terms(), now=request.now),
    ):
        messages.success(request, _("Sharing updated."))
        return redirect("dashboard:coaching-list")
    context = {"line": SharedLine(coaching, request.now)}
    return page(request, "dashboard/coachings/update.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def coaching_end(request: CandidateRequest, pk: UUID) -> HttpResponse:
    coaching = _going_on(request, pk)
    line = SharedLine(coaching, request.now)
    if request.method != "POST":
        return render(request, "dashboard/coachings/end.html", {"line": line})
    coachings.end_coaching(coaching=coaching, actor=request.user, now=request.now)
    said = _("Sharing ended. %(name)s can’t see your search any more.")
    if coaching.accepted_at is None:
        said = _("Invitation to %(name)s cancelled.")
    messages.success(request, said % {"name": line.name})
    return redirect("dashboard:coaching-list")


def _going_on(request: CandidateRequest, pk: UUID) -> Coaching:
    """One of the candidate's coachings that can still be changed."""
    coaching = access.get_coaching(request.user, pk)
    if coaching.is_over(request.now):
        raise Http404
    return coaching
