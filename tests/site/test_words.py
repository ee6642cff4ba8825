"""The words of the interface: the glossary's old words, and what sounds translated, stay out."""

import re
from pathlib import Path

from babel.messages.catalog import Message

from tests.site import pseudo

# Each pattern with what to say instead.
ANYWHERE = {
    r"\b(some|any|every|no)body\b": "someone, anyone, everyone, no one",
    r"\bwho(m|so)?ever\b": "anyone who, or the person's role",
    r"\banew\b": "again",
    r"\bat once\b": "right away",
    r"\be-mail|\bmail(s|ed|ing|box)?\b": "email",
    r"\brefus(e|ed|al|als)\b": "rejection, or They said no",
    r"\bsilen(t|ce)\b": "no answer, if you hear nothing",
    r"\bnoted\b": "logged (a call), recorded (a fact), saved (a form)",
    r"\blet (it|him|her|them) go\b|\blet in\b": "withdraw, close the wait, share with",
    r"\bweigh(s|ed|ing)?\b": "rate, rating",
    r"\black(s|ing|ed)?\b": "missing, skill gap",
    r"\bproposals?\b|\bproposes?\b": "suggestion, suggest",
    r"\bvacanc(y|ies)\b": "position",
    r"\binterlocutors?\b": "interviewer, contact",
    r"\bcompetences?\b": "skill gap",
    r"\bappointments?\b": "interview, event",
    r"\bsecond factor\b": "two-step sign-in",
    r"\boperators?\b": "this site's administrator",
    r"\b(she|he|her|him|his|hers|Mr|Mrs|Ms)\b": "they, or the name",
    r"; ": "two sentences",
    r"!": "a full stop",
    r"\b(oops|sorry|success(ful|fully)|invalid)\b": "what happened and what to do",
}
# In the interface, but not in what the candidate writes or says to an employer.
INTERFACE = {
    r"\b(do|does|did|is|are|was|were|has|have|had|could|would|should) not\b|\bcannot\b": "n’t",
    r"(^|[.,:] )(it is|(you|we|they) (are|will))\b|\bthere is\b": "’s, ’re, ’ll",
    r"\bplease\b": "nothing",
}
TO_EMPLOYERS = ("interviews/text/letters/", "interviews/text/call_script.py")
# A text may break a rule for a reason.
REASONS = {
    "mailbox doesn’t exist": "an administrator's word for what the server answered",
    "server refused it, an administrator must look": "a server refuses, and no employer",
    "Apple Mail": "the name of a program",
    "refused": "a server refused the address, and no employer",
    "they will": "a choice that ends with its verb",
    "The work, the people, the pay and the commute. 1 is not at all, 5 is very.": "“not at all”",
    "1 is not at all, 5 is very.": "“not at all”",
    "people.vcf: your contacts, for your address book. Your notes about them are in "
    "“interlocutors”.": "the name of a file in the export",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{[\w ]+\}|<[^>]+>")


def texts_of(message: Message) -> list[str]:
    """Return the text, or its singular and plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def complaints(message: Message) -> list[str]:
    rules = ANYWHERE
    if not all(path.startswith(TO_EMPLOYERS) for path, _line in message.locations):
        rules = ANYWHERE | INTERFACE
    return [
        f"{text!r} ({message.locations[0][0]}): {better}"
        for text in texts_of(message)
        if text not in REASONS
        for pattern, better in rules.items()
        if re.search(pattern, PLACEHOLDER.sub("", text), re.IGNORECASE)
    ]


def test_every_text_speaks_in_the_words_of_the_glossary(tmp_path: Path) -> None:
    messages = [message for message in pseudo.extract(tmp_path) if message.id]
    assert [said for message in messages for said in complaints(message)] == []
    assert not REASONS.keys() - {text for each in messages for text in texts_of(each)}
