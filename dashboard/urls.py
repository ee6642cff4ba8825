"""Every address of the product, by noun. The view is named after the URL, with underscores."""

from django.urls import path

from dashboard.agreements.views import agreement_create, agreement_delete, agreement_preview
from dashboard.coachings.invitation import (
    coaching_invitation,
    coaching_invitation_answer,
    coaching_invitation_open,
)
from dashboard.coachings.request import (
    coaching_request,
    coaching_request_answer,
    coaching_request_open,
)
from dashboard.coachings.views import coaching_create, coaching_end, coaching_list, coaching_update
from dashboard.companies.views import company_update
from dashboard.competences.views import competence_update
from dashboard.contacts.call import call, call_noted, missed_call
from dashboard.contacts.letter import letter
from dashboard.contacts.views import contact_create, contact_delete
from dashboard.insights.assumptions import assumptions_delete, assumptions_update
from dashboard.insights.csv import insights_csv
from dashboard.insights.sharing import sharing
from dashboard.insights.views import insights
from dashboard.interlocutors.business_cards import (
    interlocutor_card,
    interlocutor_cards,
    interlocutor_import,
)
from dashboard.interlocutors.views import (
    interlocutor_create,
    interlocutor_delete,
    interlocutor_detail,
    interlocutor_list,
    interlocutor_update,
)
from dashboard.interviews.invitation import interview_import
from dashboard.interviews.questions import questions
from dashboard.interviews.views import (
    interview_cancel,
    interview_create,
    interview_detail,
    interview_list,
    interview_reinstate,
    interview_update,
    nothing_agreed,
    nothing_agreed_delete,
)
from dashboard.mail_links.views import mail_link, mail_link_open
from dashboard.offline.views import device, manifest, offline, offline_queue, service_worker
from dashboard.personal_data.account_deletion import (
    account_delete,
    account_delete_cancel,
    deletion_cancel,
    deletion_cancel_open,
)
from dashboard.personal_data.audit_log import audit_log
from dashboard.personal_data.views import data_export, data_import
from dashboard.proposals.views import proposal_answer
from dashboard.quick_actions import quick_action
from dashboard.results.offer import offer
from dashboard.results.views import result, result_delete, result_next
from dashboard.results.withdraw import withdraw
from dashboard.search.views import search
from dashboard.settings.address_retry import address_retry
from dashboard.settings.calendar import (
    calendar,
    calendar_create,
    calendar_delete,
    calendar_feed,
    calendar_renew,
)
from dashboard.settings.coach import coach_update
from dashboard.settings.theme import theme
from dashboard.settings.unsubscribe import unsubscribe, unsubscribe_open
from dashboard.settings.views import (
    candidate_create,
    candidate_update,
    candidate_zone,
    reminders_pause,
    reminders_resume,
)
from dashboard.site.accessibility import accessibility
from dashboard.site.health import healthz
from dashboard.site.mail_events import mail_events
from dashboard.site.metrics import metrics
from dashboard.site.styleguide import styleguide
from dashboard.site.well_known import change_password, security_txt
from dashboard.today.views import landing, today
from dashboard.undo import undo
from dashboard.vacancies.rate import rate, rate_preview
from dashboard.vacancies.views import vacancy_update

app_name = "dashboard"

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
    path("kept/", offline_queue, name="offline-queue"),
    # interviews
    path("interviews/", interview_list, name="interview-list"),
    path("interviews/new/", interview_create, name="interview-create"),
    path("interviews/from-invitation/", interview_import, name="interview-import"),
    path("interviews/<uuid:pk>/", interview_detail, name="interview-detail"),
    path("interviews/<uuid:pk>/edit/", interview_update, name="interview-update"),
    path("interviews/<uuid:pk>/cancel/", interview_cancel, name="interview-cancel"),
    path("interviews/<uuid:pk>/reinstate/", interview_reinstate, name="interview-reinstate"),
    path("interviews/<uuid:pk>/questions/", questions, name="questions"),
    path("interviews/<uuid:pk>/weigh/", rate, name="rate"),
    path("interviews/<uuid:pk>/weigh/preview/", rate_preview, name="rate-preview"),
    path("interviews/<uuid:pk>/finish/", quick_action, name="quick-action"),
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
    path("settings/zone/", candidate_zone, name="candidate-time-zone"),
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
    path("learned/", insights, name="insights"),
    path("learned/assumptions/", assumptions_update, name="assumptions-update"),
    path("learned/assumptions/published/", assumptions_delete, name="assumptions-delete"),
    path("learned/sharing/", sharing, name="sharing"),
    path("learned/<slug:name>.csv", insights_csv, name="insights-csv"),
    path("competences/<uuid:pk>/", competence_update, name="competence-update"),
    path("settings/record/", audit_log, name="audit-log"),
    path("settings/delete/", account_delete, name="account-delete"),
    path("settings/delete/keep/", account_delete_cancel, name="account-delete-cancel"),
    path("settings/export/", data_export, name="data-export"),
    path("settings/import/", data_import, name="data-import"),
    path("settings/calendar/", calendar, name="calendar"),
    path("settings/calendar/create/", calendar_create, name="calendar-create"),
    path("settings/calendar/renew/", calendar_renew, name="calendar-renew"),
    path("settings/calendar/delete/", calendar_delete, name="calendar-delete"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar-feed"),
    path("reminders/pause/", reminders_pause, name="reminders-pause"),
    path("reminders/resume/", reminders_resume, name="reminders-resume"),
    path("address/retry/", address_retry, name="address-retry"),
    # links in mails, without a sign-in
    path("act/<str:token>/", mail_link_open, name="mail-link-open"),
    path("act/<uuid:pk>/<str:name>/", mail_link, name="mail-link"),
    path("coaching/invitation/", coaching_invitation, name="coaching-invitation"),
    path(
        "coaching/invitation/<str:token>/",
        coaching_invitation_open,
        name="coaching-invitation-open",
    ),
    path("coaching/request/", coaching_request, name="coaching-request"),
    path("coaching/request/<str:token>/", coaching_request_open, name="coaching-request-open"),
    path("keep/", deletion_cancel, name="deletion-cancel"),
    path("keep/<str:token>/", deletion_cancel_open, name="deletion-cancel-open"),
    path("unsubscribe/", unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/", unsubscribe_open, name="unsubscribe-open"),
]
