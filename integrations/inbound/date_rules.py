"""The patterns by which days and times are found, made of a language's data file."""

import re
from functools import cache
from typing import Any

from integrations.inbound.phrases import language


class Rules:
    """The patterns of one language, from its data file."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.months = {
            word: n + 1 for n, row in enumerate(data["months"]) for word in row.split("|")
        }
        self.weekdays = {
            word: n for n, row in enumerate(data["weekdays"]) for word in row.split("|")
        }
        self.hours = {word: n + 1 for n, row in enumerate(data["hours"]) for word in row.split("|")}
        self.genitives = {
            word: n + 1
            for n, row in enumerate(data.get("genitives", ()))
            for word in row.split("|")
        }
        month = _either(self.months)
        # "So" and "do" are words; a short name of a day is one only before a date.
        short = {word: n for word, n in self.weekdays.items() if len(word) <= 3}
        long = {word: n for word, n in self.weekdays.items() if len(word) > 3}
        any_day = _either(self.weekdays)
        weekday = (
            rf"(?:{_either(long)}|(?:{_either(short)})(?=\.?,? ?(?:den |le |el |the |dia )?\d))"
        )
        ordinal, of, year = (
            data["ordinal"],
            data["of"],
            r"(?:,? ?(?:de |do |del |of )?((?:19|20)\d\d)(?!\d))?",
        )
        self.lists = re.compile(
            rf"(?<![\d.:/])(\d{{1,2}})(?:{ordinal})?,? (?:{data['or']}) (?=(?:{data['article']})?(\d{{1,2}})(?:{ordinal})? ?(?:{of})?({month})\b)"  # noqa: E501
        )
        self.day_month = re.compile(
            rf"(?<![\d.:/])(\d{{1,2}})(?:{ordinal})? ?(?:{of})?({month})\b\.?{year}"
        )
        self.month_day = re.compile(
            rf"\b({month})\b\.? (?:the )?(\d{{1,2}})(?:{ordinal})?(?![\d:.]\d|\w){year}"
        )
        no_day = data.get("no_day", "\0")
        self.weekday = re.compile(rf"(?<!\w)({weekday})(?!\w| (?:{no_day}))\.?")
        self.weekday_range = re.compile(
            rf"(?<!\w)(?:{any_day})\.? ?(?:-|–|/|{data['range']}) ?(?:{data['article']})?(?:{any_day})(?!\w)"  # noqa: E501
        )
        self.relative = {
            word: n for n, row in enumerate(data["relative"]) for word in row.split("|")
        }
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
        self._times(data)

    def _times(self, data: dict[str, Any]) -> None:
        self.before_hour = re.compile(rf"(?<!\w)(?:{data['at']}) ?$")
        hour = rf"(?P<h>[01]?\d|2[0-4]|{_either(self.hours)})"
        part = rf"(?:,? ?(?P<pm>{data['pm']})|,? ?(?P<am>{data['am']}))?"
        unit = data["unit"]
        minutes = r"(?: ?[:.h] ?(?P<m>[0-5]\d)(?![\d:]))"
        self.forms = [
            *(
                (
                    re.compile(
                        rf"(?<!\w){each.replace('{h}', hour).replace('{g}', self._genitive())}(?!\w){part}"  # noqa: E501
                    ),
                    kind,
                )
                for kind in ("half_past", "half_to", "quarter_past", "quarter_to")
                for each in data.get(kind, ())
            ),
            (
                re.compile(
                    rf"(?<![\w.:/,-]){hour}{minutes}(?::[0-5]\d)?(?: ?(?:{unit}))?{part}(?!\w)(?![%\d€$])"  # noqa: E501
                ),
                "clock",
            ),
            (re.compile(rf"(?<![\w.:/,]){hour} ?(?:{unit})(?!\w|-?\w){part}"), "hour"),
            (
                re.compile(
                    rf"(?<![\w.:/,]){hour} ?(?:(?P<pm>{data['pm']})|(?P<am>{data['am']}))(?!\w)"
                ),
                "hour",
            ),
            (
                re.compile(
                    rf"(?<!\w)(?:{data['at']}) {hour}(?![\w:%€$]|[.,/]\d| ?(?:{data['no_hour']})){part}"  # noqa: E501
                ),
                "hour",
            ),
            (re.compile(rf"(?<!\w)(?:{data['noon']})(?!\w)"), "noon"),
        ]
        start = rf"(?P<h>[01]?\d|2[0-4]|{_either(self.hours)}){minutes}?"
        self.span = re.compile(
            rf"(?<![\w.:/,]){start} ?(?:{unit})? ?(?:-|–|—|{data['range']}|{data['between']}) ?(?:{data['article']}|{data['at']} )?(?=(?P<end>\d\d?|{_either(self.hours)})(?: ?[:.h] ?[0-5]\d)?(?: ?(?:(?P<pm>{data['pm']})|(?P<am>{data['am']})|{unit}))(?!\w))"  # noqa: E501
        )
        self.through = re.compile(
            rf"^(?: ?(?:{unit}))? ?(?:-|–|—|(?:{data['range']})|(?:{data['between']})) ?(?:{data['article']}|{data['at']})? ?$"  # noqa: E501
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


def _words(words: list[str]) -> re.Pattern[str]:
    each = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def rules_of(code: str) -> Rules:
    return Rules(dict(language(code).dates))
