// The controls of the summary: length, order and focus.
import { sendRequest } from "./api_client.js";
import { byId, make, setTextOrHide } from "./dom.js";
import { LENGTHS, draft, listen, update } from "./state.js";
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
  radio.addEventListener("change", () => update({ unit: radio.value }, { wait: 0 }));
}
query.addEventListener("input", () => update({ query: query.value }, { wait: TYPING_MILLISECONDS }));
order.addEventListener("change", () => update({ order: order.value }, { wait: 0 }));

/** Shows the current values in the controls. */
export function show() {
  const { max, step } = LENGTHS[draft.unit];
  const value = draft.lengths[draft.unit];
  Object.assign(slider, { min: step, max: Math.max(max, value), step });
  slider.value = value;
  slider.setAttribute("aria-valuetext", `${value} ${t(draft.unit)}`);
  slider.style.setProperty("--part", (value - step) / (slider.max - step));
  if (document.activeElement !== amount) amount.value = value;
  document.querySelector(`[name=unit][value=${draft.unit}]`).checked = true;
  if (document.activeElement !== query) query.value = draft.query;
  order.value = draft.order;
  for (const chip of byId("profiles").children) {
    chip.setAttribute("aria-pressed", String(chip.dataset.unit === draft.unit && Number(chip.dataset.value) === value));
  }
}

/** Focuses the summary on a term; a second call with the same term removes the focus. */
export function focusOn(term) {
  query.value = draft.query === term ? "" : term;
  update({ query: query.value }, { wait: 0 });
}

/** Shows a button for each named length of the service. */
export async function showProfiles() {
  const text = await sendRequest("profiles", document.body.dataset.profiles).catch(() => null);
  profiles = text ? JSON.parse(text).profiles : [];
  byId("profiles").replaceChildren(
    ...profiles.flatMap(({ name, length }) => Object.entries(length).map(([unit, value]) => profileButton(name, unit, value))),
  );
  show();
}

/** Shows an error at its control. */
export function showError(control, text) {
  const input = { query, length: amount, slot: byId("slot") }[control];
  input.setAttribute("aria-invalid", "true");
  setTextOrHide(byId(`${control}-error`), text);
}

export function clearErrors() {
  for (const control of ["query", "length", "slot"]) setTextOrHide(byId(`${control}-error`), "");
  for (const input of [query, amount, byId("slot")]) input.removeAttribute("aria-invalid");
}

function profileButton(name, unit, value) {
  return make(
    "button",
    {
      type: "button", class: "chip", title: t(`profile_${unit}`, { count: value }), data: { unit, value },
      on: { click: () => update({ unit, lengths: { ...draft.lengths, [unit]: value } }, { wait: 0 }) },
    },
    name, " ", make("small", {}, t(`profile_${unit}`, { count: value })),
  );
}

function setLength(value, wait) {
  update({ lengths: { ...draft.lengths, [draft.unit]: value } }, { wait });
}
