"""A candidate's positions: found by words, with their tags. Single rows come from `access.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from interviews.models import Candidate, Tag, Vacancy
from interviews.models.json_list import JSONList
from interviews.queries import holds, names_by_interview

# What a search looks through.
SEARCHED = ("title", "company__name", "agency__name", "source", "place")


def positions_of(candidate: Candidate) -> QuerySet[Vacancy]:
    """With its company, and as `tag_rows` what `tags_of` reads. The long texts are fetched only if
    somebody reads them."""
    rows = Vacancy.objects.filter(candidate=candidate).select_related("company")
    return rows.annotate(tag_rows=tags_subquery()).defer("advert_text", "notes", "rating_notes")


def tags_subquery() -> Subquery:
    """A subquery for a position's annotation `tag_rows`, which `tags_of` reads."""
    values = JSONObject(key="pk", name="name", place="normalised_name")
    rows = Tag.objects.filter(vacancies=OuterRef("pk")).order_by()
    return Subquery(rows.values("vacancies").annotate(rows=JSONList(values)).values("rows"))


def tags_of(vacancy: Vacancy) -> list[tuple[UUID, str]]:
    """Key and name of its tags, by name."""
    rows = getattr(vacancy, "tag_rows", None) or []
    return [(UUID(each["key"]), each["name"]) for each in sorted(rows, key=lambda r: r["place"])]


def positions_about(rows: QuerySet[Vacancy], *, words: list[str]) -> list[tuple[UUID, str]]:
    """Key and state of those that contain all `words` together, in the order of the rows. Compared
    in Python, since SQLite ignores case only for ASCII. One query."""
    asked = rows.select_related(None).values_list("pk", "state", *SEARCHED, "tags__name")
    said: dict[tuple[UUID, str], set[str | None]] = {}
    for pk, state, *texts in asked:
        said.setdefault((pk, state), set()).update(texts)
    return [key for key, texts in said.items() if holds(words, *texts)]


@dataclass(frozen=True, slots=True)
class Found:
    """A position that a search has found, without an interview."""

    pk: UUID
    title: str
    company: str
    state: str

    @property
    def state_label(self) -> str:
        return str(Vacancy.State(self.state).label)


def search(candidate: Candidate, *, words: Iterable[str]) -> tuple[list[UUID], list[Found]]:
    """The keys of the candidate's interviews, newest first, whose position, company, agency and
    interviewers contain all `words` together; and the positions without interviews that do. Two
    queries."""
    words = list(words)
    texts = ("title", "company__name", "agency__name", "state")
    rows = Vacancy.objects.filter(candidate=candidate).order_by("-created_at", "pk")
    people = names_by_interview(candidate)
    talks: list[tuple[datetime, UUID]] = []
    bare: list[Found] = []
    for pk, title, company, agency, state, talk, starts_at in rows.values_list(
        "pk", *texts, "interviews__pk", "interviews__starts_at"
    ):
        if not holds(words, title, company, agency, *people.get(talk, ())):
            continue
        if talk is None:
            bare.append(Found(pk, title, company, state))
        else:
            talks.append((starts_at, talk))
    talks.sort(key=lambda each: each[1])
    talks.sort(key=lambda each: each[0], reverse=True)
    return [talk for _starts_at, talk in talks], bare
