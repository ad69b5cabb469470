// The text of a story: its sentences can be selected, and the removed parts are struck through.
import { make } from "./dom.js";
import { isMarked } from "./state.js";
import { known, t } from "./strings.js";

/** The nodes of a text: sentences to point at, furniture struck through with its kind, the rest as it is. */
export function marked(story, chosen, focusable) {
  const spans = [
    ...story.sentences.map((sentence) => ({ ...sentence, node: () => said(story, sentence, chosen, focusable) })),
    ...story.removed.map((removed) => ({ ...removed, node: () => struck(story, removed) })),
  ].sort((one, other) => one.start - other.start);
  const nodes = [];
  let at = 0;
  for (const { start, end, node } of spans) {
    if (start < at) continue;
    if (start > at) nodes.push(story.text.slice(at, start));
    nodes.push(node());
    at = end;
  }
  nodes.push(story.text.slice(at));
  return nodes;
}

function said(story, sentence, chosen, focusable) {
  const pinned = isMarked("pin", story, sentence);
  const banned = isMarked("ban", story, sentence);
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
    story.text.slice(sentence.start, sentence.end),
    state && make("span", { class: "tag" }, ` ${state}`),
  );
}

function struck(story, { kind, start, end }) {
  const reason = known(`kind_${kind}`) ? t(`kind_${kind}`) : kind;
  return make("span", { class: "struck" }, make("del", {}, story.text.slice(start, end)), make("span", { class: "tag" }, ` ${reason} `));
}
