// The key "n" adds an interview in one line. Every page works without this.
(function () {
  "use strict";

  const FIELD = "#quick-add";

  // A wide field has room for the longer example.
  function widenExample() {
    const field = document.querySelector(FIELD);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (field && field.clientWidth > 26 * rem) field.placeholder = field.dataset.wide;
  }

  // A visitor's zone says which day is today, and at what hour a call is welcome.
  function nameZone() {
    document.querySelectorAll("input[data-zone]").forEach(function (input) {
      input.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    });
  }

  function close(dialog) {
    dialog.close();
    dialog.remove(); // so that its ids are free for a page with a field of its own
  }

  let isOpening = false; // the key may be pressed again before the dialog is there

  async function open(url) {
    if (isOpening) return;
    isOpening = true;
    const dialog = document.createElement("dialog");
    dialog.className = "quick-add-dialog";
    try {
      const answer = await fetch(url);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      dialog.innerHTML = await answer.text();
    } catch {
      window.location.assign(document.body.dataset.add);
      return;
    } finally {
      isOpening = false;
    }
    dialog.setAttribute("aria-label", dialog.querySelector("label").textContent);
    document.body.append(dialog);
    window.htmx.process(dialog);
    // Removed at once, its field loses the focus, and the next key belongs to the page again.
    dialog.addEventListener("cancel", function (event) {
      event.preventDefault();
      close(dialog);
    });
    dialog.addEventListener("close", () => close(dialog));
    dialog.addEventListener("click", (event) => event.target === dialog && close(dialog));
    dialog.showModal();
    dialog.querySelector(FIELD).focus();
    widenExample();
  }

  function onKey(event) {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable], dialog");
    const isOff = document.documentElement.hasAttribute("data-keys-off");
    const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.repeat || isOff;
    const url = document.body.dataset.quickAdd;
    if (event.key !== "n" || isTyping || isHeld || !url) return;
    event.preventDefault();
    const field = document.querySelector(`main ${FIELD}`);
    if (field) field.focus();
    else open(url);
  }

  // Enter saves a line that is complete as it was read; otherwise the form asks for the rest.
  function saveWhole(event) {
    if (event.key !== "Enter" || !event.target.matches(FIELD)) return;
    const whole = document.querySelector("#quick-add-read form");
    if (!whole || whole.elements.q.value !== event.target.value.trim()) return;
    event.preventDefault();
    whole.requestSubmit();
  }

  function prepare() {
    widenExample();
    nameZone();
  }

  document.addEventListener("DOMContentLoaded", function () {
    prepare();
    document.addEventListener("keydown", onKey);
    document.addEventListener("keydown", saveWhole);
    document.body.addEventListener("htmx:afterSwap", function (event) {
      if (event.detail.target?.id !== "page") return;
      document.querySelectorAll(".quick-add-dialog").forEach(close);
      prepare();
    });
    // Going back shows the page as the server sent it, or as the browser kept it.
    document.body.addEventListener("htmx:historyRestore", prepare);
    window.addEventListener("pageshow", prepare);
  });
})();
