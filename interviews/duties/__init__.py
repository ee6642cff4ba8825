"""What a country's law or custom says about an answer after an interview: data with dates.

A file for each country in `data/`. Each entry expires by itself, because laws change and nobody
here would notice; docs/rights.md says how to check and renew one.
"""

from interviews.duties.reading import Right, rights_for

__all__ = ["Right", "rights_for"]
