"""One typed line into a draft of an interview. Pure: the day, the language and the known names are
passed in, and nothing is written. A form checks and saves what it reads."""

from interviews.quick_add.draft import TEXT_MAX, Draft, Known, Person, Promise, Span, render
from interviews.quick_add.parse import parse

__all__ = ["TEXT_MAX", "Draft", "Known", "Person", "Promise", "Span", "parse", "render"]
