// To the clipboard, by whatever way the browser leaves open. It starts within the click: Safari allows it only there.
import { byId } from "./dom.js";
import { t } from "./strings.js";
import { announce } from "./status_messages.js";

const SHOWN_MILLISECONDS = 1600;
const PLAIN = "text/plain";
const HTML = "text/html";

/** Copies a text, or {text, html}, or a promise of one, and says at the button how it went.
 *
 * Where the browser lets no page copy, a dialog has the text marked. A promise that fails is reported, and thrown again. */
export async function copy(content, button) {
  const contents = Promise.resolve(content).then((found) => (typeof found === "string" ? { text: found } : found));
  const hasHtml = Boolean(content.html);
  const writing = written(contents, hasHtml);
  let found;
  try {
    found = await contents;
  } catch (error) {
    report(button, "not_copied", false);
    throw error;
  }
  if ((await writing) || commanded(found)) return report(button, "copied", true, found.text);
  report(button, "not_copied", false);
  return byHand(found.text);
}

/** Says at a button that nothing was copied, and why. */
export const refuse = (button, key) => report(button, key, false);

function report(button, key, good, text = "") {
  const label = button.querySelector("span") ?? button;
  label.dataset.label ??= label.textContent;
  label.textContent = t(key);
  button.classList.toggle("done", good);
  button.classList.toggle("failed", !good);
  announce(text ? `${t(key)}: ${text.slice(0, 200)}` : t(key));
  setTimeout(() => {
    if (label.dataset.label === undefined) return;
    label.textContent = label.dataset.label;
    delete label.dataset.label;
    button.classList.remove("done", "failed");
  }, SHOWN_MILLISECONDS);
}

async function written(contents, hasHtml) {
  try {
    const part = (kind, name) => {
      const blob = contents.then((found) => new Blob([found[name]], { type: kind }));
      blob.catch(() => {}); // `copy` reports it
      return blob;
    };
    const parts = { [PLAIN]: part(PLAIN, "text"), ...(hasHtml && { [HTML]: part(HTML, "html") }) };
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    return true;
  } catch {
    return false; // not a secure address, not allowed, or an older browser
  }
}

function commanded({ text, html }) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  const active = document.activeElement;
  const rich = (event) => {
    if (!html) return;
    event.clipboardData.setData(PLAIN, text);
    event.clipboardData.setData(HTML, html);
    event.preventDefault();
  };
  document.addEventListener("copy", rich);
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", rich);
    area.remove();
    active?.focus({ preventScroll: true });
  }
}

function byHand(text) {
  const area = byId("by-hand-copy");
  area.value = text;
  byId("by-hand").showModal();
  area.select();
}
