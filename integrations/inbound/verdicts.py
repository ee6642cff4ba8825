"""What the receiving host said about a mail's sender, in Authentication-Results (RFC 8601)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A sender chooses what stands in comments and quotes, both with quoted pairs (RFC 5322, 3.2).
SAID_BY_OTHERS = re.compile(r'"(?:\\.|[^"\\])*"|\((?:\\.|[^()\\])*\)')
# No host writes comments within so many others.
NESTED_MAX = 20
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
    found: set[tuple[str, str]] = set()
    for header in headers:
        name, *results = _own_words(header.lower()).split(";")
        if not host or name.split()[:1] != [host.lower()]:
            break
        found |= {(match[1], match[2]) for each in results if (match := RESULT.match(each))}
    verdicts = sorted(verdict for method, verdict in found if method == "dmarc")
    # Two that differ are no pass.
    dmarc = next((each for each in verdicts if each != "pass"), "pass" if verdicts else "")
    return Verdict(dmarc, ("arc", "pass") in found)


def _own_words(header: str) -> str:
    """Without quotes and comments, which may stand within each other; up to one that never ends."""
    for _ in range(NESTED_MAX):
        shorter = SAID_BY_OTHERS.sub("", header)
        if shorter == header:
            break
        header = shorter
    return re.split(r'[("]', header, maxsplit=1)[0]
