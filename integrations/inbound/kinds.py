"""Weigh the phrases of a text: which kinds of news it holds, and in which sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from integrations.inbound import deadline
from integrations.inbound.phrases import Language, language
from integrations.inbound.words import Text

# A text that says several things has the first of these kinds.
ORDER = (
    *("rejection", "offer", "cancelled", "moved", "invitation", "next_stage"),
    *("question", "not_yet", "receipt"),
)
REPORTS = ("auto_reply", "bounce", "unrelated")
STRONG, WEAK, ENOUGH = 2.0, 1.0, 2.0
# In a sentence about what may happen these are no news.
ONLY_IF = frozenset({"rejection", "offer", "cancelled", "moved", "invitation", "next_stage"})


@dataclass(frozen=True, slots=True)
class Found:
    """`sentences` are the numbers of those that say so, the telling one first."""

    points: float
    strong: int
    sentences: tuple[int, ...]
    phrase: str


NOTHING = Found(0.0, 0, (), "")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found in a text; `promises` is a word that news will come later,
    `talks` are the sentences that name a talk."""

    text: Text
    kinds: Mapping[str, Found]
    promises: Found
    is_about_jobs: bool
    office_hours: frozenset[int]
    talks: frozenset[int]

    def points(self, kind: str) -> float:
        return self.kinds.get(kind, NOTHING).points

    def has(self, kind: str) -> bool:
        return self.points(kind) >= ENOUGH

    def sentence(self, kind: str) -> str:
        found = self.kinds.get(kind, NOTHING)
        return self.text.sentences[found.sentences[0]].text if found.sentences else ""


def weigh(text: Text, code: str) -> Weighed:
    """Look for the phrases of a language in a text."""
    known = language(code)
    # "Candidates whose profile fits will hear from us" is no news, unless a decision was made.
    unless = known.has("conditional", text) - known.has("unconditional", text)
    unless |= known.has("those", text) - known.has("decided", text)
    # An offer stays one if it says "if you want it".
    lifted = {"offer": unless - known.has("wanted", text)}
    kinds = {
        kind: _found(known, kind, text, lifted.get(kind, unless)) for kind in (*ORDER, *REPORTS)
    }
    if known.has("undecided", text):
        kinds["rejection"] = NOTHING
    cancelled = _cancelled(known, "not_yet", text)
    soft = [(phrase, phrase.sentences(text) - cancelled) for phrase in known.kinds["not_yet"].soft]
    return Weighed(
        text=text,
        kinds=kinds,
        promises=_sum([(phrase.written, found, STRONG) for phrase, found in soft if found]),
        is_about_jobs=bool(known.has("job", text)),
        office_hours=frozenset(known.has("office_hours", text)),
        talks=frozenset(n for each in known.kinds["invitation"].weak for n in each.sentences(text)),
    )


def _found(known: Language, kind: str, text: Text, unless: set[int]) -> Found:
    deadline.check()
    evidence = known.kinds[kind]
    dropped = _cancelled(known, kind, text) | (unless if kind in ONLY_IF else set())
    if kind == "rejection":
        # Nobody is told no by a question: "Could you not come on Monday?"
        dropped |= {number for number, each in enumerate(text.sentences) if each.is_question}
    hits = []
    for phrases, weight in ((evidence.strong, STRONG), (evidence.weak, WEAK)):
        for phrase in phrases:
            found = phrase.sentences(text) - dropped
            if found:
                hits.append((phrase.written, found, weight))
    return _sum(hits)


def _cancelled(known: Language, kind: str, text: Text) -> set[int]:
    found: set[int] = set()
    for phrase in known.kinds[kind].cancel:
        found |= phrase.sentences(text)
    return found


def _sum(hits: list[tuple[str, set[int], float]]) -> Found:
    if not hits:
        return NOTHING
    by_sentence: dict[int, float] = {}
    for _, sentences, weight in hits:
        for number in sentences:
            by_sentence[number] = by_sentence.get(number, 0) + weight
    ranked = sorted(by_sentence, key=lambda number: (-by_sentence[number], number))
    best = next(written for written, sentences, _ in hits if ranked[0] in sentences)
    strong = sum(weight >= STRONG for *_, weight in hits)
    return Found(sum(weight for *_, weight in hits), strong, tuple(ranked), best)
