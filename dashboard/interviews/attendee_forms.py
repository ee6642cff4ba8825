"""The participants of an interview: known people, or new ones."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageForm, offer_rows
from interviews import access, queries
from interviews.models import Candidate, Interlocutor, Interview, Participation, Vacancy
from interviews.services.interviews import Attendee

PEOPLE_MAX = 5


class AttendeeForm(PageForm):
    sometimes_needed = ("known", "name")

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
    )
    known = forms.ModelChoiceField(
        queryset=Interlocutor.objects.none(),
        label=_("Or someone you’ve met"),
        empty_label=_("Someone new"),
        required=False,
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("Not known")), *Participation.Role.choices], required=False
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(label=_("Email"), required=False)

    def __init__(
        self,
        *args: Any,
        candidate: Candidate,
        people: Sequence[Interlocutor],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = self.fields["known"]
        assert isinstance(known, forms.ModelChoiceField)
        known.queryset = queries.interlocutors_of(candidate)
        offer_rows(known, people)
        if not people:
            del self.fields["known"]
        self.lay_out(*self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_details = cleaned.get("phone") or cleaned.get("email")
        if has_details and not cleaned.get("name") and not cleaned.get("known"):
            self.add_error("name", _("Enter this person’s name."))
        return cleaned

    @property
    def is_shown(self) -> bool:
        """The row has input, valid or not."""
        if not self.is_bound:
            return bool(self.initial)
        typed = (self.data.get(self.add_prefix(name)) for name in ("known", "name", "phone"))
        return bool(self.errors) or any(typed)

    @property
    def is_empty(self) -> bool:
        """Nobody was named, so the row is skipped."""
        return not self.cleaned_data.get("known") and not self.cleaned_data.get("name")

    def attendee(self, vacancy: Vacancy) -> Attendee:
        cleaned = self.cleaned_data
        person = cleaned.get("known") or self._named(vacancy)
        return Attendee(interlocutor=person, role=cleaned["role"])

    def _named(self, vacancy: Vacancy) -> Interlocutor:
        """Return the typed person: a known one, whom a long list may not show, or a new one."""
        typed = {name: self.cleaned_data[name] for name in ("name", "phone", "email")}
        is_recruiter = self.cleaned_data["role"] == Participation.Role.RECRUITER
        company = (is_recruiter and vacancy.agency) or vacancy.company
        known = access.find_person(vacancy.candidate, company=company, **typed)
        return known or Interlocutor(candidate=vacancy.candidate, company=company, **typed)


class BaseAttendeeFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    default_error_messages = {
        "missing_management_form": _(
            "Part of this form didn’t arrive. Reload the page and try again."
        )
    }

    # Names of invited people who were not participants before.
    added: Sequence[str] = ()

    def attendees(self, vacancy: Vacancy) -> list[Attendee]:
        """In the given order. A recruiter of a vacancy through an agency belongs to the agency."""
        return [form.attendee(vacancy) for form in self.forms if not form.is_empty]


AttendeeFormSet = forms.formset_factory(
    AttendeeForm,
    formset=BaseAttendeeFormSet,
    extra=PEOPLE_MAX,
    max_num=PEOPLE_MAX,
    absolute_max=5 * PEOPLE_MAX,
)


def attendee_formset(
    data: Any,
    *,
    candidate: Candidate,
    interview: Interview | None = None,
    invited: Sequence[tuple[str, str]] = (),
    offered: Sequence[UUID] = (),
) -> Any:
    """Filled in with the participants of `interview`, if given, and with `invited` people (name and
    email), known or new. People `offered` can be chosen in any case."""
    there: list[Participation] = []
    if interview is not None:
        there = list(interview.participations.select_related("interlocutor"))
    initial: list[dict[str, Any]] = [
        {"known": row.interlocutor_id, "role": row.role} for row in there
    ]
    # Of two people with the same name, a participant is meant.
    known = [row.interlocutor for row in there] + queries.people_of(candidate) if invited else []
    present, added = {row["known"] for row in initial}, []
    for name, email in invited:
        row = _invited(name, email, known)
        if row.get("known") not in present and len(initial) < PEOPLE_MAX:
            initial.append(row)
            added.append(name or email)
    taken = [*offered, *(row.get("known") for row in initial)]
    people = queries.people_near(candidate, interview=interview, besides=taken)
    named = {"candidate": candidate, "people": people}
    formset: Any = AttendeeFormSet(data, prefix="people", initial=initial, form_kwargs=named)
    formset.added = added
    return formset


def _invited(name: str, email: str, people: Sequence[Interlocutor]) -> dict[str, Any]:
    """Return a person known by that address or name, or a new one."""
    by_email = (each for each in people if each.email.casefold() == email.casefold() != "")
    by_name = (each for each in people if queries.folded(each.name) == queries.folded(name))
    known = next(by_email, None) or next(by_name, None)
    if known is not None:
        return {"known": known.pk}
    return {"name": name, "email": email}
