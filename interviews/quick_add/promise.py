"""What was said about the answer: "they call by Friday", "nothing agreed", "may call"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from interviews.quick_add.clock import TIME, read_time
from interviews.quick_add.draft import Promise
from interviews.quick_add.line import Line
from interviews.quick_add.when import find_days

WILL = r"(?:['’]ll|['’]d|\s+will|\s+should|\s+promised\s+to|\s+want\s+to)?"
DEED = (
    r"(?:calls?|ring|phone|(?P<email>e-?mails?|mails?|writes?)|(?P<message>text|message)"
    r"|answers?|decides?|repl(?:y|ies)|respond|follow\s+up|get\s+back|(?:get|be)\s+in\s+touch"
    r"|let\s+me\s+know)"
)
PROMISE = re.compile(
    rf"(?<!\w)(?:(?:(?:they|she|he)\s+(?:said|promised)\s+)?(?:(?P<i>I)|they|she|he|hr|\w+(?=\s+will|\s+calls|\s+writes|\s+e?mails)){WILL}"
    rf"\s+{DEED}(?:\s+(?:to\s+)?(?:me|us|you|them|her|him))?"
    r"|calls(?:\s+me)?|promised"
    r"|(?:(?:the|an?|expect|promised)\s+)*"
    r"(?:answer|reply|feedback|decision|results?|response|news|hear(?:\s+back)?)(?:\s+promised)?)"
    r"\s+(?:(?P<none>no\s+day\s+named)|(?:(?:by|on|until|till|before)\s+)?)",
    re.I,
)
NOTHING = re.compile(r"(?<!\w)nothing\s+(?:was\s+)?(?:agreed|promised)(?!\w)", re.I)
NO_DAY = re.compile(
    r"(?<!\w)no\s+(?:answer\s+)?(?:day|date)(?:\s+(?:was\s+)?(?:named|given|said|agreed|promised))?(?!\w)",
    re.I,
)
MAY = re.compile(
    r"(?<!\w)(?:(?P<no>no\s+calls?|(?:I\s+)?(?:(?:may|should|must|can)\s*not|can['’]t|shouldn['’]t)"
    r"\s+call|don['’]t\s+call)|(?:I\s+)?(?:may|can)\s+call)(?!\w)",
    re.I,
)
AT = re.compile(r"\s+at\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """A promise whose day is read once the interview's day is known."""

    promise: Promise
    day: str = ""

    def counted(self, *, today: date, said_on: date, language: str) -> Promise:
        found = list(find_days(self.day, today=today, said_on=said_on, language=language))
        if found and found[0].is_weak:  # the next such day after the interview
            later = max(said_on + timedelta(1), today)
            found = list(find_days(self.day, today=later, language=language))
        made = self.promise
        by = found[0].days[0] if found else None
        return Promise(by, made.at, made.initiator, made.channel, made.may_call, made.is_nothing)


def take_promise(line: Line, *, today: date, language: str) -> Said | None:
    may = next(line.find(MAY), None)
    may_call = "" if may is None else "no" if may["no"] else "yes"
    if may is not None:
        line.take("promise", *may.span())
    for match in line.find(PROMISE):
        if said := _read(line, match, may_call, today=today, language=language):
            return said
    for pattern, is_nothing in ((NOTHING, True), (NO_DAY, False)):
        for match in line.find(pattern):
            line.take("promise", *match.span())
            return Said(Promise(may_call="" if is_nothing else may_call, is_nothing=is_nothing))
    return Said(Promise(may_call=may_call)) if may_call else None


def _read(
    line: Line, match: re.Match[str], may_call: str, *, today: date, language: str
) -> Said | None:
    """None if no day follows: then it is no promise."""
    end, day, at = match.end(), "", None
    if not match["none"]:
        after = next(find_days(line.open[end:], today=today, language=language), None)
        if after is None or after.start > 0:
            return None
        day, end = line.text[end : end + after.end], end + after.end
        gap = AT.match(line.open, end)
        clock = TIME.match(line.open, gap.end() - len("at ")) if gap else None
        if clock and (at := read_time(clock)):
            end = clock.end()
    line.take("promise", match.start(), end)
    channel = "email" if match["email"] else "message" if match["message"] else ""
    return Said(Promise(None, at, "candidate" if match["i"] else "", channel, may_call), day)
