// Passkeys: allauth's scripts talk to the browser; this does what they leave to the page.
(function () {
  "use strict";

  // Controls for passkeys are hidden until the browser is known to support them.
  document.addEventListener("DOMContentLoaded", function () {
    const mayUse = Boolean(window.PublicKeyCredential);
    document.querySelectorAll("[data-if-passkeys]").forEach((part) => (part.hidden = !mayUse));
    document.querySelectorAll("[data-unless-passkeys]").forEach((part) => (part.hidden = mayUse));
  });

  // Nobody touched it, or it was cancelled: browsers do not tell which.
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-error]").forEach((part) => (part.hidden = false));
  });
})();
