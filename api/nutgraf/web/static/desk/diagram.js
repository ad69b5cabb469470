// The diagram: stories are bands, sentences are dots sized by score, and arcs join sentences that report the same fact.
import { byId, debounced, draw, refill, say } from "./dom.js";
import { echoes, goTo, place, pointAgain, points } from "./highlight.js";
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
const MOST_SHOWN = 12; // bands that have room for a letter and dots on a narrow screen
const frame = byId("picture");
const everything = byId("picture-all");

let width = 720;

listen("answered", show);
everything.addEventListener("change", show);
// Drawn at the size that it has on the screen, so that its letters keep theirs.
new ResizeObserver(debounced(() => {
  if (frame.clientWidth && Math.abs(frame.clientWidth - width) > 20) show();
}, 100)).observe(frame);

function show() {
  const all = answered.stories.filter((story) => story.sentences.length);
  frame.hidden = !all.length;
  width = frame.clientWidth || width;
  if (!all.length) return refill(frame, [frame.querySelector("figcaption")]);
  const chosen = new Set(answered.answer.summary.sentences.map(place));
  const stories = everything.checked ? all : sharing(all, chosen);
  say(byId("picture-hidden"), all.length > stories.length ? t("picture_hidden", { count: all.length - stories.length }) : "");
  const laid = layout(stories);
  const pairs = arcs(stories, laid.x).filter(({ from, to }) => everything.checked || chosen.has(from) || chosen.has(to));
  const above = Math.max(20, ...pairs.map((pair) => pair.height)) + LARGEST;
  const words = {
    articles: t("article_count", { count: stories.length }),
    sentences: t("sentence_count", { count: laid.x.size }),
    chosen: chosen.size,
    pairs: t("pair_count", { count: pairs.length }),
  };
  const svg = draw(
    "svg",
    { viewBox: `0 0 ${width} ${above + BAND + 30}`, role: "group", "aria-label": t("picture_label", words), "aria-describedby": "picture-text" },
    draw("desc", { id: "picture-text" }, t("picture_text", words)),
    pairs.map((pair) => arc(pair, above)),
    laid.bands.map((band) => drawBand(band, above)),
    stories.flatMap((story) => story.sentences.map((sentence) => dot(story, sentence, laid.x.get(sentence.place), above, chosen, laid.pitch))),
  );
  svg.querySelector(".dot")?.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", step);
  refill(frame, [frame.querySelector("figcaption"), svg]);
  return pointAgain();
}

/** The articles that the summary quotes, then those that say the same as it does, those that say most of it first; in their order. */
function sharing(stories, chosen) {
  const quoted = (story) => story.sentences.filter((sentence) => chosen.has(sentence.place)).length;
  const shared = (story) => story.sentences.flatMap(echoes).filter((other) => chosen.has(other)).length;
  const ranked = stories.map((story) => ({ story, quotes: quoted(story), shares: shared(story) })).filter(({ quotes, shares }) => quotes || shares);
  ranked.sort((one, other) => Boolean(other.quotes) - Boolean(one.quotes) || other.quotes + other.shares - one.quotes - one.shares);
  const kept = new Set(ranked.slice(0, MOST_SHOWN).map(({ story }) => story));
  return stories.filter((story) => kept.has(story));
}

/** Where each sentence stands, from left to right in the order of the stories, and each story's band. */
function layout(stories) {
  const count = stories.reduce((sum, story) => sum + story.sentences.length, 0);
  const gaps = Math.min(GAP, 200 / stories.length) * (stories.length - 1);
  const pad = Math.min(PAD, 70 / stories.length);
  const pitch = (width - 2 * SIDE - gaps - 2 * pad * stories.length) / count;
  const x = new Map();
  const bands = [];
  let at = SIDE;
  for (const story of stories) {
    const start = at;
    at += pad;
    for (const sentence of story.sentences) {
      x.set(sentence.place, at + pitch / 2);
      at += pitch;
    }
    at += pad;
    bands.push({ story, start, long: at - start });
    at += gaps / Math.max(1, stories.length - 1);
  }
  return { x, bands, pitch };
}

/** Each pair of sentences that report the same fact, once. */
function arcs(stories, x) {
  const seen = new Map();
  for (const sentence of stories.flatMap((story) => story.sentences)) {
    echoes(sentence).forEach((other, at) => {
      const [from, to] = [sentence.place, other].sort((one, two) => x.get(one) - x.get(two));
      if (!x.has(from) || !x.has(to)) return;
      const far = (x.get(to) - x.get(from)) / width;
      const height = 26 + HIGHEST_ARC * Math.sqrt(far) * 0.85;
      seen.set(`${from} ${to}`, { from, to, start: x.get(from), end: x.get(to), height, likeness: sentence.also_in[at].similarity });
    });
  }
  return [...seen.values()];
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
  const label = t("picture_mark", { source: sourceOf(story), number: sentence.index + 1, text });
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
