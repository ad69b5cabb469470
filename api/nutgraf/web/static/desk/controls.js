// Length, order and focus: what the summary shall be.
import { ask } from "./api_client.js";
import { byId, make, say } from "./dom.js";
import { LENGTHS, change, listen, typed } from "./state.js";
import { t } from "./strings.js";

const TYPING_MILLISECONDS = 300;
const slider = byId("slider");
const amount = byId("amount");
const query = byId("query");
const order = byId("order");
let profiles = [];

listen("changed", show);

slider.addEventListener("input", () => setLength(slider.valueAsNumber));
amount.addEventListener("input", () => {
  if (Number.isInteger(amount.valueAsNumber) && amount.valueAsNumber > 0) setLength(amount.valueAsNumber, TYPING_MILLISECONDS);
});
amount.addEventListener("change", show);
for (const radio of document.querySelectorAll("[name=unit]")) {
  radio.addEventListener("change", () => change({ unit: radio.value }, { wait: 0 }));
}
query.addEventListener("input", () => change({ query: query.value }, { wait: TYPING_MILLISECONDS }));
order.addEventListener("change", () => change({ order: order.value }, { wait: 0 }));

/** Shows the controls as they are typed. */
export function show() {
  const { most, step } = LENGTHS[typed.unit];
  const value = typed.lengths[typed.unit];
  Object.assign(slider, { min: step, max: Math.max(most, value), step });
  slider.value = value;
  slider.setAttribute("aria-valuetext", `${value} ${t(typed.unit)}`);
  slider.style.setProperty("--part", (value - step) / (slider.max - step));
  if (document.activeElement !== amount) amount.value = value;
  document.querySelector(`[name=unit][value=${typed.unit}]`).checked = true;
  if (document.activeElement !== query) query.value = typed.query;
  order.value = typed.order;
  for (const chip of byId("profiles").children) {
    chip.setAttribute("aria-pressed", String(chip.dataset.unit === typed.unit && Number(chip.dataset.value) === value));
  }
}

/** Focuses the summary on a term. */
export function focusOn(term) {
  query.value = typed.query === term ? "" : term;
  change({ query: query.value }, { wait: 0 });
}

/** The service's named lengths, one press each. */
export async function showProfiles() {
  const text = await ask("profiles", document.body.dataset.profiles).catch(() => null);
  profiles = text ? JSON.parse(text).profiles : [];
  byId("profiles").replaceChildren(
    ...profiles.flatMap(({ name, length }) => Object.entries(length).map(([unit, value]) => chip(name, unit, value))),
  );
  show();
}

/** Shows a problem's sentence at its control. */
export function showError(control, text) {
  const input = { query, length: amount, slot: byId("slot") }[control];
  input.setAttribute("aria-invalid", "true");
  say(byId(`${control}-error`), text);
}

export function clearErrors() {
  for (const control of ["query", "length", "slot"]) say(byId(`${control}-error`), "");
  for (const input of [query, amount, byId("slot")]) input.removeAttribute("aria-invalid");
}

function chip(name, unit, value) {
  return make(
    "button",
    {
      type: "button", class: "chip", title: t(`profile_${unit}`, { count: value }), data: { unit, value },
      on: { click: () => change({ unit, lengths: { ...typed.lengths, [unit]: value } }, { wait: 0 }) },
    },
    name, " ", make("small", {}, t(`profile_${unit}`, { count: value })),
  );
}

function setLength(value, wait) {
  change({ lengths: { ...typed.lengths, [typed.unit]: value } }, { wait });
}
