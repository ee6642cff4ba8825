"""Questions for the last minutes of an interview, chosen by its stage and the people in the
room."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from interviews.models import Interview
from interviews.rules import Role

Stage = Interview.Stage
# More cannot be asked at the end of a conversation, nor read at a glance.
WORK_MAX = 3


@dataclass(frozen=True, slots=True)
class Question:
    """`key` identifies the question permanently; `hint` says what the answer is good for."""

    key: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """`agreement` settles what happens next and is asked last, whatever else is left out."""

    about_work: tuple[Question, ...]
    agreement: tuple[Question, ...]


def question_sheet(roles: Iterable[Role], *, stage: str) -> QuestionSheet:
    """By the stage and the roles of the people in the room; no roles if they are unknown."""
    present = frozenset(roles)
    if stage in _WITH_MANAGEMENT:
        present |= {Role.TOP_MANAGER}
    work = [ask() for ask in _about_work(present, stage)][:WORK_MAX]
    return QuestionSheet(about_work=tuple(work), agreement=_agreement(present, stage))


def _about_work(present: frozenset[Role], stage: str) -> list[Callable[[], Question]]:
    """First the stage's questions, then those for each person present."""
    asked = list(_ABOUT_STAGE.get(stage, ()))
    asked += [ask for role, known in _ABOUT_WORK.items() if role in present for ask in known]
    return list(dict.fromkeys(asked)) or [_doubts]


def _agreement(present: frozenset[Role], stage: str) -> tuple[Question, ...]:
    if stage == Stage.SCREENING:
        return _by_when_invited(), _who_calls(), _may_call(), _whom_to_ask_for()
    last = _offer_way() if stage == Stage.FINAL else _silence()
    asked = [_by_when(), _who_calls(), _may_call(), last]
    if present - {Role.RECRUITER}:
        asked.append(_feedback_way())
    else:
        asked.append(_whom_to_ask_for())
    if present & {Role.TOP_MANAGER, Role.HIRING_MANAGER}:
        asked.append(_card())
    return tuple(asked)


def _by_when_invited() -> Question:
    return Question(
        "by_when_invited",
        _("By when will I hear whether we’ll meet in person?"),
        _("Ask for a date, not “soon”. Then you know until when there’s nothing to do."),
    )


def _offer_way() -> Question:
    return Question(
        "offer_way",
        _("If it’s a yes, how will I get the offer, and how long will I have to decide?"),
        _("When you know the dates, you can compare offers without rushing."),
    )


def _my_work() -> Question:
    return Question(
        "my_work",
        _("You’ve seen how I work. What would you have done differently?"),
        _("If they say a doubt out loud, you can answer it right away."),
    )


def _missing_for_yes() -> Question:
    return Question(
        "missing_for_yes",
        _("Is anything still standing in the way of a yes?"),
        _("If they say a doubt out loud, you can answer it right away."),
    )


def _by_when() -> Question:
    return Question(
        "by_when",
        _("By what date can I expect to hear back?"),
        _("Ask for a date, not “soon”. Then you know until when there’s nothing to do."),
    )


def _who_calls() -> Question:
    return Question(
        "who_calls",
        _("Will you call me, or should I call you?"),
        _("Ask whether by phone or in writing, so you look in the right place."),
    )


def _may_call() -> Question:
    return Question(
        "may_call",
        _("If I haven’t heard by then, may I call you?"),
        _("If they say yes, a later call is welcome and no one can call it pushy."),
    )


def _silence() -> Question:
    return Question(
        "silence",
        _("If I don’t hear anything, does that mean it’s a no?"),
        _("Some will say so if you ask, and that saves you guessing."),
    )


def _feedback_way() -> Question:
    return Question(
        "feedback_way",
        _("How will I get feedback: from you directly, or through the recruiter?"),
        _("Then you know who to call once the day has passed."),
    )


def _whom_to_ask_for() -> Question:
    return Question(
        "whom_to_ask_for",
        _("Who should I ask for when I call, and what’s the best number?"),
        _("A name and a direct number get you past the front desk."),
    )


def _card() -> Question:
    return Question(
        "card",
        _("Could I have your business card?"),
        _("You’ll have the right spelling and number, and a reason to send a short thank-you."),
    )


def _next_steps() -> Question:
    return Question(
        "next_steps",
        _("What happens after today, and who else is involved in the decision?"),
        _("You’ll learn whether there’s another stage and how long it might take."),
    )


def _most_important() -> Question:
    return Question(
        "most_important",
        _("What matters most to the people deciding?"),
        _("You can still add anything you left out."),
    )


def _first_months() -> Question:
    return Question(
        "first_months",
        _("What would you like to see done after my first three months?"),
        _("You’ll hear what the work really is and can say how you’d start."),
    )


def _doubts() -> Question:
    return Question(
        "doubts",
        _("Does anything about my experience give you doubts?"),
        _("If they say a doubt out loud, you can answer it right away."),
    )


def _direction() -> Question:
    return Question(
        "direction",
        _("Where do you want this team to be in two years, and how does this role help?"),
        _("Only they can give you the view from the top."),
    )


def _daily_work() -> Question:
    return Question(
        "daily_work",
        _("What does an ordinary week look like, and what do you like about working here?"),
        _("No one knows better than the people doing the work."),
    )


_ABOUT_WORK: dict[Role, tuple[Callable[[], Question], ...]] = {
    Role.RECRUITER: (_next_steps, _most_important),
    Role.HIRING_MANAGER: (_first_months, _doubts),
    Role.TOP_MANAGER: (_direction,),
    Role.PEER: (_daily_work,),
}
_ABOUT_STAGE: dict[str, tuple[Callable[[], Question], ...]] = {
    Stage.SCREENING: (_next_steps, _most_important),
    Stage.TEST: (_my_work,),
    Stage.FINAL: (_missing_for_yes,),
}
# Whatever their roles: at these stages the decision-makers are in the room.
_WITH_MANAGEMENT = frozenset({Stage.MANAGEMENT, Stage.FINAL})
