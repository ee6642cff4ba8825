// A stored agreement form may be days old: update the names of its days.
(function () {
  "use strict";

  const DAY = 24 * 3600 * 1000;
  const MONDAY = 1;
  const FRIDAY = 5;

  // Dates as UTC midnights, so that clock changes do not matter.
  function todayIn(zone) {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
    return new Date(`${parts.format(new Date())}T00:00Z`);
  }

  const plus = (day, days) => new Date(day.getTime() + days * DAY);
  const iso = (day) => day.toISOString().slice(0, 10);

  function nextAfter(weekday, day) {
    return plus(day, ((weekday - day.getUTCDay() + 6) % 7) + 1);
  }

  // As dashboard/agreements/forms.py offers them: tomorrow, a weekday, in a week.
  function offered(today) {
    const [tomorrow, inAWeek] = [plus(today, 1), plus(today, 7)];
    const friday = nextAfter(FRIDAY, tomorrow);
    return [tomorrow, friday < inAWeek ? friday : nextAfter(MONDAY, tomorrow), inAWeek];
  }

  function say(day, format) {
    const { lang } = document.documentElement;
    const language = lang === "en" ? "en-GB" : lang; // the day first, as on the server
    return new Intl.DateTimeFormat(language, { timeZone: "UTC", ...format }).format(day);
  }

  function nameDays(card) {
    const today = todayIn(card.dataset.zone);
    if (iso(today) === card.dataset.day || card.querySelector("input[name=due]:checked")) return;
    const radios = Array.from(card.querySelectorAll("input[name=due]")).slice(0, 3);
    offered(today).forEach(function (day, place) {
      const label = radios[place].labels[0];
      radios[place].value = iso(day);
      label.querySelector("small").textContent = say(day, { day: "numeric", month: "short" });
      if (place === 1) label.querySelector("span").textContent = say(day, { weekday: "long" });
    });
    card.dataset.day = iso(today);
  }

  // Stored before the interview's end, it may be opened after it.
  function showWhatMayBeSaid(card) {
    card.querySelectorAll("[data-from]").forEach(function (part) {
      if (Date.now() >= Date.parse(part.dataset.from)) part.hidden = false;
    });
  }

  function prepare() {
    const card = document.querySelector("[data-day][data-zone]");
    if (!card) return;
    nameDays(card);
    showWhatMayBeSaid(card);
  }

  prepare();
  document.body.addEventListener("htmx:afterSwap", prepare);
  document.addEventListener("visibilitychange", prepare);
})();
