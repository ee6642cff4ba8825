"""Read the days of a row with the file's dialect and the person's answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from .days import Day, is_credible, on_clock, read_day
from .position_rows import Answers
from .vocabulary import listed, words_of


@dataclass(frozen=True, slots=True)
class DayReader:
    columns_day_first: Mapping[int, bool]
    day_first: bool
    answers: Answers
    zone: ZoneInfo
    today: date

    def day(self, column: int, text: str, field: str, applied: date | None) -> date | str:
        """Return the day on the candidate's calendar, or the reason why it is none."""
        found = self.moment(column, text, field, applied)
        if isinstance(found, str):
            return found
        on = found.date() if isinstance(found, datetime) else found
        if field in ("applied_on", "closed_on") and on > self.today:
            return "in_the_future"
        return on

    def moment(
        self,
        column: int,
        text: str,
        field: str,
        applied: date | None,
        clock: time | None = None,
        zone: tzinfo | None = None,
    ) -> datetime | date | str:
        """Return a moment if a time is known, else a day, or the reason why it is none."""
        day = read_day(text)
        if day is None:
            return "undecided" if " ".join(words_of(text)) in listed("undecided") else "not_a_day"
        on = self._on(column, day, field, applied)
        if on is None or not is_credible(on, self.today):
            return "not_a_day"
        clock = day.clock if clock is None else clock
        if clock is None:
            return on
        try:
            return on_clock(on, clock, day.zone or zone, self.zone)
        except OverflowError:
            return "not_a_day"

    def _on(self, column: int, day: Day, field: str, applied: date | None) -> date | None:
        first = self.columns_day_first.get(column, self.day_first)
        if self.answers.day_first is not None and day.is_ambiguous and day.separator != ".":
            first = self.answers.day_first
        if day.year is not None:
            return day.on(day.year, day_first=first)
        if self.answers.year is not None:
            return day.on(self.answers.year, day_first=first)
        return self._in_likely_year(day, field, applied, day_first=first)

    def _in_likely_year(
        self, day: Day, field: str, applied: date | None, *, day_first: bool
    ) -> date | None:
        """Applied on: the latest such day until today; what follows: the first one after that."""
        years = range(self.today.year + 2, self.today.year - 6, -1)
        found = [on for year in years if (on := day.on(year, day_first=day_first))]
        past = [on for on in found if on <= self.today]
        if field == "applied_on":
            return next(iter(past), None)
        if applied is not None:
            after = [on for on in found if on >= applied]
            return after[-1] if after else None
        if field.startswith("interview") or field == "follow_up_on":
            return min(found, key=lambda on: abs(on - self.today), default=None)
        return next(iter(past), None)
