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

// Without the old one nobody knows whose device it was: the page about notifications offers it anew.
async function subscribe({ oldSubscription, newSubscription }) {
  if (!oldSubscription) return;
  const { pushManager } = self.registration;
  const fresh = newSubscription || (await pushManager.subscribe(oldSubscription.options));
  await renew(fresh, oldSubscription.endpoint);
}

const ownSubscription = async () => self.registration.pushManager?.getSubscription();

// A device that was removed from the list, or belongs to another reader, is not added again, and
// stops listening.
async function renew(subscription, former) {
  const device = await askDevice();
  if (!device?.reader) return;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": device.token };
  const body = JSON.stringify({ ...subscription.toJSON(), former });
  const response = await fetch(`${SETTINGS.devices}?renew`, { method: "POST", headers, body });
  await write("facts", (store) => store.put(`${device.reader} ${Date.now()}`, "renewedAt"));
  if (response.status === 410) await subscription.unsubscribe();
}

// Once a day at most for the same reader.
async function renewSubscription() {
  const subscription = await ownSubscription();
  const [reader, at] = ((await fact("renewedAt")) || " 0").split(" ");
  if (!subscription) return;
  if (reader === (await fact("reader")) && Date.now() - at < 24 * HOUR) return;
  await renew(subscription, subscription.endpoint);
}
