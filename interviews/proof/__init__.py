"""Proof of search: what the candidate did in a period, as an employment office asks for it
(docs/proof-of-search.md).

The files in `data/` say for each country which columns its office asks for; `any.toml` is for all
others. Which rows there are does not depend on the country.
"""
