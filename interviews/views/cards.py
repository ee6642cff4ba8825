"""One interview as a list or its own page shows it: state, sentence, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interviews import rules, spoken, wording
from interviews.cases import PartyStep, refresh_stale, step_of
from interviews.models import Interview, Result
from interviews.reminders.actions import BY_STEP, LABELS, Action
from interviews.rules import State, Step
from interviews.words import person_of

ANSWERS = (Result.Kind.OFFER, Result.Kind.NEXT_STAGE, Result.Kind.REFUSAL)
# What "Close it" proposes to record.
ENDINGS = {
    Step.ASSUME_REFUSAL: Result.Kind.ASSUMED_REFUSAL,
    Step.CLOSE: Result.Kind.NO_RESPONSE,
    Step.LET_GO: Result.Kind.NO_RESPONSE,
}
PAGES = {
    Step.PREPARE: "questions",
    Step.FIX_AGREEMENT: "agreement-create",
    Step.WEIGH: "weigh",
    Step.CALL: "call",
    Step.RECONTACT: "call",
    Step.WRITE: "letter",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A link; or, with a value, a small form that posts it as `until`."""

    label: str | Promise
    url: str
    is_post: bool = False
    until: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    interview: Interview
    step: PartyStep | None
    state: str
    label: str
    sentence: str
    main: Button | None = None
    others: Sequence[Button] = field(default_factory=list)

    @property
    def is_to_do(self) -> bool:
        """Something is due now; getting ready for an interview stands with the coming ones."""
        return self.state in (State.DUE, State.OVERDUE) and not self.is_coming

    @property
    def is_coming(self) -> bool:
        return self.step is not None and self.step.step == Step.PREPARE

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING and not self.is_coming and not self.is_answered

    @property
    def is_answered(self) -> bool:
        return hasattr(self.interview, "result")


def cards_of(interviews: Sequence[Interview], *, now: datetime) -> list[Card]:
    """`now` is local to the candidate. What has expired is decided anew before it is shown."""
    refresh_stale(interviews, now=now)
    return [card_of(interview, now=now) for interview in interviews]


def card_of(interview: Interview, *, now: datetime) -> Card:
    step = step_of(interview)
    if step is None:
        return _cancelled(interview, now=now)
    state = rules.state_of(step.due, now=now, zone=interview.candidate.zone)
    if state is None or (state == State.WAITING and hasattr(interview, "result")):
        return _answered(interview, step, now=now)
    is_acted_on = state != State.WAITING
    return Card(
        interview=interview,
        step=step,
        state=state.value,
        label=wording.state_label(step, now=now),
        sentence=_why(interview, step, now=now),
        main=main_button(interview, step) if is_acted_on else None,
        others=other_buttons(interview, step) if is_acted_on else early_buttons(interview, step),
    )


def _why(interview: Interview, step: PartyStep, *, now: datetime) -> str:
    return wording.why(
        step, person=person_of(interview), company=interview.vacancy.company.name, now=now
    )


def _cancelled(interview: Interview, *, now: datetime) -> Card:
    assert interview.cancelled_at is not None
    day = spoken.day(interview.cancelled_at.astimezone(now.tzinfo).date(), now=now)
    said = _("This interview was cancelled on %(day)s.") % {"day": day}
    return Card(interview, None, "closed", _("Cancelled"), said)


def _answered(interview: Interview, step: PartyStep, *, now: datetime) -> Card:
    result = interview.result
    return Card(
        interview=interview,
        step=step,
        state="answered" if result.kind in ANSWERS else "closed",
        label=capfirst(result.get_kind_display()),
        sentence=_why(interview, step, now=now),
        main=_next_stage(result),
    )


def _next_stage(result: Result) -> Button | None:
    if result.kind != Result.Kind.NEXT_STAGE or result.next_interview_id is None:
        return None
    return Button(_("See the next stage"), _url("interview-detail", result.next_interview_id))


def main_button(interview: Interview, step: PartyStep) -> Button | None:
    """The one prominent action."""
    if step.step in ENDINGS:
        url = f"{_url('result', interview.pk)}?kind={ENDINGS[step.step]}"
    elif step.step in PAGES:
        url = _url(PAGES[step.step], interview.pk)
    else:
        return None
    company = interview.vacancy.company.name if step.step != Step.RECONTACT else None
    return Button(wording.action(step, person=person_of(interview), company=company), url)


def early_buttons(interview: Interview, step: PartyStep) -> list[Button]:
    """The questions may be looked at long before it is time to."""
    if step.step != Step.PREPARE:
        return []
    return [Button(_("Questions to ask"), _url("questions", interview.pk))]


def other_buttons(interview: Interview, step: PartyStep) -> list[Button]:
    """What a mail offers for this step too, but for what the prominent button already does."""
    offered = BY_STEP.get(step.step, ())
    if step.step == Step.WEIGH:
        offered = (Action.ANSWERED,)
    found = [_button(action, interview) for action in offered]
    return [button for button in found if button is not None]


def _button(action: Action, interview: Interview) -> Button | None:
    label, key = LABELS[action], interview.pk
    if action == Action.ANSWERED:
        return Button(label, _url("result", key))
    if action == Action.DONE:
        return Button(label, f"{_url('contact-create', key)}?kind=asked")
    if action == Action.NOTHING_AGREED:
        return Button(label, _url("nothing-agreed", key), is_post=True)
    if action in PUT_OFF:
        return Button(label, _url("snooze", key), is_post=True, until=PUT_OFF[action])
    return None


def more_links(card: Card, *, now: datetime) -> list[Button]:
    """What else can be done at any time, besides what the card itself offers."""
    key = card.interview.pk
    if card.step is None:
        return []
    if card.interview.ends_at > now:
        found = [Button(_("Questions to ask"), _url("questions", key))]
    else:
        found = [Button(_("Something else happened"), _url("contact-create", key))]
        if not card.is_answered:
            found.insert(0, Button(LABELS[Action.ANSWERED], _url("result", key)))
            found.append(Button(_("Note an agreement"), _url("agreement-create", key)))
    return _not_shown(found, card)


def touch_links(card: Card, *, now: datetime) -> list[Button]:
    """Calling and writing. While there is nothing to do, the page keeps them folded away."""
    key = card.interview.pk
    if card.step is None or card.interview.ends_at > now:
        return []
    found = [Button(_("Call"), _url("call", key)), Button(_("Write"), _url("letter", key))]
    return _not_shown(found, card)


def _not_shown(buttons: Sequence[Button], card: Card) -> list[Button]:
    shown = [button.url for button in (card.main, *card.others) if button]
    return [button for button in buttons if button.url not in shown]


TOMORROW, LATER = "tomorrow", "later"
PUT_OFF = {Action.TOMORROW: TOMORROW, Action.WAIT_ON: LATER, Action.LATER: LATER}


def _url(name: str, key: object) -> str:
    return reverse(f"interviews:{name}", args=[key])
