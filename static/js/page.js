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

  // The letter opens in her own mail program as she has edited it.
  function keepLetterLink(root) {
    root.querySelectorAll("a[data-letter]").forEach(function (link) {
      const fields = ["#id_subject", link.dataset.letter].map((id) => document.querySelector(id));
      link.closest("form").addEventListener("input", function () {
        const [address] = link.getAttribute("href").split("?");
        // In an address a line ends with both signs.
        const typed = fields.map((field) => field.value.replace(/\r?\n/g, "\r\n"));
        const [subject, body] = typed.map(encodeURIComponent);
        link.setAttribute("href", `${address}?subject=${subject}&body=${body}`);
      });
    });
  }

  // A page that came without a reload is read out from its heading, or from its errors.
  function moveFocus() {
    const start = document.querySelector(".problems") || document.querySelector("main h1");
    if (!start) return;
    start.setAttribute("tabindex", "-1");
    start.focus({ preventScroll: start.tagName === "H1" });
  }

  function prepare(root) {
    proposeZone(root);
    offerCopying(root);
    offerPrinting(root);
    keepLetterLink(root);
  }

  document.addEventListener("DOMContentLoaded", function () {
    prepare(document);
    document.body.addEventListener("htmx:afterSwap", function (event) {
      // Going back restores the whole body and names no target.
      if (event.detail.target?.id !== "page") return;
      prepare(document.getElementById("page"));
      moveFocus();
    });
    document.body.addEventListener("htmx:historyRestore", () => prepare(document));
  });
})();
