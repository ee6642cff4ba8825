// The dialogs that keys bring over any page: "n" adds an interview in one line, Ctrl K (⌘ K) goes
// anywhere. Every page works without this.
(function () {
  "use strict";

  let isOpening = false; // the key may be pressed again before the dialog is there

  function close(dialog) {
    dialog.close();
    dialog.remove(); // so that its ids are free for a page with a field of its own
  }

  function show(kind, content) {
    const dialog = document.createElement("dialog");
    dialog.className = `over-page ${kind}-dialog`;
    dialog.append(content);
    const field = dialog.querySelector("input");
    dialog.setAttribute("aria-label", field.ariaLabel || dialog.querySelector("label").textContent);
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
    field.focus();
  }

  // Without an answer go to the page that does the same.
  async function fetchAndShow(kind, address, page) {
    if (isOpening) return;
    isOpening = true;
    try {
      const answer = await fetch(address);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const parsed = document.createElement("template");
      parsed.innerHTML = await answer.text();
      show(kind, parsed.content);
    } catch {
      window.location.assign(page);
    } finally {
      isOpening = false;
    }
  }

  const isOff = () => document.documentElement.hasAttribute("data-keys-off");

  function onKey(event) {
    const { quickAdd, add } = document.body.dataset;
    const palette = document.getElementById("palette");
    if (event.repeat || event.altKey || isOff()) return;
    const isTyping = event.target.closest("input, textarea, select, [contenteditable], dialog");
    const isHeld = event.ctrlKey || event.metaKey;
    if (event.key === "k" && isHeld && palette && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      show("palette", palette.content.cloneNode(true)); // at once: the next key is typed into it
    } else if (event.key === "n" && !isHeld && !isTyping && quickAdd) {
      event.preventDefault();
      const field = document.querySelector("main #quick-add");
      if (field) field.focus();
      else fetchAndShow("quick-add", quickAdd, add);
    }
  }

  // The arrows walk through the lines of the palette; Enter in its field takes the first.
  function onPaletteKey(event) {
    const dialog = event.target.closest(".palette-dialog");
    if (!dialog) return;
    const stops = Array.from(dialog.querySelectorAll("input, a"));
    const [field, first] = stops;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      stops[(stops.indexOf(event.target) + step + stops.length) % stops.length].focus();
    } else if (event.key === "Enter" && event.target === field && first) {
      const isSettled = dialog.querySelector("#palette-lines").dataset.q === field.value.trim();
      if (!isSettled) return; // the search page answers
      event.preventDefault();
      first.click();
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.addEventListener("keydown", onKey);
    document.addEventListener("keydown", onPaletteKey);
    document.body.addEventListener("htmx:afterSwap", function (event) {
      if (event.detail.target?.id === "page") document.querySelectorAll(".over-page").forEach(close);
    });
  });
})();
