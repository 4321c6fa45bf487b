// The files of a page: pictures in its texts, and what its buttons show or hand over.

const attachments = (() => {
  "use strict";

  const { make, makeButton, makeProblem, note, showDialog, work } = elements;

  const MOMENT = 400; // milliseconds; what is quicker shows no progress
  const KEPT = 60_000; // milliseconds; by then a browser has begun to save
  const LARGE = 100e6; // bytes
  const PDF = "application/pdf";
  const SHOWABLE = /^(?:image\/(?:png|jpeg|gif|webp|avif)|application\/pdf)$/;

  const pictures = new Map();
  let access;

  const nameOf = ({ file }) => file.split("/").at(-1);

  /** Loads and decrypts the file that attributes of the page name; returns a Blob. */
  async function load({ file, digest, size, type }, { signal, onProgress } = {}) {
    const keys = await files.keysOf(access.key, access.portal, file, digest);
    const stream = await source.open(keys.address, signal);
    const shownAs = SHOWABLE.test(type) ? type : "application/octet-stream";
    return files.open(stream, keys, { size: Number(size), type: shownAs, onProgress });
  }

  // Pictures

  async function loadPicture(image) {
    try {
      image.src = URL.createObjectURL(await load(image.dataset));
      await image.decode();
      URL.revokeObjectURL(image.src);
    } catch (error) {
      const note = make("span", { class: "note" }, image.alt, makeProblem(error));
      if (image.matches(".picture")) image.replaceWith(note);
      else image.remove(); // a logo: nothing that is missed
    }
  }

  function showPicture(image) {
    if (!pictures.has(image)) pictures.set(image, loadPicture(image));
    return pictures.get(image);
  }

  /** Loads those too that were not near the window so far. One that cannot be loaded says so. */
  const showPictures = () => Promise.all([...findPictures()].map(showPicture));

  const findPictures = () => document.querySelectorAll("img[data-file]");

  function watchPictures() {
    const onChange = (changes) => {
      for (const { isIntersecting, target } of changes) if (isIntersecting) showPicture(target);
    };
    const observer = new IntersectionObserver(onChange, { rootMargin: "100%" });
    for (const image of findPictures()) observer.observe(image);
    addEventListener("beforeprint", showPictures);
  }

  // Buttons

  function save(blob, name) {
    const href = URL.createObjectURL(blob);
    make("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), KEPT);
  }

  const canView = ({ type }) => SHOWABLE.test(type) && (type !== PDF || navigator.pdfViewerEnabled);

  function view(button, blob, name) {
    const src = URL.createObjectURL(blob);
    const content =
      blob.type === PDF ? make("iframe", { src, title: name }) : make("img", { src, alt: name });
    const actions = [makeButton("Download", () => save(blob, name))];
    showDialog(button, name, { content, actions, onClose: () => URL.revokeObjectURL(src) });
  }

  /** A size in bytes, in the unit that suits the size of the whole. */
  function inUnits(bytes, whole) {
    const [unit, unitBytes] = whole < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
    const style = { style: "unit", unit, maximumFractionDigits: 0 };
    return (bytes / unitBytes).toLocaleString(document.documentElement.lang, style);
  }

  /** Shows how much of a file has come, and speaks of each quarter. Returns what to tell it to. */
  function showProgress(button, size, cancel) {
    const name = nameOf(button.dataset);
    const bar = make("progress", { class: "progress", max: size, "aria-label": name });
    const text = make("span", { "aria-hidden": "true" });
    const spoken = make("span", { class: "unseen", role: "status" });
    let percent = -1;
    note(button, bar, text, spoken, makeButton("Cancel", cancel));
    return (bytes) => {
      const before = percent;
      percent = Math.floor((bytes / size) * 100);
      if (percent === before) return;
      bar.value = bytes;
      const values = { done: inUnits(bytes, size), size: inUnits(size, size) };
      text.textContent = words.say("{done} of {size}", values);
      if (Math.floor(percent / 25) > Math.floor(before / 25)) spoken.textContent = text.textContent;
    };
  }

  /** Loads a button's file, with a way to cancel it; returns null if that was taken. */
  async function loadFor(button) {
    const abort = new AbortController();
    const { signal } = abort;
    const cancel = () => {
      abort.abort();
      button.focus();
    };
    let done = 0;
    let show = null;
    const timer = setTimeout(() => {
      show = showProgress(button, Number(button.dataset.size), cancel);
      show(done);
    }, MOMENT);
    const onProgress = (bytes) => {
      done = bytes;
      show?.(bytes);
    };
    try {
      const blob = await load(button.dataset, { signal, onProgress });
      return signal.aborted ? null : blob;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      clearTimeout(timer);
      note(button);
    }
  }

  async function hand(button) {
    const blob = await loadFor(button);
    const name = nameOf(button.dataset);
    if (!blob) return;
    if ("view" in button.dataset && canView(blob)) view(button, blob, name);
    else save(blob, name);
  }

  /** Says what a large file asks for, before anything is loaded. */
  function warnOfLarge() {
    for (const button of document.querySelectorAll("button[data-file]:not(.file-row [data-view])")) {
      const size = Number(button.dataset.size);
      const values = { size: inUnits(size, size) };
      if (size > LARGE) {
        note(button, words.say("{size}: best on a computer, with a good connection.", values));
      }
    }
  }

  /** Brings the files of the page that is shown; `key` is the portal key. */
  function start(portal, key) {
    access = { portal, key };
    watchPictures();
    warnOfLarge();
    document.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-file]");
      if (button) work(button, () => hand(button));
      if (target.closest("[data-print]")) showPictures().then(print);
    });
  }

  return { start, save };
})();
