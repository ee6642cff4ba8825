// Hearback without a network: docs/offline.md says what is kept where, and why.
"use strict";

const SETTINGS = {{ settings|safe }};

const STATIC = `static-${SETTINGS.version}`;
const PAGES = "pages-"; // and the reader's key: each reader's pages are apart
// Of a reader's key: it stays while the rest changes, and is whose the entries are.
const ownerOf = (reader) => reader && reader.split(".")[0];
const LOCK = "hearback-send";
const HOUR = 3600 * 1000;
const PATIENCE = 8000; // a lobby's network that answers nothing is no network
let signOuts = 0; // of this worker's own life
const AWAY = [429, 500, 502, 503, 504];

const CARD = /^\/interviews\/[0-9a-f-]{36}\/agreement\/$/;
const PREVIEW = /^\/interviews\/[0-9a-f-]{36}\/agreement\/preview\/$/;
const NOTHING = /^\/interviews\/[0-9a-f-]{36}\/nothing-agreed\/$/;
const APART = /^\/(admin|act|static)\//;

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
  if (url.origin !== self.location.origin || !isAsked(event.request)) return;
  const answer = answerFor(event, url);
  if (answer) event.respondWith(answer);
});

// Another site can make the browser post here, or open an address, and the worker would send it on
// as this site's own. So it acts on the word of this site's pages alone: their requests name them.
function isAsked(request) {
  const isReading = request.method === "GET" && !new URL(request.url).searchParams.has("kept");
  return isReading || request.referrer.startsWith(`${self.location.origin}/`);
}

// What is none of the worker's business goes to the network as if there were no worker.
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

// Asked for as a page, by the browser or by htmx in its place; not a piece of one.
function isWhole(request) {
  const byHtmx = ["HX-Boosted", "HX-History-Restore-Request"];
  return request.mode === "navigate" || byHtmx.some((name) => request.headers.has(name));
}

self.addEventListener("message", function (event) {
  const told = event.data;
  if (told.type === "hello") event.waitUntil(greet(told));
  if (told.type === "drop") event.waitUntil(dropOwn(told.id));
  if (told.type === "read") event.waitUntil(write("facts", (store) => store.delete("sentFor")));
});

self.addEventListener("sync", (event) => event.waitUntil(sendAll()));

// --- pages and files ---------------------------------------------------------------------------

// Hashed names never change; others may, and the network is asked first.
async function file(request) {
  const copy = await caches.match(request, { cacheName: STATIC });
  if (copy && SETTINGS.isHashed) return copy;
  return fetch(request).catch((error) => copy || Promise.reject(error));
}

// Network first. What cannot be fetched is shown as it was kept, or by a page that says so.
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

// A kept card is filled in more than once, and each time it is another note: with the key of the
// one before, the server would take it for the same form sent again.
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

// What a page from the network tells: whose it is; and, with a path, the page to keep. A redirect
// or a fault is none. What was asked for before a sign-out must not come back after it.
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

// Whoever the server last said is signed in. Another reader's pages go at once.
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

// What this reader filled in while the server's secret was another.
async function takeOver() {
  const all = await read("entries", (store) => store.getAll());
  const device = all.length ? await askDevice() : undefined;
  for (const entry of all.filter((each) => device?.former.includes(each.reader))) {
    await keepEntry({ ...entry, reader: ownerOf(device.reader) });
  }
}

// Where the sessions of a reader were ended from elsewhere, nobody shall read on here. What was
// filled in waits until the reader signs in.
async function letGoIfOver() {
  const reader = await fact("reader");
  const device = reader && (await askDevice(reader));
  if (!device?.isOver) return;
  await navigator.locks.request("hearback-learn", async function () {
    if ((await fact("reader")) !== reader) return;
    await write("facts", (store) => store.delete("reader"));
    await deleteCaches((name) => name.startsWith(PAGES));
  });
}

// `cards` are what Today names; what it no longer names is let go.
async function keepPages(cards) {
  const wanted = [SETTINGS.today, SETTINGS.offline, SETTINGS.kept, ...cards];
  for (const path of wanted) {
    const copy = await keptPage(path);
    const age = copy ? Date.now() - new Date(copy.headers.get("Date")).getTime() : Infinity;
    const since = signOuts;
    if (age > HOUR) await learn(await fetch(path), since, path);
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
  await self.clients.claim(); // a page may have been loaded past the worker
  await sendAll();
  const keeping = () => keepPages(told.cards).catch(() => undefined);
  if (told.isSignedIn) await navigator.locks.request("hearback-keep", keeping);
  else await letGoIfOver();
}

// --- what was filled in --------------------------------------------------------------------------

// It is kept first and sent then, so that nothing is lost in between.
async function note(request, url) {
  const reader = await fact("reader");
  const shown = await keptPage(SETTINGS.kept);
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
  if (sent.is === "refused" && !before) await dropEntry(id); // she has it before her
  if (sent.is !== "recorded" && sent.is !== "refused") await askForSync();
  await tell({ needsSignIn: sent.is === "signed out" });
  return sent.answer || shown;
}

// With the form's own token, which may be days old; refused for that, with a fresh one.
async function sendNow(entry) {
  const sent = await send(entry, entry.token);
  if (sent.is !== "forbidden") return sent;
  const device = await askDevice();
  return device && ownerOf(device.reader) === entry.reader ? send(entry, device.token) : sent;
}

// Only a 201 counts as recorded: another network's own page may answer anything else.
async function send(entry, token) {
  const body = new URLSearchParams(entry.fields);
  body.set("csrfmiddlewaretoken", token);
  body.set("noted_ago", Math.max(0, Math.round((Date.now() - entry.filledAt) / 1000)));
  const headers = { "Hearback-Worker": "1" };
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

// One at a time, by one tab or worker at a time, and only those of whoever is signed in.
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

// Told to every page until one has shown it for a while: it may be sent while pages change.
function rememberSent(reader) {
  return write("facts", (store) => store.put(reader, "sentFor"));
}

// A refused one once more, to have the server's page with everything filled in and its sentence.
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
  // The answer's own header clears the same; a storage that is being cleared may answer nobody.
  await within(2000, cleared).catch(() => undefined);
  return response;
}

// --- storage -------------------------------------------------------------------------------------

// In the order in which they were filled in, and sent: the storage has them by their random keys.
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
