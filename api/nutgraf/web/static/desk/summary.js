// The summary, a sentence a line, each beside the letter and color of its source.
import { byId, make, refill } from "./dom.js";
import { contradicting, disputeLines } from "./disputed_figures.js";
import { pinButtons, pinKeys } from "./pins.js";
import { goTo, place, points } from "./highlight.js";
import { isNamed, sourceOf } from "./request.js";
import { answered, find, isMarked, listen, textOf, typed } from "./state.js";
import { t } from "./strings.js";
import { announce } from "./status_messages.js";
import { note } from "./warnings.js";

const list = byId("sentences");
const QUIET_WARNINGS = new Set(["duplicate-dropped", "superseded"]); // the story's card says it
let before = new Set();
const KEYS = { "{pin}": "P", "{ban}": "B", "{undo}": navigator.platform.startsWith("Mac") ? "⌘Z" : "Ctrl+Z" };

listen("answered", show);
byId("keys-hint").append(...t("keys_hint").split(/(\{\w+\})/).map((part) => (part in KEYS ? make("kbd", {}, KEYS[part]) : part)));

let alone = new Set();

function show() {
  const { answer } = answered;
  alone = new Set((answer?.summary.sentences ?? []).filter(({ single_source: only }) => only).map(place));
  byId("size").textContent = answer ? sizeOf(answer.summary) : "";
  byId("keys-hint").hidden = !answer?.summary.sentences.length;
  const found = answer ? answer.summary.sentences.map((each) => find(place(each))).filter(Boolean) : [];
  for (const each of list.children) each.classList.remove("fresh");
  const added = refill(list, found.map(line));
  if (before.size) for (const each of added) each.classList.toggle("fresh", !before.has(each.querySelector(".says > p").textContent));
  before = new Set(found.map(({ story, sentence }) => textOf(story, sentence)));
  showBanned();
  const notes = (answer?.warnings ?? []).filter(({ code }) => !QUIET_WARNINGS.has(code)).map((each) => note(each, badgeOf(each.article_id)));
  refill(byId("notes"), [...embargo(answer), ...notes]);
  if (answer) announce(t("answered", { sentences: t("sentence_count", { count: found.length }), words: t("word_count", { count: answer.summary.words }) }));
}

function line({ story, sentence }) {
  const text = textOf(story, sentence);
  const name = isNamed(story) ? t("show_in_source", { label: story.label, source: sourceOf(story) }) : t("show_in", { label: story.label });
  const badge = make(
    "button",
    {
      type: "button",
      class: "badge",
      "aria-label": name,
      title: name,
      data: { focus: `line:${sentence.place}:badge` },
      on: { click: () => goTo(sentence.place) },
    },
    story.label,
  );
  const row = make(
    "li",
    { class: isMarked("pin", story, sentence) ? "line pinned" : "line", data: { key: story.item.key, at: sentence.place, hue: story.hue } },
    badge,
    make(
      "div",
      { class: "says" },
      make("p", { dir: "auto", lang: story.report.language }, text),
      whence(story, sentence),
      ...disputeLines(story, sentence),
    ),
    pinButtons(story, sentence, "line"),
  );
  row.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling };
    if (event.key in steps) {
      event.preventDefault();
      steps[event.key]?.querySelector(".badge").focus();
    } else pinKeys(event, story, sentence);
  });
  return points(row, sentence.place, "summary");
}

function whence(story, sentence) {
  const parts = [isNamed(story) ? make("bdi", {}, sourceOf(story)) : null, ...others(sentence)].filter(Boolean);
  return parts.length ? make("p", { class: "whence" }, ...parts.flatMap((part, at) => (at ? [" · ", part] : [part]))) : null;
}

function others(sentence) {
  if (alone.has(sentence.place)) return [t("single_source")];
  const found = sentence.also_in.map((echo) => ({ ...find(place(echo)), differs: echo.differs })).filter(({ story }) => story);
  // Those that contradict a figure have a line of their own.
  const named = contradicting(sentence);
  const differing = found.filter(({ differs, story }) => differs && !named.has(story.report.id));
  return [badges(sentence, "also_in", found.filter(({ differs }) => !differs)), badges(sentence, "differs_in", differing)];
}

function badges(sentence, heading, also) {
  if (!also.length) return null;
  return make(
    "span",
    {},
    `${t(heading)} `,
    ...also.map(({ story, sentence: other }) =>
      make(
        "button",
        {
          type: "button",
          class: "badge small",
          "aria-label": t(heading === "also_in" ? "show_also" : "show_differs", { label: story.label, source: sourceOf(story) }),
          title: sourceOf(story),
          data: { hue: story.hue, focus: `line:${sentence.place}:also:${other.place}` },
          on: { click: () => goTo(other.place) },
        },
        story.label,
      ),
    ),
  );
}

/** What the editor left out, with a way back: the source may be folded away. */
function showBanned() {
  const gone = typed.ban
    .map((mark) => answered.stories.find((story) => story.item.key === mark.key && story.part === mark.part))
    .map((story, at) => ({ story, sentence: story?.sentences.find(({ index }) => index === typed.ban[at].index) }))
    .filter(({ sentence }) => sentence);
  const lines = gone.map(({ story, sentence }) =>
    make(
      "li",
      { data: { key: story.item.key, at: sentence.place, hue: story.hue } },
      make("span", { class: "badge small", "aria-hidden": "true" }, story.label),
      make("span", { class: "gone", dir: "auto" }, textOf(story, sentence)),
      pinButtons(story, sentence, "gone"),
    ),
  );
  refill(byId("banned"), lines.length ? [make("h3", {}, t("left_out")), make("ul", {}, lines)] : []);
}

function sizeOf({ sentences, words, characters }) {
  return t("size", {
    sentences: t("sentence_count", { count: sentences.length }), words: t("word_count", { count: words }), characters: t("character_count", { count: characters }),
  });
}

/** What is quoted may not be published yet: that goes first. */
function embargo(answer) {
  if (!answer?.embargoed_until) return [];
  const moment = new Date(answer.embargoed_until);
  const time = moment.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  return [make("li", { class: moment > new Date() ? "embargo" : null }, t("embargo", { time }))];
}

function badgeOf(id) {
  const story = answered.stories.find((each) => each.report.id === id);
  return story && make("span", { class: "badge small", data: { hue: story.hue } }, story.label);
}
