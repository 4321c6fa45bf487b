// The order of things on a page that is shown.

(async () => {
  "use strict";

  const { envelope, key, reader } = await opened;
  const { portal, page } = envelope.page.header;
  attachments.start(portal, key);
  seals.start(envelope, reader);
  const detail = { portal, page, reader };
  document.dispatchEvent(new CustomEvent("portalgen:shown", { detail }));
})();
