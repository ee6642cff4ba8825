// Hearback without a network: docs/offline.md says what is stored where, and why.
"use strict";

const SETTINGS = {{ settings|safe }};

const STATIC = `static-${SETTINGS.version}`;
const PAGES = "pages-"; // followed by the reader's key: each reader's pages are separate
// The stable part of a reader's key; entries belong to it.
const ownerOf = (reader) => reader && reader.split(".")[0];
const LOCK = "hearback-send";
const HOUR = 3600 * 1000;
const PATIENCE = 8000; // milliseconds; a network that does not answer counts as none
let signOuts = 0; // during this worker's lifetime
const AWAY = [429, 500, 502, 503, 504];

const CARD = /^\/interviews\/[0-9a-f-]{36}\/agreement\/$/;
const PREVIEW = /^\/interviews\/[0-9a-f-]{36}\/agreement\/preview\/$/;
const NOTHING = /^\/interviews\/[0-9a-f-]{36}\/nothing-agreed\/$/;
const APART = /^\/(admin|act|static)\//;

// Of the requests that no reader waits for.
const BY_WORKER = { "Hearback-Worker": "1" };

self.addEventListener("install", function (event) {
  const filled = caches.open(STATIC).then((cache) => cache.addAll(SETTINGS.files));
  event.waitUntil(filled.then(() => self.skipWaiting()));
});

self.addEventListener("activate", function (event) {
  const old = (name) => name.startsWith("static-") && name !== STATIC;
  const cleared = deleteCaches(old);
  event.waitUntil(cleared.then(() => self.clients.claim()));
});

self.addEventListener("fetch", function (event) {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  if (event.request.method === "POST" && url.pathname === SETTINGS.shared) {
    return event.respondWith(keepShared(event.request));
  }
  if (!isAsked(event.request)) return;
  const answer = answerFor(event, url);
  if (answer) event.respondWith(answer);
});

// Another site can make the browser post here or open a URL, and the worker would repeat that as
// this site's own request. So it handles only requests that name this site's pages.
function isAsked(request) {
  const isReading = request.method === "GET" && !new URL(request.url).searchParams.has("kept");
  return isReading || request.referrer.startsWith(`${self.location.origin}/`);
}

// All other requests go to the network as if there were no worker.
function answerFor(event, url) {
  const { request } = event;
  if (request.method === "GET") {
    if (SETTINGS.files.includes(url.pathname)) return file(request);
    if (isWhole(request) && !APART.test(url.pathname)) return page(event, url);
  } else if (request.method === "POST") {
    const isNote = CARD.test(url.pathname) || NOTHING.test(url.pathname);
    if (isNote && isWhole(request)) return note(request, url);
    if (PREVIEW.test(url.pathname)) return preview(request);
    if (url.pathname === SETTINGS.logout) return signOut(request);
  }
  return undefined;
}

// Whether a whole page was requested, by the browser or by htmx's boost.
function isWhole(request) {
  const byHtmx = ["HX-Boosted", "HX-History-Restore-Request"];
  return request.mode === "navigate" || byHtmx.some((name) => request.headers.has(name));
}

self.addEventListener("message", function (event) {
  const told = event.data;
  if (told.type === "hello") event.waitUntil(greet(told));
  if (told.type === "drop") event.waitUntil(dropOwn(told.id));
  if (told.type === "read") event.waitUntil(write("facts", (store) => store.delete("sentFor")));
  if (told.type === "shared") event.waitUntil(giveShared(told.owner, event.ports[0]));
  if (told.type === "shared-taken") event.waitUntil(dropShared(event.ports[0]));
});

self.addEventListener("sync", (event) => event.waitUntil(sendAll()));

// --- pages and files ---------------------------------------------------------------------------

// Files with hashed names never change; for others the network is asked first.
async function file(request) {
  const copy = await caches.match(request, { cacheName: STATIC });
  if (copy && SETTINGS.isHashed) return copy;
  return fetch(request).catch((error) => copy || Promise.reject(error));
}

// Network first. If that fails, show the stored page, or a page that says so.
async function page(event, url) {
  const again = url.searchParams.get("kept");
  const answer = again ? await lookAgain(again) : null;
  if (answer) return answer;
  const copy = await keptPage(url.pathname + url.search);
  const since = signOuts;
  try {
    const fetched = fetch(event.request);
    const response = await (copy ? within(PATIENCE, fetched) : fetched);
    if (copy && AWAY.includes(response.status)) return offered(copy, url);
    if (response.headers.get("Hearback-Reader") === "none") event.waitUntil(letGoIfOver());
    event.waitUntil(learn(response.clone(), since, copy ? url.pathname : null));
    return response;
  } catch (error) {
    const instead = copy || (await keptPage(SETTINGS.offline));
    if (instead) return offered(instead, url);
    throw error;
  }
}

// A stored form can be filled in several times. Each needs a new submission id, or the server would
// take it for the same form sent again.
async function offered(copy, url) {
  if (!CARD.test(url.pathname)) return copy;
  const key = /(name="submission_id" value=")[^"]*/;
  const text = (await copy.text()).replace(key, `$1${crypto.randomUUID()}`);
  return new Response(text, { status: copy.status, headers: copy.headers });
}

async function preview(request) {
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  return fetch(request).catch(() => new Response(SETTINGS.noPreview, { headers }));
}

async function keptPage(path) {
  const reader = await fact("reader");
  if (!reader) return undefined;
  return caches.match(path, { cacheName: PAGES + reader });
}

// What a response tells: the reader, and the page to store, if any. Redirects and errors are not
// stored, and neither is a page requested before a sign-out.
function learn(response, since, path) {
  return navigator.locks.request("hearback-learn", async function () {
    if (since !== signOuts) return;
    const reader = await rememberReader(response);
    if (!path || !reader || response.status !== 200 || response.redirected) return;
    if (response.headers.has("Hearback-Unsaved")) return;
    const cache = await caches.open(PAGES + reader);
    await cache.put(path, response);
  });
}

// The reader whom the server named last. Pages of another reader are removed at once.
async function rememberReader(response) {
  const reader = response.headers.get("Hearback-Reader");
  if (!reader || reader === "none") return undefined;
  const before = await fact("reader");
  if (before !== reader) {
    await write("facts", (store) => store.put(reader, "reader"));
    await deleteCaches((name) => name.startsWith(PAGES) && name !== PAGES + reader);
    if (ownerOf(before) !== ownerOf(reader)) await takeOver();
  }
  return reader;
}

// Rename entries that this reader made while the server had another secret key.
async function takeOver() {
  const all = await read("entries", (store) => store.getAll());
  const device = all.length ? await askDevice() : undefined;
  for (const entry of all.filter((each) => device?.former.includes(each.reader))) {
    await keepEntry({ ...entry, reader: ownerOf(device.reader) });
  }
}

// If the reader's sessions were ended elsewhere, nobody may read on here. Unsent input waits until
// the reader signs in.
async function letGoIfOver() {
  const reader = await fact("reader");
  const device = reader && (await askDevice(reader));
  if (!device?.isOver) return;
  await navigator.locks.request("hearback-learn", async function () {
    if ((await fact("reader")) !== reader) return;
    await write("facts", (store) => store.delete("reader"));
    await deleteCaches((name) => name.startsWith(PAGES));
  });
  const subscription = await ownSubscription().catch(() => undefined);
  await subscription?.unsubscribe();
}

// `cards` are the forms that Today names; others are removed.
async function keepPages(cards) {
  const wanted = [SETTINGS.today, SETTINGS.offline, SETTINGS.offlineQueue, ...cards];
  for (const path of wanted) {
    const copy = await keptPage(path);
    const age = copy ? Date.now() - new Date(copy.headers.get("Date")).getTime() : Infinity;
    const since = signOuts;
    if (age > HOUR) await learn(await fetch(path, { headers: BY_WORKER }), since, path);
  }
  if (cards.length) await navigator.locks.request("hearback-learn", () => letGo(wanted));
}

async function letGo(wanted) {
  const reader = await fact("reader");
  if (!reader) return;
  const cache = await caches.open(PAGES + reader);
  for (const kept of await cache.keys()) {
    if (!wanted.includes(new URL(kept.url).pathname)) await cache.delete(kept);
  }
}

async function greet(told) {
  await self.clients.claim(); // a page may have loaded without the worker
  await sendAll();
  const keeping = () => keepPages(told.cards).catch(() => undefined);
  if (!told.isSignedIn) return letGoIfOver();
  await navigator.locks.request("hearback-keep", keeping);
  await renewSubscription().catch(() => undefined);
}

// --- what a phone shares ------------------------------------------------------------------------

// The share sheet posts here without a page of ours, and so may any other site. It is only kept on
// the device, for a form that the reader sees and sends; the newest replaces the one before.
async function keepShared(request) {
  try {
    const form = await request.formData();
    const said = (name) => String(form.get(name) || "").slice(0, SETTINGS.sharedMax);
    const files = form.getAll("file").filter((each) => each instanceof File && each.size);
    const file = files.find((each) => each.size <= SETTINGS.fileMax) || null;
    const shared = {
      ...{ title: said("title"), text: said("text"), url: said("url"), file },
      ...{ isTooLarge: !file && files.length > 0, at: Date.now() },
      reader: ownerOf(await fact("reader")) || null,
    };
    await write("facts", (store) => store.put(shared, "shared"));
  } catch {
    return Response.redirect(`${SETTINGS.shared}?lost=1`, 303);
  }
  return Response.redirect(SETTINGS.shared, 303);
}

// To its reader alone. What was shared before anybody had signed in goes to whoever signs in within
// a day.
async function giveShared(owner, port) {
  const shared = await fact("shared");
  const isOwn = shared && (!shared.reader || shared.reader === owner);
  const isFresh = shared && Date.now() - shared.at < 24 * HOUR;
  if (shared && !(isOwn && isFresh)) await write("facts", (store) => store.delete("shared"));
  port.postMessage(isOwn && isFresh ? shared : null);
}

async function dropShared(port) {
  await write("facts", (store) => store.delete("shared"));
  port.postMessage(true);
}

// --- unsent input -------------------------------------------------------------------------------

// Store first and send then, so that nothing is lost in between.
async function note(request, url) {
  const reader = await fact("reader");
  const shown = await keptPage(SETTINGS.offlineQueue);
  if (!reader || !shown) return fetch(request);
  const form = await request.formData();
  url.searchParams.delete("kept");
  const id = form.get("submission_id") || url.pathname;
  const before = await read("entries", (store) => store.get(id));
  const entry = {
    id,
    reader: ownerOf(reader),
    url: url.pathname + url.search,
    fields: [...form].filter(([name]) => name !== "csrfmiddlewaretoken"),
    token: form.get("csrfmiddlewaretoken"),
    filledAt: before ? before.filledAt : Date.now(),
    isRefused: false,
  };
  await keepEntry(entry);
  const sent = await navigator.locks.request(LOCK, () => sendNow(entry));
  if (sent.is === "refused" && !before) await dropEntry(id); // the reader sees the server's page
  if (sent.is !== "recorded" && sent.is !== "refused") await askForSync();
  await tell({ needsSignIn: sent.is === "signed out" });
  return sent.answer || shown;
}

// Send with the form's own CSRF token, which may be days old; if it is refused, with a new one.
async function sendNow(entry) {
  const sent = await send(entry, entry.token);
  if (sent.is !== "forbidden") return sent;
  const device = await askDevice();
  return device && ownerOf(device.reader) === entry.reader ? send(entry, device.token) : sent;
}

// Only a 201 counts as recorded: the page of a captive network may answer anything else.
async function send(entry, token) {
  const body = new URLSearchParams(entry.fields);
  body.set("csrfmiddlewaretoken", token);
  body.set("noted_ago", Math.max(0, Math.round((Date.now() - entry.filledAt) / 1000)));
  const headers = BY_WORKER;
  const since = signOuts; // what a sign-out cleared must not come back
  let response;
  try {
    response = await within(PATIENCE, fetch(entry.url, { method: "POST", body, headers }));
  } catch {
    return { is: "away" };
  }
  if (response.status === 201) {
    await dropEntry(entry.id);
    const next = new URL(response.headers.get("Location"), self.location.origin);
    return { is: "recorded", answer: Response.redirect(next, 303) };
  }
  if (AWAY.includes(response.status)) return { is: "away" };
  if (response.status === 403) return { is: "forbidden" };
  if (response.redirected && new URL(response.url).pathname === SETTINGS.login) {
    return { is: "signed out" };
  }
  if (since === signOuts) await keepEntry({ ...entry, isRefused: true });
  return { is: "refused", answer: new Response(response.body, response) };
}

// One entry at a time, by one tab or worker at a time, and only those of the signed-in reader.
async function sendAll() {
  const told = await navigator.locks.request(LOCK, async function () {
    const waiting = (await ownEntries()).filter((entry) => !entry.isRefused);
    if (!waiting.length) return {};
    const device = await askDevice();
    if (!device) return {};
    if (!device.reader) return { needsSignIn: true };
    for (const entry of waiting.filter((each) => each.reader === ownerOf(device.reader))) {
      const sent = await send(entry, device.token);
      if (sent.is === "recorded") await rememberSent(entry.reader);
    }
    return {};
  });
  await tell(told);
}

// Tell every page until one has shown it for a while: pages may change during sending.
function rememberSent(reader) {
  return write("facts", (store) => store.put(reader, "sentFor"));
}

// Send a refused entry again, to show the server's page with the input and its errors.
async function lookAgain(id) {
  const entry = (await ownEntries()).find((each) => each.id === id);
  const device = entry && (await askDevice());
  if (!device || ownerOf(device.reader) !== entry.reader) return undefined;
  const sent = await navigator.locks.request(LOCK, () => send(entry, device.token));
  await tell({});
  return sent.answer;
}

async function askDevice(held) {
  const about = held ? `?reader=${encodeURIComponent(held)}` : "";
  try {
    const response = await within(PATIENCE, fetch(SETTINGS.device + about));
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

async function askForSync() {
  if (self.registration.sync) await self.registration.sync.register("send").catch(() => undefined);
}

async function tell(more) {
  const own = await ownEntries();
  const refused = own.filter((entry) => entry.isRefused).map(({ id, url }) => ({ id, url }));
  const sentFor = await fact("sentFor");
  const isSent = Boolean(sentFor) && sentFor === ownerOf(await fact("reader"));
  const waiting = own.length - refused.length;
  const state = { type: "state", waiting, refused, isSent, ...more };
  for (const client of await self.clients.matchAll()) client.postMessage(state);
}

async function signOut(request) {
  const response = await fetch(request);
  if (response.type !== "opaqueredirect" && !response.redirected) return response;
  signOuts += 1;
  const cleared = navigator.locks.request("hearback-learn", async function () {
    await write("facts", (store) => store.clear());
    await write("entries", (store) => store.clear());
    await deleteCaches((name) => name.startsWith(PAGES));
  });
  // The response's own header clears the same; storage may not answer while it is being cleared.
  await within(2000, cleared).catch(() => undefined);
  return response;
}

// --- storage -------------------------------------------------------------------------------------

// In the order of filling in, which is also the order of sending; the storage orders them by random
// keys.
async function ownEntries() {
  const owner = ownerOf(await fact("reader"));
  const all = await read("entries", (store) => store.getAll());
  const own = all.filter((entry) => entry.reader === owner);
  return own.sort((one, other) => one.filledAt - other.filledAt);
}

async function dropOwn(id) {
  if ((await ownEntries()).some((entry) => entry.id === id)) await dropEntry(id);
  await tell({});
}

const keepEntry = (entry) => write("entries", (store) => store.put(entry));
const dropEntry = (id) => write("entries", (store) => store.delete(id));
const fact = (name) => read("facts", (store) => store.get(name));
const read = (name, ask) => transact(name, "readonly", ask);
const write = (name, ask) => transact(name, "readwrite", ask);

async function transact(name, mode, ask) {
  const database = await opened();
  try {
    return await new Promise(function (resolve, reject) {
      const transaction = database.transaction(name, mode);
      const asked = ask(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function opened() {
  return new Promise(function (resolve, reject) {
    const opening = indexedDB.open("hearback", 1);
    opening.onupgradeneeded = function () {
      opening.result.createObjectStore("entries", { keyPath: "id" });
      opening.result.createObjectStore("facts");
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function deleteCaches(isMeant) {
  for (const name of (await caches.keys()).filter(isMeant)) await caches.delete(name);
}

function within(milliseconds, promise) {
  const tooLong = new Promise((_, reject) => setTimeout(reject, milliseconds, new Error("too slow")));
  return Promise.race([promise, tooLong]);
}

{% include "dashboard/offline/notifications.js" %}
