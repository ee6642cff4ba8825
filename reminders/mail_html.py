"""Mails as HTML for mail programs: inline styles, tables, nothing from outside.

Programs drop style sheets or render with Word's engine; only the dark theme is a style sheet, for
those that support it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import css_inline
from django.template.loader import render_to_string
from django.utils import translation

CODE_INDENT = "    "


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        load_remote_stylesheets=False,
        keep_at_rules=True,
        remove_inlined_selectors=True,
        minify_css=True,
    )


def render_mail(template: str, context: Mapping[str, object]) -> str:
    return _inliner().inline(render_to_string(template, dict(context)))


@dataclass(frozen=True, slots=True)
class MimePart:
    """A paragraph, or a code to type."""

    text: str
    is_code: bool


def html_of_text(subject: str, text: str) -> str:
    """The same text as HTML. In the text a code is indented on a line of its own."""
    parts = [MimePart(part.strip(), part.startswith(CODE_INDENT)) for part in _paragraphs(text)]
    ahead = next((part.text for part in parts if not part.is_code), "")
    language = translation.get_language()
    context = {"subject": subject, "parts": parts, "ahead": ahead, "language": language}
    return render_mail("emails/account.html", context)


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in text.split("\n\n") if part.strip()]
