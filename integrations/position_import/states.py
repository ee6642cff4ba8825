"""What the words for states mean."""

from functools import lru_cache

from .vocabulary import listed, section, words_of

# Of several words in a cell the first in this order decides.
ORDER = (
    *("closed:declined", "closed:accepted", "closed:withdrawn", "closed:position_gone"),
    *("closed:no_response", "closed:refused", "offer", "closed:other", "closed", "in_talks"),
    *("saved", "applied", "nothing"),
)
MEANINGS = (
    *("saved", "applied", "in_talks", "offer", "closed", "closed:refused", "closed:no_response"),
    *("closed:withdrawn", "closed:accepted", "closed:declined", "closed:position_gone"),
    *("closed:other", "nothing"),
)
STATES = ("saved", "applied", "in_talks", "offer", "closed")
RESULTS = {
    "offer": "offer",
    "closed:accepted": "offer",
    "closed:declined": "offer",
    "closed:refused": "refusal",
    "closed:withdrawn": "withdrawn",
    "closed:no_response": "no_response",
}


@lru_cache(maxsize=10_000)
def meaning_of(text: str, heading: str = "") -> str:
    """Return one of MEANINGS, or "" for words that nobody knows.

    A cell that only says yes means what its heading says: *Rejected: x*.
    """
    plain = " ".join(words_of(text))
    if plain in listed("yes") and heading:
        return _meaning(heading) or "nothing"
    if plain in listed("no"):
        return "nothing"
    return _meaning(text)


def _meaning(text: str) -> str:
    found = {one.label for one in section("states").matches(text)}
    return next((meaning for meaning in ORDER if meaning in found), "")


@lru_cache(maxsize=10_000)
def result_meaning(text: str) -> str:
    """Return what a word means as the result of one interview: *passed* is the next stage."""
    if any(one.label == "next_stage" for one in section("results").matches(text)):
        strong = _meaning(text)
        return strong if strong.startswith("closed") else "next_stage"
    return _meaning(text)


def state_of(meaning: str) -> tuple[str, str | None]:
    """Return state and closing reason."""
    state, _, reason = meaning.partition(":")
    return ("in_talks" if state == "next_stage" else state), reason or None


@lru_cache(maxsize=10_000)
def stage_of(text: str) -> str:
    """Return the stage of an interview that a text names, or ""."""
    found = {one.label for one in section("stages").matches(text)}
    order = ("screening", "test", "management", "final", "first", "second", "other")
    return next((stage for stage in order if stage in found), "")


@lru_cache(maxsize=10_000)
def role_of(text: str) -> str:
    """Return what a person is in the process, or ""."""
    found = {one.label for one in section("roles").matches(text)}
    order = ("recruiter", "hiring_manager", "top_manager", "peer")
    exact = next((one for one in order if one in found), "")
    if exact == "hiring_manager" and "top_manager" in found:
        return "top_manager"
    return exact
