"""Every named URL of the project, including the admin's and the libraries'."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """`parts` are the converters of its parameters, by name."""

    name: str
    view: Callable[..., Any]
    parts: dict[str, Any]


def every_address() -> list[Address]:
    return list(_addresses(get_resolver(), "", {}))


def _addresses(resolver: URLResolver, namespace: str, above: dict[str, Any]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        parts = above | _parts(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _addresses(entry, namespace + inner, parts)
        elif isinstance(entry, URLPattern) and entry.name:
            yield Address(f"{namespace}{entry.name}", entry.callback, parts)


def _parts(pattern: Any) -> dict[str, Any]:
    """A regular expression has no converters, only the names of its groups."""
    found = getattr(pattern, "regex", None)
    named = dict.fromkeys(found.groupindex) if found is not None else {}
    return named | pattern.converters
