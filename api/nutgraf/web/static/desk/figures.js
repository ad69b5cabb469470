// Figures that stories give differently, side by side; and the key terms.
import { focusOn } from "./controls.js";
import { byValue } from "./disputed_figures.js";
import { byId, make, refill } from "./dom.js";
import { goTo, place, points } from "./highlight.js";
import { isNamed, sourceOf } from "./request.js";
import { answered, listen, typed } from "./state.js";
import { t } from "./strings.js";

listen("answered", show);
listen("changed", showTerms);

function show() {
  const figures = answered.answer?.figures ?? [];
  byId("figures-pane").hidden = !figures.length;
  refill(byId("figures"), figures.map(figure));
  showTerms();
}

/** A card for each thing; a line for each value, with all stories that give it. */
function figure({ about, values }) {
  return make("div", { class: "figure" }, make("h3", { dir: "auto" }, about), make("ul", {}, [...byValue(values).values()].map(line)));
}

function line(same) {
  return make("li", {}, make("strong", { dir: "auto" }, textsOf(same).join(" / ")), make("span", { class: "from" }, same.map(source)));
}

/** How a value is written, each way once: "Five" and "five" are one. */
const textsOf = (same) => [...new Map(same.map(({ text }) => [text.toLowerCase(), text]).reverse()).values()].reverse();

function source(each) {
  const story = answered.stories.find((one) => one.report.id === each.article_id);
  const at = place(each);
  const button = make(
    "button",
    { type: "button", "aria-label": t("figure_value", { text: each.text, source: sourceOf(story) }), data: { hue: story.hue, focus: `figure:${at}:${each.start}` }, on: { click: () => goTo(at) } },
    make("span", { class: "badge small" }, story.label), ...(isNamed(story) ? [" ", make("bdi", {}, sourceOf(story))] : []),
  );
  return points(button, at, "figures");
}

function showTerms() {
  const terms = answered.answer?.keywords ?? [];
  refill(byId("terms"), terms.map(({ term, kind }) =>
    make("li", {}, make("button", {
      type: "button", class: kind === "name" ? "chip name" : "chip", dir: "auto", "aria-pressed": String(typed.query === term), title: t("term_focus", { term }),
      data: { focus: `term:${term}` }, on: { click: () => focusOn(term) },
    }, term))));
}
