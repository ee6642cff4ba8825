"""The forecast of one open wait: sentences, the curve, and its table."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from insights.charts.curve import CurveChart, draw_curve
from insights.forecast import Chance, Forecast, Posterior, curve, forecast, text
from insights.forecast.spells import DAYS_MAX
from insights.statistics.spans import span_of
from insights.statistics.spells import OpenSpell, open_spell
from insights.statistics.stored import StoredStatistics
from interviews.models import Interview
from interviews.rules import Step

# How far the plot extends beyond today and beyond a promised day, at least and at most.
BEYOND, BEYOND_PROMISE = 14, 7
PLOT_MIN, PLOT_MAX = 21, 180
TABLE = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30)
A_WEEK = 7
# The steps that are a question of going on waiting or asking.
FOLLOWING_UP = (Step.CALL.value, Step.WRITE.value)


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A row of the table: the forecast for that day, if they are silent until then."""

    day: date
    silent: int
    ever: str
    between: str
    positive: str


@dataclass(frozen=True, slots=True)
class ShownForecast:
    since_on: date
    promised_on: date | None
    is_silence_no: bool
    sentences: tuple[str, ...]
    consequence: str
    basis: str
    chart: CurveChart
    rows: tuple[ForecastRow, ...]


@dataclass(frozen=True, slots=True)
class BriefForecast:
    """The same in a list: a sentence, and the share for its bar."""

    interview: Interview
    sentence: str
    percent: int


def shown_forecast(
    interview: Interview, read: StoredStatistics, *, now: datetime
) -> ShownForecast | None:
    """The row needs its agreements and contacts. Return None if there is nothing to forecast, or
    nothing was computed yet."""
    open_now = _open(interview, now=now)
    if open_now is None or read.posterior is None:
        return None
    silence = open_now.silence
    promised_in = silence.promised_in
    last = max(PLOT_MIN, silence.days + BEYOND, (promised_in or 0) + BEYOND_PROMISE)
    last = min(last, max(PLOT_MAX, silence.days), DAYS_MAX)
    days = curve(read.posterior, silence, last=last)
    return ShownForecast(
        since_on=open_now.since_on,
        promised_on=open_now.promised_on,
        is_silence_no=open_now.is_silence_no,
        sentences=tuple(_sentences(open_now, read.posterior, now)),
        consequence=_consequence(interview, open_now, read.posterior, now),
        basis=text.rests_on(read.posterior),
        chart=draw_curve(days, now=days[min(silence.days, last)].day, promised_in=promised_in),
        rows=tuple(_row(days[silence.days + n], n, now) for n in TABLE if silence.days + n <= last),
    )


def brief_forecast(
    interview: Interview, posterior: Posterior, *, now: datetime
) -> BriefForecast | None:
    open_now = _open(interview, now=now)
    if open_now is None:
        return None
    silence = open_now.silence
    told = forecast(posterior, silence, by=silence.days)
    return BriefForecast(
        interview=interview,
        sentence=text.brief(told),
        percent=round(100 * told.ever.middle),
    )


def _open(interview: Interview, *, now: datetime) -> OpenSpell | None:
    """Return None if nothing is awaited, silence has meant no, or the wait is longer than the model
    covers."""
    if interview.is_cancelled or interview.ends_at > now:
        return None
    found = open_spell(span_of(interview, zone=interview.candidate.zone), today=now.date())
    if found is None or found.silence.days > DAYS_MAX:
        return None
    return None if found.is_silence_no and _is_past(found, now) else found


def _is_past(open_now: OpenSpell, now: datetime) -> bool:
    return open_now.promised_on is not None and open_now.promised_on < now.date()


def _sentences(open_now: OpenSpell, posterior: Posterior, now: datetime) -> list[str]:
    silence = open_now.silence
    is_promised = open_now.promised_on is not None and not _is_past(open_now, now)
    by_on = open_now.promised_on if is_promised else now.date() + timedelta(days=A_WEEK)
    assert by_on is not None
    told = forecast(posterior, silence, by=(by_on - open_now.since_on).days)
    by_day = text.by_day(told, by_on, is_promised=is_promised, now=now)
    if open_now.is_silence_no:
        return [by_day]
    return [text.ever(told), text.good(told), by_day]


def _consequence(
    interview: Interview, open_now: OpenSpell, posterior: Posterior, now: datetime
) -> str:
    """What to make of it; before a step is due, only that waiting costs nothing."""
    if interview.step_due_at is not None and interview.step_due_at > now:
        return text.nothing_lost(interview.step_due_at.astimezone(now.tzinfo), now=now)
    if interview.step not in FOLLOWING_UP:
        return ""
    silence = open_now.silence
    return text.consequence(forecast(posterior, silence, by=silence.days + A_WEEK))


def _row(told: Forecast, ahead: int, now: datetime) -> ForecastRow:
    return ForecastRow(
        day=now.date() + timedelta(days=ahead),
        silent=told.day,
        ever=text.percent(told.ever.middle),
        between=_interval(told.ever),
        positive=text.percent(told.ever_positive.middle),
    )


def _interval(chance: Chance) -> str:
    return f"{round(100 * chance.low)}–{round(100 * chance.high)} %"
