"""Write a mail in the ways in which it may reach an inbound address."""

from base64 import b64encode
from datetime import datetime
from email.header import Header
from html import escape

MAILBOX = "mara.lindqvist@postfach.example"
HER = f"Mara Lindqvist <{MAILBOX}>"
INBOUND = "k4wq7zt2mfx9bd6hn3rvpa@in.waitlight.example"
PASS = "in.waitlight.example; spf=pass; dkim=pass; dmarc=pass header.from=x.example"
AT = "Thu, 26 Nov 2026 10:00:00 +0100"
LABELS = {
    "en": ("From", "Sent", "To", "Subject", "Date", "Forwarded message", "Begin forwarded message", "Forwarded Message"),  # noqa: E501
    "de": ("Von", "Gesendet", "An", "Betreff", "Datum", "Weitergeleitete Nachricht", "Anfang der weitergeleiteten Nachricht", "Weitergeleitete Nachricht"),  # noqa: E501
    "fr": ("De", "Envoyé", "À", "Objet", "Date", "Message transféré", "Début du message transféré", "Message transféré"),  # noqa: E501
    "es": ("De", "Enviado el", "Para", "Asunto", "Fecha", "Mensaje reenviado", "Inicio del mensaje reenviado", "Mensaje reenviado"),  # noqa: E501
    "pt": ("De", "Enviada em", "Para", "Assunto", "Data", "Mensagem encaminhada", "Início da mensagem encaminhada", "Mensagem encaminhada"),  # noqa: E501
    "ru": ("От", "Отправлено", "Кому", "Тема", "Дата", "Пересылаемое сообщение", "Начало пересылаемого сообщения", "Перенаправленное сообщение"),  # noqa: E501
}  # fmt: skip
WRITTEN = {
    "en": "Thursday, 26 November 2026 10:00", "de": "Donnerstag, 26. November 2026 10:00", "fr": "jeudi 26 novembre 2026 10:00",  # noqa: E501
    "es": "jueves, 26 de noviembre de 2026 10:00", "pt": "quinta-feira, 26 de novembro de 2026 10:00", "ru": "четверг, 26 ноября 2026 г. 10:00",  # noqa: E501
}  # fmt: skip


def head(
    sender: str, subject: str, at: str = AT, to: str = HER, more: str = "", kind: str = "text/plain"
) -> str:
    name, _, rest = sender.rpartition("<")
    shown = f"{Header(name.strip(), 'utf-8').encode()} <{rest}" if name.strip() else sender
    return (
        f"Authentication-Results: {PASS}\r\n{more}From: {shown}\r\nTo: {to}\r\n"
        f"Subject: {Header(subject, 'utf-8', maxlinelen=900).encode()}\r\nDate: {at}\r\n"
        f'Message-ID: <m1@x.example>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; charset="utf-8"\r\n'  # noqa: E501
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )


def _out(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _quoted(text: str) -> str:
    return "\n".join("> " + line if line else ">" for line in text.split("\n"))


def _html(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "".join(f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in paragraphs)


def write(
    form: str, sender: str, subject: str, body: str, language: str, at: str = AT, more: str = ""
) -> bytes:
    """Return the mail as it arrives in this form."""
    labels = LABELS[language]
    date = WRITTEN[language] if at == AT else at
    fwd = head(HER, f"Fwd: {subject}", to=INBOUND, at="Sat, 28 Nov 2026 09:00:00 +0100")
    block = f"{labels[0]}: {sender}\n{labels[1]}: {date}\n{labels[2]}: {HER}\n{labels[3]}: {subject}\n\n{body}"  # noqa: E501
    if form == "filter":
        return _out(head(sender, subject, at, more=f"X-Forwarded-To: {INBOUND}\r\n{more}") + body)
    if form == "rule":
        extra = f"Resent-From: <{MAILBOX}>\r\nAuto-Submitted: auto-generated\r\n{more}"
        return _out(head(sender, subject, at, more=extra) + body)
    if form == "html":
        return _out(
            head(sender, subject, at, more=more, kind="text/html")
            + f"<html><body>{_html(body)}</body></html>"
        )
    if form == "gmail":
        return _out(
            fwd
            + f"\n---------- Forwarded message ---------\n{labels[0]}: {sender}\nDate: {date}\nSubject: {subject}\nTo: <{MAILBOX}>\n\n\n{body}"  # noqa: E501
        )
    if form == "outlook":
        return _out(fwd + "\n" + block)
    if form == "outlook_line":
        return _out(
            fwd + "Hearback, please file this\n\n________________________________\n" + block
        )
    if form == "apple":
        return _out(
            fwd
            + _quoted(
                f"{labels[6]}:\n\n{labels[0]}: {sender}\n{labels[3]}: {subject}\n{labels[4]}: {date}\n{labels[2]}: {HER}\n\n{body}"  # noqa: E501
            )
        )
    if form == "iphone":
        inner = f"{labels[0]}: {sender}\n{labels[4]}: {date}\n{labels[2]}: {HER}\n{labels[3]}: {subject}\n\n\ufeff{body}"  # noqa: E501
        return _out(fwd + f"\n\n{labels[6]}:\n\n{_quoted(inner)}\n\nSent from my iPhone")
    if form == "thunderbird":
        return _out(
            fwd
            + f"\n-------- {labels[7]} --------\n{labels[3]}: \t{subject}\n{labels[4]}: \t{at}\n{labels[0]}: \t{sender}\n{labels[2]}: \t{HER}\n\n\n\n{body}"  # noqa: E501
        )
    if form == "yahoo":
        return _out(
            fwd
            + f"----- Forwarded Message -----\n{labels[0]}: {sender}{labels[2]}: {HER}{labels[1]}: {date}{labels[3]}: {subject}\n{body}"  # noqa: E501
        )
    if form == "mailru":
        return _out(
            fwd
            + f"-------- Пересылаемое сообщение --------\nОт кого: {sender}\nКому: {HER}\nДата: {date}\nТема: {subject}\n\n{body}"  # noqa: E501
        )
    if form == "yandex":
        return _out(
            fwd
            + f'-------- Пересылаемое сообщение --------\n26.11.2026, 10:00, "{sender.replace(" <", chr(34) + " <")}:\n\n{body}\n\n-------- Конец пересылаемого сообщения --------\nWhat a day, no?'  # noqa: E501
        )
    if form == "proton":
        return _out(
            fwd
            + f"------- Forwarded Message -------\n{labels[0]}: {sender}\n{labels[4]}: {date}\n{labels[3]}: {subject}\n{labels[2]}: {HER}\n\n{_quoted(body)}"  # noqa: E501
        )
    if form == "orange":
        return _out(
            fwd
            + _quoted(
                f"Message du 26/11/26 10:00\nDe : {sender}\nA : {HER}\nCopie à : \nObjet : {subject}\n\n{body}"  # noqa: E501
            )
        )
    if form == "gmx":
        html = f"<b>{labels[1]}:</b> {date}<br><b>{labels[0]}:</b> {escape(sender)}<br><b>{labels[2]}:</b> {MAILBOX}<br><b>{labels[3]}:</b> {escape(subject)}</div>{_html(body)}"  # noqa: E501
        return _out(
            head(
                HER,
                f"Fw: {subject}",
                to=INBOUND,
                at="Sat, 28 Nov 2026 09:00:00 +0100",
                kind="text/html",
            )
            + f"<html><body><div>{html}</body></html>"
        )
    if form == "attached":
        outer = head(HER, "Fwd", to=INBOUND, at="Sat, 28 Nov 2026 09:00:00 +0100").replace(
            'text/plain; charset="utf-8"', 'multipart/mixed; boundary="bb"'
        )
        return _out(
            outer
            + f"--bb\nContent-Type: text/plain\n\nsee attached\n--bb\nContent-Type: message/rfc822\n\n{head(sender, subject, at)}{body}\n--bb--\n"  # noqa: E501
        )
    if form == "nested":
        inner = f"---------- Forwarded message ---------\n{labels[0]}: {sender}\nDate: {date}\nSubject: {subject}\nTo: <{MAILBOX}>\n\n\n{body}"  # noqa: E501
        return _out(
            fwd
            + f"\n{LABELS['en'][0]}: {HER}\nSent: Friday, 27 November 2026 08:00\nTo: m.lindqvist@uni-alumni.example\nSubject: Fwd: {subject}\n\n{inner}"  # noqa: E501
        )
    if form == "quoted_below":
        below = f"{body}\n\nOn Wed, 25 Nov 2026 at 09:15, {HER} wrote:\n> I hope I am not rejected. Could you tell me whether another candidate was chosen?\n> Mara"  # noqa: E501
        return _out(head(sender, subject, at, more=more) + below)
    if form == "base64":
        start = head(sender, subject, at, more=more).replace("8bit", "base64")
        return _out(start) + b64encode(body.encode())
    raise ValueError(form)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
