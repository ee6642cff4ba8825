// Rows of Today open in place; without this, their links load the page with the row open.
(function () {
  "use strict";

  // One change after another: the row that is open is looked for when its turn comes.
  let turn = Promise.resolve();
  const inTurn = (work) => (turn = turn.then(work, work));
  const openRow = () => document.querySelector(".timeline li.open");

  // Load the row as its own link would show it, and put it in the row's place.
  async function reload(row) {
    const address = new URL(row.querySelector(".unfold").href, window.location.href);
    address.pathname = new URL(row.querySelector(".name").href).pathname + "row/";
    if (row.matches(".first")) address.searchParams.set("first", "1");
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) {
      window.location.reload(); // the session has ended, or the interview is gone
      return;
    }
    const parsed = document.createElement("template");
    parsed.innerHTML = await answer.text();
    const fresh = parsed.content.querySelector("li");
    row.replaceWith(fresh);
    window.htmx.process(fresh);
    fresh.querySelector(".unfold").focus();
  }

  async function toggle(id) {
    const open = openRow();
    if (open && open.id !== id) await reload(open);
    const row = document.getElementById(id);
    if (row) await reload(row);
  }

  function onClick(event) {
    const link = event.target.closest(".timeline .unfold");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { id } = link.closest("li");
    inTurn(() => toggle(id));
  }

  function onKey(event) {
    if (event.key !== "Escape" || event.target.closest("dialog, input, textarea, select")) return;
    inTurn(() => openRow() && reload(openRow()));
  }

  document.addEventListener("click", onClick, true);
  document.addEventListener("keydown", onKey);
})();
