// To the clipboard, by whatever way the browser leaves open.
import { byId } from "./dom.js";
import { t } from "./strings.js";
import { announce } from "./notices.js";

const SHOWN_MILLISECONDS = 1600;

/** Copies a text, and says so on the button; where the browser lets no page copy, a dialog has the text marked. */
export async function copy(text, button) {
  if (!((await written(text)) || commanded(text))) return byHand(text);
  const label = button.querySelector("span") ?? button;
  const before = label.dataset.label ?? label.textContent;
  label.dataset.label = before;
  label.textContent = t("copied");
  button.classList.add("done");
  announce(`${t("copied")}: ${text.slice(0, 200)}`);
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove("done");
  }, SHOWN_MILLISECONDS);
  return undefined;
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not a secure address, or not allowed
  }
}

function commanded(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  const active = document.activeElement;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
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
