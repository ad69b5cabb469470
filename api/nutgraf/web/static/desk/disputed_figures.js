// Where the figures of other articles contradict a sentence: it is marked, and the other version is one press away.
import { make } from "./dom.js";
import { goTo, place } from "./highlight.js";
import { toast } from "./status_messages.js";
import { sourceOf } from "./request.js";
import { answered, find, swap, undoMark } from "./state.js";
import { t } from "./strings.js";

/** What other articles give instead of the figures of a sentence: the text here, and each other value with those who give it. */
export function disputesOf(sentence) {
  return (answered.answer?.figures ?? []).flatMap(({ values }) => {
    const mine = values.find((each) => place(each) === sentence.place);
    if (!mine) return [];
    return [...byValue(values).values()].filter(([{ value }]) => value !== mine.value).map((others) => ({ mine, others }));
  });
}

/** The values of a figure, equal ones together. */
export function byValue(values) {
  const lines = new Map();
  for (const each of values) lines.set(each.value, [...(lines.get(each.value) ?? []), each]);
  return lines;
}

/** The articles that contradict a sentence, by their ids. */
export const contradicting = (sentence) => new Set(disputesOf(sentence).flatMap(({ others }) => others.map(({ article_id: id }) => id)));

/** The lines below a sentence: "Three vs five", which swaps, and who gives the other figure. */
export function disputeLines(story, sentence) {
  return disputesOf(sentence).map(({ mine, others }) => make(
    "p",
    { class: "disputed" },
    make("strong", {}, t("disputed")), " ", t("said_in", { text: others[0].text }), " ",
    ...others.map((each) => badge(each, sentence)), " ",
    swapButton(story, sentence, mine, others),
  ));
}

function badge(each, sentence) {
  const story = storyOf(each);
  const name = t("show_differs", { label: story.label, source: sourceOf(story) });
  return make("button", {
    type: "button", class: "badge small", "aria-label": name, title: name,
    data: { hue: story.hue, focus: `dispute:${sentence.place}:${place(each)}` }, on: { click: () => goTo(place(each)) },
  }, story.label);
}

function swapButton(story, sentence, mine, others) {
  const words = { text: mine.text, other: others[0].text };
  const other = find(place(others[0]));
  return other && make("button", {
    type: "button", class: "swap", "aria-label": `${t("versus", words)}. ${t("swap", words)}`, title: t("swap", words),
    data: { focus: `swap:${sentence.place}:${place(others[0])}:${others[0].value}` },
    on: {
      click: () => {
        swap({ story, sentence }, other);
        toast(t("swapped", { text: others[0].text }), t("undo"), undoMark);
      },
    },
  }, t("versus", words));
}

const storyOf = (each) => answered.stories.find(({ report }) => report.id === each.article_id);
