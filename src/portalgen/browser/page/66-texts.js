// Texts that a page hands over as files: docs/lock-format.md, "Showing".

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-save]");
  if (!button) return;
  const { save, text, type } = button.dataset;
  // HTML knows bare line feeds only; a calendar has both signs (RFC 5545, section 3.1).
  const blob = new Blob([text.replaceAll("\n", "\r\n")], { type });
  attachments.save(blob, save);
});
