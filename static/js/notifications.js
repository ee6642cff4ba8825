// Turn on notifications in this browser. Only the page about them loads this.
(function () {
  "use strict";

  const parts = () => [...document.querySelectorAll("[data-notifications]")];
  const form = () => document.querySelector("form[data-key]");

  function say(name) {
    parts().forEach((part) => (part.hidden = part.dataset.notifications !== name));
  }

  // Safari on an iPhone or iPad offers the Push API to apps on the home screen alone.
  function whyNot() {
    const isTouched = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
    return isTouched || /iPhone|iPad/.test(navigator.userAgent) ? "home-screen" : "unsupported";
  }

  async function digest(text) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // The row of this browser in the list, if it is there.
  async function ownRow() {
    const registration = await navigator.serviceWorker.getRegistration("/");
    const subscription = await registration?.pushManager.getSubscription();
    const own = subscription && (await digest(subscription.endpoint));
    return own && document.querySelector(`[data-device="${own}"]`);
  }

  async function show() {
    if (!form()) return;
    if (!navigator.serviceWorker || !window.PushManager || !window.Notification) {
      return say(whyNot());
    }
    if (Notification.permission === "denied") return say("blocked");
    const row = Notification.permission === "granted" && (await ownRow().catch(() => null));
    if (row) row.querySelector("[data-this-device]").hidden = false;
    say(row ? "on" : "off");
  }

  async function subscribe(applicationServerKey) {
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey };
    try {
      return await pushManager.subscribe(options);
    } catch (error) {
      // One with another key, of before the server's key was lost, stands in the way.
      const former = await pushManager.getSubscription();
      if (!former) throw error;
      await former.unsubscribe();
      return pushManager.subscribe(options);
    }
  }

  async function turnOn({ action, dataset, elements }) {
    if ((await Notification.requestPermission()) !== "granted") return show();
    const body = JSON.stringify(await subscribe(dataset.key));
    const headers = {
      "Content-Type": "application/json",
      "X-CSRFToken": elements.csrfmiddlewaretoken.value,
    };
    const response = await fetch(action, { method: "POST", body, headers });
    if (response.status !== 201) throw new Error(response.status);
    location.reload();
  }

  document.addEventListener("submit", function (event) {
    if (event.target !== form()) return;
    event.preventDefault();
    const button = event.target.querySelector("button");
    button.disabled = true;
    turnOn(event.target)
      .catch(() => (document.querySelector("[data-notifications-error]").hidden = false))
      .finally(() => (button.disabled = false));
  });
  document.addEventListener("htmx:afterSwap", show);
  document.addEventListener("htmx:historyRestore", show);
  show();
})();
