"""An invitation from a calendar program: a new interview, a move, or a cancellation. Each is
reviewed first, on the page that is also used without an invitation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import proved_addresses
from accounts.request_size import takes_file
from dashboard.forms.upload import UploadForm
from dashboard.interviews.attendee_forms import attendee_formset
from dashboard.interviews.forms import InterviewChangeForm, InterviewForm
from dashboard.page import CandidateRequest, candidate_page, page
from dashboard.prefill import redirect_to
from integrations.ical_attendees import Own
from integrations.invitations import Invitation, read_invitations
from integrations.unfold import READ_MAX, UnreadableError
from interviews import queries
from interviews.models import Interview
from interviews.services import interviews
from interviews.services.interviews import Version, version_of
from interviews.text import dates

UPLOAD: dict[str, Any] = {
    "label": gettext_lazy("Invitation file (.ics)"),
    "accept": ".ics,text/calendar",
}
# How many further events of a file are named.
NAMED_MAX = 5


@takes_file(READ_MAX)
@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def interview_import(request: CandidateRequest) -> HttpResponse:
    is_posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, **UPLOAD) if is_posted else UploadForm(**UPLOAD)
    if form.is_valid():
        try:
            return _answer(request, *_next(request, _read(request, form)))
        except UnreadableError as error:
            form.add_error("file", str(error))
    return page(request, "dashboard/interviews/import.html", {}, form=form)


def _read(request: CandidateRequest, form: UploadForm) -> list[Invitation]:
    return read_invitations(
        form.cleaned_data["file"],
        zone=request.candidate.zone,
        own=Own(proved_addresses(request.user), request.user.name),
        country=request.candidate.country,
    )


def _next(
    request: CandidateRequest, invitations: Sequence[Invitation]
) -> tuple[Invitation, Interview | None]:
    """Return the next new event, with its interview if there is one; the others are named. Choosing
    the same file again leads to the following one."""
    found = queries.invited_of(request.candidate, [each.uid for each in invitations])
    far = [_farness(request, each, found.get(each.uid)) for each in invitations]
    chosen = invitations[far.index(min(far))]
    news = [each for each, (is_old, _is_over) in zip(invitations, far, strict=True) if not is_old]
    others = [each for each in news if each is not chosen and each.starts_at]
    if others:
        chosen = replace(chosen, remarks=(*chosen.remarks, _others(request, others)))
    return chosen, found.get(chosen.uid)


def _farness(
    request: CandidateRequest, invitation: Invitation, known: Interview | None
) -> tuple[bool, bool]:
    """Among equal ones the file's order counts, which is that of their times."""
    is_over = invitation.starts_at is not None and invitation.starts_at < request.now
    if known is None:
        return invitation.is_cancelled, is_over
    taken = version_of(known)
    is_news = taken is None or taken.is_older_than(_version(invitation, taken))
    return not is_news, is_over


def _version(invitation: Invitation, taken: Version | None) -> Version:
    """Without a number, only the time of writing tells which version is newer."""
    counted = invitation.sequence
    if counted is None:
        counted = taken.sequence if taken else 0
    return Version(counted, invitation.stamped_at)


def _others(request: CandidateRequest, others: Sequence[Invitation]) -> str:
    said = [
        f"{dates.short_moment(each.starts_at.astimezone(request.candidate.zone))} {each.title}"
        for each in others[:NAMED_MAX]
        if each.starts_at is not None
    ]
    named = "; ".join(said) + ("…" if len(others) > NAMED_MAX else "")
    sentence = ngettext(
        "There’s %(count)d more event in this file (%(named)s). Save this one, then choose"
        " the file again.",
        "There are %(count)d more events in this file (%(named)s). Save this one, then choose"
        " the file again.",
        len(others),
    )
    return sentence % {"count": len(others), "named": named}


def _answer(
    request: CandidateRequest, invitation: Invitation, found: Interview | None
) -> HttpResponse:
    if found is None:
        if invitation.is_cancelled:
            raise UnreadableError(_("This file cancels an interview you haven’t added."))
        return _add(request, invitation)
    taken = version_of(found)
    version = _version(invitation, taken)
    if taken is not None and version.is_older_than(taken):
        raise UnreadableError(_("You’ve already added a newer version of this invitation."))
    if found.is_cancelled:
        return _of_cancelled(request, invitation, found, version)
    if invitation.is_cancelled:
        messages.info(
            request, " ".join([_("The organiser cancelled this interview."), *invitation.remarks])
        )
        return redirect_to("interview-cancel", found.pk, **_filled_version(version))
    return _change(request, invitation, found, version)


def _of_cancelled(
    request: CandidateRequest, invitation: Invitation, found: Interview, version: Version
) -> HttpResponse:
    taken = version_of(found)
    is_newer = taken is None or taken.is_older_than(version)
    if is_newer and not invitation.is_cancelled:
        said = _(
            "You’re invited again, but this interview is marked as cancelled. Choose “Restore "
            "interview”, then open the invitation again to see what changed."
        )
        messages.info(request, said)
    else:
        interviews.note_invitation(interview=found, version=version)
        messages.info(request, _("This interview is already cancelled."))
    return redirect("dashboard:interview-detail", found.pk)


def _add(request: CandidateRequest, invitation: Invitation) -> HttpResponse:
    candidate = request.candidate
    filled = (
        _when_and_where(invitation)
        | _filled_version(_version(invitation, None))
        | {
            "title": invitation.title,
            "company_name": _company(request, invitation),
            "invitation_uid": invitation.uid,
        }
    )
    form = InterviewForm(candidate=candidate, initial=filled)
    people = attendee_formset(None, candidate=candidate, invited=_invited(invitation))
    context = {
        "people": people,
        "names": queries.names_of(candidate),
        "invitation": invitation,
        "action": reverse("dashboard:interview-create"),
    }
    return page(request, "dashboard/interviews/form.html", context, form=form, also=people)


def _company(request: CandidateRequest, invitation: Invitation) -> str:
    """The inviter's company, if that person is known; otherwise the one that the address
    suggests."""
    for person in invitation.people[:1]:
        people = queries.interlocutors_of(request.candidate)
        known = people.filter(email__lower=person.email.lower())
        if person.email and (found := known.first()) and found.company:
            return found.company.name
    alike = queries.names_alike(request.candidate, [invitation.company])
    return alike.get(invitation.company, invitation.company)


def _change(
    request: CandidateRequest, invitation: Invitation, found: Interview, version: Version
) -> HttpResponse:
    filled = _when_and_where(invitation) | _filled_version(version)
    for name in ("place", "link"):  # the candidate's own input stays if the invitation has none
        filled[name] = filled[name] or getattr(found, name)
    people = attendee_formset(
        None, candidate=request.candidate, interview=found, invited=_invited(invitation)
    )
    is_moved = filled["starts_at"] != found.starts_at
    changes = list(_changes(filled, found, added=people.added))
    if not is_moved and not changes:
        interviews.note_invitation(interview=found, version=version)
        messages.info(request, _("You’ve already added this interview."))
        return redirect("dashboard:interview-detail", found.pk)
    filled["invitation_uid"] = invitation.uid
    form = InterviewChangeForm(instance=found, initial=filled)
    context = {
        "interview": found,
        "people": people,
        "invitation": invitation,
        "is_moved": is_moved,
        "changes": changes,
        "action": reverse("dashboard:interview-update", args=[found.pk]),
    }
    return page(request, "dashboard/interviews/update.html", context, form=form, also=people)


def _changes(filled: dict[str, Any], found: Interview, *, added: list[str]) -> Iterator[str]:
    """Other changes than the start, a sentence each."""
    if filled["minutes"] != found.minutes:
        yield _("It now lasts %(now)d minutes instead of %(before)d.") % {
            "now": filled["minutes"],
            "before": found.minutes,
        }
    if filled["place"] != found.place:
        yield _("The new place is %(place)s") % {"place": filled["place"]}
    if filled["link"] != found.link:
        yield _("The new call link is %(link)s") % {"link": filled["link"]}
    for name in added:
        yield _("%(name)s is also invited.") % {"name": name}


def _when_and_where(invitation: Invitation) -> dict[str, Any]:
    return {
        "starts_at": invitation.starts_at,
        "minutes": invitation.minutes,
        "place": invitation.place,
        "link": invitation.link,
    }


def _filled_version(version: Version) -> dict[str, str]:
    written = version.stamped_at.isoformat() if version.stamped_at else ""
    return {"invitation_sequence": str(version.sequence), "invitation_stamped_at": written}


def _invited(invitation: Invitation) -> list[tuple[str, str]]:
    return [(person.name, person.email) for person in invitation.people]
