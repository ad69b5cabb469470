// What the page says beside its panes: progress, trouble, and a word that goes by itself.
import { callOff } from "./send_request.js";
import { byId, make, say } from "./dom.js";
import { listen } from "./state.js";
import { t } from "./strings.js";

const PATIENCE_MILLISECONDS = 300;
const TOAST_MILLISECONDS = 8000;
let timer = 0;
let started = 0;
let toastTimer = 0;

listen("asking", (count) => {
  clearInterval(timer);
  started = performance.now();
  timer = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    progress(t("summarizing", { articles: t("article_count", { count }), seconds }));
  }, PATIENCE_MILLISECONDS);
});
listen("settled", () => {
  clearInterval(timer);
  byId("progress").hidden = true;
});
byId("cancel").addEventListener("click", callOff);

/** Shows that work is under way; with a share from 0 to 1 how far it is. */
export function progress(text, share) {
  const bar = byId("progress").querySelector("progress");
  if (share === undefined) bar.removeAttribute("value");
  else bar.value = share;
  byId("progress-text").textContent = text;
  byId("progress").hidden = false;
}

/** Tells screen readers; the page itself shows it elsewhere. */
export function announce(text) {
  byId("status").textContent = text;
}

/** A word at the foot of the page, with something to do about it. */
export function toast(text, action, act) {
  clearTimeout(toastTimer);
  const place = byId("toast");
  const button = action && make("button", { type: "button", on: { click: () => { place.hidden = true; act(); } } }, action);
  place.replaceChildren(text, ...(button ? [" ", button] : []));
  place.hidden = false;
  toastTimer = setTimeout(() => { place.hidden = true; }, TOAST_MILLISECONDS);
}

/** Trouble that belongs to no field; it stays until the next answer. */
export function alert(text, action, act) {
  const place = byId("alert");
  say(place, text);
  if (text && action) place.append(" ", make("button", { type: "button", on: { click: act } }, action));
}
