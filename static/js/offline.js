// The page's part of offline use: start the service worker, and show unsent input.
(function () {
  "use strict";

  const workers = navigator.serviceWorker; // only on https and on localhost
  const start = document.getElementById("offline-queue");
  if (!workers || !start) return;

  const script = start.dataset.worker; // only on pages of signed-in users
  const RETRY = 30000;
  const READ = 1500; // milliseconds after which a message counts as read
  let isSent = false; // shown until another page is opened
  let shown = "";
  let state = { waiting: 0, refused: [] };

  async function worker() {
    return workers.controller || (script ? (await workers.ready).active : null);
  }

  async function post(told) {
    (await worker())?.postMessage(told);
  }

  function greet() {
    const named = document.getElementById("page").dataset.offlineCards || "";
    const cards = named.split(" ").filter(Boolean);
    post({ type: "hello", isSignedIn: Boolean(script), cards });
  }

  function say(name) {
    const words = document.getElementById("offline-queue-texts").content;
    return words.querySelector(`[data-say="${name}"]`).cloneNode(true);
  }

  function count(number) {
    if (number === 1) return say("one");
    const many = say("many");
    many.querySelector("[data-count]").textContent = number;
    return many;
  }

  function refused({ id, url }) {
    const said = say("refused");
    const mark = url.includes("?") ? "&" : "?";
    said.querySelector("[data-again]").href = `${url}${mark}kept=${encodeURIComponent(id)}`;
    said.querySelector("[data-drop]").addEventListener("click", () => post({ type: "drop", id }));
    return said;
  }

  // Change only what differs, so that nothing is read out twice.
  function show(told) {
    state = told;
    if (told.isSent && !isSent) setTimeout(() => isSent && post({ type: "read" }), READ);
    isSent = isSent || told.isSent;
    const onPage = new URLSearchParams(location.search).get("kept");
    const next = JSON.stringify([onPage, told.waiting, told.refused, told.needsSignIn, isSent]);
    if (next === shown) return;
    shown = next;
    const parts = told.refused.filter(({ id }) => id !== onPage).map(refused);
    if (told.waiting) parts.push(count(told.waiting));
    if (told.waiting && told.needsSignIn) parts.push(say("signIn"));
    if (isSent && !parts.length) parts.push(say("sent"));
    const place = document.getElementById("offline-queue");
    place.replaceChildren(...parts);
    window.htmx?.process(place);
    warn();
  }

  // The page that confirms signing out says what would be lost.
  function warn() {
    const isKept = state.waiting + state.refused.length > 0;
    document.querySelectorAll("[data-if-queued]").forEach((part) => (part.hidden = !isKept));
  }

  // The button in the footer signs out at once, unless something would be lost.
  document.addEventListener("submit", function (event) {
    const path = new URL(event.target.action, location.href).pathname;
    const isAsked = document.querySelector("[data-if-queued]") !== null;
    if (!event.target.matches("[data-sign-out]") || isAsked) return;
    if (state.waiting + state.refused.length === 0) return;
    event.preventDefault();
    location.assign(path);
  });

  workers.addEventListener("message", (event) => show(event.data));
  workers.startMessages();
  if (script) workers.register(script).catch(() => undefined);
  greet();
  window.addEventListener("online", greet);
  workers.addEventListener("controllerchange", greet);
  document.addEventListener("visibilitychange", () => document.hidden || greet());
  document.body.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target?.id !== "page") return;
    isSent = false;
    greet();
  });
  // Going back restores the body as it was first loaded.
  document.body.addEventListener("htmx:historyRestore", function () {
    shown = "";
    greet();
  });
  setInterval(() => state.waiting && greet(), RETRY);
})();
