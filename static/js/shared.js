// Fills the forms of the page for what was shared: by the bookmarklet, behind the # of the address,
// or by a phone's share sheet, which the service worker keeps. Nothing is saved before the candidate
// has sent a form that shows it.
(function () {
  "use strict";

  const PAGE = /^#page=([\w-]+)$/;
  const STORED = "hearback-page"; // of this tab, so that it outlives the sign-in
  const DAY = 24 * 3600 * 1000;

  // The bookmarklet's text becomes a link to drag. Pressed here it does nothing: our pages allow no
  // inline script.
  function offerBookmarklet() {
    document.querySelectorAll("[data-bookmarklet]").forEach(function (place) {
      const link = place.querySelector("a");
      link.href = document.querySelector(place.dataset.bookmarklet).value;
      link.addEventListener("click", (event) => event.preventDefault());
      place.hidden = false;
      document.querySelectorAll(".no-script").forEach((each) => (each.hidden = true));
    });
  }

  const root = document.getElementById("shared");
  offerBookmarklet();
  if (!root) return;

  const owner = root.dataset.owner;
  const part = (name) => root.querySelector(`[data-shared="${name}"]`);

  function decoded(said) {
    const signs = atob(said.replace(/-/g, "+").replace(/_/g, "/"));
    return new TextDecoder().decode(Uint8Array.from(signs, (sign) => sign.charCodeAt(0)));
  }

  // Take the page out of the address, so that it is in no history and no bookmark.
  function keepPage() {
    const said = PAGE.exec(location.hash);
    if (!said) return;
    history.replaceState(null, "", location.pathname);
    try {
      sessionStorage.setItem(STORED, JSON.stringify({ at: Date.now(), page: decoded(said[1]) }));
    } catch {
      sessionStorage.removeItem(STORED);
    }
  }

  function takePage() {
    const kept = JSON.parse(sessionStorage.getItem(STORED) || "null");
    sessionStorage.removeItem(STORED);
    return kept && Date.now() - kept.at < DAY ? kept.page : null;
  }

  // What the worker keeps of this reader's, or null.
  function ask(told) {
    const worker = navigator.serviceWorker?.controller;
    if (!worker) return Promise.resolve(null);
    return new Promise(function (resolve) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage(told, [port2]);
    });
  }

  function send(values) {
    const form = part("position");
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    form.hidden = false;
    form.requestSubmit();
  }

  function fill(file) {
    const isContacts = /\.vcf$/i.test(file.name) || /vcard/i.test(file.type);
    const [shown, other] = isContacts ? ["contacts", "invitation"] : ["invitation", "contacts"];
    const chosen = new DataTransfer();
    chosen.items.add(file);
    const form = part(shown);
    form.elements.file.files = chosen.files;
    part(other).hidden = true;
    part("none").hidden = true;
    const button = form.querySelector("button");
    button.classList.replace("btn-quiet", "btn-primary");
    button.focus();
    form.addEventListener("submit", () => ask({ type: "shared-taken", owner }));
  }

  async function show() {
    const page = takePage();
    if (page) return send({ page });
    const shared = await ask({ type: "shared", owner });
    if (!shared) return undefined;
    if (shared.isTooLarge) part("large").hidden = false;
    if (shared.file) return fill(shared.file);
    await ask({ type: "shared-taken", owner });
    const { title, text, url } = shared;
    return title || text || url ? send({ title, text, url }) : undefined;
  }

  keepPage();
  if (owner) show();
})();
