// The diagram: articles are bands, sentences are dots sized by score, and arcs join sentences that report the same fact.
import { diagramContent } from "./diagram_content.js";
import { byId, debounced, makeSvg, setTextOrHide, updateChildren } from "./dom.js";
import { highlightAgain, highlightOnHover, placeOf, showInArticle } from "./highlight.js";
import { sourceOf } from "./request.js";
import { listen, result, textOf } from "./state.js";
import { t } from "./strings.js";

const BAND_GAP = 14;
const SIDE_MARGIN = 2;
const BAND_PADDING = 7; // between the ends of a band and its first and last dot
const BAND_HEIGHT = 34;
const MAX_RADIUS = 11;
const MIN_RADIUS = 2.2;
const MAX_ARC_HEIGHT = 150;
const CHARACTER_WIDTH = 5.7; // in the name of a band, on average
const figure = byId("picture");
const moreCheckbox = byId("picture-all");
const listFormat = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });

let width = 720;

listen("answered", show);
moreCheckbox.addEventListener("change", show);
// The diagram is drawn again when its width changes: scaling it would also scale its letters.
new ResizeObserver(debounced(() => {
  if (figure.clientWidth && Math.abs(figure.clientWidth - width) > 20) show();
}, 100)).observe(figure);

function show() {
  const withSentences = result.articles.filter((article) => article.sentences.length);
  figure.hidden = !withSentences.length;
  width = figure.clientWidth || width;
  if (!withSentences.length) return updateChildren(figure, [figure.querySelector("figcaption")]);
  const chosen = new Set(result.answer.summary.sentences.map(placeOf));
  const { articles, pairs, hidden } = diagramContent(withSentences, chosen, { more: moreCheckbox.checked, width });
  setTextOrHide(byId("picture-hidden"), hiddenText(hidden));
  const layout = layOut(articles);
  const arcs = pairs.map((pair) => arcGeometry(pair, layout.x));
  const bandTop = Math.max(20, ...arcs.map(({ height }) => height)) + MAX_RADIUS;
  const values = {
    articles: t("article_count", { count: articles.length }),
    sentences: t("sentence_count", { count: layout.x.size }),
    chosen: chosen.size,
    pairs: t("pair_count", { count: pairs.length }),
  };
  const svg = makeSvg(
    "svg",
    { viewBox: `0 0 ${width} ${bandTop + BAND_HEIGHT + 30}`, role: "group", "aria-label": t("diagram_label", values), "aria-describedby": "picture-text" },
    makeSvg("desc", { id: "picture-text" }, t("diagram_text", values)),
    arcs.map((shape) => makeArc(shape, bandTop)),
    layout.bands.map((band) => makeBand(band, bandTop)),
    articles.flatMap(({ article, sentences }) => sentences.map((sentence) => makeDot(article, sentence, layout.x.get(sentence.place), bandTop, chosen, layout.dotSpacing))),
  );
  svg.querySelector(".dot")?.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", handleKey);
  updateChildren(figure, [figure.querySelector("figcaption"), svg]);
  return highlightAgain();
}

/** The text that says what is not shown; empty if everything is shown. */
function hiddenText({ articles, sentences, pairs }) {
  const counts = [["article_count", articles], ["sentence_count", sentences], ["pair_count_short", pairs]];
  const labels = counts.filter(([, count]) => count).map(([key, count]) => t(key, { count }));
  return labels.length ? t("diagram_hidden", { what: listFormat.format(labels) }) : "";
}

/** The x of each sentence, from left to right in the order of the articles; the band of each article; the distance between
 * dots. */
function layOut(articles) {
  const count = articles.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const totalGap = Math.min(BAND_GAP, 200 / articles.length) * (articles.length - 1);
  const padding = Math.min(BAND_PADDING, 70 / articles.length);
  const dotSpacing = (width - 2 * SIDE_MARGIN - totalGap - 2 * padding * articles.length) / count;
  const x = new Map();
  const bands = [];
  let right = SIDE_MARGIN;
  for (const { article, sentences } of articles) {
    const start = right;
    right += padding;
    for (const sentence of sentences) {
      x.set(sentence.place, right + dotSpacing / 2);
      right += dotSpacing;
    }
    right += padding;
    bands.push({ article, start, bandWidth: right - start });
    right += totalGap / Math.max(1, articles.length - 1);
  }
  return { x, bands, dotSpacing };
}

/** The ends and the height of an arc: the farther its ends are apart, the higher it is. */
function arcGeometry({ ends: [from, to], similarity }, x) {
  const distance = (x.get(to) - x.get(from)) / width;
  return { from, to, similarity, start: x.get(from), end: x.get(to), height: 26 + MAX_ARC_HEIGHT * Math.sqrt(distance) * 0.85 };
}

function makeArc({ from, to, start, end, height, similarity }, bandTop) {
  const top = bandTop - height * 1.33 + MAX_RADIUS;
  const path = makeSvg("path", { class: "arc", d: `M${start} ${bandTop} C${start} ${top} ${end} ${top} ${end} ${bandTop}`, data: { ends: `${from} ${to}` } });
  path.style.setProperty("--similarity", similarity);
  return path;
}

function makeBand({ article, start, bandWidth }, bandTop) {
  const name = sourceOf(article);
  const maxCharacters = Math.floor((bandWidth - 26) / CHARACTER_WIDTH);
  const shown = name.length > maxCharacters ? (maxCharacters > 7 ? `${name.slice(0, maxCharacters - 1)}…` : "") : name;
  const labels = [makeSvg("title", {}, name), ...(bandWidth < article.label.length * 9 + 3 ? [] : [makeSvg("text", { class: "letter", x: start + 2, y: bandTop + BAND_HEIGHT + 14 }, article.label)])];
  if (name !== article.label && shown) labels.push(makeSvg("text", { class: "name", x: start + 9 + article.label.length * 9, y: bandTop + BAND_HEIGHT + 14 }, shown));
  return makeSvg(
    "g",
    { class: "band", data: { hue: article.hue } },
    makeSvg("rect", { x: start, y: bandTop, width: bandWidth, height: BAND_HEIGHT, rx: 5 }),
    labels,
  );
}

function makeDot(article, sentence, x, bandTop, chosen, dotSpacing) {
  const radius = Math.min(Math.max(MIN_RADIUS, MAX_RADIUS * Math.sqrt(sentence.score)), Math.max(MIN_RADIUS + 1, dotSpacing * 0.8));
  const text = textOf(article, sentence);
  const isChosen = chosen.has(sentence.place);
  const label = t("diagram_mark", { source: sourceOf(article), number: sentence.index + 1, text });
  const group = makeSvg(
    "g",
    {
      class: isChosen ? "dot chosen" : "dot",
      role: "button",
      tabindex: "-1",
      "aria-label": isChosen ? `${label} (${t("in_summary")})` : label,
      data: { hue: article.hue, at: sentence.place, focus: `dot:${sentence.place}` },
      on: { click: () => showInArticle(sentence.place) },
    },
    makeSvg("title", {}, text),
    makeSvg("rect", { class: "touch", x: x - Math.max(dotSpacing / 2, 2), y: bandTop, width: Math.max(dotSpacing, 4), height: BAND_HEIGHT }),
    makeSvg("circle", { cx: x, cy: bandTop + BAND_HEIGHT / 2, r: radius.toFixed(1) }),
  );
  highlightOnHover(group, sentence.place, "picture");
  const setLit = (on) => () => {
    for (const path of figure.querySelectorAll(".arc")) path.classList.toggle("lit", on && path.dataset.ends.split(" ").includes(sentence.place));
  };
  group.addEventListener("mouseenter", setLit(true));
  group.addEventListener("focusin", setLit(true));
  group.addEventListener("mouseleave", setLit(false));
  group.addEventListener("focusout", setLit(false));
  return group;
}

function handleKey(event) {
  const offsets = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const dots = [...figure.querySelectorAll(".dot")];
  const current = dots.indexOf(event.target);
  if (current < 0) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    showInArticle(event.target.dataset.at);
    return;
  }
  const next = dots[current + offsets[event.key]];
  if (!next) return;
  event.preventDefault();
  dots[current].setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}
