// Copies to the clipboard in a way that the browser allows. Writing starts during the click: Safari allows it only then.
import { byId } from "./dom.js";
import { t } from "./strings.js";
import { announce } from "./status_messages.js";

const LABEL_MILLISECONDS = 1600;
const PLAIN = "text/plain";
const HTML = "text/html";

/** Copies a text, or {text, html}, or a promise of one of them, and shows on the button whether that succeeded.
 *
 * If the browser does not allow the page to copy, a dialog shows the text, selected. If the promise fails, its error is thrown again. */
export async function copy(content, button) {
  const resolved = Promise.resolve(content).then((value) => (typeof value === "string" ? { text: value } : value));
  const hasHtml = Boolean(content.html);
  const written = writeToClipboard(resolved, hasHtml);
  let value;
  try {
    value = await resolved;
  } catch (error) {
    report(button, "not_copied", false);
    throw error;
  }
  if ((await written) || copyWithCommand(value)) return report(button, "copied", true, value.text);
  report(button, "not_copied", false);
  return showForManualCopy(value.text);
}

/** Shows on a button that nothing was copied; `key` names the text that says why. */
export const reportFailure = (button, key) => report(button, key, false);

function report(button, key, succeeded, text = "") {
  const label = button.querySelector("span") ?? button;
  label.dataset.label ??= label.textContent;
  label.textContent = t(key);
  button.classList.toggle("done", succeeded);
  button.classList.toggle("failed", !succeeded);
  announce(text ? `${t(key)}: ${text.slice(0, 200)}` : t(key));
  setTimeout(() => {
    if (label.dataset.label === undefined) return;
    label.textContent = label.dataset.label;
    delete label.dataset.label;
    button.classList.remove("done", "failed");
  }, LABEL_MILLISECONDS);
}

async function writeToClipboard(resolved, hasHtml) {
  try {
    const blobOf = (kind, name) => {
      const blob = resolved.then((value) => new Blob([value[name]], { type: kind }));
      blob.catch(() => {}); // `copy` reports it
      return blob;
    };
    const parts = { [PLAIN]: blobOf(PLAIN, "text"), ...(hasHtml && { [HTML]: blobOf(HTML, "html") }) };
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    return true;
  } catch {
    return false; // not a secure address, not allowed, or an older browser
  }
}

function copyWithCommand({ text, html }) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  const active = document.activeElement;
  const setBothFormats = (event) => {
    if (!html) return;
    event.clipboardData.setData(PLAIN, text);
    event.clipboardData.setData(HTML, html);
    event.preventDefault();
  };
  document.addEventListener("copy", setBothFormats);
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", setBothFormats);
    area.remove();
    active?.focus({ preventScroll: true });
  }
}

function showForManualCopy(text) {
  const area = byId("by-hand-copy");
  area.value = text;
  byId("by-hand").showModal();
  area.select();
}
