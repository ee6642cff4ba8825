// The field that adds an interview in one line. Every page works without this.
(function () {
  "use strict";

  const FIELD = "#quick-add";

  // A wide field has room for the longer example.
  function widenExample() {
    const field = document.querySelector(FIELD);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (field?.dataset.wide && field.clientWidth > 26 * rem) field.placeholder = field.dataset.wide;
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

  // By hand, here or before the browser came back to this page.
  function isTyped(field) {
    if ("touched" in field.dataset) return true;
    if (field.options) return [...field.options].some((each) => each.selected && !each.defaultSelected);
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  }

  // While a line is typed, it fills in the form below; what was filled in by hand stays, and in a
  // form that was refused all that it holds.
  function keepTyped(event) {
    const old = event.detail.target;
    if (old.id !== "new-interview") return;
    const fresh = event.detail.fragment.querySelector("#new-interview");
    const isRefused = old.querySelector(".error-summary") !== null;
    old.querySelectorAll("input:not([type=hidden]), select, textarea").forEach(function (field) {
      if (!isTyped(field) && !(isRefused && field.value)) return;
      const isChoice = field.matches("[type=radio], [type=checkbox]");
      const named = [...fresh.querySelectorAll(`[name="${field.name}"]`)];
      const same = named.find((each) => !isChoice || each.value === field.value);
      if (!same) return;
      if (isChoice) same.checked = field.checked;
      else same.value = field.value;
      same.dataset.touched = "";
    });
    const folded = fresh.querySelectorAll("details");
    old.querySelectorAll("details").forEach(function (each, number) {
      if (each.open && folded[number]) folded[number].open = true;
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
    document.body.addEventListener("htmx:oobBeforeSwap", keepTyped);
    document.addEventListener("focusin", (event) => event.target.matches(FIELD) && widenExample());
    document.body.addEventListener("htmx:afterSwap", function (event) {
      if (event.detail.target?.id === "page") prepare();
    });
    // Going back shows the page as the server sent it, or as the browser kept it.
    document.body.addEventListener("htmx:historyRestore", prepare);
    window.addEventListener("pageshow", prepare);
  });
})();
