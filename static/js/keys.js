// Keys for whoever likes them; the page "Keyboard shortcuts" lists them and can turn them off.
(function () {
  "use strict";

  const OFF = "hearback-keys-off";
  const CHORD = 1000; // milliseconds between "g" and the letter of a page
  let goingSince = -Infinity; // events count their time from the load of the page

  const rows = () => Array.from(document.querySelectorAll(".timeline li"));
  const rowOf = () => document.activeElement.closest(".timeline li");

  function move(step) {
    const all = rows();
    const at = all.indexOf(rowOf());
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
    all[next]?.querySelector(".name").focus();
  }

  const onRow = {
    o: (row) => row.querySelector(".unfold")?.click(),
    e: (row) => row.querySelector(".verb")?.click(),
    a: (row) => window.location.assign(row.querySelector(".name").href + "result/"),
  };

  function onKey(event) {
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    const isOver = document.querySelector("dialog[open]");
    if (isTyping || isOver || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
    const isChord = event.timeStamp - goingSince < CHORD;
    goingSince = -Infinity;
    const page = isChord && document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (page) page.click();
    else if (event.key === "g") goingSince = event.timeStamp;
    else if (event.key === "?") document.querySelector("[data-go='?']")?.click();
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (onRow[event.key] && rowOf()) onRow[event.key](rowOf());
    else return;
    event.preventDefault();
  }

  function isOff() {
    try {
      return window.localStorage.getItem(OFF) !== null;
    } catch {
      return false; // storage is blocked
    }
  }

  // The keys of other scripts ask the page.
  function tell() {
    document.documentElement.toggleAttribute("data-keys-off", isOff());
  }

  function offerSwitch() {
    const box = document.querySelector("[data-keys-switch]");
    if (!box) return;
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.checked = !isOff();
    box.addEventListener("change", function () {
      if (box.checked) window.localStorage.removeItem(OFF);
      else window.localStorage.setItem(OFF, "1");
      tell();
    });
  }

  tell();
  document.addEventListener("keydown", onKey);
  document.addEventListener("DOMContentLoaded", function () {
    offerSwitch();
    document.body.addEventListener("htmx:afterSwap", offerSwitch);
  });
})();
