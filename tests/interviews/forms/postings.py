"""How each form of the product is sent: where to, what is right, and what becomes of its texts.

A form that is not named here fails tests/interviews/forms/test_worst_text.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core import mail
from django.test import Client

from interviews.models import Contact, Interlocutor, Interview, Result, Vacancy
from interviews.reminders.links import action_url
from tests.accounts.codes import code_in
from tests.interviews.views.test_action_links import CARD
from tests.site.visitors import Scene
from tests.support.people import PASSWORD

Stored = Callable[[Scene], Mapping[str, str]]


@dataclass(frozen=True)
class Posting:
    """`name` is the address it is sent to; `right` what would be taken; `texts` what else may be
    typed freely; `stored` what the texts have become."""

    name: str
    right: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    visitor: str = "owner"
    before: Callable[[Client, Scene], object] | None = None
    stored: Stored | None = None
    path: Callable[[Scene], str] | None = None


DAY = date.today() + timedelta(days=7)  # noqa: DTZ011
WHEN = {"starts_at_0": f"{DAY}", "starts_at_1": "10:00", "minutes": "60"}
ROWS = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0"}
SOMEBODY = {"people-0-name": "Nina", "people-0-role": "peer"}
OF_SOMEBODY = ("people-0-phone", "people-0-email")
POSITION = {"title": "Analyst", "company_name": "Neo", "stage": "first"}
ZONE = {"timezone": "Europe/Berlin"}
NEW_USER = {"email": "new@example.org", "password1": PASSWORD, **ZONE}
SETTINGS = {"contact_opens": "09:00", "contact_closes": "17:00", "counting": "calendar"}


def _newest(model: type) -> object:
    return model.objects.order_by("-pk")[0]


def _person(scene: Scene) -> Mapping[str, str]:
    made = _newest(Interlocutor)
    names = ("name", "position", "phone", "notes")
    company = {"company_name": made.company.name} if made.company else {}
    return {name: getattr(made, name) for name in names} | company


def _interview(scene: Scene) -> Mapping[str, str]:
    made = _newest(Interview)
    vacancy, person = made.vacancy, made.interlocutors.get()
    agency = {"agency_name": vacancy.agency.name} if vacancy.agency else {}
    found = {"title": vacancy.title, "company_name": vacancy.company.name, "place": made.place}
    return found | agency | {"people-0-name": person.name, "people-0-phone": person.phone}


def _changed(scene: Scene) -> Mapping[str, str]:
    row = Interview.objects.get(pk=scene.world.full.pk)
    return {"place": row.place, "notes": row.notes}


def _vacancy(scene: Scene) -> Mapping[str, str]:
    row = Vacancy.objects.get(pk=scene.world.full.vacancy.pk)
    return {"title": row.title, "source": row.source, "rating_notes": row.rating_notes}


def _company(scene: Scene) -> Mapping[str, str]:
    return {"name": Vacancy.objects.get(pk=scene.world.full.vacancy.pk).company.name}


def _contact(scene: Scene) -> Mapping[str, str]:
    return {"notes": _newest(Contact).notes}


def _agreement(scene: Scene) -> Mapping[str, str]:
    return {"notes": scene.world.by_step["fix_agreement"].agreements.get().notes}


def _result(scene: Scene) -> Mapping[str, str]:
    made = Result.objects.get(interview=scene.world.full)
    return {"feedback": made.feedback, "recommended_to": made.recommended_to}


def _settings(scene: Scene) -> Mapping[str, str]:
    scene.alice.user.refresh_from_db()
    return {"name": scene.alice.user.name}


def _follow(step: str, action: str) -> dict[str, object]:
    """The short forms behind a mail's links: opened first, without a sign-in."""

    def open_link(client: Client, scene: Scene) -> None:
        client.get(action_url(scene.world.reminders[step], action))

    return {
        "name": "interviews:action",
        "visitor": "nobody",
        "before": open_link,
        "path": lambda scene: f"/act/{scene.world.reminders[step].pk}/{action}/",
    }


def _at(step: str, page: str) -> Callable[[Scene], str]:
    return lambda scene: f"/interviews/{scene.world.by_step[step].pk}/{page}/"


def _post(path: str, **data: str) -> Callable[[Client, Scene], object]:
    return lambda client, scene: client.post(path, data)


def _reset(client: Client, scene: Scene) -> None:
    client.post("/accounts/password/reset/", {"email": "alice@example.org"})
    code = code_in(mail.outbox[-1])
    client.post("/accounts/password/reset/confirm/", {"code": code})


def _without_password(client: Client, scene: Scene) -> None:
    scene.alice.user.set_unusable_password()
    scene.alice.user.save()
    client.force_login(scene.alice.user)


INTERVIEWS: dict[str, Posting] = {
    "AgreementForm": Posting(
        "interviews:agreement-create",
        CARD,
        ("notes", "due_on", "due_time", "made_at_0", "made_at_1"),
        path=_at("fix_agreement", "agreement"),
        stored=_agreement,
    ),
    "AttendeeForm": Posting(
        "interviews:interview-create",
        POSITION | WHEN | ROWS | SOMEBODY,
        (*OF_SOMEBODY, "people-0-known", "people-1-name"),
    ),
    "CallForm": Posting(
        "interviews:call", {"outcome": "nobody"}, ("notes", "at_0", "at_1"), stored=_contact
    ),
    "CandidateForm": Posting("interviews:candidate-create", ZONE, visitor="coach"),
    "CardsForm": Posting("interviews:interlocutor-import", {"cards": "x"}, ("take",)),
    "CompanyForm": Posting(
        "interviews:company-update", {"name": "Neo", "kind": "employer"}, ("size",), stored=_company
    ),
    "ConfirmForm": Posting(**_follow("call", "tomorrow"), texts=("x",)),
    "ContactForm": Posting(
        "interviews:contact-create",
        {"kind": "still_open", "channel": "phone"},
        ("notes", "person", "at_0", "at_1", "has_new_day"),
        stored=_contact,
    ),
    "InterlocutorForm": Posting(
        "interviews:interlocutor-create",
        {"name": "Nina", "origin": "card"},
        ("company_name", "position", "phone", "email", "notes"),
        stored=_person,
    ),
    "InterviewCancelForm": Posting("interviews:interview-cancel", texts=("invitation_sequence",)),
    "InterviewChangeForm": Posting(
        "interviews:interview-update",
        WHEN | ROWS | {"stage": "first"},
        ("place", "link", "notes", "invitation_uid", "invitation_sequence"),
        stored=_changed,
    ),
    "InterviewForm": Posting(
        "interviews:interview-create",
        POSITION | WHEN | ROWS | SOMEBODY,
        (*OF_SOMEBODY, "agency_name", "place", "link", "invitation_uid", "submission_id"),
        stored=_interview,
    ),
    "KeptLetterForm": Posting(
        "interviews:letter", {"keep": "", "channel": "email", "notes": "Dear"}, ("subject",)
    ),
    "LetterForm": Posting(
        "interviews:letter",
        {"channel": "email"},
        ("subject", "notes", "person", "at_0", "at_1"),
        stored=_contact,
    ),
    "MissedCallForm": Posting("interviews:missed-call", texts=("submission_id",)),
    "OfferForm": Posting("interviews:offer", {"answer": "more_time"}, ("answer_by_on",)),
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
    "ResultForm": Posting(
        "interviews:result",
        {"kind": "refusal"},
        (
            *("feedback", "recommended_to", "lacking", "lacking_before", "via"),
            *("recontact_on", "known_at_0", "known_at_1"),
        ),
        stored=_result,
    ),
    "SettingsForm": Posting(
        "interviews:candidate-update",
        SETTINGS,
        ("name", "country", "subdivision", "notice_days", "mailed_steps"),
        stored=_settings,
    ),
    "UploadForm": Posting("interviews:interview-import", texts=("file",)),
    "VacancyForm": Posting(
        "interviews:vacancy-update",
        {"title": "Analyst"},
        ("agency_name", "url", "source"),
        stored=_vacancy,
    ),
    "WeighForm": Posting(
        "interviews:weigh",
        {"attractiveness": "4", "desire": "5"},
        ("rating_notes", "pay_rating", "pay_weight"),
        stored=_vacancy,
    ),
    "WithdrawForm": Posting("interviews:withdraw", texts=("vacancies",)),
    "WroteForm": Posting(
        **_follow("write", "wrote"),
        right={"channel": "email"},
        texts=("notes", "at_0", "at_1", "person"),
        stored=_contact,
    ),
    "ZoneForm": Posting("interviews:candidate-zone", ZONE),
}

ACCOUNTS: dict[str, Posting] = {
    "LoginForm": Posting(
        "account_login", {"login": "alice@example.org", "password": "x"}, ("next",), "nobody"
    ),
    "SignupForm": Posting("account_signup", NEW_USER, ("next",), "nobody"),
    "RequestLoginCodeForm": Posting(
        "account_request_login_code", {"email": "alice@example.org"}, ("next",), "nobody"
    ),
    "ConfirmLoginCodeForm": Posting(
        "account_confirm_login_code",
        {"code": "ABCDEF"},
        ("next",),
        "nobody",
        _post("/accounts/login/code/", email="alice@example.org"),
    ),
    "ConfirmEmailForm": Posting(
        "account_email_verification_sent",
        {"code": "ABCDEF"},
        ("action",),
        "nobody",
        _post("/accounts/signup/", **NEW_USER),
    ),
    "ResetPasswordForm": Posting(
        "account_reset_password", {"email": "alice@example.org"}, (), "nobody"
    ),
    "ConfirmResetForm": Posting(
        "account_confirm_password_reset_code",
        {"code": "ABCDEF"},
        (),
        "nobody",
        _post("/accounts/password/reset/", email="alice@example.org"),
    ),
    "NewPasswordForm": Posting(
        "account_complete_password_reset",
        {"password1": PASSWORD, "password2": PASSWORD},
        (),
        "nobody",
        _reset,
    ),
    "ChangePasswordForm": Posting(
        "account_change_password",
        {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"},
    ),
    "SetPasswordForm": Posting(
        "account_set_password",
        {"password1": PASSWORD, "password2": PASSWORD},
        before=_without_password,
    ),
    "AddEmailForm": Posting("account_email", {"email": "b@example.org", "action_add": ""}),
    "ChangeEmailForm": Posting("account_email", {"email": "b@example.org"}, ("action_send",)),
    "ReauthenticateForm": Posting("account_reauthenticate", {"password": PASSWORD}, ("next",)),
}

# What takes a post without a form of its own, and what it reads.
BARE: dict[str, tuple[str, ...]] = {
    "interviews:address-retry": ("next",),
    "interviews:agreement-delete": ("x",),
    "interviews:agreement-preview": ("due", "due_on", "notes", "made_at_0", "responsible"),
    "interviews:calendar-create": ("x",),
    "interviews:calendar-delete": ("x",),
    "interviews:calendar-renew": ("x",),
    "interviews:call-noted": ("x",),
    "interviews:contact-delete": ("x",),
    "interviews:finish": ("act", "attractiveness", "desire", "next"),
    "interviews:interlocutor-delete": ("x",),
    "interviews:interlocutor-update": ("name", "company_name", "phone", "email", "notes"),
    "interviews:interview-reinstate": ("x",),
    "interviews:nothing-agreed": ("noted_ago", "next"),
    "interviews:nothing-agreed-delete": ("x",),
    "interviews:reminders-pause": ("next",),
    "interviews:reminders-resume": ("next",),
    "interviews:result-delete": ("x",),
    "interviews:theme": ("theme", "next"),
    "interviews:undo": ("token", "next"),
    "interviews:unsubscribe": ("x",),
    "interviews:unsubscribe-open": ("List-Unsubscribe",),
    "interviews:weigh-preview": ("attractiveness", "desire", "pay_rating", "rating_notes"),
    "account_logout": ("next",),
}
# What a page reads of its address.
ASKED = {
    "/today/": ("company", "stage", "page", "narrow"),
    "/search/": ("q", "page"),
    "/people/": ("q", "page"),
    "/interviews/": ("page",),
    "/interviews/new/": ("continues", "title", "company", "source"),
    "/settings/": ("country",),
    "/accounts/login/": ("next",),
    "/accounts/signup/": ("next",),
}
ASKED_OF_INTERVIEW = {
    "agreement": ("contact",),
    "letter": ("occasion",),
    "result": ("kind", "via", "at"),
    "cancel": ("invitation_sequence",),
    "withdraw": ("done", "page"),
}
