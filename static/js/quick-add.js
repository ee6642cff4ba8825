// The field that adds an interview in one line. Every page works without this.
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
    document.addEventListener("keydown", saveWhole);
    document.addEventListener("focusin", (event) => event.target.matches(FIELD) && widenExample());
    document.body.addEventListener("htmx:afterSwap", function (event) {
      if (event.detail.target?.id === "page") prepare();
    });
    // Going back shows the page as the server sent it, or as the browser kept it.
    document.body.addEventListener("htmx:historyRestore", prepare);
    window.addEventListener("pageshow", prepare);
  });
})();
