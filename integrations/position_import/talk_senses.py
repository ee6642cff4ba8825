"""Settle what a column about interviews holds."""

from .column_look import Look, flag_or_notes
from .headings import INTERVIEWS
from .states import meaning_of, stage_of


def history_sense(look: Look) -> str:
    profile = look.profile
    if profile.numbers >= 0.6 and profile.days < 0.3:
        return "ignored"
    if not look.is_empty and profile.days >= 0.8 and not profile.several and profile.length < 30:
        return "talk.starts"
    return "interviews"


def starts_sense(look: Look) -> str:
    profile = look.profile
    if profile.several >= 0.3 and profile.days and profile.length > 25:
        return "interviews"
    if look.has_days:
        is_part = look.context.is_rounds and "talk.time" in look.context.senses
        return "talk.date" if is_part else "talk.starts"
    if profile.nested >= 0.5:
        return "interviews"
    choices = (
        (profile.times >= 0.5, "talk.time"),
        (profile.flags >= 0.5, "state"),
        (profile.addresses >= 0.5, "talk.link"),
        (profile.emails >= 0.5, "person.email"),
        (look.knows(meaning_of) and not look.knows(stage_of), "state"),
        (look.knows(stage_of) and profile.length < 30, "talk.stage"),
        (profile.numbers >= 0.6, "ignored"),
        (profile.days > 0, "talk.starts"),
        (
            bool(look.head.concepts & {"recruiter", "manager"}) and profile.length < 30,
            "person.name",
        ),
    )
    return next((sense for fits, sense in choices if fits), "notes")


def date_sense(look: Look) -> str:
    context = look.context
    if context.is_rounds:
        return "talk.date" if "talk.time" in context.senses else "talk.starts"
    if not look.has_days:
        return "talk.time" if look.profile.times >= 0.5 and context.has_talks else "notes"
    if not context.has_applied_days:
        return "applied_on"
    return "state_on" if "status" in context.senses and "answered" not in context.senses else "ask"


def time_sense(look: Look) -> str:
    is_of_talk = bool(look.head.concepts & (INTERVIEWS | {"history"}))
    if is_of_talk or look.context.is_rounds or "talk.starts" in look.context.senses:
        return "talk.time" if look.is_empty or look.profile.times or look.profile.days else "notes"
    return "ignored"


def end_sense(look: Look) -> str:
    return "talk.ends" if look.context.is_rounds else "ignored"


def talk_result_sense(look: Look) -> str:
    if look.profile.days >= 0.6:
        return "state_on"
    known = look.knows(meaning_of) or look.is_empty
    return "result.kind" if known else flag_or_notes(look)
