"""Lists of the admin that never count their rows: docs/decisions/admin-lists.md."""

from typing import Any

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.http import HttpRequest
from django.utils.text import capfirst

# An offset is walked over row by row, so that a page is the slower the further back it is. What is
# not among so many pages is found by a filter or a search.
PAGES_MOST = 100


class UncountedList(ChangeList):
    """Fetches one row more than a page has: whether there is more is all that is asked."""

    has_previous: bool
    has_next: bool

    def __init__(self, request: HttpRequest, *rest: Any, **more: Any) -> None:
        super().__init__(request, *rest, **more)
        self.title = str(capfirst(self.opts.verbose_name_plural))

    def get_results(self, request: HttpRequest) -> None:
        self.page_num = min(max(self.page_num, 1), PAGES_MOST)
        before = (self.page_num - 1) * self.list_per_page
        found = list(self.queryset[before : before + self.list_per_page + 1])
        self.result_list = found[: self.list_per_page]
        self.result_count = len(self.result_list)
        self.has_previous = self.page_num > 1
        self.has_next = len(found) > self.list_per_page
        self.multi_page = self.has_previous or self.has_next
        self.full_result_count = None
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = bool(self.result_list)

    @property
    def first_row(self) -> int:
        return (self.page_num - 1) * self.list_per_page + 1

    @property
    def last_row(self) -> int:
        return self.first_row + self.result_count - 1

    @property
    def first_page(self) -> str:
        return self.get_query_string(remove=[PAGE_VAR])

    @property
    def previous_page(self) -> str:
        return self.get_query_string({PAGE_VAR: self.page_num - 1})

    @property
    def next_page(self) -> str:
        """Empty on the last page that may be turned to, even where rows follow it."""
        is_further = self.has_next and self.page_num < PAGES_MOST
        return self.get_query_string({PAGE_VAR: self.page_num + 1}) if is_further else ""


class Uncounted:
    """Mixed into an admin class before Django's own."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # they count each choice of each filter

    def get_changelist(self, request: HttpRequest, **_kwargs: Any) -> type[ChangeList]:
        return UncountedList
