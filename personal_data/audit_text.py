"""The audit log in sentences for the owner of the data: who did what."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry

Kind = AuditEntry.Kind

# "You …", for the owner's own actions.
_OWN: dict[str, Promise] = {
    Kind.SIGNED_IN: gettext_lazy("You signed in"),
    Kind.SESSION_ENDED: gettext_lazy("You signed out a device"),
    Kind.PASSWORD_CHANGED: gettext_lazy("You changed your password"),
    Kind.EMAIL_CHANGED: gettext_lazy("You changed your email address"),
    Kind.FACTOR_ADDED: gettext_lazy("You added a sign-in method"),
    Kind.FACTOR_REMOVED: gettext_lazy("You removed a sign-in method"),
    Kind.EXPORTED: gettext_lazy("You exported your data"),
    Kind.IMPORTED: gettext_lazy("You imported a file"),
    Kind.DELETION_REQUESTED: gettext_lazy("You scheduled your account for deletion"),
    Kind.DELETION_CANCELLED: gettext_lazy("You cancelled the deletion of your account"),
    Kind.SHARED: gettext_lazy("You started sharing with a coach"),
    Kind.UNSHARED: gettext_lazy("You stopped sharing with a coach"),
    Kind.CALENDAR_MADE: gettext_lazy("You created a calendar link"),
    Kind.CALENDAR_SHOWN: gettext_lazy("You viewed your calendar link"),
    Kind.WAITS_SHARED: gettext_lazy("You started sharing your waits anonymously"),
    Kind.WAITS_UNSHARED: gettext_lazy("You stopped sharing your waits"),
}
# For entries without a signed-in user.
_BY_NOBODY: dict[str, Promise] = {
    Kind.SIGN_IN_FAILED: gettext_lazy("Someone tried to sign in to your account"),
    Kind.PASSWORD_CHANGED: gettext_lazy("Your password was reset with a code from an email"),
    Kind.FACTOR_REMOVED: gettext_lazy("Two-step sign-in was turned off for your account"),
    Kind.EMAIL_CHANGED: gettext_lazy("Your email address was changed with a link from an email"),
    Kind.DELETION_CANCELLED: gettext_lazy(
        "Account deletion was cancelled with the link in the email"
    ),
    Kind.IMPORTED: gettext_lazy("An administrator imported a file for you"),
    Kind.CALENDAR_MADE: gettext_lazy("Your calendar link was created or replaced"),
    Kind.UNSHARED: gettext_lazy("Sharing with a coach ended on the day you chose"),
}

# For entries without details.
_UNSAID: dict[str, Promise] = {
    Kind.SIGN_IN_FAILED: gettext_lazy("wrong password"),
}
# What the admin's pages are about, in the words of the product's pages.
NOUNS: dict[str, Promise] = {
    "accounts.auditentry": gettext_lazy("this activity log"),
    "accounts.deletionrequest": gettext_lazy("your account’s deletion date"),
    "accounts.user": gettext_lazy("your account"),
    # What a coach may see (Coaching.Shares).
    "steps": gettext_lazy("next steps only"),
    "interviews": gettext_lazy("next steps and interviews, with notes, contacts and letters"),
    # What a coach's own pages show.
    "caseload": gettext_lazy("your progress"),
    "interviews.agreement": gettext_lazy("what was agreed"),
    "interviews.attachment": gettext_lazy("that there are files, not what is in them"),
    "interviews.calendarevent": gettext_lazy("your calendar"),
    "interviews.calendarfeed": gettext_lazy("your calendar"),
    "interviews.candidate": gettext_lazy("your settings"),
    "interviews.coach": gettext_lazy("your coaching settings"),
    "interviews.coaching": gettext_lazy("your coaches"),
    "interviews.coachingrequest": gettext_lazy("your coaching requests"),
    "interviews.coachingvacancy": gettext_lazy("the positions you share"),
    "interviews.coachnote": gettext_lazy("your coach’s notes"),
    "interviews.company": gettext_lazy("companies"),
    "interviews.competence": gettext_lazy("skill gaps"),
    "interviews.companytally": gettext_lazy("waits you share"),
    "interviews.contact": gettext_lazy("calls and letters"),
    "interviews.inboundaddress": gettext_lazy("that you have a forwarding address, not which"),
    "interviews.inboundmail": gettext_lazy("when you forwarded emails, not what is in them"),
    "interviews.interlocutor": gettext_lazy("your contacts"),
    "interviews.interview": gettext_lazy("interviews"),
    "interviews.mail": gettext_lazy("the list of emails sent to you (not their text)"),
    "interviews.mailproposal": gettext_lazy("what forwarded emails said"),
    "interviews.ownletter": gettext_lazy("your templates"),
    "interviews.participation": gettext_lazy("interviewers"),
    "interviews.positionimport": gettext_lazy("imports of positions"),
    "interviews.proposal": gettext_lazy("your coach’s suggestions"),
    "interviews.notificationchannel": gettext_lazy("how reminders reach you"),
    "interviews.pushdevice": gettext_lazy("your devices with notifications"),
    "interviews.refusedaddress": gettext_lazy("delivery problems with your address"),
    "interviews.reminder": gettext_lazy("reminders"),
    "interviews.result": gettext_lazy("results"),
    "interviews.tag": gettext_lazy("tags of positions"),
    "interviews.vacancy": gettext_lazy("positions"),
    "interviews.waitassumptions": gettext_lazy("forecast assumptions"),
    "interviews.statistics": gettext_lazy("insights"),
}
# By the models' names when the entry was written.
NOUNS |= {
    "accounts.departure": NOUNS["accounts.deletionrequest"],
    "accounts.recordentry": NOUNS["accounts.auditentry"],
    "interviews.learned": NOUNS["interviews.statistics"],
}


def one_of(noun: str, key: UUID) -> str:
    """An entry's detail for one row: only its key, since the log contains no names."""
    return f"{noun} {key}"


def key_of(entry: AuditEntry) -> UUID | None:
    """The key of the row that the entry is about, if there is one."""
    return _parts(entry.detail)[1]


def _parts(detail: str) -> tuple[str, UUID | None]:
    """The noun and the key; other details stay as they are."""
    noun, _space, key = detail.partition(" ")
    try:
        return noun, UUID(key)
    except ValueError:
        return detail, None


def told(
    entry: AuditEntry, *, actor: str | None, titles: Mapping[UUID, str] = MappingProxyType({})
) -> str:
    """`actor` is the name of somebody else; None for the owner or nobody. `titles` are the names of
    rows that still exist."""
    noun, key = _parts(entry.detail)
    title = titles.get(key) if key else None
    detail = title or NOUNS.get(noun, noun) or _UNSAID.get(entry.kind)
    if actor is None:
        own = _OWN if entry.actor_id == entry.subject_id else _BY_NOBODY
        said = str(own.get(entry.kind) or entry.get_kind_display())
    elif entry.kind == Kind.LOOKED:
        return _("%(actor)s viewed %(what)s") % {"actor": actor, "what": detail}
    elif entry.kind == Kind.CHANGED:
        return _("%(actor)s changed %(what)s") % {"actor": actor, "what": detail}
    elif entry.kind == Kind.LISTED:
        return _("%(actor)s exported a list that includes you") % {"actor": actor}
    elif entry.kind == Kind.UNSHARED:
        return _("%(actor)s stopped coaching you") % {"actor": actor}
    elif entry.kind == Kind.SHARED:
        said = _("%(actor)s became your coach") % {"actor": actor}
    else:
        said = f"{actor}: {entry.get_kind_display()}"
    return f"{said}: {detail}" if detail else said
