"""What the receiving host said about a mail's sender, in Authentication-Results (RFC 8601)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A sender chooses what stands in comments and quotes.
SAID_BY_OTHERS = re.compile(r'"(?:\\.|[^"\\])*"|\([^()]*\)')
RESULT = re.compile(r"\s*(\w+)\s?=\s?(\w+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`dmarc` is empty if the host did not check, or is not known."""

    dmarc: str = ""
    is_chain_sound: bool = False

    @property
    def is_doubtful(self) -> bool:
        return self.dmarc == "fail" and not self.is_chain_sound


def dmarc_of(headers: Sequence[str], host: str) -> Verdict:
    """A host puts its own headers above those that a mail came with, one for each of its programs;
    what stands below another's is the sender's."""
    for header in headers:
        name, *results = _own_words(header.lower()).split(";")
        if not host or name.split()[:1] != [host.lower()]:
            break
        found = [match.groups() for each in results if (match := RESULT.match(each))]
        verdicts = {verdict for method, verdict in found if method == "dmarc"}
        if verdicts:
            # Two that differ are no pass.
            dmarc = next((each for each in sorted(verdicts) if each != "pass"), "pass")
            return Verdict(dmarc, ("arc", "pass") in found)
    return Verdict()


def _own_words(header: str) -> str:
    """Without quotes and comments, which may stand within each other."""
    shorter = SAID_BY_OTHERS.sub("", header)
    return header if shorter == header else _own_words(shorter)
