"""Admin lists that never count their rows: docs/decisions/admin-lists.md."""

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

# The database walks over an offset row by row, so later pages are slower. A filter or a search
# finds what lies behind the last page.
PAGES_MOST = 100
# Query parameters that filter links use: one for a field's choices, the other for days.
CHOSEN = ("exact", "isnull")
DAYS = ("gte", "lt", "isnull")


def is_operator(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser)


class PagedList(ChangeList):
    """A list with links to the pages beside the one shown."""

    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.page_num > 1

    @property
    def first_row(self) -> int:
        return (self.page_num - 1) * self.list_per_page + 1

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.result_list) - 1

    @property
    def first_page(self) -> str:
        return self.get_query_string(remove=[PAGE_VAR])

    @property
    def previous_page(self) -> str:
        return self.get_query_string({PAGE_VAR: self.page_num - 1})

    @property
    def next_page(self) -> str:
        """Return the link, or nothing on the last page."""
        return self.get_query_string({PAGE_VAR: self.page_num + 1}) if self.has_next else ""


class CountlessList(PagedList):
    """Fetch one row more than a page holds, only to know whether there is a next page."""

    def __init__(self, request: HttpRequest, *rest: Any, **more: Any) -> None:
        super().__init__(request, *rest, **more)
        if is_operator(request):
            # Django's hierarchy would query the first row, the last row and every day between them.
            self.date_hierarchy = None
        if isinstance(self.model_admin, IndexedSearch):
            self.search_help_text = self.model_admin.search_help(request)
        self.title = str(capfirst(self.opts.verbose_name_plural))

    def get_results(self, request: HttpRequest) -> None:
        self.page_num = min(max(self.page_num, 1), PAGES_MOST)
        found = self._rows((self.page_num - 1) * self.list_per_page)
        self.result_list = found[: self.list_per_page]
        self.result_count = len(self.result_list)
        self.has_next = len(found) > self.list_per_page
        self.multi_page = False  # or Django would number the pages
        self.full_result_count = None
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = bool(self.result_list)

    def _rows(self, before: int) -> list[Model]:
        """Return the rows of one page and one more. For searches and later pages the keys are
        fetched first, so that rows that are only skipped or sorted are not joined."""
        after = before + self.list_per_page + 1
        if not (before or self.query):
            return list(self.queryset[:after])
        keys = list(self.queryset.values_list("pk", flat=True)[before:after])
        return list(self.queryset.filter(pk__in=keys))

    @property
    def next_page(self) -> str:
        """Empty on the last page allowed even if rows follow."""
        return super().next_page if self.page_num < PAGES_MOST else ""

    def get_ordering_field(self, field_name: Any) -> Any:
        """Ignore columns that cannot be sorted by, whatever the query string asks for."""
        if self.sortable_by is not None and field_name not in self.sortable_by:
            return None
        return super().get_ordering_field(field_name)


class BoundedPages(Paginator):  # type: ignore[type-arg]
    """A paginator for a row's history that stops counting at the last page allowed."""

    @cached_property
    def count(self) -> int:
        return len(self.object_list[: PAGES_MOST * self.per_page])


class ChosenRowsForm(ActionForm):
    """Actions apply to the rows shown. Django's "select all across pages" would apply them to every
    row."""

    def clean_select_across(self) -> bool:
        return False


class CountlessAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Mixin to put before Django's own classes. Operators can filter and sort only by indexed
    columns; coaches have few rows and keep Django's options."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # facets count the rows of each choice
    paginator = BoundedPages
    action_form = ChosenRowsForm

    def get_changelist(self, request: HttpRequest, **_kwargs: Any) -> type[ChangeList]:
        return CountlessList

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Allow only the lookups that the list links to, and keys for operators. Django allows any
        field, and whoever can filter by "note begins with A" can read the note."""
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
        """Return the lookups that the filter links use: a field's choices, or keys of related
        rows."""
        field = self.opts.get_field(name)
        if not isinstance(field, ForeignKey):
            return CHOSEN
        return f"{field.target_field.name}__exact", "isnull"

    def _by_key(self, request: HttpRequest) -> set[str]:
        """Return the lookups by the row's own key and by its foreign keys."""
        if not is_operator(request):
            return set()
        names = {"pk", *getattr(self, "key_paths", ())}
        for field in self.opts.concrete_fields:
            if field.primary_key or field.is_relation:
                names |= {field.name, field.attname}
        return names | {f"{name}__exact" for name in names}

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Refuse malformed keys, at which Django would raise an error."""
        try:
            for typed in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.to_python(typed)
        except ValidationError as error:
            raise Http404 from error
        return super().response_action(request, queryset)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Give operators date filters with a few steps that need no query."""
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
