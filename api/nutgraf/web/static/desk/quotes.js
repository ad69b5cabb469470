// Direct quotations with their speakers, once the editor opens the list: who says what, and where the words differ.
import { byId, make, refill } from "./dom.js";
import { goTo, place, points } from "./highlight.js";
import { sourceOf } from "./request.js";
import { answered, change, listen, typed } from "./state.js";
import { t } from "./strings.js";

const pane = byId("quotes-pane");

listen("answered", show);
listen("changed", () => { pane.open = typed.quotes; });
pane.open = typed.quotes;
pane.addEventListener("toggle", () => {
  if (pane.open !== typed.quotes) change({ quotes: pane.open }, { asks: pane.open, wait: 0 });
});

function show() {
  const { answer } = answered;
  const quotes = answer?.quotes ?? [];
  refill(byId("quotes"), quotes.map(quote).filter(Boolean));
  byId("quotes-none").hidden = !answer || !typed.quotes || quotes.length > 0;
}

function quote(each) {
  const story = storyOf(each.article_id);
  if (!story) return null;
  const at = place(each);
  const differing = each.also_in.filter(({ differs }) => differs).map(({ article_id: id }) => storyOf(id)).filter(Boolean);
  const button = make(
    "button",
    {
      type: "button", "aria-label": t("quote_in", { text: each.text, source: sourceOf(story) }),
      data: { focus: `quote:${at}:${each.start}` }, on: { click: () => goTo(at) },
    },
    make("q", { dir: "auto", lang: story.report.language }, each.text),
    make(
      "span", { class: "from" },
      make("span", { class: "badge small" }, story.label), " ",
      make("bdi", {}, each.speaker ?? t("speaker_unknown")),
      differing.length ? ` · ${t("words_differ", { stories: differing.map(({ label }) => label).join(", ") })}` : "",
    ),
  );
  return points(make("li", { data: { hue: story.hue } }, button), at, "quotes");
}

const storyOf = (id) => answered.stories.find(({ report }) => report.id === id);
