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
    Kind.SESSION_ENDED: gettext_lazy("You ended a session"),
    Kind.PASSWORD_CHANGED: gettext_lazy("You changed your password"),
    Kind.EMAIL_CHANGED: gettext_lazy("You changed your e-mail address"),
    Kind.FACTOR_ADDED: gettext_lazy("You added a way to sign in"),
    Kind.FACTOR_REMOVED: gettext_lazy("You removed a way to sign in"),
    Kind.EXPORTED: gettext_lazy("You took everything with you as a file"),
    Kind.IMPORTED: gettext_lazy("You brought in a file"),
    Kind.DELETION_REQUESTED: gettext_lazy("You asked to delete your account"),
    Kind.DELETION_CANCELLED: gettext_lazy("You kept your account"),
    Kind.SHARED: gettext_lazy("You share with a coach"),
    Kind.UNSHARED: gettext_lazy("You ended sharing with a coach"),
    Kind.CALENDAR_MADE: gettext_lazy("You made a secret address for your calendar"),
    Kind.CALENDAR_SHOWN: gettext_lazy("You looked at the secret address of your calendar"),
    Kind.WAITS_SHARED: gettext_lazy("You let your waits count, unnamed, for others"),
    Kind.WAITS_UNSHARED: gettext_lazy("Your waits count for nobody else any more"),
}
# For entries without a signed-in user.
_BY_NOBODY: dict[str, Promise] = {
    Kind.SIGN_IN_FAILED: gettext_lazy("Somebody tried to sign in as you"),
    Kind.PASSWORD_CHANGED: gettext_lazy("Your password was changed by a code from your mail"),
    Kind.FACTOR_REMOVED: gettext_lazy("Ways to sign in were removed from your account"),
    Kind.EMAIL_CHANGED: gettext_lazy("Your e-mail address was changed by a link from a mail"),
    Kind.DELETION_CANCELLED: gettext_lazy("Your account was kept by the link in the mail"),
    Kind.IMPORTED: gettext_lazy("An operator brought in a file"),
    Kind.CALENDAR_MADE: gettext_lazy("Your calendar got another secret address"),
    Kind.UNSHARED: gettext_lazy("Sharing with a coach ended on the day you had set"),
}

# For entries without details.
_UNSAID: dict[str, Promise] = {
    Kind.SIGN_IN_FAILED: gettext_lazy("the password was wrong"),
}
# What the admin's pages are about, in the words of the product's pages.
NOUNS: dict[str, Promise] = {
    "accounts.auditentry": gettext_lazy("this record"),
    "accounts.deletionrequest": gettext_lazy("when your account will be deleted"),
    "accounts.user": gettext_lazy("your account"),
    # What a coach may see (Coaching.Shares).
    "steps": gettext_lazy("next steps only"),
    "interviews": gettext_lazy("interviews with notes, people and letters"),
    # What a coach's own pages show.
    "caseload": gettext_lazy("where your search stands"),
    "interviews.agreement": gettext_lazy("what was agreed"),
    "interviews.calendarevent": gettext_lazy("your calendar"),
    "interviews.calendarfeed": gettext_lazy("your calendar"),
    "interviews.candidate": gettext_lazy("your settings"),
    "interviews.coach": gettext_lazy("how you coach"),
    "interviews.coaching": gettext_lazy("who coaches you"),
    "interviews.coachingrequest": gettext_lazy("whom you asked to coach"),
    "interviews.coachingvacancy": gettext_lazy("which positions a coach sees"),
    "interviews.coachnote": gettext_lazy("notes of a coach"),
    "interviews.company": gettext_lazy("companies"),
    "interviews.competence": gettext_lazy("what was lacking"),
    "interviews.companytally": gettext_lazy("what you let count for others"),
    "interviews.contact": gettext_lazy("calls and letters"),
    "interviews.interlocutor": gettext_lazy("people"),
    "interviews.interview": gettext_lazy("interviews"),
    "interviews.mail": gettext_lazy("that mails were sent to you, not what they say"),
    "interviews.ownletter": gettext_lazy("letters in your own words"),
    "interviews.participation": gettext_lazy("who took part"),
    "interviews.proposal": gettext_lazy("proposals of a coach"),
    "interviews.refusedaddress": gettext_lazy("that your address was refused"),
    "interviews.reminder": gettext_lazy("reminders"),
    "interviews.result": gettext_lazy("results"),
    "interviews.vacancy": gettext_lazy("positions"),
    "interviews.waitassumptions": gettext_lazy("what you take to be usual"),
    "interviews.statistics": gettext_lazy("what was learned"),
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
        return _("%(actor)s looked at %(what)s") % {"actor": actor, "what": detail}
    elif entry.kind == Kind.CHANGED:
        return _("%(actor)s changed %(what)s") % {"actor": actor, "what": detail}
    elif entry.kind == Kind.LISTED:
        return _("%(actor)s took a list with you in it as a file") % {"actor": actor}
    elif entry.kind == Kind.UNSHARED:
        return _("%(actor)s no longer coaches you") % {"actor": actor}
    elif entry.kind == Kind.SHARED:
        said = _("%(actor)s coaches you now") % {"actor": actor}
    else:
        said = f"{actor}: {entry.get_kind_display()}"
    return f"{said}: {detail}" if detail else said
