"""Choose the kind of a letter from what was found in it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from integrations.inbound import reports
from integrations.inbound.appointments import Said
from integrations.inbound.calendars import Calendar
from integrations.inbound.kinds import ENOUGH, Weighed
from integrations.inbound.letters import Letter
from integrations.inbound.waits import Link, is_shared
from integrations.inbound.words import fold

NEWS = ("rejection", "offer", "cancelled", "moved", "invitation", "next_stage")
NAMES = {
    "rejection": "a rejection", "offer": "an offer", "cancelled": "an appointment called off", "moved": "an appointment moved",  # noqa: E501
    "invitation": "an appointment", "next_stage": "a next stage", "question": "a question", "not_yet": "no decision yet", "receipt": "a receipt",  # noqa: E501
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    kind: str
    passage: str
    why: str
    starts: tuple[datetime, ...] = ()
    takes_deadline: bool = False


def decide(
    letter: Letter,
    body: Weighed,
    subject: Weighed,
    said: Said,
    calendar: Calendar,
    link: Link,
    is_private: bool,
) -> Decision:
    """Return the first kind, in the order of weight, that the letter says."""
    kind, starts = _kind(body, subject, said, calendar, link)
    # A director who is away is no automatic reply, if the letter says that nothing is decided.
    has_news = (
        kind is not None and kind != "question" and (kind != "not_yet" or body.has("not_yet"))
    )
    if reports.is_auto_reply(letter, body, has_news):
        return Decision("auto_reply", body.sentence("auto_reply"), "an automatic reply")
    if kind is None and _is_from_employer(letter, body, link):
        passage = body.text.sentences[-1].text if body.text.sentences else ""
        why = "one of the wait’s people wrote" if link.is_person else "the wait’s employer wrote"
        why = f"{why}, and no phrase tells more"
        return Decision("question", passage, why, (), said.is_last_day_marked)
    is_about_jobs = body.is_about_jobs or subject.is_about_jobs
    if kind is None or _is_unrelated(kind, letter, body, link, is_private, is_about_jobs):
        return Decision("unrelated", "", "no news about an application")
    passage = _passage(kind, body, subject)
    why = f"“{passage[:120]}” says" if passage else "the calendar part says"
    is_sure = (
        said.is_last_day_marked
        or kind == "not_yet"
        or (kind in ("receipt", "next_stage", "question") and bool(body.promises.points))
    )
    return Decision(kind, passage, f"{why} {NAMES[kind]}", starts, is_sure)


def _passage(kind: str, body: Weighed, subject: Weighed) -> str:
    return (
        body.sentence(kind)
        or (body.sentence("moved") if kind == "cancelled" else "")
        or subject.sentence(kind)
        or (body.text.sentences[0].text if body.text.sentences else "")
    )


def _kind(
    body: Weighed, subject: Weighed, said: Said, calendar: Calendar, link: Link
) -> tuple[str | None, tuple[datetime, ...]]:
    has = {kind for kind in body.kinds if body.has(kind)}
    text_starts = tuple(each.starts_at for each in said.appointments)
    new = tuple(each.starts_at for each in said.appointments if not each.is_old)
    starts = calendar.starts if calendar.starts and not calendar.is_answer else ()
    if "rejection" in has:
        return "rejection", ()
    if "offer" in has:
        return "offer", ()
    helped = {kind for kind in NEWS if subject.has(kind)}
    if calendar.is_cancelled:
        return ("moved", new) if new and "moved" in has else ("cancelled", ())
    changed = _changed(body, has, helped, calendar, said)
    if changed:
        moved_to = starts or new
        if "cancelled" in has and not starts:
            is_off = "cancelled" in helped and "moved" not in has | helped
            moved_to = () if is_off else _moved_to(body, said, has)
        return ("moved", moved_to) if moved_to else ("cancelled", ())
    meets = "invitation" in has or "invitation" in helped or body.points("invitation") > 0
    may_meet = meets or "next_stage" in has or link.is_known
    if starts or (text_starts and may_meet and not (body.has("unrelated") and not meets)):
        return "invitation", starts or text_starts
    rest = _without_times(body, has, helped, said)
    return rest or _from_subject(subject, said), ()


def _moved_to(body: Weighed, said: Said, has: set[str]) -> tuple[datetime, ...]:
    """The new times of a talk that is called off: not the time of a sentence that says so, unless
    it names another as well."""
    off = set(body.kinds["cancelled"].sentences)
    several = Counter(each.sentence for each in said.appointments)
    return tuple(
        each.starts_at
        for each in said.appointments
        if not each.is_old
        and not (each.sentence in off and ("moved" not in has or several[each.sentence] == 1))
    )


def _changed(
    body: Weighed, has: set[str], helped: set[str], calendar: Calendar, said: Said
) -> bool:
    if "cancelled" in has or (calendar.starts and calendar.is_update):
        return True
    is_about = bool(said.appointments) or said.has_day or bool(body.talks)
    if "moved" in has and (
        said.appointments or set(body.kinds["moved"].sentences) & (body.talks | said.sentences)
    ):
        return True
    return (
        bool({"moved", "cancelled"} & helped)
        and is_about
        and not (has & {"invitation", "next_stage", "question"} and not said.appointments)
    )


def _without_times(body: Weighed, has: set[str], helped: set[str], said: Said) -> str | None:
    if "next_stage" in has or "invitation" in has:
        day_alone = "invitation" in has and said.has_day and "next_stage" not in has
        if day_alone:
            return "invitation"
        strong_invitation = body.kinds["invitation"].strong
        if "next_stage" in has or strong_invitation:
            return "next_stage"
    if "question" in has:
        return "question"
    if "not_yet" in has:
        return "not_yet"
    if "receipt" in has:
        return "receipt"
    if body.promises.points >= ENOUGH:
        return "not_yet"
    return None


def _from_subject(subject: Weighed, said: Said) -> str | None:
    """Without a word in the text the subject decides, if it says more than what it is about."""
    for kind in (
        "rejection",
        "offer",
        "cancelled",
        "invitation",
        "next_stage",
        "question",
        "not_yet",
        "receipt",
    ):
        if subject.has(kind):
            if kind == "invitation" and not said.has_day:
                return "next_stage"
            return kind
    return None


def _is_from_employer(letter: Letter, body: Weighed, link: Link) -> bool:
    """What one of the wait's people writes concerns the wait, even if no phrase is known, and so does what
    its company writes about jobs."""  # noqa: E501
    return (
        (link.is_person or (link.is_known and body.is_about_jobs))
        and bool(body.text.words)
        and not body.has("unrelated")
        and not _is_bulk(letter)
    )


def _is_bulk(letter: Letter) -> bool:
    said = fold(letter.headers.get("precedence"))
    return letter.headers.has("list-unsubscribe", "list-id") or said in ("bulk", "list", "junk")


def _is_unrelated(
    kind: str, letter: Letter, body: Weighed, link: Link, is_private: bool, is_about_jobs: bool
) -> bool:
    points = body.points("unrelated")
    if is_private and not link.is_known:
        return True  # a friend's mail may name companies, too
    is_bulk = _is_bulk(letter)
    if points >= ENOUGH:
        if kind not in NEWS:
            return True
        if (is_bulk or points >= 2 * ENOUGH) and not link.is_person and kind != "rejection":
            return True
        if points >= 3 * ENOUGH and kind != "rejection":
            return True
    if link.wait is None and not link.why:
        # Nobody the candidate waits for: news only if it is clearly about an application.
        if is_private or not is_about_jobs:
            return not (
                is_about_jobs and kind == "rejection" and body.kinds["rejection"].strong > 1
            )
        if is_bulk and not is_shared(letter.sender.domain):
            return kind != "rejection"
    return False
