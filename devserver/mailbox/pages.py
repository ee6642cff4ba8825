"""The two pages of the mailbox, as plain HTML. All text of a message is escaped."""

import re
from html import escape

from devserver.mailbox.store import StoredMail

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; }
body { margin: 1.5rem auto; padding: 0 1rem; }
ul { list-style: none; padding: 0; }
li { border-top: 1px solid #8886; padding: .6rem 0; }
li span, dl { color: GrayText; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
iframe { width: 100%; height: 40rem; border: 1px solid #8886; background: #fff; }
"""
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)\]]")
HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


def list_page(messages: list[StoredMail]) -> str:
    items = "\n".join(_item(one) for one in messages)
    shown = f"<ul>\n{items}\n</ul>" if items else "<p>No mail yet. Reload to look again.</p>"
    return _page("Mailbox", f"<h1>Mailbox</h1>\n<p>Mail that Hearback sent.</p>\n{shown}")


def _item(kept: StoredMail) -> str:
    return (
        f'<li><a href="/messages/{kept.key}">{escape(_subject(kept))}</a><br>'
        f"<span>to {escape(kept.recipients)}, {kept.received_at:%d %B %Y %H:%M} UTC</span></li>"
    )


def message_page(kept: StoredMail) -> str:
    fields = {name: str(kept.message.get(name, "")) for name in ("From", "To", "Date")}
    rows = "".join(f"<dt>{name}</dt><dd>{escape(said)}</dd>" for name, said in fields.items())
    frame = f'<iframe src="/messages/{kept.key}/html" sandbox="{SANDBOX}" title="HTML"></iframe>'
    parts = [
        '<p><a href="/">All mail</a></p>',
        f"<h1>{escape(_subject(kept))}</h1>",
        f"<dl>{rows}</dl>",
        f"<h2>Text</h2>\n<pre>{linked(kept.text)}</pre>" if kept.text else "",
        f"<h2>HTML</h2>\n{frame}" if kept.html else "",
    ]
    return _page(_subject(kept), "\n".join(part for part in parts if part))


# A message may open its links in a new page; it may not run scripts.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"


def html_part(kept: StoredMail) -> str:
    """Return the message's HTML. Links open outside the frame, because other sites refuse to be
    framed."""
    base = '<base target="_blank">'
    if HEAD.search(kept.html):
        return HEAD.sub(lambda head: head[0] + base, kept.html, count=1)
    return base + kept.html


def linked(text: str) -> str:
    """Escape the text and make its URLs links."""
    written, at = [], 0
    for found in LINK.finditer(text):
        address = escape(found[0])
        written += [escape(text[at : found.start()]), f'<a href="{address}">{address}</a>']
        at = found.end()
    return "".join([*written, escape(text[at:])])


def _subject(kept: StoredMail) -> str:
    return str(kept.message.get("Subject", "")) or "(no subject)"


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>{body}</body></html>\n"
    )
