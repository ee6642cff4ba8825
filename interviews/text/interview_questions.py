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
        _("By which day will I hear whether we meet in person?"),
        _("A day, not “soon”: with a day named, you know until when there is nothing to do."),
    )


def _offer_way() -> Question:
    return Question(
        "offer_way",
        _("If it is a yes: how does the offer reach me, and how long may I take to decide?"),
        _("With the days known you can weigh it beside the others without haste."),
    )


def _my_work() -> Question:
    return Question(
        "my_work",
        _("You have seen me at work: what would you have done differently?"),
        _("A doubt that is said aloud can be answered here and now."),
    )


def _missing_for_yes() -> Question:
    return Question(
        "missing_for_yes",
        _("Is there anything that still stands between us and a yes?"),
        _("A doubt that is said aloud can be answered here and now."),
    )


def _by_when() -> Question:
    return Question(
        "by_when",
        _("By which day may I expect an answer?"),
        _("A day, not “soon”: with a day named, you know until when there is nothing to do."),
    )


def _who_calls() -> Question:
    return Question(
        "who_calls",
        _("Who gets in touch with whom: will you call me, or shall I call you?"),
        _("And by phone or in writing, so that you look in the right place."),
    )


def _may_call() -> Question:
    return Question(
        "may_call",
        _("If I have heard nothing by then, may I call you?"),
        _("With a yes, a later call is welcome; nobody can call it pushy."),
    )


def _silence() -> Question:
    return Question(
        "silence",
        _("If I hear nothing at all, does that mean no?"),
        _("Some say so openly when they are asked, and it spares you the guessing."),
    )


def _feedback_way() -> Question:
    return Question(
        "feedback_way",
        _("How will feedback reach me: directly from you, or through the recruiter?"),
        _("It tells you whom to call when the day has passed."),
    )


def _whom_to_ask_for() -> Question:
    return Question(
        "whom_to_ask_for",
        _("Whom shall I ask for when I call, and on which number?"),
        _("A name and a direct number get you past the front desk."),
    )


def _card() -> Question:
    return Question(
        "card",
        _("May I have your card?"),
        _("It holds the name, the spelling and the number, and it invites a short thank-you."),
    )


def _next_steps() -> Question:
    return Question(
        "next_steps",
        _("What comes after this conversation, and who else takes part in the decision?"),
        _("You learn whether there is another stage, and how long it may take."),
    )


def _most_important() -> Question:
    return Question(
        "most_important",
        _("What matters most to those who will decide?"),
        _("You can still add what you have left unsaid."),
    )


def _first_months() -> Question:
    return Question(
        "first_months",
        _("What should be done or different after my first three months?"),
        _("You hear what the work really is, and can say how you would begin."),
    )


def _doubts() -> Question:
    return Question(
        "doubts",
        _("Is there anything in my experience that leaves you in doubt?"),
        _("A doubt that is said aloud can be answered here and now."),
    )


def _direction() -> Question:
    return Question(
        "direction",
        _("Where should this team stand in two years, and what is this position’s part in it?"),
        _("The view from the top, which nobody else can give you."),
    )


def _daily_work() -> Question:
    return Question(
        "daily_work",
        _("What does an ordinary week look like, and what do you like about working here?"),
        _("Those who do the work tell it best."),
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
