// The summary: each sentence on a line of its own, with the letter and the color of its article.
import { byId, make, updateChildren } from "./dom.js";
import { contradictingArticles, disputeLines } from "./disputed_figures.js";
import { pinButtons, pinKeys } from "./pins.js";
import { highlightOnHover, placeOf, showInArticle } from "./highlight.js";
import { isNamed, sourceOf } from "./request.js";
import { draft, findSentence, isMarked, listen, result, textOf } from "./state.js";
import { t } from "./strings.js";
import { announce } from "./status_messages.js";
import { warningItem } from "./warnings.js";

const list = byId("sentences");
const QUIET_WARNINGS = new Set(["duplicate-dropped", "superseded"]); // the card of the article shows them
let previousTexts = new Set();
const KEYS = { "{pin}": "P", "{ban}": "B", "{undo}": navigator.platform.startsWith("Mac") ? "⌘Z" : "Ctrl+Z" };

listen("answered", show);
byId("keys-hint").append(...t("keys_hint").split(/(\{\w+\})/).map((part) => (part in KEYS ? make("kbd", {}, KEYS[part]) : part)));

let singleSourcePlaces = new Set();

function show() {
  const { answer } = result;
  singleSourcePlaces = new Set((answer?.summary.sentences ?? []).filter(({ single_source: only }) => only).map(placeOf));
  byId("size").textContent = answer ? sizeOf(answer.summary) : "";
  byId("keys-hint").hidden = !answer?.summary.sentences.length;
  const quoted = answer ? answer.summary.sentences.map((sentence) => findSentence(placeOf(sentence))).filter(Boolean) : [];
  for (const item of list.children) item.classList.remove("fresh");
  const addedItems = updateChildren(list, quoted.map(sentenceItem));
  if (previousTexts.size) for (const item of addedItems) item.classList.toggle("fresh", !previousTexts.has(item.querySelector(".says > p").textContent));
  previousTexts = new Set(quoted.map(({ article, sentence }) => textOf(article, sentence)));
  showLeftOut();
  const notes = (answer?.warnings ?? []).filter(({ code }) => !QUIET_WARNINGS.has(code)).map((warning) => warningItem(warning, articleBadge(warning.article_id)));
  updateChildren(byId("notes"), [...embargoNotes(answer), ...notes]);
  if (answer) announce(t("answered", { sentences: t("sentence_count", { count: quoted.length }), words: t("word_count", { count: answer.summary.words }) }));
}

function sentenceItem({ article, sentence }) {
  const text = textOf(article, sentence);
  const name = isNamed(article) ? t("show_in_source", { label: article.label, source: sourceOf(article) }) : t("show_in", { label: article.label });
  const badge = make(
    "button",
    {
      type: "button",
      class: "badge",
      "aria-label": name,
      title: name,
      data: { focus: `line:${sentence.place}:badge` },
      on: { click: () => showInArticle(sentence.place) },
    },
    article.label,
  );
  const item = make(
    "li",
    { class: isMarked("pin", article, sentence) ? "line pinned" : "line", data: { key: article.item.key, at: sentence.place, hue: article.hue } },
    badge,
    make(
      "div",
      { class: "says" },
      make("p", { dir: "auto", lang: article.report.language }, text),
      sourceLine(article, sentence),
      ...disputeLines(article, sentence),
    ),
    pinButtons(article, sentence, "line"),
  );
  item.addEventListener("keydown", (event) => {
    const neighbours = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling };
    if (event.key in neighbours) {
      event.preventDefault();
      neighbours[event.key]?.querySelector(".badge").focus();
    } else pinKeys(event, article, sentence);
  });
  return highlightOnHover(item, sentence.place, "summary");
}

function sourceLine(article, sentence) {
  const parts = [isNamed(article) ? make("bdi", {}, sourceOf(article)) : null, ...otherArticles(sentence)].filter(Boolean);
  return parts.length ? make("p", { class: "whence" }, ...parts.flatMap((part, index) => (index ? [" · ", part] : [part]))) : null;
}

function otherArticles(sentence) {
  if (singleSourcePlaces.has(sentence.place)) return [t("single_source")];
  const corroborations = sentence.also_in.map((corroboration) => ({ ...findSentence(placeOf(corroboration)), differs: corroboration.differs })).filter(({ article }) => article);
  // Articles that contradict a figure are on a line of their own, which `disputeLines` makes.
  const contradicting = contradictingArticles(sentence);
  const differing = corroborations.filter(({ differs, article }) => differs && !contradicting.has(article.report.id));
  return [articleBadges(sentence, "also_in", corroborations.filter(({ differs }) => !differs)), articleBadges(sentence, "differs_in", differing)];
}

function articleBadges(sentence, label, entries) {
  if (!entries.length) return null;
  return make(
    "span",
    {},
    `${t(label)} `,
    ...entries.map(({ article, sentence: other }) =>
      make(
        "button",
        {
          type: "button",
          class: "badge small",
          "aria-label": t(label === "also_in" ? "show_also" : "show_differs", { label: article.label, source: sourceOf(article) }),
          title: sourceOf(article),
          data: { hue: article.hue, focus: `line:${sentence.place}:also:${other.place}` },
          on: { click: () => showInArticle(other.place) },
        },
        article.label,
      ),
    ),
  );
}

/** Shows the sentences that the editor left out, with buttons that put them back: their cards may be closed. */
function showLeftOut() {
  const leftOut = draft.ban
    .map((mark) => {
      const article = result.articles.find(({ item, part }) => item.key === mark.key && part === mark.part);
      return { article, sentence: article?.sentences.find(({ index }) => index === mark.index) };
    })
    .filter(({ sentence }) => sentence);
  const lines = leftOut.map(({ article, sentence }) =>
    make(
      "li",
      { data: { key: article.item.key, at: sentence.place, hue: article.hue } },
      make("span", { class: "badge small", "aria-hidden": "true" }, article.label),
      make("span", { class: "gone", dir: "auto" }, textOf(article, sentence)),
      pinButtons(article, sentence, "gone"),
    ),
  );
  updateChildren(byId("banned"), lines.length ? [make("h3", {}, t("left_out")), make("ul", {}, lines)] : []);
}

function sizeOf({ sentences, words, characters }) {
  return t("size", {
    sentences: t("sentence_count", { count: sentences.length }), words: t("word_count", { count: words }), characters: t("character_count", { count: characters }),
  });
}

/** The note that the summary quotes articles under embargo; it is the first of the notes. */
function embargoNotes(answer) {
  if (!answer?.embargoed_until) return [];
  const until = new Date(answer.embargoed_until);
  const time = until.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  return [make("li", { class: until > new Date() ? "embargo" : null }, t("embargo", { time }))];
}

function articleBadge(id) {
  const article = result.articles.find(({ report }) => report.id === id);
  return article && make("span", { class: "badge small", data: { hue: article.hue } }, article.label);
}
