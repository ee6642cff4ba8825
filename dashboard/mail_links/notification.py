"""The button of a notification: it snoozes at once, since the service worker can show no page.

The token is that of the link whose page is opened instead if this fails.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import rate_limits
from dashboard.mail_links.views import GONE, linked_reminder, offered
from interviews import access
from interviews.actions.perform import ActionContext
from interviews.actions.registry import SNOOZES, carry_out
from interviews.current_step import CurrentStep
from interviews.models import Reminder
from interviews.text import dates
from reminders import signed_links


# The worker posts without cookies; the token is the proof, as in the link. A second tap snoozes
# until the same day.
@csrf_exempt
@never_cache
@require_POST
def notification_action(request: HttpRequest) -> HttpResponse:
    if not rate_limits.allow(request, "signed_link"):
        return rate_limits.refusal(request)
    token = request.POST.get("token", "")
    read = signed_links.read_action(token)
    reminder = linked_reminder(read[0], token) if read else None
    if read is None or reminder is None:
        return HttpResponse(status=GONE)
    now = timezone.now().astimezone(reminder.candidate.zone)
    if not signed_links.is_live(reminder, now=now):
        return HttpResponse(status=GONE)
    action = offered(reminder, read[1])
    if action not in SNOOZES:
        raise Http404
    try:
        carry_out(action, ActionContext(reminder.interview, now))
    except ValidationError:  # later than can be planned
        return HttpResponse(status=GONE)
    return JsonResponse({"title": _snoozed(reminder, now)})


def _snoozed(reminder: Reminder, now: datetime) -> str:
    """Not with the tapped day: on a day off the step waits for the next working day."""
    interview = access.get_interview(reminder.candidate.user, reminder.interview_id)
    due = CurrentStep.of(interview, now=now).due or now
    day = dates.day(due.astimezone(now.tzinfo).date(), now=now)
    return _("Snoozed until %(day)s") % {"day": day}
