"""One search over positions, companies and people."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.interlocutors.talks import lines_of
from dashboard.interviews.interview_list import table_of
from dashboard.page import CandidateRequest, candidate_page
from dashboard.settings.sections import sections_about
from interviews import positions, queries

PAGE_LENGTH = 25
PEOPLE_SHOWN = COMPANIES_SHOWN = POSITIONS_SHOWN = 10


@require_safe
@candidate_page
def search(request: CandidateRequest) -> HttpResponse:
    words = request.GET.get("q", "").split()
    context = {"q": " ".join(words), "is_asked": bool(words)}
    if words:
        context |= _found(request, words)
    return render(request, "dashboard/search/search.html", context)


def _found(request: CandidateRequest, words: list[str]) -> dict[str, object]:
    keys, bare = positions.search(request.candidate, words=words)
    shown = Paginator(keys, PAGE_LENGTH).get_page(request.GET.get("page"))
    people = queries.people_of(request.candidate, words=words)
    settings = sections_about(words)
    companies = queries.companies_named(request.candidate, words=words)
    rows = queries.interviews_of(request.candidate).in_bulk(list(shown.object_list))
    return {
        "page": shown,
        "count": len(keys),
        **table_of([rows[key] for key in shown.object_list], now=request.now),
        "positions": bare[:POSITIONS_SHOWN],
        "more_positions": max(len(bare) - POSITIONS_SHOWN, 0),
        "people": lines_of(people[:PEOPLE_SHOWN], now=request.now),
        "more_people": max(len(people) - PEOPLE_SHOWN, 0),
        "companies": companies[:COMPANIES_SHOWN],
        "more_companies": max(len(companies) - COMPANIES_SHOWN, 0),
        "settings": settings,
        "is_empty": not (keys or bare or people or companies or settings),
    }
