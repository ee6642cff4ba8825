"""How each form of the product is sent: where to, what is right, and what becomes of its texts.

A form that is not named here fails tests/dashboard/forms/test_hostile_text.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import Client

from interviews.models import (
    CoachNote,
    Contact,
    Interlocutor,
    Interview,
    Proposal,
    Result,
    Vacancy,
)
from reminders.signed_links import action_url
from tests.dashboard.linking import CARD
from tests.site.visitors import VisitedSite

Stored = Callable[[VisitedSite], Mapping[str, str]]


@dataclass(frozen=True)
class Posting:
    """`name` is the address it is sent to; `right` what would be taken; `texts` what else may be
    typed freely; `stored` what the texts have become."""

    name: str
    right: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    visitor: str = "owner"
    before: Callable[[Client, VisitedSite], object] | None = None
    stored: Stored | None = None
    path: Callable[[VisitedSite], str] | None = None


DAY = date.today() + timedelta(days=7)  # noqa: DTZ011
WHEN = {"starts_at_0": f"{DAY}", "starts_at_1": "10:00", "minutes": "60"}
ROWS = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0"}
SOMEBODY = {"people-0-name": "Nina", "people-0-role": "peer"}
OF_SOMEBODY = ("people-0-phone", "people-0-email")
POSITION = {"title": "Analyst", "company_name": "Neo", "stage": "first"}
OF_POSITION = (
    *("url", "source", "was_advertised", "place", "salary", "applied_on", "applied_via", "tags"),
    *("follow_up_on", "notes", "advert_text", "declared_state"),
)
TERMS = {"shares": "steps", "reach": "all"}
ZONE = {"timezone": "Europe/Berlin"}
HOURS = ZONE | {"contact_opens": "09:00", "contact_closes": "17:00", "counting": "calendar"}


def _newest(model: type) -> object:
    return model.objects.order_by("-pk")[0]


def _coach_note(site: VisitedSite) -> Mapping[str, str]:
    return {"text": _newest(CoachNote).text}


def _person(site: VisitedSite) -> Mapping[str, str]:
    made = _newest(Interlocutor)
    names = ("name", "position", "phone", "notes")
    company = {"company_name": made.company.name} if made.company else {}
    return {name: getattr(made, name) for name in names} | company


def _interview(site: VisitedSite) -> Mapping[str, str]:
    made = _newest(Interview)
    vacancy, person = made.vacancy, made.interlocutors.get()
    agency = {"agency_name": vacancy.agency.name} if vacancy.agency else {}
    found = {"title": vacancy.title, "company_name": vacancy.company.name, "place": made.place}
    return found | agency | {"people-0-name": person.name, "people-0-phone": person.phone}


def _changed(site: VisitedSite) -> Mapping[str, str]:
    row = Interview.objects.get(pk=site.world.full.pk)
    return {"place": row.place, "notes": row.notes}


def _vacancy(site: VisitedSite) -> Mapping[str, str]:
    row = Vacancy.objects.get(pk=site.world.full.vacancy.pk)
    return {"title": row.title, "source": row.source, "rating_notes": row.rating_notes}


def _position(site: VisitedSite) -> Mapping[str, str]:
    made = Vacancy.objects.order_by("-created_at")[0]
    names = ("title", "source", "place", "salary", "notes", "advert_text")
    return {name: getattr(made, name) for name in names} | {"company_name": made.company.name}


def _company(site: VisitedSite) -> Mapping[str, str]:
    return {"name": Vacancy.objects.get(pk=site.world.full.vacancy.pk).company.name}


def _competence(site: VisitedSite) -> Mapping[str, str]:
    return {"plan": site.world.full.result.competences.all()[0].plan}


def _contact(site: VisitedSite) -> Mapping[str, str]:
    return {"notes": _newest(Contact).notes}


def _agreement(site: VisitedSite) -> Mapping[str, str]:
    return {"notes": site.world.by_step["fix_agreement"].agreements.get().notes}


def _result(site: VisitedSite) -> Mapping[str, str]:
    made = Result.objects.get(interview=site.world.full)
    return {"feedback": made.feedback, "recommended_to": made.recommended_to}


def _settings(site: VisitedSite) -> Mapping[str, str]:
    site.alice.user.refresh_from_db()
    return {"name": site.alice.user.name}


def _follow(step: str, action: str) -> dict[str, object]:
    """The short forms behind a mail's links: opened first, without a sign-in."""

    def open_link(client: Client, site: VisitedSite) -> None:
        client.get(action_url(site.world.reminders[step], action))

    return {
        "name": "dashboard:mail-link",
        "visitor": "nobody",
        "before": open_link,
        "path": lambda site: f"/act/{site.world.reminders[step].pk}/{action}/",
    }


def _at(step: str, page: str) -> Callable[[VisitedSite], str]:
    return lambda site: f"/interviews/{site.world.by_step[step].pk}/{page}/"


def _mail_proposal(site: VisitedSite) -> str:
    return f"/mail-proposals/{site.world.full.mail_proposals.get().pk}/"


SERVER = {"server": "https://push.example"}


def _message(kind: str, right: Mapping[str, str], *texts: str) -> Posting:
    path = f"/settings/notifications/messages/{kind}/"
    return Posting("dashboard:message-channel", right, texts, path=lambda _site: path)


INTERVIEWS: dict[str, Posting] = {
    "AgreementForm": Posting(
        "dashboard:agreement-create",
        CARD,
        ("notes", "due_on", "due_time", "made_at_0", "made_at_1"),
        path=_at("fix_agreement", "agreement"),
        stored=_agreement,
    ),
    "AttendeeForm": Posting(
        "dashboard:interview-create",
        POSITION | WHEN | ROWS | SOMEBODY,
        (*OF_SOMEBODY, "people-0-known", "people-1-name"),
    ),
    "CallForm": Posting(
        "dashboard:call", {"outcome": "nobody"}, ("notes", "at_0", "at_1"), stored=_contact
    ),
    "CandidateForm": Posting("dashboard:candidate-create", ZONE, visitor="coach"),
    "CardsForm": Posting("dashboard:interlocutor-import", {"cards": "x"}, ("take",)),
    "CompanyForm": Posting(
        "dashboard:company-update", {"name": "Neo", "kind": "employer"}, ("size",), stored=_company
    ),
    "InviteForm": Posting(
        "dashboard:coaching-create",
        TERMS | {"address": "coach@example.org"},
        ("vacancies", "ends_on"),
    ),
    "TermsForm": Posting(
        "dashboard:coaching-request-answer", TERMS, ("vacancies", "ends_on", "answer")
    ),
    "AssumptionsForm": Posting(
        "dashboard:assumptions-update",
        {
            "told_percent": "60",
            "kept_percent": "30",
            "positive_percent": "20",
            "median_days": "9",
            "published_worth": "5",
            "counts_others": "on",
        },
    ),
    "SharedForm": Posting("dashboard:shared-position", {"title": "Neo"}, ("page", "text", "url")),
    "CompetenceForm": Posting(
        "dashboard:competence-update", texts=("plan", "working_since_on"), stored=_competence
    ),
    "ConfirmForm": Posting(**_follow("call", "tomorrow"), texts=("x",)),
    "ContactForm": Posting(
        "dashboard:contact-create",
        {"kind": "still_open", "channel": "phone"},
        ("notes", "person", "at_0", "at_1", "has_new_day"),
        stored=_contact,
    ),
    "InterlocutorForm": Posting(
        "dashboard:interlocutor-create",
        {"name": "Nina", "origin": "card"},
        ("company_name", "position", "phone", "email", "notes"),
        stored=_person,
    ),
    "InterviewCancelForm": Posting(
        "dashboard:interview-cancel", texts=("invitation_sequence", "invitation_stamped_at")
    ),
    "InterviewChangeForm": Posting(
        "dashboard:interview-update",
        WHEN | ROWS | {"stage": "first"},
        (
            "place",
            "link",
            "notes",
            "invitation_uid",
            "invitation_sequence",
            "invitation_stamped_at",
        ),
        stored=_changed,
    ),
    "InterviewForm": Posting(
        "dashboard:interview-create",
        POSITION | WHEN | ROWS | SOMEBODY,
        (
            *OF_SOMEBODY,
            "agency_name",
            "place",
            "link",
            "advertisement",
            "notes",
            "invitation_uid",
            "submission_id",
            "invitation_stamped_at",
        ),
        stored=_interview,
    ),
    "OwnLetterForm": Posting(
        "dashboard:letter", {"keep": "", "channel": "email", "notes": "Dear"}, ("subject",)
    ),
    "LetterForm": Posting(
        "dashboard:letter",
        {"channel": "email"},
        ("subject", "notes", "person", "at_0", "at_1"),
        stored=_contact,
    ),
    "MissedCallForm": Posting("dashboard:missed-call", texts=("submission_id",)),
    "OfferForm": Posting("dashboard:offer", {"answer": "more_time"}, ("answer_by_on",)),
    "RatingsForm": Posting(
        **_follow("weigh", "weigh"),
        right={"attractiveness": "4", "desire": "5"},
        texts=("rating_notes",),
    ),
    "RecontactForm": Posting(
        **_follow("recontact", "done"),
        right={"channel": "phone"},
        texts=("notes", "at_0", "at_1"),
        stored=_contact,
    ),
    "MailAnswerForm": Posting(
        "dashboard:mail-proposal",
        {"kind": "rejection"},
        ("wait", "act", "answer_by_on", "offer_answer_by_on"),
        path=_mail_proposal,
    ),
    "NotesForm": Posting("dashboard:interview-notes", {"was": "Σημείωση"}, ("notes",)),
    "ResultForm": Posting(
        "dashboard:result",
        {"kind": "refusal"},
        (
            *("feedback", "recommended_to", "lacking", "lacking_before", "via"),
            *("recontact_on", "known_at_0", "known_at_1"),
        ),
        stored=_result,
    ),
    "YouForm": Posting(
        "dashboard:settings-you", {"notice_unit": "days"}, ("name", "notice"), stored=_settings
    ),
    "HoursForm": Posting("dashboard:settings-hours", HOURS, ("country", "subdivision")),
    "RemindersForm": Posting(
        "dashboard:settings-reminders", {"wants_reminders": "on"}, ("mailed_steps",)
    ),
    "NotificationsForm": Posting(
        "dashboard:notifications",
        {"first": "push", "follows": "email"},
        ("order_call", "shows_names_on_lock_screen"),
    ),
    "NtfyForm": _message("ntfy", SERVER | {"topic": "waiting"}, "token"),
    "TelegramForm": _message("telegram", {"token": "1:a", "chat": "42"}),
    "PushoverForm": _message("pushover", {"user": "u" * 30, "token": "t" * 30}),
    "GotifyForm": _message("gotify", SERVER | {"token": "t"}),
    "MatrixForm": _message("matrix", SERVER | {"room": "!a:m.example", "token": "t"}),
    "SignalForm": _message("signal", SERVER | {"sender": "+4915112345678"}, "recipient"),
    "WebhookForm": _message("webhook", {"url": "https://hooks.example/"}),
    "ChannelCodeForm": Posting(
        "dashboard:message-channel-code",
        {"code": "123456"},
        path=lambda _site: "/settings/notifications/messages/ntfy/code/",
    ),
    "ImportForm": Posting("dashboard:data-import", texts=("file", "takes_name")),
    "UploadForm": Posting("dashboard:interview-import", texts=("file",)),
    "MappingForm": Posting(
        "dashboard:position-import-detail",
        {"column-1": "company", "column-2": "position"},
        ("column-3", "day_first", "year", "go"),
    ),
    "VacancyForm": Posting(
        "dashboard:vacancy-update",
        {"title": "Analyst"},
        ("agency_name", *OF_POSITION),
        stored=_vacancy,
    ),
    "PositionForm": Posting(
        "dashboard:position-create",
        {"title": "Analyst", "company_name": "Neo"},
        ("agency_name", "submission_id", "with_interview", *OF_POSITION),
        stored=_position,
    ),
    "CloseForm": Posting(
        "dashboard:position-close",
        {"closing_reason": "refused", "closed_on": "2026-01-05"},
        ("act",),
    ),
    "RateForm": Posting(
        "dashboard:rate",
        {"attractiveness": "4", "desire": "5"},
        ("rating_notes", "pay_rating", "pay_weight"),
        stored=_vacancy,
    ),
    "WithdrawForm": Posting("dashboard:withdraw", texts=("vacancies",)),
    "WroteForm": Posting(
        **_follow("write", "wrote"),
        right={"channel": "email"},
        texts=("notes", "at_0", "at_1", "person"),
        stored=_contact,
    ),
    "AskForm": Posting(
        "admin:interviews_coaching_ask", {"address": "nora@example.org"}, visitor="coach"
    ),
    "CommentForm": Posting(
        "admin:interviews_interview_comment",
        {"text": "Shorter"},
        visitor="coach",
        stored=_coach_note,
    ),
    "NoteForm": Posting(
        "admin:interviews_interview_note",
        {"text": "Well told"},
        ("is_shared",),
        visitor="coach",
        stored=_coach_note,
    ),
    "ProposalForm": Posting(
        "admin:interviews_interview_propose",
        {"action": "other", "words": "Ask Nina"},
        ("by_on",),
        visitor="coach",
        stored=lambda site: {"words": _newest(Proposal).words},
    ),
    "CoachSettingsForm": Posting(
        "dashboard:coach-update",
        ZONE | {"digest_time": "07:30", "digest_weekdays": "0"},
        ("name",),
        visitor="coach",
    ),
}
