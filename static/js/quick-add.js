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

  // Enter saves a line that is complete as it was read; otherwise the form asks for the rest. On the
  // form's own page the line has filled in the form, which is saved.
  function saveWhole(event) {
    if (event.key !== "Enter" || !event.target.matches(FIELD)) return;
    const save = document.querySelector("#quick-add-read button[type=submit]");
    const line = save && (save.dataset.line ?? save.form.elements.q.value);
    if (line !== event.target.value.trim()) return;
    event.preventDefault();
    save.form.requestSubmit();
  }

  // While a line is typed, it fills in the form below; what was filled in by hand stays.
  function keepTouched(event) {
    if (event.detail.target.id !== "new-interview") return;
    const fresh = event.detail.fragment.querySelector("#new-interview");
    event.detail.target.querySelectorAll("[data-touched]").forEach(function (field) {
      const same = fresh.querySelector(`[name="${field.name}"]`);
      if (!same) return;
      same.value = field.value;
      same.dataset.touched = "";
    });
  }

  function markTouched(event) {
    if (event.target.closest("#new-interview")) event.target.dataset.touched = "";
  }

  function prepare() {
    widenExample();
    nameZone();
  }

  document.addEventListener("DOMContentLoaded", function () {
    prepare();
    document.addEventListener("keydown", saveWhole);
    document.addEventListener("input", markTouched);
    document.body.addEventListener("htmx:oobBeforeSwap", keepTouched);
    document.addEventListener("focusin", (event) => event.target.matches(FIELD) && widenExample());
    document.body.addEventListener("htmx:afterSwap", function (event) {
      if (event.detail.target?.id === "page") prepare();
    });
    // Going back shows the page as the server sent it, or as the browser kept it.
    document.body.addEventListener("htmx:historyRestore", prepare);
    window.addEventListener("pageshow", prepare);
  });
})();
