"""Every URL of the product, by noun. A view has its URL's name, with underscores."""

from django.urls import path
from django.views.generic import TemplateView

from dashboard.agreements import views as agreements
from dashboard.buttons import quick_actions, undo
from dashboard.coachings import invitation as coaching_invitation
from dashboard.coachings import request as coaching_request
from dashboard.coachings import views as coachings
from dashboard.companies import views as companies
from dashboard.competences import views as competences
from dashboard.contacts import call, letter
from dashboard.contacts import views as contacts
from dashboard.insights import assumptions, csv, sharing
from dashboard.insights import views as insights
from dashboard.interlocutors import business_cards
from dashboard.interlocutors import views as interlocutors
from dashboard.interviews import (
    first,
    first_steps,
    interview_list,
    invitation,
    lines,
    notes,
    questions,
    quick_add,
)
from dashboard.interviews import views as interviews
from dashboard.mail_links import notification
from dashboard.mail_links import views as mail_links
from dashboard.mail_proposals import views as mail_proposals
from dashboard.offline import views as offline
from dashboard.personal_data import account_deletion, audit_log
from dashboard.personal_data import views as personal_data
from dashboard.position_imports import result as position_import_results
from dashboard.position_imports import views as position_imports
from dashboard.proof import views as proof
from dashboard.proposals import views as proposals
from dashboard.results import offer, withdraw
from dashboard.results import views as results
from dashboard.search import palette
from dashboard.search import views as search
from dashboard.settings import (
    address_retry,
    calendar,
    coach,
    forwarding,
    message_channels,
    notifications,
    theme,
    unsubscribe,
)
from dashboard.settings import views as settings
from dashboard.shared import bookmarklet
from dashboard.shared import views as shared
from dashboard.site import (
    accessibility,
    health,
    mail_events,
    mail_inbound,
    metrics,
    styleguide,
    well_known,
)
from dashboard.today import first_week
from dashboard.today import views as today
from dashboard.vacancies import attachments, position_list, position_sheets, rate
from dashboard.vacancies import views as vacancies

app_name = "dashboard"

urlpatterns = [
    path("", today.landing, name="landing"),
    path("first/", first.first_interview, name="first-interview"),
    path("first/save/", first.first_interview_save, name="first-interview-save"),
    path("today/", today.today, name="today"),
    path("interviews/<uuid:pk>/row/", today.today_row, name="today-row"),
    path("interviews/<uuid:pk>/notes/", notes.interview_notes, name="interview-notes"),
    path("search/", search.search, name="search"),
    path("search/palette/", palette.palette, name="palette"),
    path("today/first-week/hide/", first_week.first_week_hide, name="first-week-hide"),
    path("today/several/", quick_actions.several, name="several"),
    path("undo/", undo.undo, name="undo"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("mail-events/", mail_events.mail_events, name="mail-events"),
    path("mail-inbound/", mail_inbound.mail_inbound, name="mail-inbound"),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path(".well-known/change-password", well_known.change_password, name="change-password"),
    path(
        "keyboard/",
        TemplateView.as_view(template_name="dashboard/site/keyboard.html"),
        name="keyboard",
    ),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("theme/", theme.theme, name="theme"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    # stored on devices
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("device/", offline.device, name="device"),
    path("offline/", offline.offline, name="offline"),
    path("kept/", offline.offline_queue, name="offline-queue"),
    # from a phone's share sheet and from other pages
    path("shared/", shared.shared, name="shared"),
    path("shared/position/", shared.shared_position, name="shared-position"),
    path("settings/bookmarklet/", bookmarklet.bookmarklet, name="bookmarklet"),
    # interviews
    path("interviews/", interview_list.interview_list, name="interview-list"),
    path("interviews/new/", interviews.interview_create, name="interview-create"),
    path("interviews/quick/", quick_add.quick_add, name="quick-add"),
    path("interviews/several/", lines.interview_lines, name="interview-lines"),
    path("interviews/from-invitation/", invitation.interview_import, name="interview-import"),
    path("interviews/<uuid:pk>/", interviews.interview_detail, name="interview-detail"),
    path("interviews/<uuid:pk>/next/", first_steps.first_steps, name="first-steps"),
    path(
        "interviews/<uuid:pk>/calendar.ics",
        first_steps.interview_calendar,
        name="interview-calendar",
    ),
    path("interviews/<uuid:pk>/edit/", interviews.interview_update, name="interview-update"),
    path("interviews/<uuid:pk>/cancel/", interviews.interview_cancel, name="interview-cancel"),
    path(
        "interviews/<uuid:pk>/reinstate/",
        interviews.interview_reinstate,
        name="interview-reinstate",
    ),
    path("interviews/<uuid:pk>/questions/", questions.questions, name="questions"),
    path("interviews/<uuid:pk>/weigh/", rate.rate, name="rate"),
    path("interviews/<uuid:pk>/weigh/preview/", rate.rate_preview, name="rate-preview"),
    path("interviews/<uuid:pk>/finish/", quick_actions.quick_action, name="quick-action"),
    # facts
    path("interviews/<uuid:pk>/agreement/", agreements.agreement_create, name="agreement-create"),
    path(
        "interviews/<uuid:pk>/agreement/preview/",
        agreements.agreement_preview,
        name="agreement-preview",
    ),
    path("interviews/<uuid:pk>/nothing-agreed/", interviews.nothing_agreed, name="nothing-agreed"),
    path(
        "interviews/<uuid:pk>/nothing-agreed/delete/",
        interviews.nothing_agreed_delete,
        name="nothing-agreed-delete",
    ),
    path("agreements/<uuid:pk>/delete/", agreements.agreement_delete, name="agreement-delete"),
    path("interviews/<uuid:pk>/call/", call.call, name="call"),
    path("interviews/<uuid:pk>/missed-call/", call.missed_call, name="missed-call"),
    path("contacts/<uuid:pk>/noted/", call.call_noted, name="call-noted"),
    path("interviews/<uuid:pk>/letter/", letter.letter, name="letter"),
    path("interviews/<uuid:pk>/contact/", contacts.contact_create, name="contact-create"),
    path("contacts/<uuid:pk>/delete/", contacts.contact_delete, name="contact-delete"),
    path("interviews/<uuid:pk>/result/", results.result, name="result"),
    path("interviews/<uuid:pk>/result/next/", results.result_next, name="result-next"),
    path("interviews/<uuid:pk>/offer/", offer.offer, name="offer"),
    path("interviews/<uuid:pk>/withdraw/", withdraw.withdraw, name="withdraw"),
    path("results/<uuid:pk>/delete/", results.result_delete, name="result-delete"),
    # people, vacancies, companies
    path("people/", interlocutors.interlocutor_list, name="interlocutor-list"),
    path("people/new/", interlocutors.interlocutor_create, name="interlocutor-create"),
    path("people/import/", business_cards.interlocutor_import, name="interlocutor-import"),
    path("people/cards.vcf", business_cards.interlocutor_cards, name="interlocutor-cards"),
    path("people/<uuid:pk>/", interlocutors.interlocutor_detail, name="interlocutor-detail"),
    path("people/<uuid:pk>/card.vcf", business_cards.interlocutor_card, name="interlocutor-card"),
    path("people/<uuid:pk>/edit/", interlocutors.interlocutor_update, name="interlocutor-update"),
    path("people/<uuid:pk>/delete/", interlocutors.interlocutor_delete, name="interlocutor-delete"),
    path("positions/", position_list.position_list, name="position-list"),
    path("positions/new/", vacancies.position_create, name="position-create"),
    path("positions/positions.csv", position_sheets.position_csv, name="position-csv"),
    path("positions/positions.xlsx", position_sheets.position_xlsx, name="position-xlsx"),
    path("positions/<uuid:pk>/", vacancies.position_detail, name="position-detail"),
    path("positions/<uuid:pk>/applied/", vacancies.position_applied, name="position-applied"),
    path("positions/<uuid:pk>/close/", vacancies.position_close, name="position-close"),
    path("positions/<uuid:pk>/reopen/", vacancies.position_reopen, name="position-reopen"),
    path("positions/<uuid:pk>/delete/", vacancies.position_delete, name="position-delete"),
    path("positions/<uuid:pk>/files/", attachments.attachment_create, name="attachment-create"),
    path("files/<uuid:pk>/", attachments.attachment, name="attachment"),
    path("files/<uuid:pk>/delete/", attachments.attachment_delete, name="attachment-delete"),
    path("positions/proof/", proof.proof, name="proof"),
    path("positions/proof.csv", proof.proof_csv, name="proof-csv"),
    path("vacancies/<uuid:pk>/edit/", vacancies.vacancy_update, name="vacancy-update"),
    path("companies/<uuid:pk>/edit/", companies.company_update, name="company-update"),
    # import of positions
    path(
        "positions/import/",
        position_imports.position_import_create,
        name="position-import-create",
    ),
    path(
        "positions/import/<uuid:pk>/",
        position_imports.position_import_detail,
        name="position-import-detail",
    ),
    path(
        "positions/import/<uuid:pk>/preview/",
        position_imports.position_import_preview,
        name="position-import-preview",
    ),
    path(
        "positions/import/<uuid:pk>/continue/",
        position_imports.position_import_continue,
        name="position-import-continue",
    ),
    path(
        "positions/import/<uuid:pk>/delete/",
        position_imports.position_import_delete,
        name="position-import-delete",
    ),
    path(
        "positions/import/<uuid:pk>/rest/",
        position_import_results.position_import_rest,
        name="position-import-rest",
    ),
    path(
        "positions/import/<uuid:pk>/undo/",
        position_import_results.position_import_undo,
        name="position-import-undo",
    ),
    path(
        "positions/import/<uuid:pk>/close/",
        position_import_results.position_import_close,
        name="position-import-close",
    ),
    # the candidate
    path("start/", settings.candidate_create, name="candidate-create"),
    path("more/", settings.more, name="more"),
    path("settings/", settings.settings, name="settings"),
    path("settings/you/", settings.settings_you, name="settings-you"),
    path("settings/hours/", settings.settings_hours, name="settings-hours"),
    path("settings/reminders/", settings.settings_reminders, name="settings-reminders"),
    path("settings/data/", settings.settings_data, name="settings-data"),
    path("settings/display/", settings.settings_display, name="settings-display"),
    path("settings/mornings/", coach.coach_update, name="coach-update"),
    path("settings/coaches/", coachings.coaching_list, name="coaching-list"),
    path("settings/coaches/new/", coachings.coaching_create, name="coaching-create"),
    path("settings/coaches/<uuid:pk>/", coachings.coaching_update, name="coaching-update"),
    path("settings/coaches/<uuid:pk>/end/", coachings.coaching_end, name="coaching-end"),
    path(
        "settings/coaches/requests/<uuid:pk>/",
        coaching_request.coaching_request_answer,
        name="coaching-request-answer",
    ),
    path("mail-proposals/<uuid:pk>/", mail_proposals.mail_proposal, name="mail-proposal"),
    path("proposals/<uuid:pk>/answer/", proposals.proposal_answer, name="proposal-answer"),
    path(
        "coaching/invitations/<uuid:pk>/",
        coaching_invitation.coaching_invitation_answer,
        name="coaching-invitation-answer",
    ),
    path("learned/", insights.insights, name="insights"),
    path("learned/assumptions/", assumptions.assumptions_update, name="assumptions-update"),
    path(
        "learned/assumptions/published/", assumptions.assumptions_delete, name="assumptions-delete"
    ),
    path("learned/sharing/", sharing.sharing, name="sharing"),
    path("learned/<slug:name>.csv", csv.insights_csv, name="insights-csv"),
    path("competences/<uuid:pk>/", competences.competence_update, name="competence-update"),
    path("settings/record/", audit_log.audit_log, name="audit-log"),
    path("settings/delete/", account_deletion.account_delete, name="account-delete"),
    path(
        "settings/delete/keep/",
        account_deletion.account_delete_cancel,
        name="account-delete-cancel",
    ),
    path("settings/export/", personal_data.data_export, name="data-export"),
    path("settings/import/", personal_data.data_import, name="data-import"),
    path("settings/notifications/", notifications.notifications, name="notifications"),
    path(
        "settings/notifications/test/", notifications.notifications_test, name="notifications-test"
    ),
    path(
        "settings/notifications/messages/<slug:kind>/",
        message_channels.message_channel,
        name="message-channel",
    ),
    path(
        "settings/notifications/messages/<slug:kind>/code/",
        message_channels.message_channel_code,
        name="message-channel-code",
    ),
    path(
        "settings/notifications/messages/<slug:kind>/code/send/",
        message_channels.message_channel_code_send,
        name="message-channel-code-send",
    ),
    path(
        "settings/notifications/messages/<slug:kind>/delete/",
        message_channels.message_channel_delete,
        name="message-channel-delete",
    ),
    path(
        "settings/notifications/devices/",
        notifications.push_device_create,
        name="push-device-create",
    ),
    path(
        "settings/notifications/devices/<uuid:pk>/delete/",
        notifications.push_device_delete,
        name="push-device-delete",
    ),
    path("settings/calendar/", calendar.calendar, name="calendar"),
    path("settings/calendar/link/", calendar.calendar_link, name="calendar-link"),
    path("settings/calendar/create/", calendar.calendar_create, name="calendar-create"),
    path("settings/calendar/renew/", calendar.calendar_renew, name="calendar-renew"),
    path("settings/calendar/delete/", calendar.calendar_delete, name="calendar-delete"),
    path("settings/forwarding/", forwarding.forwarding, name="forwarding"),
    path("settings/forwarding/create/", forwarding.forwarding_create, name="forwarding-create"),
    path("settings/forwarding/renew/", forwarding.forwarding_renew, name="forwarding-renew"),
    path("settings/forwarding/delete/", forwarding.forwarding_delete, name="forwarding-delete"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("reminders/example/", settings.reminders_example, name="reminders-example"),
    path("reminders/resume/", settings.reminders_resume, name="reminders-resume"),
    path("address/retry/", address_retry.address_retry, name="address-retry"),
    # links in mails, without a sign-in
    path("act/notification/", notification.notification_action, name="notification-action"),
    path("act/<str:token>/", mail_links.mail_link_open, name="mail-link-open"),
    path("act/<uuid:pk>/<str:name>/", mail_links.mail_link, name="mail-link"),
    path(
        "coaching/invitation/", coaching_invitation.coaching_invitation, name="coaching-invitation"
    ),
    path(
        "coaching/invitation/<str:token>/",
        coaching_invitation.coaching_invitation_open,
        name="coaching-invitation-open",
    ),
    path("coaching/request/", coaching_request.coaching_request, name="coaching-request"),
    path(
        "coaching/request/<str:token>/",
        coaching_request.coaching_request_open,
        name="coaching-request-open",
    ),
    path("keep/", account_deletion.deletion_cancel, name="deletion-cancel"),
    path("keep/<str:token>/", account_deletion.deletion_cancel_open, name="deletion-cancel-open"),
    path("unsubscribe/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe_open, name="unsubscribe-open"),
]
