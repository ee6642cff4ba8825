// The bookmarklet: dashboard/shared/bookmarklet.py makes a javascript: link of it, so it runs in the
// page that the candidate looks at. It reads what that page says of a job ad and opens Hearback
// with it, behind the # of the address, which browsers send to no server.
(function (hearback) {
  "use strict";
  const ALL = 60000, LONG = 20000, SHORT = 1000, JOBS = 20;
  const KEYS = ["title", "name", "url", "description", "hiringOrganization", "jobLocation",
    "jobLocationType", "baseSalary", "salaryCurrency"];
  const cut = (value, most) => String(value || "").slice(0, most);
  const meta = (...names) => names.map((name) =>
    document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.content).find(Boolean);

  function isJob(each) {
    return [].concat(each["@type"]).some((type) => /(^|[/#:])JobPosting$/.test(type));
  }
  function jobsIn(value, depth) {
    if (!value || typeof value !== "object" || depth > 6) return [];
    if (!Array.isArray(value) && isJob(value)) return [value];
    return Object.values(value).flatMap((each) => jobsIn(each, depth + 1));
  }
  // Many sites leave line breaks in their texts, which JSON forbids.
  function jobsOf(script) {
    try {
      return jobsIn(JSON.parse(script.textContent.replace(/[\u0000-\u001f]/g, " ")), 0);
    } catch {
      return [];
    }
  }
  // One ad in full; of a list, so much as tells which one the page is about.
  function only(job, isAlone) {
    const keys = isAlone ? KEYS : KEYS.filter((key) => key !== "description");
    const kept = keys.filter((key) => key in job);
    return Object.fromEntries(kept.map((key) =>
      [key, typeof job[key] === "string" ? cut(job[key], key === "description" ? LONG : SHORT) : job[key]]));
  }
  function encoded(page) {
    const bytes = new TextEncoder().encode(JSON.stringify(page));
    let signs = "";
    for (const byte of bytes) signs += String.fromCharCode(byte);
    return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
  const found = scripts.flatMap(jobsOf);
  const page = {
    url: location.href,
    canonical: document.querySelector('link[rel="canonical"]')?.href,
    title: cut(document.title, SHORT),
    heading: cut(meta("og:title"), SHORT),
    site: cut(meta("og:site_name"), SHORT),
    description: cut(meta("og:description", "description"), SHORT),
    selection: cut(getSelection(), LONG),
    jobs: found.slice(0, JOBS).map((job) => only(job, found.length === 1)),
  };
  let told = encoded(page);
  if (told.length > ALL) {
    page.selection = cut(page.selection, LONG / 4);
    page.jobs.forEach((job) => (job.description = cut(job.description, LONG / 4)));
    told = encoded(page);
  }
  if (told.length > ALL) told = encoded({ ...page, jobs: [] });
  if (told.length > ALL) told = encoded({ url: page.url.slice(0, SHORT), title: page.title });
  const address = `${hearback}#page=${told}`;
  const opened = window.open(address);
  if (opened) opened.opener = null;
  else location.assign(address);
})("HEARBACK");
