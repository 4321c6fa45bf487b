// Where Tab leads, and whether one sees it (WCAG 2.2: 2.1.1, 2.4.7, 2.4.11).

/** Presses Tab from the beginning of a page to its end; returns what is wrong on the way. */
export async function flawsOfFocus(page) {
  const missed = await page.evaluateHandle(() => {
    const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    document.activeElement?.blur();
    scrollTo(0, 0);
    const isThere = (element) =>
      !element.disabled && element.checkVisibility({ visibilityProperty: true });
    return new Set([...document.querySelectorAll(CONTROLS)].filter(isThere));
  });
  const count = await missed.evaluate((set) => set.size);
  const flaws = [];
  for (let pressed = 0; pressed <= count; pressed += 1) {
    await page.keyboard.press("Tab");
    const flaw = await missed.evaluate(lookAtFocus);
    if (flaw) flaws.push(flaw);
  }
  const left = await missed.evaluate((set) => [...set].map((one) => one.outerHTML.slice(0, 160)));
  await missed.dispose();
  return [...flaws, ...left.map((html) => `is not reached: ${html}`)];
}

/** What is wrong with the element that has the focus now; takes it off the list. In the page. */
function lookAtFocus(missed) {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  missed.delete(element);
  const shown = [element, ...element.children].some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });
  const html = element.outerHTML.slice(0, 160);
  if (!shown) return `shows no focus: ${html}`;
  const [box] = element.getClientRects();
  const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const isSeen = element.contains(top) || top?.contains(element);
  return isSeen ? null : `is covered by ${top?.outerHTML.slice(0, 80)}: ${html}`;
}
