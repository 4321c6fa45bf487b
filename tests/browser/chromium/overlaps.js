// Texts that lie on other texts.

/** Each pair of texts of a page of which one covers a good part of the other, as it is now. */
export const overlaps = (page) =>
  page.evaluate(() => {
    const SLACK = 6; // pixels; tight lines touch, and letters fill no line to its edges

    const isOnPage = (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !isAside(element);

    /** What stays while the page scrolls, and what only a screen reader finds. */
    function isAside(element) {
      for (let one = element; one; one = one.parentElement) {
        const { position, clipPath, clip } = getComputedStyle(one);
        const isClipped = clipPath !== "none" || (clip !== "auto" && position === "absolute");
        if (isClipped || ["fixed", "sticky"].includes(position)) return true;
      }
      return false;
    }

    /** The part of a rectangle that its ancestors let through. */
    function visiblePart({ left, top, right, bottom }, element) {
      const part = { left, top, right, bottom };
      for (let one = element; one && one !== document.body; one = one.parentElement) {
        if (getComputedStyle(one).overflowX === "visible") continue;
        const box = one.getBoundingClientRect();
        part.left = Math.max(part.left, box.left);
        part.right = Math.min(part.right, box.right);
        part.top = Math.max(part.top, box.top);
        part.bottom = Math.min(part.bottom, box.bottom);
      }
      return part;
    }

    function linesOf(node) {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].map((box) => ({
        ...visiblePart(box, node.parentElement),
        node,
      }));
    }

    const shared = (a, b) => ({
      width: Math.min(a.right, b.right) - Math.max(a.left, b.left),
      height: Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    });

    const nodes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      if (node.data.trim() && isOnPage(node.parentElement)) nodes.push(node);
    }
    const lines = nodes.flatMap(linesOf).sort((a, b) => a.top - b.top);
    const found = new Map();
    lines.forEach((line, position) => {
      for (let next = position + 1; next < lines.length; next += 1) {
        const other = lines[next];
        if (other.top > line.bottom - SLACK) break;
        if (other.node === line.node) continue;
        const { width, height } = shared(line, other);
        if (width <= SLACK || height <= SLACK) continue;
        const texts = [line, other].map(({ node }) => node.data.trim().slice(0, 40));
        found.set(texts.join(" lies on "), true);
      }
    });
    return [...found.keys()].slice(0, 10);
  });
