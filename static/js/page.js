// What a page gains with JavaScript; each works without it.
(function () {
  "use strict";

  // The browser's zone is proposed where a zone is asked for and none has been chosen yet.
  function proposeZone(root) {
    root.querySelectorAll("select[data-propose-zone]").forEach(function (select) {
      if (select.value !== select.dataset.proposeZone) return;
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const names = Array.from(select.options, (option) => option.value);
      const known = names.find((name) => name === zone) || names.find((name) => isSame(name, zone));
      if (known) select.value = known;
    });
  }

  // Browsers go on using some old names, such as Asia/Calcutta for Asia/Kolkata.
  function isSame(name, zone) {
    try {
      return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone === zone;
    } catch {
      return false;
    }
  }

  // Copying needs the browser's help, so its button appears only here.
  function offerCopying(root) {
    root.querySelectorAll("button[data-copy]").forEach(function (button) {
      if (!navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", async function () {
        await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).value);
        button.textContent = button.dataset.copied;
      });
    });
  }

  function offerPrinting(root) {
    root.querySelectorAll("button[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
  }

  // The letter opens in her own mail program as she has edited it, to whom she has chosen.
  function keepLetterLink(root) {
    root.querySelectorAll("a[data-letter]").forEach(function (link) {
      const fields = ["#id_subject", link.dataset.letter].map((id) => document.querySelector(id));
      link.closest("form").addEventListener("input", function () {
        const chosen = link.closest("form").querySelector("option[data-email]:checked");
        const address = chosen
          ? `mailto:${encodeURIComponent(chosen.dataset.email).replace("%40", "@")}`
          : link.getAttribute("href").split("?")[0];
        // In an address a line ends with both signs.
        const typed = fields.map((field) => field.value.replace(/\r?\n/g, "\r\n"));
        const [subject, body] = typed.map(encodeURIComponent);
        link.setAttribute("href", `${address}?subject=${subject}&body=${body}`);
      });
    });
  }

  // A page that came without a reload is read out from its heading, or from its errors.
  // What can be undone comes first: the next Tab is its button.
  function moveFocus() {
    const undo = document.querySelector("#messages form")?.closest(".message");
    const start = document.querySelector(".problems") || undo || document.querySelector("main h1");
    if (!start) return;
    start.setAttribute("tabindex", "-1");
    start.focus({ preventScroll: start.tagName === "H1" });
  }

  const BY_KEY = "#by-key"; // how the search page knows that it was opened to type at once

  // The key "/" brings the focus to the search field; without one on the page, to the search page.
  function goSearching(event) {
    const isTyping = event.target.closest("input, textarea, select");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
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

  const PATIENCE = 10000; // what a plain form downloads says nothing when it has come

  // A form that is on its way says so, and cannot be sent a second time meanwhile. Its button keeps
  // the focus: it is not disabled.
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
    const words = document.getElementById("trouble-words").content;
    const said = words.querySelector(`[data-say="${name}"]`).cloneNode(true);
    document.getElementById("messages").replaceChildren(said);
  }

  const isPost = (event) => event.detail.requestConfig?.verb === "post";
  // What only adds to a page (the sentence under a card) fails in silence.
  const isHint = (event) => event.detail.elt.matches(".then");

  function onLost(event) {
    if (!isHint(event)) say(isPost(event) ? "unsent" : "unfetched");
  }

  // What is said of a post that was not taken, in place of the server's page: that would take the
  // place of what was typed.
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
    document.body.addEventListener("htmx:afterSwap", function (event) {
      // Going back restores the whole body and names no target.
      if (event.detail.target?.id !== "page") return;
      prepare(document.getElementById("page"));
      moveFocus();
      // A tap stays where it is in its list; another page begins at its top.
      const path = new URL(event.detail.xhr.responseURL).pathname;
      if (path !== shownPath) window.scrollTo(0, 0);
      shownPath = path;
    });
    document.body.addEventListener("htmx:historyRestore", () => prepare(document));
  });
})();
