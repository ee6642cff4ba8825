// A coach's pages: rows open in place, and what is typed is kept in this tab until it is sent. Without
// this, links load the page with the row open.
(function () {
  "use strict";

  const DRAFT = "draft:";
  const SENT = "sent:";

  // --- drafts ------------------------------------------------------------------------------------

  // By the address that a form is sent to, which names the interview and the tab of the composer.
  const keyOf = (form) => DRAFT + form.dataset.draft;
  const fieldsOf = (form) =>
    Array.from(form.elements).filter((field) => field.name && !/^(hidden|submit)$/.test(field.type));

  function keepDraft(event) {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    const typed = fieldsOf(form).map((field) =>
      /^(radio|checkbox)$/.test(field.type) ? field.checked : field.value,
    );
    sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
  }

  // The draft belongs to the first choice: another begins without it, unless it was changed.
  function onChoice(event) {
    const form = event.target.closest("form[data-draft]");
    const words = form?.elements.words;
    if (event.target.name !== "action" || !words?.defaultValue) return;
    const isFirst = event.target === form.querySelector("[name=action]");
    if (isFirst && !words.value) words.value = words.defaultValue;
    if (!isFirst && words.value === words.defaultValue) words.value = "";
    keepDraft(event);
  }

  // A form that was refused comes back from the server with what was sent.
  function restoreDrafts(root) {
    root.querySelectorAll("form[data-draft]").forEach(function (form) {
      const kept = sessionStorage.getItem(keyOf(form));
      if (!kept || form.querySelector(".error-summary")) return;
      const typed = JSON.parse(kept);
      const fields = fieldsOf(form);
      if (typed.length !== fields.length) return;
      fields.forEach(function (field, place) {
        if (/^(radio|checkbox)$/.test(field.type)) field.checked = typed[place];
        else field.value = typed[place];
      });
    });
  }

  function onSubmit(event) {
    const form = event.target;
    if (form.matches("form[data-draft]")) sessionStorage.setItem(SENT, keyOf(form));
    if (form.matches("#user-tools form")) sessionStorage.clear(); // signing out
  }

  // A draft is dropped once the page says that it was saved, not when it is sent: the session may
  // have ended, or the network be lost.
  function dropSent() {
    const sent = sessionStorage.getItem(SENT);
    if (!sent) return;
    sessionStorage.removeItem(SENT);
    if (document.querySelector("#messages .success, .sent .success")) sessionStorage.removeItem(sent);
  }

  // --- rows --------------------------------------------------------------------------------------

  // The section that is shown whole stays so.
  function addressOf(link) {
    const address = new URL(link.href);
    const shown = new URLSearchParams(window.location.search).get("more");
    if (shown && !address.searchParams.has("more")) address.searchParams.set("more", shown);
    return address.href;
  }

  // Replace the row or section, and the row that was open, by what the link leads to.
  async function openInPlace(link) {
    const place = link.closest("li, section");
    const rows = new Set(document.querySelectorAll("li.open")).add(place);
    const shown = place.querySelectorAll("li").length;
    const address = addressOf(link);
    const answer = await fetch(address).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) {
      window.location.assign(link.href);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    rows.forEach(function (row) {
      const fresh = page.getElementById(row.id);
      if (fresh) row.replaceWith(document.adoptNode(fresh));
    });
    window.history.replaceState(null, "", address);
    const row = document.getElementById(place.id);
    restoreDrafts(row);
    if (row.matches("section")) {
      row.querySelectorAll("li")[shown]?.querySelector("a").focus();
      return;
    }
    const start = ".composer input:not([type=hidden]), .composer textarea, .verb, a.mine";
    row.querySelector(start)?.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function onClick(event) {
    const link = event.target.closest("a[data-in-place]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openInPlace(link);
  }

  function onKey(event) {
    if (event.key !== "Escape") return;
    const shut = event.target.closest("li.open")?.querySelector(".shut");
    if (shut) openInPlace(shut);
  }

  function offerPrinting() {
    document.querySelectorAll("button[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    offerPrinting();
    dropSent();
    restoreDrafts(document);
  });
  document.addEventListener("input", keepDraft);
  document.addEventListener("change", onChoice);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
})();
