"""Every address of the product, by noun. The view is named after the URL, with underscores."""

from django.urls import path

from interviews.views.accessibility import accessibility
from interviews.views.action_links import action, action_open
from interviews.views.address import address_retry
from interviews.views.agreement import agreement_create, agreement_delete, agreement_preview
from interviews.views.assumptions import assumptions_delete, assumptions_update
from interviews.views.calendar import (
    calendar,
    calendar_create,
    calendar_delete,
    calendar_feed,
    calendar_renew,
)
from interviews.views.call import call, call_noted, missed_call
from interviews.views.candidate import (
    candidate_create,
    candidate_update,
    candidate_zone,
    reminders_pause,
    reminders_resume,
)
from interviews.views.card import (
    interlocutor_card,
    interlocutor_cards,
    interlocutor_import,
)
from interviews.views.coach import coach_update
from interviews.views.coaching import (
    coaching_create,
    coaching_end,
    coaching_list,
    coaching_update,
)
from interviews.views.coaching_invitation import (
    coaching_invitation,
    coaching_invitation_answer,
    coaching_invitation_open,
)
from interviews.views.coaching_request import (
    coaching_request,
    coaching_request_answer,
    coaching_request_open,
)
from interviews.views.company import company_update
from interviews.views.competence import competence_update
from interviews.views.contact import contact_create, contact_delete
from interviews.views.departure import departure, departure_withdraw, keep, keep_open
from interviews.views.finish import finish
from interviews.views.health import healthz
from interviews.views.interlocutor import (
    interlocutor_create,
    interlocutor_delete,
    interlocutor_detail,
    interlocutor_list,
    interlocutor_update,
)
from interviews.views.interview import (
    interview_cancel,
    interview_create,
    interview_detail,
    interview_list,
    interview_reinstate,
    interview_update,
    nothing_agreed,
    nothing_agreed_delete,
)
from interviews.views.invitation import interview_import
from interviews.views.learned import learned
from interviews.views.learned_csv import learned_csv
from interviews.views.letter import letter
from interviews.views.luggage import luggage_export, luggage_import
from interviews.views.mail_events import mail_events
from interviews.views.metrics import metrics
from interviews.views.offer import offer
from interviews.views.offline import device, kept, manifest, offline, service_worker
from interviews.views.proposal import proposal_answer
from interviews.views.questions import questions
from interviews.views.record import record
from interviews.views.result import result, result_delete, result_next
from interviews.views.search import search
from interviews.views.sharing import sharing
from interviews.views.styleguide import styleguide
from interviews.views.theme import theme
from interviews.views.today import landing, today
from interviews.views.undo import undo
from interviews.views.unsubscribe import unsubscribe, unsubscribe_open
from interviews.views.vacancy import vacancy_update
from interviews.views.weigh import weigh, weigh_preview
from interviews.views.well_known import change_password, security_txt
from interviews.views.withdraw import withdraw

app_name = "interviews"

urlpatterns = [
    path("", landing, name="landing"),
    path("today/", today, name="today"),
    path("search/", search, name="search"),
    path("undo/", undo, name="undo"),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("mail-events/", mail_events, name="mail-events"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path(".well-known/change-password", change_password, name="change-password"),
    path("accessibility/", accessibility, name="accessibility"),
    path("theme/", theme, name="theme"),
    path("styleguide/", styleguide, name="styleguide"),
    # what a device keeps
    path("service-worker.js", service_worker, name="service-worker"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("device/", device, name="device"),
    path("offline/", offline, name="offline"),
    path("kept/", kept, name="kept"),
    # interviews
    path("interviews/", interview_list, name="interview-list"),
    path("interviews/new/", interview_create, name="interview-create"),
    path("interviews/from-invitation/", interview_import, name="interview-import"),
    path("interviews/<uuid:pk>/", interview_detail, name="interview-detail"),
    path("interviews/<uuid:pk>/edit/", interview_update, name="interview-update"),
    path("interviews/<uuid:pk>/cancel/", interview_cancel, name="interview-cancel"),
    path("interviews/<uuid:pk>/reinstate/", interview_reinstate, name="interview-reinstate"),
    path("interviews/<uuid:pk>/questions/", questions, name="questions"),
    path("interviews/<uuid:pk>/weigh/", weigh, name="weigh"),
    path("interviews/<uuid:pk>/weigh/preview/", weigh_preview, name="weigh-preview"),
    path("interviews/<uuid:pk>/finish/", finish, name="finish"),
    # facts
    path("interviews/<uuid:pk>/agreement/", agreement_create, name="agreement-create"),
    path("interviews/<uuid:pk>/agreement/preview/", agreement_preview, name="agreement-preview"),
    path("interviews/<uuid:pk>/nothing-agreed/", nothing_agreed, name="nothing-agreed"),
    path(
        "interviews/<uuid:pk>/nothing-agreed/delete/",
        nothing_agreed_delete,
        name="nothing-agreed-delete",
    ),
    path("agreements/<uuid:pk>/delete/", agreement_delete, name="agreement-delete"),
    path("interviews/<uuid:pk>/call/", call, name="call"),
    path("interviews/<uuid:pk>/missed-call/", missed_call, name="missed-call"),
    path("contacts/<uuid:pk>/noted/", call_noted, name="call-noted"),
    path("interviews/<uuid:pk>/letter/", letter, name="letter"),
    path("interviews/<uuid:pk>/contact/", contact_create, name="contact-create"),
    path("contacts/<uuid:pk>/delete/", contact_delete, name="contact-delete"),
    path("interviews/<uuid:pk>/result/", result, name="result"),
    path("interviews/<uuid:pk>/result/next/", result_next, name="result-next"),
    path("interviews/<uuid:pk>/offer/", offer, name="offer"),
    path("interviews/<uuid:pk>/withdraw/", withdraw, name="withdraw"),
    path("results/<uuid:pk>/delete/", result_delete, name="result-delete"),
    # people, vacancies, companies
    path("people/", interlocutor_list, name="interlocutor-list"),
    path("people/new/", interlocutor_create, name="interlocutor-create"),
    path("people/import/", interlocutor_import, name="interlocutor-import"),
    path("people/cards.vcf", interlocutor_cards, name="interlocutor-cards"),
    path("people/<uuid:pk>/", interlocutor_detail, name="interlocutor-detail"),
    path("people/<uuid:pk>/card.vcf", interlocutor_card, name="interlocutor-card"),
    path("people/<uuid:pk>/edit/", interlocutor_update, name="interlocutor-update"),
    path("people/<uuid:pk>/delete/", interlocutor_delete, name="interlocutor-delete"),
    path("vacancies/<uuid:pk>/edit/", vacancy_update, name="vacancy-update"),
    path("companies/<uuid:pk>/edit/", company_update, name="company-update"),
    # the candidate
    path("start/", candidate_create, name="candidate-create"),
    path("settings/", candidate_update, name="candidate-update"),
    path("settings/zone/", candidate_zone, name="candidate-zone"),
    path("settings/mornings/", coach_update, name="coach-update"),
    path("settings/coaches/", coaching_list, name="coaching-list"),
    path("settings/coaches/new/", coaching_create, name="coaching-create"),
    path("settings/coaches/<uuid:pk>/", coaching_update, name="coaching-update"),
    path("settings/coaches/<uuid:pk>/end/", coaching_end, name="coaching-end"),
    path(
        "settings/coaches/requests/<uuid:pk>/",
        coaching_request_answer,
        name="coaching-request-answer",
    ),
    path("proposals/<uuid:pk>/answer/", proposal_answer, name="proposal-answer"),
    path(
        "coaching/invitations/<uuid:pk>/",
        coaching_invitation_answer,
        name="coaching-invitation-answer",
    ),
    path("learned/", learned, name="learned"),
    path("learned/assumptions/", assumptions_update, name="assumptions-update"),
    path("learned/assumptions/published/", assumptions_delete, name="assumptions-delete"),
    path("learned/sharing/", sharing, name="sharing"),
    path("learned/<slug:name>.csv", learned_csv, name="learned-csv"),
    path("competences/<uuid:pk>/", competence_update, name="competence-update"),
    path("settings/record/", record, name="record"),
    path("settings/delete/", departure, name="departure"),
    path("settings/delete/keep/", departure_withdraw, name="departure-withdraw"),
    path("settings/export/", luggage_export, name="luggage-export"),
    path("settings/import/", luggage_import, name="luggage-import"),
    path("settings/calendar/", calendar, name="calendar"),
    path("settings/calendar/create/", calendar_create, name="calendar-create"),
    path("settings/calendar/renew/", calendar_renew, name="calendar-renew"),
    path("settings/calendar/delete/", calendar_delete, name="calendar-delete"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar-feed"),
    path("reminders/pause/", reminders_pause, name="reminders-pause"),
    path("reminders/resume/", reminders_resume, name="reminders-resume"),
    path("address/retry/", address_retry, name="address-retry"),
    # links in mails, without a sign-in
    path("act/<str:token>/", action_open, name="action-open"),
    path("act/<uuid:pk>/<str:name>/", action, name="action"),
    path("coaching/invitation/", coaching_invitation, name="coaching-invitation"),
    path(
        "coaching/invitation/<str:token>/",
        coaching_invitation_open,
        name="coaching-invitation-open",
    ),
    path("coaching/request/", coaching_request, name="coaching-request"),
    path("coaching/request/<str:token>/", coaching_request_open, name="coaching-request-open"),
    path("keep/", keep, name="keep"),
    path("keep/<str:token>/", keep_open, name="keep-open"),
    path("unsubscribe/", unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/", unsubscribe_open, name="unsubscribe-open"),
]
