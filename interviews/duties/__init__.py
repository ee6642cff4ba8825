"""What a country's law or custom says about an answer after an interview: data, with its dates.

A file for each country in `data/`. An entry falls silent by itself on a day of its own, for laws
change and nobody here would notice; docs/rights.md says how one is checked and renewed.
"""

from interviews.duties.reading import Right, rights_for

__all__ = ["Right", "rights_for"]
