// The text of an article: its sentences can be selected, and the removed parts are struck through.
import { make } from "./dom.js";
import { isMarked } from "./state.js";
import { hasString, t } from "./strings.js";

/** The nodes of an article's text: its sentences, its removed parts with their kinds, and the text between them.
 *
 * `chosen` has the places of the summary's sentences; `focusable` is the place of the sentence that the Tab key reaches. */
export function textNodes(article, chosen, focusable) {
  const spans = [
    ...article.sentences.map((sentence) => ({ ...sentence, node: () => sentenceElement(article, sentence, chosen, focusable) })),
    ...article.removed.map((removed) => ({ ...removed, node: () => removedElement(article, removed) })),
  ].sort((one, other) => one.start - other.start);
  const nodes = [];
  let shownTo = 0;
  for (const { start, end, node } of spans) {
    if (start < shownTo) continue;
    if (start > shownTo) nodes.push(article.text.slice(shownTo, start));
    nodes.push(node());
    shownTo = end;
  }
  nodes.push(article.text.slice(shownTo));
  return nodes;
}

function sentenceElement(article, sentence, chosen, focusable) {
  const pinned = isMarked("pin", article, sentence);
  const banned = isMarked("ban", article, sentence);
  const state = pinned ? t("pinned") : banned ? t("banned") : null;
  const classes = ["said", chosen.has(sentence.place) && "chosen", pinned && "pinned", banned && "banned"];
  return make(
    "span",
    {
      class: classes.filter(Boolean).join(" "),
      role: "button",
      tabindex: sentence.place === focusable ? "0" : "-1",
      "aria-haspopup": "true",
      data: { at: sentence.place, focus: `text:${sentence.place}` },
    },
    article.text.slice(sentence.start, sentence.end),
    state && make("span", { class: "tag" }, ` ${state}`),
  );
}

function removedElement(article, { kind, start, end }) {
  const reason = hasString(`kind_${kind}`) ? t(`kind_${kind}`) : kind;
  return make("span", { class: "struck" }, make("del", {}, article.text.slice(start, end)), make("span", { class: "tag" }, ` ${reason} `));
}
