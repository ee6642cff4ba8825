"""Drafts of letters to an employer. The candidate edits and sends them; Hearback never does.

A letter that asks for feedback asks for help with one's own development; it never questions the
decision.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _

from interviews.rules import Channel, Initiator
from interviews.text import dates
from interviews.text.letters.placeholders import AgreedText, Letter, LetterKind, Writing


def draft(kind: LetterKind, writing: Writing, *, now: datetime) -> Letter:
    """The letter in the reader's language; `now` is local to the candidate."""
    subject, paragraphs = _DRAFTS[kind](writing, now)
    whole = [_greeting(writing), *paragraphs, _closing(writing)]
    values = {"position": writing.position, "interviewed_on": _day(writing.interviewed_on, now)}
    return Letter(
        subject=subject % values,
        body="\n\n".join(paragraph % values for paragraph in whole if paragraph) + "\n",
    )


def _greeting(writing: Writing) -> str:
    if writing.person is None:
        return _("Dear all,")
    return _("Dear %(person)s,") % {"person": _escaped(writing.person)}


def _closing(writing: Writing) -> str:
    return _("Kind regards,\n%(sender)s") % {"sender": _escaped(writing.sender or _("[your name]"))}


def _escaped(text: str) -> str:
    """A paragraph is formatted twice: the first values must survive the second time."""
    return text.replace("%", "%%")


def _day(value: date, now: datetime) -> str:
    return dates.day(value, now=now)


Draft = tuple[str, list[str]]


def _late_answer(writing: Writing, now: datetime) -> Draft:
    return _("Interview on %(interviewed_on)s: %(position)s"), [
        _thanks_again(),
        _what_happened(writing, now),
        _where_things_stand(),
        _if_decided(),
    ]


def _may_not_call(writing: Writing, now: datetime) -> Draft:
    subject, (thanks, happened, stand, decided) = _late_answer(writing, now)
    return subject, [
        thanks,
        _("As you would rather not be called, I am writing instead."),
        happened,
        stand,
        decided,
    ]


def _as_agreed(_writing: Writing, _now: datetime) -> Draft:
    return _("As agreed: %(position)s"), [
        _thanks_again(),
        _("As agreed, I am following up to ask where things stand."),
        _(
            "If the decision is still open, it would help me to know when you expect to make "
            "it. If you need anything more from me, I will gladly send it."
        ),
        _if_decided(),
    ]


def _thanks_again() -> str:
    return _(
        "Thank you again for our conversation on %(interviewed_on)s about the %(position)s "
        "position."
    )


def _what_happened(writing: Writing, now: datetime) -> str:
    if writing.tried_on:
        said = _("I tried to reach you by phone on %(days)s, without success.")
        return said % {"days": dates.days(writing.tried_on[-2:], now=now)}
    if writing.promised_on is not None:
        said = _(
            "I had hoped to hear from you by %(day)s. I know that decisions often take longer "
            "than planned."
        )
        return said % {"day": _day(writing.promised_on, now)}
    if writing.spoken_on is not None:
        said = _("When we were last in touch, on %(day)s, the decision was still open.")
        return said % {"day": _day(writing.spoken_on, now)}
    return _("I know that such decisions often take longer than planned.")


def _where_things_stand() -> str:
    return _(
        "May I ask where things stand? If the decision is still open, it would help me to know "
        "when you expect to make it."
    )


def _if_decided() -> str:
    return _(
        "If you have chosen someone else, I would be grateful for a line or two about what was "
        "missing. I do not want to question your decision. It would help me work on the right "
        "things."
    )


def _after_refusal(writing: Writing, _now: datetime) -> Draft:
    opening = (
        _(
            "As agreed, since I have not heard from you, I understand that you have chosen "
            "someone else. Thank you for our conversation on %(interviewed_on)s and for your "
            "time."
        )
        if writing.is_refusal_assumed
        else _("Thank you for letting me know, and for your time on %(interviewed_on)s.")
    )
    in_touch = _("If a suitable position comes up, I would be glad to hear from you.")
    if writing.is_lesson_known:
        return _("Thank you: %(position)s"), [opening, in_touch]
    return _("Thank you, and a question: %(position)s"), [
        opening,
        _(
            "May I ask for your help with one thing? Which skill or experience would have made "
            "me a stronger candidate? I do not want to reopen the decision. Your view would "
            "show me what to work on next, and a few words are enough."
        ),
        in_touch,
    ]


def _letting_go(writing: Writing, _now: datetime) -> Draft:
    if writing.is_cancelled:
        return _letting_go_before()
    return _("Withdrawing my application: %(position)s"), [
        _(
            "Thank you for our conversation on %(interviewed_on)s. I enjoyed learning about "
            "your work."
        ),
        _(
            "After careful thought, I have decided to withdraw my application for the "
            "%(position)s position. I wanted to tell you now so that you can plan accordingly."
        ),
        _(
            "If anything in our conversation raised doubts or stood out, I would value your "
            "feedback. I wish you and your team all the best."
        ),
    ]


def _letting_go_before() -> Draft:
    """There was no conversation to give thanks for."""
    return _("Withdrawing my application: %(position)s"), [
        _("Thank you for inviting me to an interview on %(interviewed_on)s."),
        _(
            "After careful thought, I have decided to withdraw my application for the "
            "%(position)s position. I wanted to tell you now so that you can offer the time to "
            "someone else."
        ),
        _("I wish you and your team all the best."),
    ]


def _thanks(writing: Writing, now: datetime) -> Draft:
    return _("Thank you for our conversation: %(position)s"), [
        _(
            "Thank you for our conversation on %(interviewed_on)s about the %(position)s "
            "position. I enjoyed it, and I now have a clear picture of the work."
        ),
        *_repeated(writing.agreed, now),
        _("If you need anything more from me in the meantime, please let me know."),
    ]


def _repeated(agreed: AgreedText | None, now: datetime) -> list[str]:
    if agreed is None:
        return [
            _(
                "One thing we did not settle: when can I expect to hear from you, and may I "
                "call if that day passes?"
            )
        ]
    said = _("So that we both have it in writing, here is how I understood the next step:")
    points = [_who_makes_contact(agreed, now), *_what_else(agreed)]
    asked = _("Please let me know if you remember it differently.")
    return ["\n".join([said, *(f"– {point}" for point in points)]), asked]


_WITH_DAY: dict[tuple[Initiator, bool], Callable[[], str]] = {
    (Initiator.EMPLOYER, True): lambda: _("You will call me by %(day)s."),
    (Initiator.EMPLOYER, False): lambda: _("You will write to me by %(day)s."),
    (Initiator.CANDIDATE, True): lambda: _("I will call you on %(day)s."),
    (Initiator.CANDIDATE, False): lambda: _("I will write to you on %(day)s."),
}
_WITHOUT_DAY: dict[tuple[Initiator, bool], Callable[[], str]] = {
    (Initiator.EMPLOYER, True): lambda: _("You will call me when there is news."),
    (Initiator.EMPLOYER, False): lambda: _("You will write to me when there is news."),
    (Initiator.CANDIDATE, True): lambda: _("I will call you in the next few days."),
    (Initiator.CANDIDATE, False): lambda: _("I will write to you in the next few days."),
}


def _who_makes_contact(agreed: AgreedText, now: datetime) -> str:
    way = (agreed.initiator, agreed.channel == Channel.PHONE)
    if agreed.due_on is None:
        return _WITHOUT_DAY[way]()
    return _WITH_DAY[way]() % {"day": _day(agreed.due_on, now)}


def _what_else(agreed: AgreedText) -> list[str]:
    if agreed.initiator == Initiator.CANDIDATE:
        return []
    points = []
    if agreed.silence_is_refusal:
        points.append(
            _("If I do not hear from you, I will assume that you have chosen someone else.")
        )
    elif agreed.may_call:
        points.append(_("If I have not heard from you by then, I may call you."))
    return points


_DRAFTS: dict[LetterKind, Callable[[Writing, datetime], Draft]] = {
    LetterKind.LATE_ANSWER: _late_answer,
    LetterKind.MAY_NOT_CALL: _may_not_call,
    LetterKind.AS_AGREED: _as_agreed,
    LetterKind.AFTER_REFUSAL: _after_refusal,
    LetterKind.LETTING_GO: _letting_go,
    LetterKind.THANKS: _thanks,
}
