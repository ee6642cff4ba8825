"""The candidate's tags: each exists as long as a position has it."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.models import Tag, Vacancy, normalise_name
from interviews.services.checks import refuse

TAGS_MAX = 20
TAG_SIGNS = 60  # as the column


def set_tags(vacancy: Vacancy, names: Iterable[str]) -> None:
    """Runs in a transaction that holds the candidate's lock; a new name becomes a tag, and a tag
    without positions goes."""
    by_name: dict[str, str] = {}
    for name in names:
        if key := normalise_name(name):
            by_name.setdefault(key, name.strip())
    if any(len(name) > TAG_SIGNS for name in by_name.values()):
        raise refuse("tags", _("Use at most %(most)d characters for a tag.") % {"most": TAG_SIGNS})
    if len(by_name) > TAGS_MAX:
        raise refuse("tags", _("Use at most %(most)d tags.") % {"most": TAGS_MAX})
    known = {tag.normalised_name: tag for tag in Tag.objects.filter(candidate=vacancy.candidate)}
    vacancy.tags.set([known.get(key) or _created(vacancy, by_name[key]) for key in by_name])
    remove_unused(vacancy.candidate_id)


def _created(vacancy: Vacancy, name: str) -> Tag:
    tag = Tag(candidate=vacancy.candidate, name=name)
    tag.full_clean()
    tag.save()
    return tag


def remove_unused(candidate_id: UUID) -> None:
    Tag.objects.filter(candidate=candidate_id, vacancies=None).delete()
