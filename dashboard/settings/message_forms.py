"""Where messages go: the few fields of each kind of channel, and the code that confirms it."""

import base64
import re
import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageForm
from dashboard.settings.push_subscription import check_endpoint
from interviews.models import ChannelKind

SERVER = re.compile(
    r"(?P<origin>https?://([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])(:(?P<port>\d{1,5}))?)"
    r"(?P<path>(/[\w.-]+)*)/?",
    re.ASCII,
)
TOKEN = r"[!-~]+"


class TextField(forms.RegexField):
    """The sentence says what is right, whatever is wrong."""

    def __init__(self, regex: str, sentence: object, **rest: Any) -> None:
        messages = dict.fromkeys(("required", "invalid", "max_length"), sentence)
        super().__init__(
            f"^(?:{regex})\\Z",
            **{"max_length": 500, "error_messages": messages, "strip": True, **rest},
        )


class ServerField(forms.CharField):
    """Scheme, host and port; with a path where the service may have one."""

    def __init__(self, *, has_path: bool = False, **rest: Any) -> None:
        self.has_path = has_path
        super().__init__(label=_("Server"), max_length=500, **rest)
        sentence = _("Enter the server’s address, such as https://ntfy.example.org.")
        self.error_messages |= dict.fromkeys(("required", "invalid"), sentence)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        found = SERVER.fullmatch(typed if "://" in typed else f"https://{typed}")
        if found is None or int(found["port"] or 443) > 65535:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if found["path"] and not self.has_path:
            raise ValidationError(_("Leave out what follows the server’s name."))
        if not found["origin"].startswith("https:") and not settings.NOTIFY_PRIVATE_HOSTS:
            raise ValidationError(_("Enter an address that begins with https://."))
        return found["origin"] + found["path"]


class MessageForm(PageForm):
    """`stored` are the settings so far. Secrets among them are never shown again, and are kept if
    nothing is typed, unless they would go to another server."""

    secrets: tuple[str, ...] = ()

    def __init__(self, *args: Any, stored: Mapping[str, str], **kwargs: Any) -> None:
        self.stored = stored
        shown = {name: value for name, value in stored.items() if name not in self.secrets}
        super().__init__(*args, initial=shown, **kwargs)
        self.sometimes_needed = tuple(name for name in self.secrets if stored.get(name))
        for name in self.secrets:
            field = self.fields[name]
            field.widget = forms.PasswordInput(attrs={"autocomplete": "off"})
            if stored.get(name):
                field.required = False
                field.help_text = _("Leave it empty to keep the one you’ve saved.")
        self.lay_out(*self.fields)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        server = self.stored.get("server")
        if server is not None and data.get("server", server) != server:
            for name in self.sometimes_needed:
                if not data.get(name):
                    self.add_error(name, _("Enter it again, because the server is another one."))
        return data

    def settings(self) -> dict[str, str]:
        kept = {name: self.stored[name] for name in self.sometimes_needed}
        return kept | {
            name: value for name, value in self.cleaned_data.items() if value or name not in kept
        }


class NtfyForm(MessageForm):
    secrets = ("token",)
    server = ServerField(
        initial="https://ntfy.sh", help_text=_("The one that your ntfy app subscribes to.")
    )
    topic = TextField(
        r"[A-Za-z0-9_-]{1,64}",
        _("Enter the topic: letters, digits, hyphens and underscores."),
        label=_("Topic"),
        help_text=_("Choose a name that’s hard to guess and subscribe to it in the app."),
    )
    token = TextField(
        TOKEN,
        _("Enter the access token without spaces."),
        label=_("Access token"),
        required=False,
        help_text=_("For a protected topic: in the web app under Account, Access tokens."),
    )


class TelegramForm(MessageForm):
    secrets = ("token",)
    token = TextField(
        r"\d+:[A-Za-z0-9_-]+",
        _("Enter the bot’s token, such as 123456:ABC-DEF."),
        label=_("Bot token"),
        help_text=_("@BotFather tells it when you create a bot with /newbot."),
    )
    chat = TextField(
        r"-?\d{1,32}",
        _("Enter the chat’s number."),
        label=_("Chat ID"),
        help_text=_("Send your bot a message first. @userinfobot tells you your number."),
    )


class PushoverForm(MessageForm):
    secrets = ("user", "token")
    user = TextField(
        r"[A-Za-z0-9]{30}",
        _("Enter the user key of 30 letters and digits."),
        label=_("User key"),
        help_text=_("It’s on your dashboard at pushover.net."),
    )
    token = TextField(
        r"[A-Za-z0-9]{30}",
        _("Enter the API token of 30 letters and digits."),
        label=_("API token"),
        help_text=_("Create an application at pushover.net to get one."),
    )


class GotifyForm(MessageForm):
    secrets = ("token",)
    server = ServerField(has_path=True, help_text=_("The address at which you open Gotify."))
    token = TextField(
        TOKEN,
        _("Enter the application’s token."),
        label=_("Application token"),
        help_text=_("In Gotify under Apps: create an application and copy its token."),
    )


class MatrixForm(MessageForm):
    secrets = ("token",)
    server = ServerField(help_text=_("The homeserver of the account that sends."))
    room = TextField(
        r"![A-Za-z0-9._=-]+(:[A-Za-z0-9.-]+)?",
        _("Enter the room’s internal ID. It begins with an exclamation mark."),
        label=_("Room ID"),
        help_text=_("In Element under the room’s settings, Advanced. Use an unencrypted room."),
    )
    token = TextField(
        TOKEN,
        _("Enter the access token."),
        label=_("Access token"),
        help_text=_("In Element under All settings, Help and about, best of its own account."),
    )


class SignalForm(MessageForm):
    server = ServerField(help_text=_("The address of your signal-cli REST API."))
    sender = TextField(
        r"\+\d{10,14}",
        _("Enter a phone number with its country code, such as +4915112345678."),
        label=_("Sender’s number"),
        help_text=_("The number that’s registered or linked there."),
    )
    recipient = TextField(
        r"\+\d{10,14}",
        _("Enter a phone number with its country code, such as +4915112345678."),
        label=_("Your number"),
        required=False,
        help_text=_("Without one the messages go to the sender’s number, as a note to self."),
    )


class WebhookForm(MessageForm):
    url = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_("We post JSON to it, signed as Standard Webhooks describes."),
        error_messages={"required": _("Enter an address that begins with https://.")},
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            check_endpoint(url)
        except ValueError:
            raise ValidationError(_("Enter an address that begins with https://.")) from None
        return url

    def settings(self) -> dict[str, str]:
        """With a new secret for another address."""
        found = super().settings()
        if found["url"] == self.stored.get("url"):
            return dict(self.stored)
        return {**found, "secret": f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"}


class ChannelCodeForm(PageForm):
    code = TextField(
        r"\d{6}",
        _("Enter the six digits of our latest message."),
        label=_("Code"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("code")


FORMS: Mapping[str, type[MessageForm]] = {
    ChannelKind.NTFY: NtfyForm,
    ChannelKind.TELEGRAM: TelegramForm,
    ChannelKind.PUSHOVER: PushoverForm,
    ChannelKind.GOTIFY: GotifyForm,
    ChannelKind.MATRIX: MatrixForm,
    ChannelKind.SIGNAL: SignalForm,
    ChannelKind.WEBHOOK: WebhookForm,
}
