// What depends on the reader's day, which no build knows: docs/lock-format.md, "Showing".

(() => {
  "use strict";

  const DAY = 86_400_000; // milliseconds
  const YEAR = 365.2425; // days, on average

  /** Units, their days, and from how many days on a larger one is told. */
  const UNITS = [
    ["day", 1, 14],
    ["week", 7, 60],
    ["month", YEAR / 12, 730],
    ["year", YEAR, Infinity],
  ];

  let told; // the day that the page was last told for

  /** The day on the reader's calendar, as `2026-03-20`. */
  function readToday() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  /** Whole days from one day to another. */
  const count = (from, to) => (Date.parse(to) - Date.parse(from)) / DAY;

  /** How far away a number of days is, in whole units: "tomorrow", "in 3 weeks". */
  function sayFar(days, language) {
    const [unit, length] = UNITS.find(([, , end]) => Math.abs(days) < end);
    const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    return format.format(Math.sign(days) * Math.round(Math.abs(days) / length), unit);
  }

  /** As seen from today; a range that has begun is "now" until its last day. */
  function sayRelative(time, today) {
    const { lang } = time.closest("[lang]");
    const first = count(today, time.getAttribute("datetime"));
    const last = count(today, time.dataset.last ?? time.getAttribute("datetime"));
    if (first < 0 && last > 0) {
      return new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(0, "second");
    }
    return sayFar(first < 0 ? last : first, lang);
  }

  function tellDates(today) {
    for (const time of document.querySelectorAll("time[data-relative]")) {
      time.querySelector(".relative")?.remove();
      const far = document.createElement("span");
      far.className = "relative";
      far.textContent = `(${sayRelative(time, today)})`;
      time.append(" ", far);
    }
  }

  /** Marks the nearest day to come of each list. */
  function markNext(today) {
    for (const list of document.querySelectorAll("[data-dates]")) {
      const marks = [...list.querySelectorAll("[data-next]")];
      const [next] = marks.map((mark) => mark.dataset.next).filter((day) => day >= today).sort();
      for (const mark of marks) mark.hidden = mark.dataset.next !== next;
    }
  }

  /** Moves what stands at today on a drawn plan; positions are percents of its width. */
  function drawToday(plan, today) {
    const days = Number(plan.dataset.days);
    const passed = (count(plan.dataset.first, today) + 0.5) / days;
    const x = Math.min(passed, 1) * 100;
    for (const mark of plan.querySelectorAll("[data-today]")) {
      for (const name of mark.dataset.today.split(" ")) {
        const begun = Number.parseFloat(mark.getAttribute(name));
        mark.setAttribute(name, `${Math.max(begun, x).toFixed(2)}%`);
      }
      if (mark.localName === "text") {
        mark.setAttribute("text-anchor", x < 15 ? "start" : x > 85 ? "end" : "middle");
      }
    }
    for (const line of plan.querySelectorAll(".plan-now")) line.hidden = passed < 0 || passed > 1;
  }

  function tell() {
    const today = readToday();
    if (told === today) return;
    told = today;
    for (const mark of document.querySelectorAll("[data-late-after]")) {
      mark.hidden = today <= mark.dataset.lateAfter;
    }
    tellDates(today);
    markNext(today);
    for (const plan of document.querySelectorAll("[data-plan]")) drawToday(plan, today);
  }

  // A page may be left open over midnight. Asking every minute costs nothing; timers sleep when the
  // computer does, so whoever comes back is told at once.
  document.addEventListener("portalgen:shown", () => {
    tell();
    setInterval(tell, 60_000);
    document.addEventListener("visibilitychange", tell);
  });
})();
