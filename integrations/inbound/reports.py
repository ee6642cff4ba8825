"""Recognise what programs write: delivery reports, automatic replies, read receipts."""

import re

from integrations.inbound.headers import Address, emails_in
from integrations.inbound.kinds import Weighed
from integrations.inbound.layout import bare_subject
from integrations.inbound.letters import Letter
from integrations.inbound.waits import senders
from integrations.inbound.words import fold

AUTOMATIC = (
    "automatic reply", "auto reply", "autoreply", "auto:", "automatische antwort", "abwesenheit", "abwesend", "reponse automatique", "absence du bureau", "message d'absence",  # noqa: E501
    "respuesta automatica", "fuera de la oficina", "ausencia", "resposta automatica", "ausente", "fora do escritorio", "ausencia temporaria", "автоматический ответ", "автоответ", "out of office", "ooo:",  # noqa: E501
    "read:", "gelesen:", "lu :", "lu:", "leido:", "lida:", "lido:", "прочитано:", "read receipt", "lesebestatigung", "not read:", "ungelesen geloscht:", "absent", "vacation",  # noqa: E501
)  # fmt: skip
FAILED = (
    "undeliver", "delivery status", "delivery failure", "delivery has failed", "returned mail", "mail delivery", "failure notice", "delayed", "unzustellbar", "nicht zustellbar",  # noqa: E501
    "zustellung", "non remis", "non delivre", "echec de", "no se puede entregar", "no se ha podido", "no entregado", "devuelto", "nao entregue", "falha na entrega", "falha de entrega", "nao foi possivel entregar", "недоставлен", "не доставлен", "ошибка доставки", "warning: message", "could not be delivered",  # noqa: E501
)  # fmt: skip
MAY_SAY_SO = re.compile(
    r"(?:final|original)-recipient:[^@\n]{0,80}?([\w.+'-]{1,100}@[\w.-]{1,190}\w)"
)


def is_daemon(sender: Address) -> bool:
    local = sender.email.partition("@")[0]
    return any(local.startswith(each) for each in senders()["delivery"])


def is_bounce(letter: Letter, weighed: Weighed) -> bool:
    mail = letter.mail
    if mail is not None and mail.report and mail.report != "disposition-notification":
        return True
    subject = fold(bare_subject(letter.subject)[0])
    says_so = any(subject.startswith(each) or each in subject[:60] for each in FAILED)
    if letter.headers.has("x-failed-recipients"):
        return True
    return (
        is_daemon(letter.sender)
        or is_daemon(Address("", fold(letter.sender.name).replace(" ", "-")))
    ) and (says_so or weighed.has("bounce"))


def is_auto_reply(letter: Letter, weighed: Weighed, has_news: bool) -> bool:
    """`has_news` tells that the text holds news of another kind, which a program may send too."""
    mail = letter.mail
    if mail is not None and mail.report == "disposition-notification":
        return True
    subject = fold(bare_subject(letter.subject)[0]).strip()
    says_so = any(subject.startswith(each) for each in AUTOMATIC) or fold(
        letter.subject
    ).startswith(AUTOMATIC)
    auto = (
        fold(letter.headers.get("auto-submitted")).startswith("auto-replied")
        or letter.headers.has("x-autoreply", "x-autorespond", "x-auto-reply")
        or fold(letter.headers.get("precedence")) == "auto_reply"
    )
    is_away = weighed.has("auto_reply")
    if says_so or auto:
        return is_away or not has_news
    return is_away and not has_news


def failed_recipients(letter: Letter) -> list[str]:
    """Return the addresses that a delivery report is about."""
    found = list(letter.mail.failed) if letter.mail else []
    found += letter.headers.emails("x-failed-recipients")
    found += MAY_SAY_SO.findall(letter.body.lower())
    if letter.mail is not None and letter.mail.original is not None:
        found += letter.mail.original.headers.emails("to")
    return [each.lower() for each in found] or [each.lower() for each in emails_in(letter.body)]
