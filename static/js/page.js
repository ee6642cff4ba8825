// Progressive enhancement: every page works without this.
(function () {
  "use strict";

  // Suggest the browser's zone if a zone is asked for and none has been chosen.
  function proposeZone(root) {
    root.querySelectorAll("select[data-propose-zone]").forEach(function (select) {
      if (select.value !== select.dataset.proposeZone) return;
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const names = Array.from(select.options, (option) => option.value);
      const known = names.find((name) => name === zone) || names.find((name) => isSame(name, zone));
      if (known) select.value = known;
    });
  }

  // Browsers use some old names, such as Asia/Calcutta for Asia/Kolkata.
  function isSame(name, zone) {
    try {
      return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone === zone;
    } catch {
      return false;
    }
  }

  const COPIED = 2000; // milliseconds for which the button says so

  // Copying needs JavaScript, so its button appears only here.
  function offerCopying(root) {
    root.querySelectorAll("button[data-copy]").forEach(function (button) {
      if (!navigator.clipboard) return;
      const says = button.textContent;
      const name = button.getAttribute("aria-label");
      button.hidden = false;
      button.addEventListener("click", async function () {
        const source = document.querySelector(button.dataset.copy);
        await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
        button.textContent = button.dataset.copied;
        button.removeAttribute("aria-label"); // the focused button's new name is read out
        setTimeout(function () {
          button.textContent = says;
          if (name) button.setAttribute("aria-label", name);
        }, COPIED);
      });
    });
  }

  // A link to a field of a form leads into it, also where it is folded away.
  function arriveAtField() {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const field = id && document.getElementById(id);
    if (!field || !field.matches("main :is(input, select, textarea)")) return false;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
    return true;
  }

  function offerPrinting(root) {
    root.querySelectorAll("button[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
  }

  // Open the letter in the candidate's mail program, as edited and with the chosen recipient.
  function keepLetterLink(root) {
    root.querySelectorAll("a[data-letter]").forEach(function (link) {
      const fields = ["#id_subject", link.dataset.letter].map((id) => document.querySelector(id));
      link.closest("form").addEventListener("input", function () {
        const chosen = link.closest("form").querySelector("option[data-email]:checked");
        const address = chosen
          ? `mailto:${encodeURIComponent(chosen.dataset.email).replace("%40", "@")}`
          : link.getAttribute("href").split("?")[0];
        // mailto: requires CRLF
        const typed = fields.map((field) => field.value.replace(/\r?\n/g, "\r\n"));
        const [subject, body] = typed.map(encodeURIComponent);
        link.setAttribute("href", `${address}?subject=${subject}&body=${body}`);
      });
    });
  }

  // After a page change without reload, focus the heading or the errors, so that they are read out.
  // A message with Undo comes first: the next Tab is its button. A field that asks for the focus
  // has it if nothing is to be read before.
  function moveFocus() {
    const undo = document.querySelector("#messages form")?.closest(".message");
    const said = document.querySelector(".error-summary") || undo;
    const field = said ? null : document.querySelector("main [autofocus]");
    const start = said || field || document.querySelector("main h1");
    if (field) field.focus();
    if (!start || field) return;
    start.setAttribute("tabindex", "-1");
    start.focus({ preventScroll: start.tagName === "H1" });
  }

  const BY_KEY = "#by-key"; // tells the search page to focus its field

  // The key "/" focuses the search field, or opens the search page.
  function goSearching(event) {
    const isTyping = event.target.closest("input, textarea, select");
    const isOff = document.documentElement.hasAttribute("data-keys-off");
    const isHeld = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== "/" || isTyping || isHeld || isOff) return;
    const field = document.querySelector("main input[type=search]");
    const page = document.body.dataset.search;
    if (!field && !page) return;
    event.preventDefault();
    if (field) field.focus();
    else window.location.assign(page + BY_KEY);
  }

  function arriveSearching() {
    if (window.location.hash === BY_KEY) document.querySelector("main input[type=search]")?.focus();
  }

  // --- slow and lost requests ------------------------------------------------------------------

  const PATIENCE = 10000; // milliseconds; no event tells when a download of a plain form has arrived

  // Mark a form as being sent, and prevent a second submission. Its button is not disabled, so that
  // it keeps the focus.
  function setBusy(form, isBusy) {
    if (isBusy) form.setAttribute("aria-busy", "true");
    else form.removeAttribute("aria-busy");
  }

  function sendOnce(event) {
    if (event.target.getAttribute("aria-busy") !== "true") return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function markPlain(event) {
    if (event.defaultPrevented) return; // htmx sends it
    setBusy(event.target, true);
    setTimeout(() => setBusy(event.target, false), PATIENCE);
  }

  function say(name) {
    const words = document.getElementById("network-errors").content;
    const said = words.querySelector(`[data-say="${name}"]`).cloneNode(true);
    document.getElementById("messages").replaceChildren(said);
  }

  const isPost = (event) => event.detail.requestConfig?.verb === "post";
  // Requests that only add to a page (the preview under a form, the reading of a line, the columns of
  // an import) fail silently.
  const isHint = (event) => event.detail.elt.matches(".then, #quick-add, #mapping");

  function onLost(event) {
    if (!isHint(event)) say(isPost(event) ? "unsent" : "unfetched");
  }

  // What to show if a post is not accepted. The server's page would replace what was typed.
  function notTaken(status) {
    if (status >= 500) return "failed";
    return { 413: "tooLarge", 429: "tooOften" }[status];
  }

  function keepTyped(event) {
    const said = isPost(event) && notTaken(event.detail.xhr.status);
    if (!said) return;
    event.detail.shouldSwap = false;
    if (!isHint(event)) say(said);
  }

  // A part of a page cannot show another page, such as the sign-in after a session has ended.
  function leaveForAnotherPage(event) {
    const { xhr, target, requestConfig } = event.detail;
    if (target?.id === "page" || !xhr.responseURL) return;
    const path = (url) => new URL(url, window.location.href).pathname;
    const isElsewhere = path(xhr.responseURL) !== path(requestConfig.path);
    const isRefused = xhr.status === 403 || xhr.status === 404;
    if (!isElsewhere && !isRefused) return;
    event.detail.shouldSwap = false;
    if (isElsewhere) window.location.assign(xhr.responseURL);
    else if (!isHint(event)) say("failed");
  }

  function watchRequests() {
    document.addEventListener("submit", sendOnce, true);
    window.addEventListener("submit", markPlain);
    window.addEventListener("pageshow", function () {
      document.querySelectorAll("form[aria-busy]").forEach((form) => setBusy(form, false));
    });
    document.body.addEventListener("htmx:beforeRequest", function (event) {
      if (event.detail.elt.matches("form")) setBusy(event.detail.elt, true);
    });
    document.body.addEventListener("htmx:afterRequest", function (event) {
      if (event.detail.elt.matches("form")) setBusy(event.detail.elt, false);
    });
    document.body.addEventListener("htmx:sendError", onLost);
    document.body.addEventListener("htmx:beforeSwap", keepTyped);
    document.body.addEventListener("htmx:beforeSwap", leaveForAnotherPage);
  }

  function prepare(root) {
    proposeZone(root);
    offerCopying(root);
    offerPrinting(root);
    keepLetterLink(root);
  }

  let shownPath = window.location.pathname;

  document.addEventListener("DOMContentLoaded", function () {
    prepare(document);
    watchRequests();
    document.addEventListener("keydown", goSearching);
    arriveSearching();
    arriveAtField();
    document.body.addEventListener("htmx:afterSwap", function (event) {
      // Going back restores the whole body and has no target.
      if (event.detail.target?.id !== "page") return;
      prepare(document.getElementById("page"));
      if (!arriveAtField()) moveFocus();
      // After a tap the list keeps its position; another page starts at the top.
      const path = new URL(event.detail.xhr.responseURL).pathname;
      if (path !== shownPath) window.scrollTo(0, 0);
      shownPath = path;
    });
    document.body.addEventListener("htmx:historyRestore", () => prepare(document));
  });
})();
