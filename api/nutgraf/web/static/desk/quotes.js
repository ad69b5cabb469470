// The direct quotations with their speakers, and the articles that quote them differently. They are requested when the
// editor opens the list.
import { byId, make, updateChildren } from "./dom.js";
import { highlightOnHover, placeOf, showInArticle } from "./highlight.js";
import { sourceOf } from "./request.js";
import { draft, listen, result, update } from "./state.js";
import { t } from "./strings.js";

const pane = byId("quotes-pane");

listen("answered", show);
listen("changed", () => { pane.open = draft.quotes; });
pane.open = draft.quotes;
pane.addEventListener("toggle", () => {
  if (pane.open !== draft.quotes) update({ quotes: pane.open }, { newAnswer: pane.open, wait: 0 });
});

function show() {
  const { answer } = result;
  const quotes = answer?.quotes ?? [];
  updateChildren(byId("quotes"), quotes.map(quoteItem).filter(Boolean));
  byId("quotes-none").hidden = !answer || !draft.quotes || quotes.length > 0;
}

function quoteItem(quote) {
  const article = articleOf(quote.article_id);
  if (!article) return null;
  const place = placeOf(quote);
  const differing = quote.also_in.filter(({ differs }) => differs).map(({ article_id: id }) => articleOf(id)).filter(Boolean);
  const button = make(
    "button",
    {
      type: "button", "aria-label": t("quote_in", { text: quote.text, source: sourceOf(article) }),
      data: { focus: `quote:${place}:${quote.start}` }, on: { click: () => showInArticle(place) },
    },
    make("q", { dir: "auto", lang: article.report.language }, quote.text),
    make(
      "span", { class: "from" },
      make("span", { class: "badge small" }, article.label), " ",
      make("bdi", {}, quote.speaker ?? t("speaker_unknown")),
      differing.length ? ` · ${t("words_differ", { stories: differing.map(({ label }) => label).join(", ") })}` : "",
    ),
  );
  return highlightOnHover(make("li", { data: { hue: article.hue } }, button), place, "quotes");
}

const articleOf = (id) => result.articles.find(({ report }) => report.id === id);
