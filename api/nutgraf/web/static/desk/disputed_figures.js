// Shows which figures of a sentence other articles contradict, with a button that quotes the other version instead.
import { make } from "./dom.js";
import { placeOf, showInArticle } from "./highlight.js";
import { showToast } from "./status_messages.js";
import { sourceOf } from "./request.js";
import { findSentence, result, swapSentences, undoMark } from "./state.js";
import { t } from "./strings.js";

/** The disputed figures of a sentence: for each, its own value, and another value with all articles that give it. */
export function disputesOf(sentence) {
  return (result.answer?.figures ?? []).flatMap(({ values }) => {
    const ownValue = values.find((entry) => placeOf(entry) === sentence.place);
    if (!ownValue) return [];
    return [...groupByValue(values).values()].filter(([{ value }]) => value !== ownValue.value).map((otherValues) => ({ ownValue, otherValues }));
  });
}

/** The entries of a figure, grouped by value. */
export function groupByValue(values) {
  const groups = new Map();
  for (const entry of values) groups.set(entry.value, [...(groups.get(entry.value) ?? []), entry]);
  return groups;
}

/** The ids of the articles that contradict a sentence. */
export const contradictingArticles = (sentence) => new Set(disputesOf(sentence).flatMap(({ otherValues }) => otherValues.map(({ article_id: id }) => id)));

/** The lines below a sentence: the articles that give another figure, and the button "Three vs five", which swaps the
 * sentences. */
export function disputeLines(article, sentence) {
  return disputesOf(sentence).map(({ ownValue, otherValues }) => make(
    "p",
    { class: "disputed" },
    make("strong", {}, t("disputed")), " ", t("said_in", { text: otherValues[0].text }), " ",
    ...otherValues.map((entry) => badge(entry, sentence)), " ",
    swapButton(article, sentence, ownValue, otherValues),
  ));
}

function badge(entry, sentence) {
  const article = articleOf(entry);
  const name = t("show_differs", { label: article.label, source: sourceOf(article) });
  return make("button", {
    type: "button", class: "badge small", "aria-label": name, title: name,
    data: { hue: article.hue, focus: `dispute:${sentence.place}:${placeOf(entry)}` }, on: { click: () => showInArticle(placeOf(entry)) },
  }, article.label);
}

function swapButton(article, sentence, ownValue, otherValues) {
  const texts = { text: ownValue.text, other: otherValues[0].text };
  const otherSentence = findSentence(placeOf(otherValues[0]));
  return otherSentence && make("button", {
    type: "button", class: "swap", "aria-label": `${t("versus", texts)}. ${t("swap", texts)}`, title: t("swap", texts),
    data: { focus: `swap:${sentence.place}:${placeOf(otherValues[0])}:${otherValues[0].value}` },
    on: {
      click: () => {
        swapSentences({ article, sentence }, otherSentence);
        showToast(t("swapped", { text: otherValues[0].text }), t("undo"), undoMark);
      },
    },
  }, t("versus", texts));
}

const articleOf = (entry) => result.articles.find(({ report }) => report.id === entry.article_id);
