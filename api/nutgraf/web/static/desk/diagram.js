// The diagram: stories are bands, sentences are dots sized by score, and arcs join sentences that report the same fact.
import { contentOf } from "./diagram_content.js";
import { byId, debounced, draw, refill, say } from "./dom.js";
import { goTo, place, pointAgain, points } from "./highlight.js";
import { sourceOf } from "./request.js";
import { answered, listen, textOf } from "./state.js";
import { t } from "./strings.js";

const GAP = 14;
const SIDE = 2;
const PAD = 7; // a band is wider than its dots
const BAND = 34;
const LARGEST = 11;
const SMALLEST = 2.2;
const HIGHEST_ARC = 150;
const CHARACTER = 5.7; // of a band's name, on average
const frame = byId("picture");
const everything = byId("picture-all");
const list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });

let width = 720;

listen("answered", show);
everything.addEventListener("change", show);
// Drawn at the size that it has on the screen, so that its letters keep theirs.
new ResizeObserver(debounced(() => {
  if (frame.clientWidth && Math.abs(frame.clientWidth - width) > 20) show();
}, 100)).observe(frame);

function show() {
  const stories = answered.stories.filter((story) => story.sentences.length);
  frame.hidden = !stories.length;
  width = frame.clientWidth || width;
  if (!stories.length) return refill(frame, [frame.querySelector("figcaption")]);
  const chosen = new Set(answered.answer.summary.sentences.map(place));
  const { articles, pairs, hidden } = contentOf(stories, chosen, { more: everything.checked, width });
  say(byId("picture-hidden"), inWords(hidden));
  const laid = layout(articles);
  const arcs = pairs.map((pair) => curve(pair, laid.x));
  const above = Math.max(20, ...arcs.map(({ height }) => height)) + LARGEST;
  const words = {
    articles: t("article_count", { count: articles.length }),
    sentences: t("sentence_count", { count: laid.x.size }),
    chosen: chosen.size,
    pairs: t("pair_count", { count: pairs.length }),
  };
  const svg = draw(
    "svg",
    { viewBox: `0 0 ${width} ${above + BAND + 30}`, role: "group", "aria-label": t("diagram_label", words), "aria-describedby": "picture-text" },
    draw("desc", { id: "picture-text" }, t("diagram_text", words)),
    arcs.map((each) => arc(each, above)),
    laid.bands.map((band) => drawBand(band, above)),
    articles.flatMap(({ story, sentences }) => sentences.map((sentence) => dot(story, sentence, laid.x.get(sentence.place), above, chosen, laid.pitch))),
  );
  svg.querySelector(".dot")?.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", step);
  refill(frame, [frame.querySelector("figcaption"), svg]);
  return pointAgain();
}

/** What there is no room for; empty where all is shown. */
function inWords({ articles, sentences, pairs }) {
  const counts = [["article_count", articles], ["sentence_count", sentences], ["pair_count_short", pairs]];
  const named = counts.filter(([, count]) => count).map(([key, count]) => t(key, { count }));
  return named.length ? t("diagram_hidden", { what: list.format(named) }) : "";
}

/** Where each sentence stands, from left to right in the order of the stories, and each story's band. */
function layout(articles) {
  const count = articles.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const gaps = Math.min(GAP, 200 / articles.length) * (articles.length - 1);
  const pad = Math.min(PAD, 70 / articles.length);
  const pitch = (width - 2 * SIDE - gaps - 2 * pad * articles.length) / count;
  const x = new Map();
  const bands = [];
  let at = SIDE;
  for (const { story, sentences } of articles) {
    const start = at;
    at += pad;
    for (const sentence of sentences) {
      x.set(sentence.place, at + pitch / 2);
      at += pitch;
    }
    at += pad;
    bands.push({ story, start, long: at - start });
    at += gaps / Math.max(1, articles.length - 1);
  }
  return { x, bands, pitch };
}

/** Where an arc begins and ends, and how high it rises: the farther, the higher. */
function curve({ ends: [from, to], likeness }, x) {
  const far = (x.get(to) - x.get(from)) / width;
  return { from, to, likeness, start: x.get(from), end: x.get(to), height: 26 + HIGHEST_ARC * Math.sqrt(far) * 0.85 };
}

function arc({ from, to, start, end, height, likeness }, above) {
  const top = above - height * 1.33 + LARGEST;
  const path = draw("path", { class: "arc", d: `M${start} ${above} C${start} ${top} ${end} ${top} ${end} ${above}`, data: { ends: `${from} ${to}` } });
  path.style.setProperty("--likeness", likeness);
  return path;
}

function drawBand({ story, start, long }, above) {
  const name = sourceOf(story);
  const room = Math.floor((long - 26) / CHARACTER);
  const shown = name.length > room ? (room > 7 ? `${name.slice(0, room - 1)}…` : "") : name;
  const named = [draw("title", {}, name), ...(long < story.label.length * 9 + 3 ? [] : [draw("text", { class: "letter", x: start + 2, y: above + BAND + 14 }, story.label)])];
  if (name !== story.label && shown) named.push(draw("text", { class: "name", x: start + 9 + story.label.length * 9, y: above + BAND + 14 }, shown));
  return draw(
    "g",
    { class: "band", data: { hue: story.hue } },
    draw("rect", { x: start, y: above, width: long, height: BAND, rx: 5 }),
    named,
  );
}

function dot(story, sentence, x, above, chosen, pitch) {
  const radius = Math.min(Math.max(SMALLEST, LARGEST * Math.sqrt(sentence.score)), Math.max(SMALLEST + 1, pitch * 0.8));
  const text = textOf(story, sentence);
  const isChosen = chosen.has(sentence.place);
  const label = t("diagram_mark", { source: sourceOf(story), number: sentence.index + 1, text });
  const mark = draw(
    "g",
    {
      class: isChosen ? "dot chosen" : "dot",
      role: "button",
      tabindex: "-1",
      "aria-label": isChosen ? `${label} (${t("in_summary")})` : label,
      data: { hue: story.hue, at: sentence.place, focus: `dot:${sentence.place}` },
      on: { click: () => goTo(sentence.place) },
    },
    draw("title", {}, text),
    draw("rect", { class: "touch", x: x - Math.max(pitch / 2, 2), y: above, width: Math.max(pitch, 4), height: BAND }),
    draw("circle", { cx: x, cy: above + BAND / 2, r: radius.toFixed(1) }),
  );
  points(mark, sentence.place, "picture");
  const light = (on) => () => {
    for (const path of frame.querySelectorAll(".arc")) path.classList.toggle("lit", on && path.dataset.ends.split(" ").includes(sentence.place));
  };
  mark.addEventListener("mouseenter", light(true));
  mark.addEventListener("focusin", light(true));
  mark.addEventListener("mouseleave", light(false));
  mark.addEventListener("focusout", light(false));
  return mark;
}

function step(event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const dots = [...frame.querySelectorAll(".dot")];
  const here = dots.indexOf(event.target);
  if (here < 0) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    goTo(event.target.dataset.at);
    return;
  }
  const next = dots[here + steps[event.key]];
  if (!next) return;
  event.preventDefault();
  dots[here].setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}
