// The figures that articles give differently, and the key terms.
import { focusOn } from "./controls.js";
import { groupByValue } from "./disputed_figures.js";
import { byId, make, updateChildren } from "./dom.js";
import { highlightOnHover, placeOf, showInArticle } from "./highlight.js";
import { isNamed, sourceOf } from "./request.js";
import { draft, listen, result } from "./state.js";
import { t } from "./strings.js";

listen("answered", show);
listen("changed", showTerms);

function show() {
  const figures = result.answer?.figures ?? [];
  byId("figures-pane").hidden = !figures.length;
  updateChildren(byId("figures"), figures.map(figureCard));
  showTerms();
}

/** A card for the thing that the figures count, with a line for each value and the articles that give it. */
function figureCard({ about, values }) {
  return make("div", { class: "figure" }, make("h3", { dir: "auto" }, about), make("ul", {}, [...groupByValue(values).values()].map(valueItem)));
}

function valueItem(entries) {
  return make("li", {}, make("strong", { dir: "auto" }, spellingsOf(entries).join(" / ")), make("span", { class: "from" }, entries.map(sourceButton)));
}

/** The spellings of a value, each once; case is ignored. */
const spellingsOf = (entries) => [...new Map(entries.map(({ text }) => [text.toLowerCase(), text]).reverse()).values()].reverse();

function sourceButton(entry) {
  const article = result.articles.find(({ report }) => report.id === entry.article_id);
  const place = placeOf(entry);
  const button = make(
    "button",
    { type: "button", "aria-label": t("figure_value", { text: entry.text, source: sourceOf(article) }), data: { hue: article.hue, focus: `figure:${place}:${entry.start}` }, on: { click: () => showInArticle(place) } },
    make("span", { class: "badge small" }, article.label), ...(isNamed(article) ? [" ", make("bdi", {}, sourceOf(article))] : []),
  );
  return highlightOnHover(button, place, "figures");
}

function showTerms() {
  const terms = result.answer?.keywords ?? [];
  updateChildren(byId("terms"), terms.map(({ term, kind }) =>
    make("li", {}, make("button", {
      type: "button", class: kind === "name" ? "chip name" : "chip", dir: "auto", "aria-pressed": String(draft.query === term), title: t("term_focus", { term }),
      data: { focus: `term:${term}` }, on: { click: () => focusOn(term) },
    }, term))));
}
