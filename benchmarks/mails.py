"""How fast mails are claimed, composed, sent and marked, over a local SMTP server.

Yardstick and product in turn, five times: other work on the machine slows both.
"""

import tempfile
from functools import cache
from pathlib import Path
from statistics import median

from benchmarks import due
from benchmarks.child import Child, children, seconds_together
from benchmarks.database import database
from benchmarks.figure import Figure
from benchmarks.scale import scaled
from benchmarks.sink import sink

MAILS, PAIRS, SAMPLES = 5_000, 5, 500
Rates = dict[str, list[float]]


def sending_over_raw() -> Figure:
    rates = _rates()
    ratios = [ours / raw for ours, raw in zip(rates["one"], rates["raw one"], strict=True)]
    return Figure(
        name="mails sent by one sender, over raw smtplib",
        value=round(median(ratios), 3),
        unit="of raw",
        yardstick=f"{_told(rates, 'one')} reminders/s against {_told(rates, 'raw one')}/s by "
        f"smtplib with the same bytes over one open connection; medians of {PAIRS} pairs of "
        f"{scaled(MAILS):,} on {database()}",
        target=0.25,
    )


def two_senders_over_one() -> Figure:
    rates = _rates()
    raw = median(rates["raw two"]) / median(rates["raw one"])
    return Figure(
        name="two senders over one",
        value=round(median(rates["two"]) / median(rates["one"]), 2),
        unit="times",
        yardstick=f"{_told(rates, 'two')}/s over {_told(rates, 'one')}/s; two of smtplib over one: "
        f"{_told(rates, 'raw two')}/s over {_told(rates, 'raw one')}/s",
        target=round(raw, 2),
    )


def _told(rates: Rates, name: str) -> str:
    return f"{median(rates[name]):,.0f}"


@cache
def _rates() -> Rates:
    database()
    count = scaled(MAILS, least=200)
    rates: Rates = {"raw one": [], "one": [], "raw two": [], "two": []}
    with sink() as port, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mails"
        due.only(count)
        due.make_due()
        due.sweep_all()
        due.keep_messages(path, SAMPLES)
        for _pair in range(PAIRS):
            for senders, name in ((1, "one"), (2, "two")):
                rates[f"raw {name}"].append(_raw(port, path, count, senders))
                rates[name].append(_product(port, count, senders))
    return rates


def _raw(port: int, path: Path, count: int, senders: int) -> float:
    share = count // senders
    made = [lambda: Child("benchmarks.raw", port, path, share)] * senders
    with children(*made) as started:
        return share * senders / seconds_together(started)


def _product(port: int, count: int, senders: int) -> float:
    due.make_due()
    due.sweep_all()
    made = [lambda: Child("benchmarks.sending", EMAIL_URL=f"smtp://127.0.0.1:{port}")] * senders
    with children(*made) as started:
        seconds = seconds_together(started)
    _assert_all_sent(count)
    return count / seconds


def _assert_all_sent(count: int) -> None:
    from interviews.models import Mail, Reminder

    assert Mail.objects.filter(state="sent").count() == count
    assert Reminder.objects.filter(state="sent").count() == count
