// Headlines, with a bar for the slot; one press copies.
import { copy } from "./clipboard.js";
import { byId, grown, icon, make, refill } from "./dom.js";
import { place, points } from "./highlight.js";
import { sourceOf } from "./request.js";
import { answered, change, listen, typed } from "./state.js";
import { t } from "./strings.js";

const own = grown(byId("own"));
const slot = byId("slot");

listen("answered", show);
listen("changed", () => {
  showSlot();
  showOwn();
});
for (const radio of document.querySelectorAll("[name=slot]")) {
  radio.addEventListener("change", () => change({ slot: Number(radio.value) }, { wait: 0 }));
}
slot.addEventListener("input", () => {
  if (Number.isInteger(slot.valueAsNumber) && slot.valueAsNumber > 0) change({ slot: slot.valueAsNumber }, { wait: 250 });
});
own.addEventListener("input", () => change({ own: own.value.replace(/\s*\n\s*/g, " ") }, { asks: false }));
byId("own-copy").setAttribute("aria-label", t("copy_own"));
byId("own-copy").addEventListener("click", () => copy(typed.own.trim(), byId("own-copy")));

/** How a text stands to the slot, as a bar and in words. */
function meter(text, bar = make("div", { class: "meter", "aria-hidden": "true" })) {
  const over = text.length - typed.slot;
  bar.style.setProperty("--part", Math.min(1, text.length / typed.slot));
  bar.style.setProperty("--fits", over > 0 ? typed.slot / text.length : 1);
  bar.classList.toggle("over", over > 0);
  return bar;
}

const inWords = (text) => t(text.length > typed.slot ? "length_over_slot" : "length_in_slot", { count: text.length, slot: typed.slot, over: text.length - typed.slot });

function show() {
  refill(byId("headline-list"), (answered.answer?.headlines ?? []).map(row));
}

function row(headline) {
  const story = answered.stories.find((each) => each.report.id === headline.article_id);
  const source = sourceOf(story);
  const button = make(
    "button",
    { type: "button", class: "copy", "aria-label": t("copy_headline", { text: headline.text }), data: { focus: `headline:${headline.text}` } },
    icon("copy"),
    make("span", {}, t("copy")),
  );
  button.addEventListener("click", () => copy(headline.text, button));
  const item = make(
    "li",
    { data: { hue: story.hue, of: headline.sentence_index === null ? null : place(headline) } },
    make("p", { class: "headline", dir: "auto", lang: story.report.language }, headline.text),
    meter(headline.text),
    make(
      "p",
      { class: "foot" },
      make("span", { class: "fits" }, inWords(headline.text)),
      make("span", { class: "badge small", title: t(`made_of_${headline.origin}`, { source }) }, story.label),
      button,
    ),
  );
  return headline.sentence_index === null ? item : points(item, place(headline), "headlines");
}

function showSlot() {
  if (document.activeElement !== slot) slot.value = typed.slot;
  for (const radio of document.querySelectorAll("[name=slot]")) radio.checked = Number(radio.value) === typed.slot;
}

function showOwn() {
  if (own.value !== typed.own && document.activeElement !== own) own.value = typed.own;
  const text = typed.own.trim();
  meter(text, byId("own-meter"));
  byId("own-size").textContent = text ? inWords(text) : "";
  byId("own-size").classList.toggle("over", text.length > typed.slot);
  byId("own-copy").hidden = !text;
}
