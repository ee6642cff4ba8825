"""What was said about the answer: "they call by Friday", "nothing agreed", "may call"."""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from interviews.quick_add.clock import TIME, read_time
from interviews.quick_add.draft import Promise
from interviews.quick_add.line import Line
from interviews.quick_add.when import find_days

WILL = r"(?:['’]ll|['’]d|\s+(?:will|would|should|want\s+to|(?:promised|(?:are|is)\s+going)\s+to))"
DEED = (
    r"(?:(?:calls?|ring|phone)(?:\s+back)?|e-?mails?|mails?|writes?|text|message|(?:send\s+)?answers?|decides?"
    r"|repl(?:y|ies)|responds?|follow\s+up|gets?\s+back|(?:get|be)\s+in\s+(?:touch|contact)"
    r"|contacts?|tell|inform|(?P<hear>hears?)(?:\s+back)?|(?P<know>let\s+me\s+know))"
)
HOW = r"(?:\s+(?:by|via|per)\s+(?:e-?mail|mail|letter|post|text|message|sms|whatsapp|phone))?"
WHOM = r"(?:\s+(?:to\s+|from\s+)?(?:me|us|you|them|her|him)(?!\w))?"
ABOUT = (
    r"(?:\s+(?:with|about|on)\s+(?:an?|the|their|my|any)?\s*"
    r"(?:answer|decision|result|outcome|news|feedback|offer|application)s?)?"
)
ANSWER = r"(?:answer|reply|feedback|decision|results?|response|news|outcome|hear(?:\s+back)?)"
AWAIT = (
    r"(?:(?:told|said|asked)\s+(?:me\s+)?to\s+)?(?:wait(?:ing)?|expect(?:ing)?)\s+(?:for\s+|to\s+)?"
)
PROMISE = re.compile(
    r"(?<!\w)(?:(?:(?:they|she|he|hr)\s+(?:said|promised|told\s+me)\s+(?:that\s+)?)?"
    r"(?:(?:(?P<i>I(?:['’]m\s+to|\s+(?:am|have|need)\s+to|\s+must)?)|they|she|he|hr"
    r"|(?:the\s+)?(?:recruiter|manager|company|agency|boss|someone|somebody)"
    r"|\w+(?=\s+calls|\s+writes|\s+e?mails))"
    rf"(?P<will>{WILL})?\s+|(?P<named>(?:will|promised\s+to)\s+))"
    rf"{DEED}{WHOM}{ABOUT}{HOW}{WHOM}"
    rf"|(?:(?:I\s+was\s+|was\s+)?(?P<await>(?:still\s+)?{AWAIT})|(?:they|she|he|hr)\s+"
    r"|(?:the|an?|their|promised(?:\s+me)?|should|will)\s+)*"
    rf"(?:{ANSWER}|(?:(?<=for\stheir\s)|(?<=for\sa\s)|(?<=for\san\s)|(?<=for\sthe\s)"
    r"|(?<=expect\sa\s)|(?<=expect\san\s)|(?<=expect\stheir\s))(?:e-?mail|call|message))"
    rf"(?:\s+promised)?{WHOM}{HOW}"
    r"|calls(?:\s+me)?|(?:(?:they|she|he|hr)\s+)?promised)(?!\w)\s*"
    r"(?:(?P<none>no\s+day\s+named)|(?:by|on|until|till|before|no\s+later\s+than|latest)\s+)?",
    re.I,
)
CHANNELS = {
    "email": re.compile(r"(?<!\w)(?:e-?mails?|mails?|writes?)(?!\w)", re.I),
    "message": re.compile(r"(?<!\w)(?:text|message|sms|whatsapp)(?!\w)", re.I),
}
# A promise that may name no day, and the span of time that some name for it.
SPAN = re.compile(
    r"(?:some\s*time\s+|early\s+|later\s+)?(?P<span>(?:this|next)\s+(?:week|month))(?!\w)", re.I
)
NOTHING = re.compile(
    r"(?<!\w)(?:nothing\s+(?:was\s+|is\s+)?(?:agreed|promised)|(?:they\s+)?promised\s+nothing)(?!\w)",
    re.I,
)
NO_DAY = re.compile(
    r"(?<!\w)(?:no\s+(?:(?:answer|feedback|decision|reply|response|call-?back)\s+)?(?:day|date)(?:\s+(?:was\s+)?(?:named|given|said|agreed|promised))?(?:\s+for\s+(?:the|an)\s+answer)?"
    r")(?!\w)",
    re.I,
)
NO_WHEN = re.compile(
    r"(?<!\w)(?:they\s+|she\s+|he\s+)?(?:did\s*n['’]?t|did\s+not)\s+say\s+when(?:\s+[^\0\1,;.]*)?(?!\w)",
    re.I,
)
HOW_AFTER = re.compile(
    HOW + r"(?:\s+and\s+(?:will\s+)?(?:write|send|e-?mail|call|ring)[^\0\1,;.]*)?"
    r"(?:\s+if\s+[^\0\1,;.]*[^\s\0\1,;.])?(?!\w)",
    re.I,
)
MAY = re.compile(
    r"(?<!\w)(?:and\s+)?(?:(?P<no>no\s+calls?|not\s+to\s+(?:call|phone|ring)(?:\s+before)?|(?:I\s+)?(?:(?:may|should|must|can)\s*not|can['’]t|shouldn['’]t"
    r"|mustn['’]t)\s+(?:call|phone|ring)|(?:please\s+)?(?:don['’]t|do\s+not)\s+(?:call|phone|ring))"
    r"|(?:I\s+|(?:and\s+)?I['’]m\s+)?(?:may|can|could|allowed\s+to|ok(?:ay)?\s+to|welcome\s+to)\s+"
    r"(?:call|phone|ring))"
    r"(?:\s+(?:them|her|him|back|(?-i:[A-Z])\w+))?(?:\s+(?:after(?:wards|\s+that)|then))?(?:\s+if\s+[^\0\1,;.]*|\s*,?\s*please)?(?!\w)",
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
        passed = None
        if found and found[0].is_weak:  # the next such day after the interview
            told = list(find_days(self.day, today=said_on + timedelta(1), language=language))
            later = max(said_on + timedelta(1), today)
            found = list(find_days(self.day, today=later, language=language))
            passed = told[0].days[0] if told[0].days[0] < today else None
        by = found[0].days[0] if found else None
        return replace(self.promise, by=by, passed=passed)


def take_promise(line: Line, *, today: date, language: str) -> Said | None:
    may = next(line.find(MAY), None)
    may_call = "" if may is None else "no" if may["no"] else "yes"
    if may is not None:
        line.take("promise", *may.span())
    for match in line.find(NO_WHEN):
        line.take("promise", *match.span())
        return Said(Promise(may_call=may_call))
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
    """None if neither a day nor the words say that it is a promise."""
    end, day, at = match.end(), "", None
    after = next(find_days(line.open[end:], today=today, language=language), None)
    if match["none"]:
        pass
    elif after is not None and after.start == 0:
        day, end = line.text[end : end + after.end], end + after.end
        end, at = _clock(line, end)
    elif span := SPAN.match(line.open, end):
        day, end = f"end of {span['span']}", span.end()
    elif any(map(match.group, ("will", "named", "await", "know"))):
        end = match.start() + len(match[0].rstrip())
    else:
        return None
    more = HOW_AFTER.match(line.open, end)
    end = more.end() if more else end
    deed = line.text[match.start() : end]
    line.take("promise", match.start(), end)
    channel = next((name for name, words in CHANNELS.items() if words.search(deed)), "")
    return Said(
        Promise(
            None, at, "candidate" if match["i"] and not match["hear"] else "", channel, may_call
        ),
        day,
    )


def _clock(line: Line, end: int) -> tuple[int, time | None]:
    gap = AT.match(line.open, end)
    clock = TIME.match(line.open, gap.end() - len("at ")) if gap else None
    at = read_time(clock) if clock else None
    return (clock.end(), at) if clock and at else (end, None)
