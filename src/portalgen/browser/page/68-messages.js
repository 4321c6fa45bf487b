// Messages to the studio: signed by who reads.

(() => {
  "use strict";

  /** The links end with the signature of anybody, which gives way to the reader's own. */
  function sign(message) {
    const { message: anybody } = message.dataset;
    const own = encodeURIComponent(message.querySelector("[data-reader]").textContent);
    for (const link of message.querySelectorAll("a")) {
      const href = link.getAttribute("href");
      if (href.endsWith(anybody)) link.setAttribute("href", href.slice(0, -anybody.length) + own);
    }
  }

  document.addEventListener("portalgen:shown", () => {
    for (const message of document.querySelectorAll("[data-message]")) sign(message);
  });
})();
