"""Lists of the admin that never count their rows: docs/decisions/admin-lists.md."""

from typing import Any

from django.contrib.admin import DateFieldListFilter, ModelAdmin, ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.text import capfirst

from accounts.admin.search import IndexedSearch

# An offset is walked over row by row, so that a page is the slower the further back it is. What is
# not among so many pages is found by a filter or a search.
PAGES_MOST = 100
# What the links of a filter ask for: of one by a field's choices, and of one by days.
CHOSEN = ("exact", "isnull")
DAYS = ("gte", "lt", "isnull")


def is_operator(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser)


class CountlessList(ChangeList):
    """Fetches one row more than a page has: whether there is more is all that is asked."""

    has_previous: bool
    has_next: bool

    def __init__(self, request: HttpRequest, *rest: Any, **more: Any) -> None:
        super().__init__(request, *rest, **more)
        if is_operator(request):
            # It asks for the first and the last row, and for every day between them.
            self.date_hierarchy = None
        if isinstance(self.model_admin, IndexedSearch):
            self.search_help_text = self.model_admin.search_help(request)
        self.title = str(capfirst(self.opts.verbose_name_plural))

    def get_results(self, request: HttpRequest) -> None:
        self.page_num = min(max(self.page_num, 1), PAGES_MOST)
        found = self._rows((self.page_num - 1) * self.list_per_page)
        self.result_list = found[: self.list_per_page]
        self.result_count = len(self.result_list)
        self.has_previous = self.page_num > 1
        self.has_next = len(found) > self.list_per_page
        self.multi_page = False  # Django would number the pages
        self.full_result_count = None
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = bool(self.result_list)

    def _rows(self, before: int) -> list[Model]:
        """Of a page and one more. Of a search or behind other pages their keys come first: what is
        only walked over or sorted is not joined with what a row shows."""
        after = before + self.list_per_page + 1
        if not (before or self.query):
            return list(self.queryset[:after])
        keys = list(self.queryset.values_list("pk", flat=True)[before:after])
        return list(self.queryset.filter(pk__in=keys))

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

    def get_ordering_field(self, field_name: Any) -> Any:
        """Only columns that may be sorted by, whatever an address asks for."""
        if self.sortable_by is not None and field_name not in self.sortable_by:
            return None
        return super().get_ordering_field(field_name)


class BoundedPages(Paginator):  # type: ignore[type-arg]
    """Of a row's history: counts no further than anybody turns."""

    @cached_property
    def count(self) -> int:
        return len(self.object_list[: PAGES_MOST * self.per_page])


class ChosenRowsForm(ActionForm):
    """What is done to rows is done to those that were looked at; Django's "select all across
    pages" would do it to as many as there are."""

    def clean_select_across(self) -> bool:
        return False


class CountlessAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Mixed into an admin class before Django's own. What operators are offered to filter and to
    sort by is what an index knows; coaches have few rows, and Django's own ways."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # they count each choice of each filter
    paginator = BoundedPages
    action_form = ChosenRowsForm

    def get_changelist(self, request: HttpRequest, **_kwargs: Any) -> type[ChangeList]:
        return CountlessList

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only what the list itself links to, and for operators keys. Django allows any field of
        the row, and whoever may ask "does the note begin with A?" reads the note."""
        if request is None or "\0" in str(value):
            return False
        return lookup in self._linked(request) | self._by_key(request)

    def _linked(self, request: HttpRequest) -> set[str]:
        linked: set[str] = set()
        for each in self.get_list_filter(request):
            if isinstance(each, str):
                linked |= {f"{each}__{end}" for end in self._chosen(each)}
            elif isinstance(each, tuple):  # by days: see get_list_filter
                linked |= {f"{each[0]}__{end}" for end in DAYS}
            else:
                linked.add(each.parameter_name)
        return linked

    def _chosen(self, name: str) -> tuple[str, ...]:
        """What the links of a filter by a field ask for: its choices, or keys of what it names."""
        field = self.opts.get_field(name)
        if not isinstance(field, ForeignKey):
            return CHOSEN
        return f"{field.target_field.name}__exact", "isnull"

    def _by_key(self, request: HttpRequest) -> set[str]:
        """A row's own key, and the keys of what it points to."""
        if not is_operator(request):
            return set()
        names = {"pk", *getattr(self, "key_paths", ())}
        for field in self.opts.concrete_fields:
            if field.primary_key or field.is_relation:
                names |= {field.name, field.attname}
        return names | {f"{name}__exact" for name in names}

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Django would fail at what is no key at all."""
        try:
            for typed in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(typed)
        except ValidationError as error:
            raise Http404 from error
        return super().response_action(request, queryset)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """For operators, days come in a few steps that ask the table nothing."""
        if not is_operator(request):
            return super().get_list_filter(request)
        by_date = [(self.date_hierarchy, DateFieldListFilter)] if self.date_hierarchy else []
        return [*self.list_filter, *by_date]

    def get_ordering(self, request: HttpRequest) -> Any:
        own = super().get_ordering(request)
        if own or not is_operator(request):
            return own
        return (f"-{self.date_hierarchy}", "-pk") if self.date_hierarchy else ("-pk",)

    def get_sortable_by(self, request: HttpRequest) -> Any:
        if not is_operator(request):
            return super().get_sortable_by(request)
        return [name.lstrip("-") for name in self.get_ordering(request)]
