"""The patterns by which days and times are found, made of a language's data file."""

import re
from functools import cache
from typing import Any

from integrations.inbound.phrases import language

MINUTES = r"(?: ?[:.h] ?(?P<m>[0-5]\d)(?![\d:]))"


class Rules:
    """The patterns of one language, from its data file."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.months = _numbered(data["months"], 1)
        self.weekdays = _numbered(data["weekdays"])
        self.hours = _numbered(data["hours"], 1)
        self.genitives = _numbered(data.get("genitives", ()), 1)
        self.relative = _numbered(data["relative"])
        self._dates(data)
        self._weekdays(data)
        self._words_around(data)
        self._times(data)
        self._spans(data)

    def _dates(self, data: dict[str, Any]) -> None:
        month, ordinal, of = _either(self.months), data["ordinal"], data["of"]
        year = r"(?:,? ?(?:de |do |del |of )?((?:19|20)\d\d)(?!\d))?"
        self.lists = re.compile(
            rf"(?<![\d.:/])(\d{{1,2}})(?:{ordinal})?,? (?:{data['or']}) (?=(?:{data['article']})?(\d{{1,2}})(?:{ordinal})? ?(?:{of})?({month})\b)"  # noqa: E501
        )
        self.day_month = re.compile(
            rf"(?<![\d.:/])(\d{{1,2}})(?:{ordinal})? ?(?:{of})?({month})\b\.?{year}"
        )
        self.month_day = re.compile(
            rf"\b({month})\b\.? (?:the )?(\d{{1,2}})(?:{ordinal})?(?![\d:.]\d|\w){year}"
        )

    def _weekdays(self, data: dict[str, Any]) -> None:
        # "So" and "do" are words; a short name of a day is one only before a date.
        short = {word: n for word, n in self.weekdays.items() if len(word) <= 3}
        long = {word: n for word, n in self.weekdays.items() if len(word) > 3}
        any_day = _either(self.weekdays)
        weekday = (
            rf"(?:{_either(long)}|(?:{_either(short)})(?=\.?,? ?(?:den |le |el |the |dia )?\d))"
        )
        no_day = data.get("no_day", "\0")
        self.weekday = re.compile(rf"(?<!\w)({weekday})(?!\w| (?:{no_day}))\.?")
        self.weekday_range = re.compile(
            rf"(?<!\w)(?:{any_day})\.? ?(?:-|–|/|{data['range']}) ?(?:{data['article']})?(?:{any_day})(?!\w)"  # noqa: E501
        )
        # "Friday the 4th", the month left out, but not "Friday 4 pm".
        month, unit = _either(self.months), rf"{data['unit']}|{data['pm']}|{data['am']}"
        ordinal = rf"(?>(?:{data['ordinal']}|er|st|nd|rd|th)?)"
        other = rf"[\w/]|[.:]\d| ?(?:{data['of']})?(?:{month})\b| ?(?:{unit})(?!\w)| ?(?:-|–|to|bis) ?\d"  # noqa: E501
        self.weekday_number = re.compile(
            rf"(?<!\w)({any_day})\.?,? (?:(?:the|den|dem|le|el|o|dia) ){{0,2}}(\d{{1,2}})(?!{ordinal}(?:{other})){ordinal}"  # noqa: E501
        )

    def _words_around(self, data: dict[str, Any]) -> None:
        self.near = re.compile(rf"(?<!\w)({_either(self.relative)})(?!\w)")
        self.next_week = re.compile(rf"(?<!\w)(?:{data['next_week']})(?!\w)")
        self.next_day = re.compile(rf"(?:{data['next_day']})") if data["next_day"] else None
        self.not_near = tuple(data.get("not_near", ()))
        self.until = re.compile(
            rf"(?<!\w)(?:{data['until']})[ ,]{{1,2}}(?:(?:the|this|next|coming|am|den|dem|diesen|kommenden|nachsten|le|el|la|este|ce|o|a|ao|dia|proxima|proximo|on|в|следующего|следующей|конца) ){{0,3}}$"  # noqa: E501
        )
        self.latest = re.compile(rf"^[ ,.)]{{0,3}}(?:{data['latest']})(?!\w)")
        self.shift = re.compile(rf"(?<!\w)(?:{data['shift']})")
        self.old, self.new = _words(data["old"]), _words(data["new"])
        self.before_hour = re.compile(rf"(?<!\w)(?:{data['at']}) ?$")

    def _times(self, data: dict[str, Any]) -> None:
        hour = rf"(?P<h>[01]?\d|2[0-4]|{_either(self.hours)})"
        halves = f"(?P<pm>{data['pm']})", f"(?P<am>{data['am']})"
        part, unit, at = f"(?:,? ?{halves[0]}|,? ?{halves[1]})?", data["unit"], data["at"]
        spoken = [
            (each.replace("{h}", hour).replace("{g}", self._genitive()), kind)
            for kind in ("half_past", "half_to", "quarter_past", "quarter_to")
            for each in data.get(kind, ())
        ]
        forms = [
            *((rf"(?<!\w){each}(?!\w){part}", kind) for each, kind in spoken),
            (
                rf"(?<![\w.:/,-]){hour}{MINUTES}(?::[0-5]\d)?(?: ?(?:{unit}))?{part}(?!\w)(?![%\d€$])",  # noqa: E501
                "clock",
            ),
            (rf"(?<![\w.:/,]){hour} ?(?:{unit})(?!\w|-?\w){part}", "hour"),
            (rf"(?<![\w.:/,]){hour} ?(?:{halves[0]}|{halves[1]})(?!\w)", "hour"),
            (
                rf"(?<!\w)(?:{at}) {hour}(?![\w:%€$]|[.,/]\d| ?(?:{data['no_hour']})){part}",
                "hour",
            ),
            (rf"(?<!\w)(?:{data['noon']})(?!\w)", "noon"),
        ]
        self.forms = [(re.compile(pattern), kind) for pattern, kind in forms]

    def _spans(self, data: dict[str, Any]) -> None:
        hours, unit, article = _either(self.hours), data["unit"], data["article"]
        self.span = re.compile(
            rf"(?<![\w.:/,])(?P<h>[01]?\d|2[0-4]|{hours}){MINUTES}? ?(?:{unit})? ?(?:-|–|—|{data['range']}|{data['between']}) ?(?:{article}|{data['at']} )?(?=(?P<end>\d\d?|{hours})(?: ?[:.h] ?[0-5]\d)?(?: ?(?:(?P<pm>{data['pm']})|(?P<am>{data['am']})|{unit}))(?!\w))"  # noqa: E501
        )
        self.through = re.compile(
            rf"^(?: ?(?:{unit}))? ?(?:-|–|—|(?:{data['range']})|(?:{data['between']})) ?(?:{article}|{data['at']})? ?$"  # noqa: E501
        )

    def is_hours(self, days: str) -> bool:
        """Opening hours go from a Monday or have a dash; "from Tuesday to Wednesday" is a move."""
        first = re.match(r"\w+", days)
        return (
            bool(re.search("[-–]", days)) or self.weekdays.get(first.group() if first else "") == 0
        )

    def _genitive(self) -> str:
        return rf"(?P<h>{_either(self.genitives)})" if self.genitives else "(?P<h>-)"

    def hour_of(self, said: str) -> int:
        return int(said) if said.isdigit() else self.hours.get(said) or self.genitives.get(said, 0)


def _numbered(rows: list[str], first: int = 0) -> dict[str, int]:
    return {word: n + first for n, row in enumerate(rows) for word in row.split("|")}


def _words(words: list[str]) -> re.Pattern[str]:
    each = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def rules_of(code: str) -> Rules:
    return Rules(dict(language(code).dates))
