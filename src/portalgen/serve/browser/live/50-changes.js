// The way from a change in the folder to the page.

(() => {
  "use strict";

  const FOLDER = "/.preview";
  const AGAIN = 1000; // milliseconds
  const LEADER = "portalgen-preview";

  let asked = 0;

  /** Asks how the page is now; loads it again if it is another one. */
  async function refresh() {
    const number = (asked += 1);
    const at = encodeURIComponent(location.pathname);
    const response = await fetch(`${FOLDER}/state?at=${at}`);
    const state = await response.json();
    if (number !== asked || stay.isLeaving()) return; // a later one is under way
    if (state.digest !== told.digest) stay.reload();
    else {
      await isReady;
      bar.update(state);
    }
    document.dispatchEvent(new CustomEvent("portalgen-preview:changed"));
  }

  /** Takes in news: "lost", "open", or the folders of the clients that changed, "*" for all. */
  function hear(news) {
    if (news === "lost") return bar.sayLost(true);
    bar.sayLost(false);
    const wanted = ["*", told.folder];
    const isOwn = !told.folder || news === "open" || wanted.some((one) => news.includes(one));
    if (isOwn) refresh().catch(() => bar.sayLost(true));
  }

  /** Listens to the server, and passes on what it says. */
  function listen(pass) {
    const source = new EventSource(`${FOLDER}/events`);
    source.addEventListener("open", () => pass("open"));
    source.addEventListener("message", ({ data }) => pass(JSON.parse(data)));
    source.addEventListener("error", () => {
      pass("lost");
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(listen, AGAIN, pass);
    });
    addEventListener("pagehide", () => source.close());
  }

  /**
   * A browser opens six connections to one server and no more, so that one tab listens for all. When
   * it goes, the next one does. Where tabs cannot agree, each listens for itself.
   */
  function connect() {
    if (!navigator.locks || !globalThis.BroadcastChannel) return listen(hear);
    const channel = new BroadcastChannel(LEADER);
    channel.addEventListener("message", ({ data }) => hear(data));
    hear("open");
    navigator.locks.request(LEADER, () => {
      listen((news) => {
        channel.postMessage(news);
        hear(news);
      });
      return new Promise(() => {}); // until the tab is gone
    });
  }

  // A code opens with the passphrase of its reader, which only a locked page can ask for.
  function onClick(event) {
    if (told.kind !== "clear" || !event.target.closest) return;
    const isCode = event.target.closest("[data-seal]");
    const isLock = event.target.closest("[data-lock], [data-forget]");
    if (!isCode && !isLock) return;
    event.stopImmediatePropagation();
    const what = isCode ? "Codes open" : "Logging out works";
    bar.say(`${what} in the published page: see it with --locked`);
  }

  addEventListener("click", onClick, { capture: true });
  const isReady = bar.start();
  isShown.then(stay.restore);
  connect();
})();
