"""Messages by services that the library `apprise` knows.

Import it where one is sent: the library is large. Nobody names its URLs: each kind of channel has
its plugin here, which is made from typed fields. The plugins request by the module `requests`; they
find another in its place, which passes on to the message's `MessageRequests` (docs/decisions).
"""

import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from apprise import AppriseAsset, NotifyFormat, PersistentStoreMode
from apprise.exception import AppriseImproperlyConfigured
from apprise.plugins import gotify, ntfy, pushover, signal_api, telegram
from apprise.plugins.matrix import base as matrix

from interviews.models import ChannelKind
from reminders.message_requests import MessageRequests

# It logs addresses and what servers say.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)

Settings = Mapping[str, str]
ASSET = AppriseAsset(
    app_id="Hearback",
    storage_mode=PersistentStoreMode.MEMORY,  # no tokens on disk
    http_redirects=False,
)
_current: ContextVar[MessageRequests] = ContextVar("requests of the message that is sent")


class _Requests:
    """What the plugins use of the module `requests`."""

    codes = requests.codes
    RequestException = requests.RequestException
    TooManyRedirects = requests.TooManyRedirects

    def get(self, url: str, **kwargs: Any) -> requests.Response:
        return _request("GET", url, **kwargs)

    def post(self, url: str, **kwargs: Any) -> requests.Response:
        return _request("POST", url, **kwargs)

    def put(self, url: str, **kwargs: Any) -> requests.Response:
        return _request("PUT", url, **kwargs)


def _request(
    method: str,
    url: str,
    *,
    params: object = None,
    data: object = None,
    headers: object = None,
    auth: object = None,
    files: object = None,
    **_rules: object,
) -> requests.Response:
    """Time, certificates and redirects are ruled by the session; files are never sent."""
    return _current.get().request(method, url, params=params, data=data, headers=headers, auth=auth)


for plugin in (gotify, matrix, ntfy, pushover, signal_api, telegram):
    if vars(plugin).get("requests") is not requests:
        raise ImportError(f"{plugin.__name__} no longer requests by the module `requests`.")
    vars(plugin)["requests"] = _Requests()


def _ntfy(settings: Settings, url: str) -> Any:
    token = settings.get("token", "")
    return ntfy.NotifyNtfy(
        **_server(settings),
        mode="private",
        targets=[settings["topic"]],
        auth="token" if token else "basic",
        token=token or None,
        click=url,
        include_image=False,
        asset=ASSET,
    )


def _telegram(settings: Settings, _url: str) -> Any:
    return telegram.NotifyTelegram(
        settings["token"], [settings["chat"]], detect_owner=False, asset=ASSET
    )


def _pushover(settings: Settings, _url: str) -> Any:
    return pushover.NotifyPushover(user_key=settings["user"], token=settings["token"], asset=ASSET)


def _gotify(settings: Settings, _url: str) -> Any:
    path = urlsplit(settings["server"]).path.rstrip("/")
    return gotify.NotifyGotify(
        **_server(settings), token=settings["token"], fullpath=f"{path}/", asset=ASSET
    )


def _matrix(settings: Settings, _url: str) -> Any:
    return matrix.NotifyMatrix(
        **_server(settings),
        password=quote(settings["token"], safe=""),  # which it unquotes
        targets=[settings["room"]],
        discovery=False,
        e2ee=False,
        autoverify=False,
        include_image=False,
        asset=ASSET,
    )


def _signal(settings: Settings, _url: str) -> Any:
    recipient = settings.get("recipient") or settings["sender"]
    return signal_api.NotifySignalAPI(
        **_server(settings), source=settings["sender"], targets=[recipient], asset=ASSET
    )


def _server(settings: Settings) -> dict[str, Any]:
    parts = urlsplit(settings["server"])
    host = parts.hostname or ""
    return {
        "schema": parts.scheme,
        "secure": parts.scheme == "https",
        "host": f"[{host}]" if ":" in host else host,
        "port": parts.port,
    }


PLUGINS: Mapping[str, Callable[[Settings, str], Any]] = {
    ChannelKind.NTFY: _ntfy,
    ChannelKind.TELEGRAM: _telegram,
    ChannelKind.PUSHOVER: _pushover,
    ChannelKind.GOTIFY: _gotify,
    ChannelKind.MATRIX: _matrix,
    ChannelKind.SIGNAL: _signal,
}


def notify(
    kind: str, settings: Settings, *, title: str, text: str, url: str, by: MessageRequests
) -> bool:
    """Return whether the service accepted it. Raise ValueError if it cannot be asked like this."""
    try:
        service = PLUGINS[kind](settings, url)
    except (AppriseImproperlyConfigured, KeyError) as error:
        raise ValueError("The settings cannot be used.") from error
    if kind == ChannelKind.MATRIX:  # where a title's plain text begins with “#”
        title, text = "", f"{title}\n{text}"
    # It sleeps between requests, and for as long as a server asks it to.
    service.throttle = lambda *_args, **_kwargs: None
    token = _current.set(by)
    try:
        return bool(service.notify(body=text, title=title, body_format=NotifyFormat.TEXT))
    finally:
        _current.reset(token)
