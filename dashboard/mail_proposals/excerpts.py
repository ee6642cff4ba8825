"""The passages that answered mails rested on, beside what they recorded. A coach, who may read the
notes of calls and letters, never sees them."""

from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from interviews.models import Interview, MailProposal
from interviews.models.json_list import JSONList


def excerpts_subquery() -> Subquery:
    """A subquery for an interview's annotation `mail_excerpts`, which `excerpts_of` reads."""
    here = Q(contact__interview=OuterRef("pk")) | Q(result__interview=OuterRef("pk"))
    told = MailProposal.objects.filter(here).exclude(excerpt="").order_by()
    fact = Coalesce("contact", "result")
    values = JSONObject(fact=fact, said="excerpt")
    return Subquery(told.values("candidate").annotate(rows=JSONList(values)).values("rows"))


def excerpts_of(interview: Interview) -> dict[UUID, str]:
    """By the key of the contact or the result."""
    rows = getattr(interview, "mail_excerpts", None) or []
    return {UUID(each["fact"]): f"“{each['said']}”" for each in rows}
