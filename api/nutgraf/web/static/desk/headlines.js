// The headlines, each with a bar that shows whether it fits its slot, and a button that copies it.
import { copy } from "./clipboard.js";
import { byId, icon, make, updateChildren, withAutoHeight } from "./dom.js";
import { highlightOnHover, placeOf } from "./highlight.js";
import { sourceOf } from "./request.js";
import { draft, listen, result, update } from "./state.js";
import { t } from "./strings.js";

const ownField = withAutoHeight(byId("own"));
const slotField = byId("slot");

listen("answered", show);
listen("changed", () => {
  showSlot();
  showOwn();
});
for (const radio of document.querySelectorAll("[name=slot]")) {
  radio.addEventListener("change", () => update({ slot: Number(radio.value) }, { wait: 0 }));
}
slotField.addEventListener("input", () => {
  if (Number.isInteger(slotField.valueAsNumber) && slotField.valueAsNumber > 0) update({ slot: slotField.valueAsNumber }, { wait: 250 });
});
ownField.addEventListener("input", () => update({ own: ownField.value.replace(/\s*\n\s*/g, " ") }, { newAnswer: false }));
byId("own-copy").setAttribute("aria-label", t("copy_own"));
byId("own-copy").addEventListener("click", () => copy(draft.own.trim(), byId("own-copy")));

/** Updates a bar that shows the length of a text compared with the slot. Returns the bar. */
function updateMeter(text, bar = make("div", { class: "meter", "aria-hidden": "true" })) {
  const excess = text.length - draft.slot;
  bar.style.setProperty("--part", Math.min(1, text.length / draft.slot));
  bar.style.setProperty("--fits", excess > 0 ? draft.slot / text.length : 1);
  bar.classList.toggle("over", excess > 0);
  return bar;
}

const lengthText = (text) => t(text.length > draft.slot ? "length_over_slot" : "length_in_slot", { count: text.length, slot: draft.slot, over: text.length - draft.slot });

function show() {
  updateChildren(byId("headline-list"), (result.answer?.headlines ?? []).map(headlineItem));
}

function headlineItem(headline) {
  const article = result.articles.find(({ report }) => report.id === headline.article_id);
  const source = sourceOf(article);
  const button = make(
    "button",
    { type: "button", class: "copy", "aria-label": t("copy_headline", { text: headline.text }), data: { focus: `headline:${headline.text}` } },
    icon("copy"),
    make("span", {}, t("copy")),
  );
  button.addEventListener("click", () => copy(headline.text, button));
  const item = make(
    "li",
    { data: { hue: article.hue, of: headline.sentence_index === null ? null : placeOf(headline) } },
    make("p", { class: "headline", dir: "auto", lang: article.report.language }, headline.text),
    updateMeter(headline.text),
    make(
      "p",
      { class: "foot" },
      make("span", { class: "fits" }, lengthText(headline.text)),
      make("span", { class: "badge small", title: t(`made_of_${headline.origin}`, { source }) }, article.label),
      button,
    ),
  );
  return headline.sentence_index === null ? item : highlightOnHover(item, placeOf(headline), "headlines");
}

function showSlot() {
  if (document.activeElement !== slotField) slotField.value = draft.slot;
  for (const radio of document.querySelectorAll("[name=slot]")) radio.checked = Number(radio.value) === draft.slot;
}

function showOwn() {
  if (ownField.value !== draft.own && document.activeElement !== ownField) ownField.value = draft.own;
  const text = draft.own.trim();
  updateMeter(text, byId("own-meter"));
  byId("own-size").textContent = text ? lengthText(text) : "";
  byId("own-size").classList.toggle("over", text.length > draft.slot);
  byId("own-copy").hidden = !text;
}
