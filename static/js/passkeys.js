// Passkeys: allauth's scripts talk to the browser; here stands what they leave to a page.
(function () {
  "use strict";

  // What needs a passkey is hidden until it is known that this browser has them.
  document.addEventListener("DOMContentLoaded", function () {
    const mayUse = Boolean(window.PublicKeyCredential);
    document.querySelectorAll("[data-if-passkeys]").forEach((part) => (part.hidden = !mayUse));
    document.querySelectorAll("[data-unless-passkeys]").forEach((part) => (part.hidden = mayUse));
  });

  // Nobody touched it, or it was cancelled: browsers do not tell which.
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-trouble]").forEach((part) => (part.hidden = false));
  });
})();
