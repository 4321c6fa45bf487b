// The scripts of this folder keep a page of the preview as its folder says, and say around it what its
// author has to know: what it is, what is wrong, and whom it greets. No portal that is built has any
// of this. Here: what the page is told, and how elements are made.

const told = JSON.parse(document.getElementById("portalgen-preview").textContent);
const CHOSEN = `portalgen-preview:reader:${told.portal}`;
const isShown = new Promise((resolve) => {
  const isPortal = told.kind === "clear" || told.kind === "locked";
  document.addEventListener(isPortal ? "portalgen:shown" : "DOMContentLoaded", resolve, {
    once: true,
  });
});

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(attribute, "");
    else if (value !== false && value !== null) element.setAttribute(attribute, value);
  }
  element.append(...children);
  return element;
}
