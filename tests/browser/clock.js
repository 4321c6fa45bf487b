// A page whose reader's clock stands still, in one time zone: what it shows is then the same on
// every machine and every day.

/** Sets the moment of a tab's pages, as in "2026-11-23T09:00"; from the next page on. */
export async function stopClock(page, moment, zone = "Europe/Paris") {
  await page.emulateTimezone(zone);
  await page.evaluateOnNewDocument((text) => {
    const { Date: Running } = globalThis;
    const now = new Running(text).getTime();
    globalThis.Date = class Date extends Running {
      constructor(...parts) {
        super(...(parts.length ? parts : [now]));
      }

      static now() {
        return now;
      }
    };
  }, moment);
}
