// Figures that stories give differently, side by side; and the key terms.
import { focusOn } from "./controls.js";
import { byId, make, refill } from "./dom.js";
import { goTo, place, points } from "./highlight.js";
import { sourceOf } from "./request.js";
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

function figure({ about, values }) {
  return make("div", { class: "figure" }, make("h3", { dir: "auto" }, about), make("ul", {}, values.map(value)));
}

function value(each) {
  const story = answered.stories.find((one) => one.report.id === each.article_id);
  const at = place(each);
  const button = make(
    "button",
    { type: "button", "aria-label": t("figure_value", { text: each.text, source: sourceOf(story) }), data: { focus: `figure:${at}:${each.start}` }, on: { click: () => goTo(at) } },
    make("strong", { dir: "auto" }, each.text),
    make("span", { class: "from" }, make("span", { class: "badge small" }, story.label), " ", make("bdi", {}, sourceOf(story))),
  );
  return points(make("li", { data: { hue: story.hue } }, button), at, "figures");
}

function showTerms() {
  const terms = answered.answer?.keywords ?? [];
  refill(byId("terms"), terms.map(({ term, kind }) =>
    make("li", {}, make("button", {
      type: "button", class: kind === "name" ? "chip name" : "chip", dir: "auto", "aria-pressed": String(typed.query === term), title: t("term_focus", { term }),
      data: { focus: `term:${term}` }, on: { click: () => focusOn(term) },
    }, term))));
}
