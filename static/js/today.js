// Rows of Today open in place; without this, their links load the page with the row open.
(function () {
  "use strict";

  async function toggle(link) {
    const row = link.closest("li");
    const address = new URL(link.href, window.location.href);
    address.pathname = new URL(row.querySelector(".name").href).pathname + "row/";
    if (row.matches(".first")) address.searchParams.set("first", "1");
    await window.htmx.ajax("GET", address.pathname + address.search, {
      target: row,
      swap: "outerHTML",
      select: "#" + row.id,
    });
    document.querySelector(`#${CSS.escape(row.id)} .unfold`)?.focus();
  }

  function onClick(event) {
    const link = event.target.closest(".timeline .unfold");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const open = document.querySelector(".timeline li.open .unfold");
    if (open && open !== link) toggle(open).then(() => toggle(link));
    else toggle(link);
  }

  function onKey(event) {
    if (event.key !== "Escape") return;
    const open = document.querySelector(".timeline li.open .unfold");
    if (open && !event.target.closest("dialog, input, textarea, select")) toggle(open);
  }

  document.addEventListener("click", onClick, true);
  document.addEventListener("keydown", onKey);
})();
