// The messages outside of the panes: progress, problems, and a short message at the foot of the page.
import { cancelRequest } from "./send_request.js";
import { byId, make, setTextOrHide } from "./dom.js";
import { listen } from "./state.js";
import { t } from "./strings.js";

const PROGRESS_DELAY_MILLISECONDS = 300;
const TOAST_MILLISECONDS = 8000;
let timer = 0;
let started = 0;
let toastTimer = 0;

listen("request-started", (count) => {
  clearInterval(timer);
  started = performance.now();
  timer = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    showProgress(t("summarizing", { articles: t("article_count", { count }), seconds }));
  }, PROGRESS_DELAY_MILLISECONDS);
});
listen("request-ended", () => {
  clearInterval(timer);
  byId("progress").hidden = true;
});
byId("cancel").addEventListener("click", cancelRequest);

/** Shows that the page is working; `share`, from 0 to 1, is the part that is done, if it is known. */
export function showProgress(text, share) {
  const bar = byId("progress").querySelector("progress");
  if (share === undefined) bar.removeAttribute("value");
  else bar.value = share;
  byId("progress-text").textContent = text;
  byId("progress").hidden = false;
}

/** Says a text to screen readers only. */
export function announce(text) {
  byId("status").textContent = text;
}

/** Shows a message at the foot of the page for some seconds, with a button if there is an action. */
export function showToast(text, actionLabel, onAction) {
  clearTimeout(toastTimer);
  const element = byId("toast");
  const button = actionLabel && make("button", { type: "button", on: { click: () => { element.hidden = true; onAction(); } } }, actionLabel);
  element.replaceChildren(text, ...(button ? [" ", button] : []));
  element.hidden = false;
  toastTimer = setTimeout(() => { element.hidden = true; }, TOAST_MILLISECONDS);
}

/** Shows a problem that belongs to no field, until the next answer; an empty text hides it. */
export function showAlert(text, actionLabel, onAction) {
  const element = byId("alert");
  setTextOrHide(element, text);
  if (text && actionLabel) element.append(" ", make("button", { type: "button", on: { click: onAction } }, actionLabel));
}
