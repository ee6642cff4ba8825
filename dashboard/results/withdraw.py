"""After accepting an offer: withdraw from the others, in one list that the candidate confirms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dashboard.page import CandidateRequest, candidate_page, page, posted, written
from dashboard.prefill import redirect_to
from dashboard.results.offer import offer_of
from dashboard.results.offer_forms import WithdrawForm
from dashboard.vacancies.comparison import PAGE_LENGTH, compare
from interviews import access, queries
from interviews.models import Interview, Result
from interviews.services.withdrawals import Withdrawal, withdraw_from


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def withdraw(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if offer_of(interview).offer_answer != Result.Answer.ACCEPTED:
        return redirect_to("offer", pk)
    form = WithdrawForm(posted(request), candidate=request.candidate)

    def write() -> Withdrawal:
        others = form.cleaned_data["vacancies"].exclude(pk=interview.vacancy_id)
        return withdraw_from(candidate=request.candidate, vacancies=others, now=request.now)

    done = written(form, write)
    if done is not None:
        return _after(request, interview, done)
    settled = _settled(request)
    shown, others = compare(request, interview.vacancy)
    if not others and not settled:
        return redirect_to("interview-detail", pk)
    context = {
        "interview": interview,
        "page": shown,
        # Positions that were just left out are not suggested again.
        "others": [(each, not settled and form.is_chosen(each.vacancy)) for each in others],
        "settled": settled,
    }
    return page(request, "dashboard/results/withdraw.html", context, form=form)


def _after(request: CandidateRequest, interview: Interview, done: Withdrawal) -> HttpResponse:
    for vacancy in done.skipped:
        said = _("%(vacancy)s was already decided, so we left it as it is.")
        messages.warning(request, said % {"vacancy": vacancy})
    count = len(done.settled)
    if count:
        said = ngettext(
            "Withdrawn from 1 position.",
            "Withdrawn from %(count)s positions.",
            count,
        )
        messages.success(request, said % {"count": count})
    path = reverse("dashboard:withdraw", args=[interview.pk])
    query = urlencode({"done": [str(row.pk) for row in done.settled]}, doseq=True)
    return redirect(f"{path}?{query}" if query else path)


def _settled(request: CandidateRequest) -> list[Interview]:
    """The interviews that the list has just settled, from the URL, so that each employer can be
    told."""
    keys = []
    for key in request.GET.getlist("done")[:PAGE_LENGTH]:
        try:
            keys.append(UUID(key))
        except ValueError:
            continue
    return list(queries.interviews_of(request.candidate).filter(pk__in=keys)) if keys else []
