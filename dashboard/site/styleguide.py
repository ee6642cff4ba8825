"""Every component in every state on one page, for designers; only with DEBUG."""

from datetime import UTC, date, datetime

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dashboard.buttons.links import Button
from dashboard.cards import Card
from dashboard.forms.base import More, PageForm, choices, pair, radio
from dashboard.forms.moments import ClockField, DayField
from interviews.current_step import CurrentStep
from interviews.models import Company, Interview, Vacancy
from interviews.wait_line.layout import WaitLine, draw
from interviews.wait_line.waited import ContactDot, DotKind, Waited

ROLES = ("paper", "card", "sunken", "ink", "soft", "rule", "edge", "accent", "accent-strong")
STATES = ("overdue", "due", "waiting", "answered", "closed")
TYPE = ("h1", "larger", "large", "said", "text", "small", "fine", "tiny")
SPACE = ("hair", "1", "2", "3", "4", "5", "6", "8", "12")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    context = {
        "roles": ROLES,
        "states": STATES,
        "type": TYPE,
        "space": SPACE,
        "cards": [(_card(state), _line(state)) for state in STATES],
        "form": SampleForm(),
        "refused": SampleForm({"day": "soon", "colour": ""}),
    }
    return render(request, "dashboard/site/styleguide.html", context)


# A wait in a fixed week, so that the page always looks the same.
PROMISED = date(2026, 11, 20)


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


BEGAN, NOW = _at(16, 15), _at(23, 11)


def _line(state: str) -> WaitLine:
    """Together the timelines contain every mark: promise, window, days off, contacts, an end."""
    touches = (
        ContactDot(_at(17, 9), DotKind.LETTER),
        ContactDot(_at(20, 16), DotKind.THEIRS),
        ContactDot(_at(22, 10), DotKind.CALL),
    )
    if state in ("due", "waiting"):
        return draw(Waited(BEGAN, opens_on=PROMISED, closes_on=date(2026, 11, 23)), now=NOW)
    if state == "overdue":
        rests = (date(2026, 11, 21), date(2026, 11, 22))
        return draw(Waited(BEGAN, promised_on=PROMISED, touches=touches, rests=rests), now=NOW)
    ended = Waited(BEGAN, promised_on=PROMISED, known_at=NOW, outcome=_("next stage"))
    return draw(ended, now=NOW)


def _card(state: str) -> Card:
    company = Company(name=_("Acme"))
    interview = Interview(vacancy=Vacancy(title=_("Product analyst"), company=company))
    is_acted_on = state in ("due", "overdue")
    return Card(
        current=CurrentStep(interview, None, NOW),
        state=state,
        label=state,
        say=lambda: _(
            "Anna Petrova promised an answer by Friday. It’s Monday, and calling is welcome."
        ),
        main=Button(_("Call Anna Petrova"), "#buttons") if is_acted_on else None,
        others=[Button(_("Record result"), "#buttons")] if is_acted_on else [],
    )


class SampleForm(PageForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("As on their business card.")
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), choices=[("first", gettext_lazy("first interview"))]
    )
    colour = radio(
        [
            ("one", gettext_lazy("one")),
            ("two", gettext_lazy("two")),
            ("three", gettext_lazy("three")),
        ],
        label=gettext_lazy("One of a few"),
        initial="two",
    )
    day = DayField(label=gettext_lazy("Day"))
    time = ClockField(label=gettext_lazy("Time"), required=False)
    is_kept = forms.BooleanField(label=gettext_lazy("Keep it on file"), required=False)
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "refused_%s" if self.is_bound else "id_%s"
        rest = More(gettext_lazy("A note"), "notes")
        self.lay_out("name", "stage", choices("colour"), pair("day", "time"), "is_kept", rest)
