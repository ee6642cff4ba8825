// --- notifications -------------------------------------------------------------------------------

self.addEventListener("push", (event) => event.waitUntil(notify(event.data)));

// Browsers take the permission away from a site that shows nothing when it is pushed to.
function notify(data) {
  try {
    return display(data.json());
  } catch {
    return display(SETTINGS.notice);
  }
}

function display({ title, body, lang, url, topic: tag, actions }) {
  const urls = Object.fromEntries(actions.map((each) => [each.action, each.url]));
  const buttons = actions.map(({ action, title }) => ({ action, title }));
  const options = { body, lang, tag, icon: SETTINGS.icon, data: { ...urls, "": url } };
  return self.registration.showNotification(title, { ...options, actions: buttons });
}

self.addEventListener("notificationclick", function (event) {
  event.waitUntil(event.action ? act(event) : show(event.notification, ""));
});

// The token is the last part of the address of the action's page.
async function act({ notification, action }) {
  const { tag, lang, data } = notification;
  try {
    const token = data[action].split("/").at(-2);
    const body = new URLSearchParams({ token });
    const sent = fetch(SETTINGS.act, { method: "POST", body, credentials: "omit" });
    const { title } = await (await within(PATIENCE, sent)).json();
    await self.registration.showNotification(title, { tag, lang, data, silent: true });
  } catch {
    await show(notification, action);
  }
}

async function show(notification, action) {
  const url = new URL(notification.data[action], self.location.origin).href;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => each.url === url);
  await (page ? page.focus() : self.clients.openWindow(url));
  notification.close();
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribe(event)));

async function subscribe({ oldSubscription, newSubscription }) {
  const { pushManager } = self.registration;
  await postSubscription(newSubscription || (await pushManager.subscribe(oldSubscription.options)));
}

async function postSubscription(subscription, query = "") {
  const device = await askDevice();
  if (!device?.reader) return undefined;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": device.token };
  const body = JSON.stringify(subscription);
  return fetch(SETTINGS.devices + query, { method: "POST", headers, body });
}

// Once a day at most. A device that was removed from the list, or belongs to another reader, is
// not added again, and stops listening.
async function renewSubscription() {
  const subscription = await self.registration.pushManager?.getSubscription();
  if (!subscription || Date.now() - ((await fact("renewedAt")) || 0) < 24 * HOUR) return;
  const response = await postSubscription(subscription, "?renew");
  if (response) await write("facts", (store) => store.put(Date.now(), "renewedAt"));
  if (response?.status === 410) await subscription.unsubscribe();
}
