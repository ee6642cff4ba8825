"""One interview as lists and its own page show it: state, sentence, and actions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from dashboard.buttons import links
from dashboard.buttons.links import Button, url
from interviews import text
from interviews.actions.perform import ActionContext
from interviews.actions.registry import SNOOZES, TOGETHER, Action, Offer, label_of, offer_of
from interviews.current_step import CurrentStep
from interviews.models import Interview, Result
from interviews.next_step import refresh_stale
from interviews.rules import ResultKind, State, Step
from interviews.text import dates
from interviews.text.from_interview import why_of

GOOD_NEWS = frozenset({Result.Kind.OFFER, Result.Kind.NEXT_STAGE})


@dataclass(frozen=True, slots=True)
class Card:
    current: CurrentStep
    state: str
    label: str
    say: Callable[[], str]  # lists show the sentence of one card only
    main: Button | None = None
    later: Button | None = None  # a call that is due, and possible only later
    closing: str = ""  # what the button that closes the wait says
    others: Sequence[Button] = field(default_factory=list)
    offer: Offer = field(default_factory=Offer)

    @property
    def interview(self) -> Interview:
        return self.current.interview

    @property
    def sentence(self) -> str:
        return self.say()

    @property
    def is_to_do(self) -> bool:
        """Something is due now; preparing for an interview is listed with the upcoming ones."""
        return self.state in (State.DUE, State.OVERDUE) and not self.is_coming

    @property
    def is_coming(self) -> bool:
        return self.current.kind == Step.PREPARE

    @property
    def is_asking(self) -> bool:
        """Whether there is something to do that a list can offer as its first action."""
        is_over = self.interview.is_answered and not self.interview.result.is_open_offer
        return bool(self.main or self.closing) and (self.is_to_do or not is_over)

    @property
    def quick(self) -> list[tuple[Action, str]]:
        """The buttons that finish something at once; a snooze names the day it leads to."""
        return [self._labelled(each) for each in self.offer.quick if each not in self._choice]

    @property
    def snoozes(self) -> list[tuple[Action, str]]:
        """Two or more, folded under one button."""
        return [self._labelled(each) for each in self._choice]

    @property
    def _choice(self) -> list[Action]:
        found = [each for each in self.offer.quick if each in SNOOZES]
        return found if len(found) > 1 else []

    def _labelled(self, action: Action) -> tuple[Action, str]:
        said = self.offer.quick[action]
        context = ActionContext(self.interview, self.current.now)
        return action, label_of(action, context) if said == action.label else str(said)

    @property
    def is_selectable(self) -> bool:
        """Whether something can be done about it together with others."""
        return any(self.offer.takes(each) for each in TOGETHER)

    @property
    def has_taps(self) -> bool:
        """Whether a button submits the page's shared form."""
        return bool(self.closing or self.offer.quick or self.offer.folded)

    @property
    def seen(self) -> str:
        return links.seen(self.interview)

    @property
    def url(self) -> str:
        return url("interview-detail", self.interview.pk)

    @property
    def quick_action_url(self) -> str:
        return url("quick-action", self.interview.pk)


def cards_of(
    interviews: Sequence[Interview], *, now: datetime, with_facts: bool = False
) -> list[Card]:
    """`now` is local to the candidate. Expired steps are recomputed before they are shown.

    `with_facts` fetches what timelines show: two queries for any number of cards.
    """
    refresh_stale(interviews, now=now)
    if with_facts:
        prefetch_related_objects(interviews, "agreements", "contacts")
    return [card_of(CurrentStep.of(row, now=now)) for row in interviews]


def card_of(current: CurrentStep) -> Card:
    if current.stored is None:
        return _cancelled(current)
    state, is_waiting = current.state, current.state == State.WAITING
    if state is None or (is_waiting and current.interview.is_answered):
        return _answered(current)
    label, why = text.state_label(current.step, now=current.now), partial(why_of, current)
    if is_waiting:
        others = links.early_buttons(current)
        return _with_today(Card(current, state.value, label, why, others=others))
    answered = links.answered_button(current)
    offer = offer_of(current.kind)
    return Card(
        current=current,
        state=state.value,
        label=label,
        say=why,
        main=links.main_button(current),
        later=links.later_button(current),
        closing=text.action(current.step, person=current.person) if offer.is_ending else "",
        others=[answered] if answered else [],
        offer=offer,
    )


def _cancelled(current: CurrentStep) -> Card:
    assert current.interview.cancelled_at is not None
    now = current.now
    day = dates.day(current.interview.cancelled_at.astimezone(now.tzinfo).date(), now=now)
    said = _("This interview was cancelled on %(day)s.") % {"day": day}
    return Card(current, "closed", _("Cancelled"), lambda: said)


def _answered(current: CurrentStep) -> Card:
    result = current.interview.result
    if result.is_open_offer:
        return _offered(current)
    is_declined = result.offer_answer == Result.Answer.DECLINED
    card = Card(
        current=current,
        state="answered" if result.kind in GOOD_NEWS and not is_declined else "closed",
        label=_result_label(result),
        say=partial(why_of, current),
        main=_next_stage(result),
        others=links.early_buttons(current),
    )
    return _with_today(card)


def _with_today(card: Card) -> Card:
    """With the page of a step that falls due later today, which can be opened before."""
    current = card.current
    if not current.is_later_today:
        return card
    main = links.main_button(current)
    # Questions for an interview are the step itself then.
    others = [each for each in card.others if main is None or each.url != main.url]
    return replace(card, main=main, later=links.later_button(current), others=others)


def _result_label(result: Result) -> str:
    """For example: Offer: accepted"""
    kind = text.outcome_label(ResultKind(result.kind))
    if not result.offer_answer:
        return kind
    values = {"kind": kind, "answer": result.get_offer_answer_display()}
    return _("%(kind)s: %(answer)s") % values


def _offered(current: CurrentStep) -> Card:
    """An offer that waits for the candidate's answer."""
    interview, now = current.interview, current.now
    answer_by = interview.result.offer_answer_by_on
    return Card(
        current=current,
        state=_state_of_offer(answer_by, now).value,
        label=_answer_by(answer_by, now),
        say=partial(_why_offered, interview, now=now),
        main=Button(_("View offer"), url("offer", interview.pk)),
    )


def _state_of_offer(answer_by: date | None, now: datetime) -> State:
    is_late = answer_by is not None and answer_by < now.date()
    return State.OVERDUE if is_late else State.DUE


def _answer_by(answer_by: date | None, now: datetime) -> str:
    if answer_by is None:
        return _("Offer")
    return _("Answer by %(day)s") % {"day": dates.short_day(answer_by, now=now)}


def _why_offered(interview: Interview, *, now: datetime) -> str:
    result = interview.result
    values = {
        "company": interview.vacancy.company.name,
        "known": dates.day(result.known_at.astimezone(now.tzinfo).date(), now=now),
    }
    if result.offer_answer_by_on is None:
        return (
            _("%(company)s made you an offer on %(known)s. They’re waiting for your answer.")
            % values
        )
    values["day"] = dates.day(result.offer_answer_by_on, now=now)
    if result.offer_answer_by_on < now.date():
        return _("%(company)s made you an offer. Your answer was due by %(day)s.") % values
    return _("%(company)s made you an offer. Answer by %(day)s.") % values


def _next_stage(result: Result) -> Button | None:
    if result.kind != Result.Kind.NEXT_STAGE or result.next_interview_id is None:
        return None
    return Button(_("View next stage"), url("interview-detail", result.next_interview_id))


def happened_links(card: Card) -> list[Button]:
    """What can be recorded at any time, besides the card's own actions."""
    key, now = card.interview.pk, card.current.now
    if card.current.stored is None:
        return []
    if card.interview.ends_at > now:
        if card.interview.starts_at > now:
            return []
        return [Button(Action.AGREED.label, url("agreement-create", key))]  # it may end early
    contact = url("contact-create", key)
    found = [
        Button(_("They called or wrote"), f"{contact}?kind=still_open"),
        *([] if card.offer.folded else [Button(_("I called"), url("call", key))]),
        Button(_("I wrote"), url("letter", key)),
    ]
    if not card.interview.is_answered:
        found.append(Button(_("They’ve decided"), url("result", key)))
        found.append(Button(_("We agreed on something new"), url("agreement-create", key)))
    shown = [button.url for button in (card.main, *card.others) if button]
    found = [button for button in found if button.url not in shown]
    return [*found, Button(_("Something else"), contact)]
