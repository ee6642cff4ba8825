// A stored agreement form may be days old: update the names of its days.
(function () {
  "use strict";

  const DAY = 24 * 3600 * 1000;

  // Dates as UTC midnights, so that clock changes do not matter.
  function todayIn(zone) {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
    return new Date(`${parts.format(new Date())}T00:00Z`);
  }

  const plus = (day, days) => new Date(day.getTime() + days * DAY);
  const iso = (day) => day.toISOString().slice(0, 10);

  // As dashboard/agreements/forms.py offers them, but for holidays, which only the server knows.
  function offered(today, weekend) {
    const days = [];
    for (let day = plus(today, 1); days.length < 9; day = plus(day, 1)) {
      const weekday = (day.getUTCDay() + 6) % 7; // Monday is 0, as on the server
      if (!weekend.includes(weekday)) days.push(day);
    }
    const inAWeek = days.find((day) => day >= plus(today, 7));
    return [days[0], days[2], inAWeek > days[2] ? inAWeek : days[3]];
  }

  function say(day, format) {
    const { lang } = document.documentElement;
    const language = lang === "en" ? "en-GB" : lang; // the day first, as on the server
    return new Intl.DateTimeFormat(language, { timeZone: "UTC", ...format }).format(day);
  }

  function name(day, today) {
    if (iso(day) !== iso(plus(today, 1))) return say(day, { weekday: "long" });
    const { lang } = document.documentElement;
    const word = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(1, "day");
    return word.charAt(0).toLocaleUpperCase(lang) + word.slice(1);
  }

  function nameDays(card) {
    const today = todayIn(card.dataset.zone);
    if (iso(today) === card.dataset.day || card.querySelector("input[name=due]:checked")) return;
    const radios = Array.from(card.querySelectorAll("input[name=due]")).slice(0, 3);
    offered(today, card.dataset.weekend || "56").forEach(function (day, place) {
      const label = radios[place].labels[0];
      const weekday = place === 2 ? { weekday: "short" } : {};
      radios[place].value = iso(day);
      label.querySelector("small").textContent = say(day, {
        ...weekday,
        day: "numeric",
        month: "short",
      });
      if (place < 2) label.querySelector("span").textContent = name(day, today);
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
