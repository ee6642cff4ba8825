"""Open proposals as Today and the pages of interviews and positions show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.buttons.links import url
from dashboard.page import CandidateRequest
from interviews import queries
from interviews.models import Candidate, Interview, MailProposal, Vacancy
from interviews.text.mail_proposals import brief_of, said_of, sender_of, wrote

# How many are shown at most, the newest; the others come up as these are answered.
SHOWN_MOST = 10
# With more the rest is folded, so that what is to do is in sight.
UNFOLDED_MOST = 3
# How many are read at most: what they may have answered is not called.
READ_MOST = 100
# How many waits can be chosen from.
OFFERED_MOST = 50
Wait = Interview | Vacancy
Kind = MailProposal.Kind
RECORD_LABELS: dict[str, Promise] = {
    Kind.REJECTION: gettext_lazy("Record rejection"),
    Kind.OFFER: gettext_lazy("Record offer"),
    Kind.INVITATION: gettext_lazy("Add interview"),
    Kind.MOVED: gettext_lazy("Move interview"),
    Kind.OWN_LETTER: gettext_lazy("Log letter"),
}


@dataclass(frozen=True, slots=True)
class ShownMail:
    """`waits` are those between which the candidate chooses, by the value of a choice."""

    proposal: MailProposal
    now: datetime
    waits: Sequence[tuple[str, Wait]] = field(default_factory=list)

    @property
    def said(self) -> str:
        return said_of(self.proposal, who=self.who, now=self.now)

    @property
    def brief(self) -> tuple[str, str, str]:
        """What stands before the name, the name, and what it says."""
        who = self.who
        return brief_of(self.proposal, who=who, now=self.now).partition(who)

    @property
    def wrote(self) -> str:
        return wrote(self.proposal, who=self.who, now=self.now)

    @property
    def who(self) -> str:
        """If it may be about one of several waits, their company may still be one."""
        companies = {str(_vacancy_of(wait).company) for _value, wait in self.waits}
        is_one = self.is_asking and len(companies) == 1
        return companies.pop() if is_one else sender_of(self.proposal)

    @property
    def from_whom(self) -> str:
        """For example: Anna Petrova (anna@acme.example)"""
        name, address = self.proposal.sender_name, self.proposal.sender_address
        return f"{name} ({address})" if name and address else name or address

    @property
    def title(self) -> str:
        """Of the position that it belongs to; empty if that is the question."""
        proposal = self.proposal
        vacancy = proposal.interview.vacancy if proposal.interview else proposal.vacancy
        return vacancy.title if vacancy else ""

    @property
    def is_asking(self) -> bool:
        return not self.title and bool(self.waits)

    @property
    def fits_none(self) -> bool:
        return not self.title and not self.waits

    @property
    def starts(self) -> list[datetime]:
        return self.proposal.starts_after(self.now)

    @property
    def record_label(self) -> str:
        """What the one tap records, if it is a fact with a name."""
        return str(RECORD_LABELS.get(self.proposal.kind, _("Record it")))

    @property
    def url(self) -> str:
        return url("mail-proposal", self.proposal.pk)


@dataclass(frozen=True, slots=True)
class Mails:
    """The newest ones; `total` counts all, and `answered` are the interviews that they may have
    answered."""

    shown: Sequence[ShownMail]
    total: int
    answered: frozenset[UUID]

    @property
    def has_action(self) -> bool:
        """Whether the page's primary action is that of the first one: none of a doubtful sender."""
        return bool(self.shown) and not self.shown[0].proposal.is_doubtful

    @property
    def first(self) -> Sequence[ShownMail]:
        return self.shown[:UNFOLDED_MOST]

    @property
    def folded(self) -> Sequence[ShownMail]:
        return self.shown[UNFOLDED_MOST:]

    @property
    def folded_count(self) -> int:
        return self.total - len(self.first)

    @property
    def unseen(self) -> int:
        return self.total - len(self.shown)


def mails_of_today(request: CandidateRequest) -> Mails | None:
    """One query, and two more if one asks which wait it belongs to."""
    return _mails(request, Q())


def mails_about(request: CandidateRequest, wait: Wait) -> Mails | None:
    noun = "interview" if isinstance(wait, Interview) else "vacancy"
    return _mails(request, Q(**{noun: wait}))


def _mails(request: CandidateRequest, about: Q) -> Mails | None:
    """None for a candidate without open proposals, without a query (accounts/backend.py)."""
    if request.user.mailed_in_at is None:
        return None
    rows = MailProposal.objects.news().filter(about, candidate=request.candidate)
    found = list(rows.select_related(*PARTIES)[:READ_MOST])
    if not found:
        return None
    total = len(found) if len(found) < READ_MOST else rows.count()
    answered = frozenset(key for each in found for key in each.interview_ids)
    return Mails(shown(request, found[:SHOWN_MOST]), total, answered)


def mail_before(request: CandidateRequest, interview: Interview) -> ShownMail | None:
    """The newest that may be the answer, to be looked at before the candidate calls or writes."""
    if request.user.mailed_in_at is None:
        return None
    rows = MailProposal.objects.news().filter(candidate=request.candidate)
    found = rows.select_related(*PARTIES)[:READ_MOST]
    newest = next((each for each in found if interview.pk in each.interview_ids), None)
    return shown(request, [newest])[0] if newest else None


PARTIES = ("interview__vacancy__company", "vacancy__company")


def shown(request: CandidateRequest, rows: Iterable[MailProposal]) -> list[ShownMail]:
    proposals = list(rows)
    waits = dict(_asked(request.candidate, [c for each in proposals for c in each.choices]))
    return [
        ShownMail(
            each, request.now, [(v, waits[v]) for v in map(value_of, each.choices) if v in waits]
        )
        for each in proposals
    ]


def value_of(choice: dict[str, str]) -> str:
    """For example: interview:0192…"""
    return next((f"{noun}:{key}" for noun, key in choice.items()), "")


def _asked(candidate: Candidate, choices: Sequence[dict[str, str]]) -> Iterable[tuple[str, Wait]]:
    interviews = [UUID(each["interview"]) for each in choices if "interview" in each]
    vacancies = [UUID(each["vacancy"]) for each in choices if "vacancy" in each]
    if interviews:
        rows = queries.interviews_of(candidate).with_names().filter(pk__in=interviews)
        yield from ((f"interview:{row.pk}", row) for row in rows)
    if vacancies:
        found = queries.vacancies_of(candidate).filter(pk__in=vacancies)
        yield from ((f"vacancy:{row.pk}", row) for row in found)


def waits_of(candidate: Candidate, *, besides: Sequence[str]) -> list[tuple[str, Wait]]:
    """What a mail may be about: open waits and those closed in silence, then positions without an
    interview. `besides` are values that are offered in any case."""
    keys = [each.partition(":")[2] for each in besides if each.startswith("interview:")]
    silent = Q(result__isnull=True) | Q(result__kind__in=("assumed_refusal", "no_response"))
    rows = (
        queries.interviews_of(candidate)
        .with_names()
        .filter(Q(cancelled_at=None) & silent | Q(pk__in=keys))
    )
    positions = queries.vacancies_of(candidate).filter(interviews=None)
    positions = positions.exclude(state=Vacancy.State.CLOSED).select_related("company")
    return [
        *((f"interview:{row.pk}", row) for row in rows[:OFFERED_MOST]),
        *((f"vacancy:{row.pk}", row) for row in positions[:OFFERED_MOST]),
    ]


def _vacancy_of(wait: Wait) -> Vacancy:
    return wait.vacancy if isinstance(wait, Interview) else wait
