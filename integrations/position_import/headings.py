"""What a heading means, by the concepts that its words name."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from .vocabulary import Match, languages, section, words_of

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# companyName, JobTitle; but first of all WhatsApp and LinkedIn are words.
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
DIGITS = re.compile(r"\d+")
INTERVIEWS = frozenset(
    {"interview", "screening", "test", "technical", "management", "final", "round"}
)
PEOPLE = frozenset({"person", "recruiter", "manager", "interviewer"})
# Concepts that decide alone, whatever else the heading says; the first one found.
ALONE = (
    ("secret", "ignored"),
    ("file", "ignored"),
    ("logo", "ignored"),
    ("their_role", "role"),
    ("profile", "notes"),
    ("website", "website"),
    ("deadline", "ignored"),
    ("follow_up", "follow_up"),
    ("history", "history"),
    ("remote", "notes"),
    ("reason", "reason"),
    ("salary_asked", "notes"),
    ("computed", "ignored"),
    ("score", "ignored"),
)
# What an interview's heading says beside the interview itself.
OF_INTERVIEWS = (
    ({"link"}, "talk.link"),
    ({"place"}, "talk.place"),
    ({"person", "interviewer", "name"}, "name"),
    ({"email"}, "email"),
    ({"phone"}, "phone"),
    ({"result", "status", "answered"}, "talk.result"),
    ({"notes", "description", "next_step"}, "notes"),
    ({"zone"}, "talk.zone"),
    ({"end"}, "talk.end"),
    ({"start"}, "talk.time"),
    ({"time"}, "talk.time"),
    ({"kind"}, "talk.stage"),
)
BESIDE_INTERVIEWS = frozenset(word for words, _ in OF_INTERVIEWS for word in words) | {"date"}
# For all others: the first whose concepts are all there.
OTHERS = (
    ({"next_step", "date"}, "follow_up"),
    ({"next_step"}, "next_step"),
    ({"source", "link"}, "link"),
    ({"offer", "salary"}, "salary"),
    ({"offer", "refused"}, "result"),
    ({"status", "number"}, "numbered_status"),
    ({"position", "number"}, "ignored"),
    ({"company", "number"}, "ignored"),
    ({"offer", "date"}, "offer"),
    ({"refused", "date"}, "refused"),
    ({"file", "applied"}, "applied"),
    ({"answered"}, "answered"),
    ({"status", "date"}, "answered"),
    ({"closed", "date"}, "closed"),
    ({"source"}, "source"),
    ({"stored"}, "ignored"),
    ({"company", "link"}, "ignored"),
    ({"person", "link"}, "notes"),
    ({"recruiter", "link"}, "notes"),
    ({"link"}, "link"),
    ({"first_name"}, "first_name"),
    ({"last_name"}, "last_name"),
    ({"email"}, "email"),
    ({"phone"}, "phone"),
    ({"person", "notes"}, "notes"),
    ({"person", "date"}, "applied"),
    ({"person", "place"}, "notes"),
    ({"recruiter"}, "name"),
    ({"manager"}, "name"),
    ({"interviewer"}, "name"),
    ({"person"}, "name"),
    ({"salary"}, "salary"),
    ({"refused"}, "refused"),
    ({"offer", "applied"}, "applied"),
    ({"position", "offer"}, "position"),
    ({"offer"}, "offer"),
    ({"closed"}, "closed"),
    ({"result"}, "result"),
    ({"applied", "status"}, "status"),
    ({"applied", "notes"}, "notes"),
    ({"applied"}, "applied"),
    ({"status"}, "status"),
    ({"number"}, "ignored"),
    ({"company", "place"}, "place"),
    ({"place"}, "place"),
    ({"company", "description"}, "notes"),
    ({"company", "kind"}, "notes"),
    ({"company", "name"}, "company"),
    ({"company"}, "company"),
    ({"position", "description"}, "notes"),
    ({"position", "kind"}, "notes"),
    ({"position"}, "position"),
    ({"notes"}, "notes"),
    ({"description"}, "notes"),
    ({"kind"}, "notes"),
    ({"zone"}, "talk.zone"),
    ({"card"}, "card"),
    ({"name"}, "card"),
    ({"start"}, "talk.time"),
    ({"end"}, "talk.end"),
    ({"date", "time"}, "date"),
    ({"date"}, "date"),
    ({"time"}, "talk.time"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`sense` is what the words mean before the cells are looked at; "" if they mean nothing.

    `key` tells columns of one interview or of one person from those of another. `coverage` is the
    share of words that were understood.
    """

    text: str
    sense: str = ""
    concepts: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()
    coverage: float = 0.0
    order: tuple[str, ...] = field(default=())


def language_of(texts: Collection[str]) -> str:
    """Return the language whose words stand in most headings."""
    votes = dict.fromkeys(languages(), 0.0)
    for text in texts:
        count = len(words_of(text))
        for match in section("headings").matches(text):
            votes[match.language] += (match.end - match.start) / count
    return max(votes, key=lambda name: (votes[name], name == "en"))


def understood(text: str, language: str) -> Heading:
    """Return what a heading means in a file of this language; English words count everywhere.

    What stands in brackets counts if nothing else is understood.
    """
    bare = BRACKETS.sub(" ", text)
    if bare != text and (head := understood(bare, language)).sense:
        return replace(head, text=text)
    spaced = CAMEL.sub(" ", text)
    if spaced != text and not (head := _understood(text, language)).sense:
        head = _understood(spaced, language)
        return replace(head, text=text)
    return _understood(text, language)


def is_secret(text: str) -> bool:
    """Say whether a heading names passwords, by the words of every language."""
    texts = (text, CAMEL.sub(" ", text))
    return any(one.label == "secret" for each in texts for one in section("headings").matches(each))


def _understood(text: str, language: str) -> Heading:
    matches = section("headings").matches(text)
    own = [one for one in matches if one.language == language]
    english = [one for one in matches if one.language == "en" and not _touches(one, own)]
    chosen = own + english or matches
    chosen += [one for one in matches if not _touches(one, chosen)]
    concepts = frozenset(one.label for one in chosen)
    covered = {place for one in chosen for place in range(one.start, one.end)}
    order = [one.label for one in sorted(chosen, key=lambda one: (one.start, one.end))]
    return Heading(
        text,
        _sense(concepts, order),
        concepts,
        _key(text, concepts),
        len(covered) / max(len(words_of(text)), 1),
        tuple(order),
    )


def _touches(one: Match, others: list[Match]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _sense(concepts: frozenset[str], order: list[str]) -> str:
    """Return the one meaning of several concepts."""
    if concepts >= {"company", "position"} and concepts <= {"company", "position", "name", "place"}:
        first = order.index("company") < order.index("position")
        return "company_and_position" if first else "position_and_company"
    if "history" in concepts and concepts & BESIDE_INTERVIEWS:
        concepts = concepts - {"history"} | {"interview"}
    for concept, sense in ALONE:
        if concept in concepts and not _is_beside(concept, concepts):
            return sense
    if concepts & INTERVIEWS and "offer" not in concepts:
        if "source" in concepts:
            return "notes"
        if concepts >= {"date", "time"}:
            return "talk.starts"
        found = next((sense for some, sense in OF_INTERVIEWS if concepts & some), "")
        if concepts & {"round"} and not found and "date" not in concepts:
            return "talk.stage"
        return found or "talk.starts"
    if concepts >= {"date", "stored"}:
        return "ignored"
    return next((sense for some, sense in OTHERS if some <= concepts), "")


def _is_beside(concept: str, concepts: frozenset[str]) -> bool:
    """Some concepts do not decide beside others: *CV sent* is a day, *On-site interview* a talk."""
    if concept == "file":
        return bool(concepts & {"applied", "date"})
    return concept == "remote" and bool(concepts & (INTERVIEWS - {"final"}))


def _key(text: str, concepts: frozenset[str]) -> tuple[str, ...]:
    kinds = sorted(concepts & (INTERVIEWS - {"interview"} | PEOPLE - {"person", "interviewer"}))
    return (*kinds, *DIGITS.findall(text), *ordinals(text))


def ordinals(text: str) -> list[str]:
    """Return 1 for a word like *first*, 2 for *second*."""
    labels = {one.label for one in section("stages").matches(text)}
    return (
        [number for name, number in (("first", "1"), ("second", "2")) if name in labels][:1]
        if not DIGITS.search(text)
        else []
    )
