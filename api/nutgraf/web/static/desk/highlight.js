// Pointing at a sentence highlights it everywhere: in its article, in the summary and in the diagram.
import { byId } from "./dom.js";
import { findSentence, textOf } from "./state.js";

const SCROLL_MILLISECONDS = 90;
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
let highlighted = null;
let highlightedText = "";
let timer = 0;
let isAnswerBeingShown = false;

/** Highlights the sentence at a place ("2:7") and those that report the same fact; null highlights none. `pane` is the pane
 * of the pointer. */
export function highlight(place, pane = null) {
  if (place === highlighted) return;
  highlighted = place;
  clearTimeout(timer);
  removeHighlights();
  const found = place && findSentence(place);
  if (!found) return;
  highlightedText = textOf(found.article, found.sentence);
  addHighlights(place, found.sentence);
  if (pane !== "sources") timer = setTimeout(() => scrollArticlesTo(place), SCROLL_MILLISECONDS);
}

/** Highlights the same sentence again, for elements that were replaced. */
export function highlightAgain() {
  const found = highlighted && findSentence(highlighted);
  if (found) addHighlights(highlighted, found.sentence);
}

/** The places of the sentences that report the same fact. */
export function corroboratingPlaces(sentence) {
  return sentence.also_in.map(placeOf).filter(Boolean);
}

// The position of each article in the answer, by its id.
let positions = new Map();

/** Takes the articles of a new answer. The highlighted sentence stays highlighted if the answer has the same sentence at its
 * place. */
export function setArticles(articles) {
  positions = new Map(articles.map((article) => [article.report.id, article.position]));
  removeHighlights();
  isAnswerBeingShown = true;
  queueMicrotask(() => { // after all panes have shown the answer
    isAnswerBeingShown = false;
    const found = highlighted && findSentence(highlighted);
    if (found && textOf(found.article, found.sentence) === highlightedText) highlightAgain();
    else highlighted = null;
  });
}

/** The place of a sentence that the answer names by article and index; null if its article is not in the answer. */
export const placeOf = ({ article_id: id, sentence_index: index }) => (positions.has(id) ? `${positions.get(id)}:${index}` : null);

/** Shows a sentence in its article: opens the card, scrolls to the sentence, and focuses it. */
export function showInArticle(place) {
  const element = byId("cards").querySelector(`[data-at="${place}"]`);
  if (!element) return;
  element.closest(".card").classList.add("open");
  element.closest(".card").querySelector(".unfold")?.setAttribute("aria-expanded", "true");
  element.scrollIntoView({ block: "center", behavior: scrollBehavior() });
  element.focus({ preventScroll: true });
  highlight(place, "sources");
}

// The position of the last mouse movement. An element that appears under an unmoved mouse is not highlighted.
let lastMousePosition = "";
const mousePosition = ({ screenX, screenY }) => `${screenX} ${screenY}`;
addEventListener("mousemove", (event) => { lastMousePosition = mousePosition(event); }, { passive: true });
addEventListener("mousedown", (event) => { lastMousePosition = mousePosition(event); }, { capture: true });

/** Highlights a place while the mouse or the focus is on an element of a pane. Returns the element. */
export function highlightOnHover(element, place, pane) {
  element.addEventListener("mouseenter", (event) => { if (mousePosition(event) !== lastMousePosition) highlight(place, pane); });
  element.addEventListener("mouseleave", () => highlight(null));
  element.addEventListener("focusin", () => highlight(place, pane));
  return element;
}

function removeHighlights() {
  for (const element of document.querySelectorAll(".pointed, .echo")) {
    element.classList.remove("pointed", "echo");
    if (!element.classList.length) element.removeAttribute("class"); // `updateChildren` compares markup
  }
}

function addHighlights(place, sentence) {
  if (isAnswerBeingShown) return; // the next panes compare their markup with that of the answer
  for (const element of elementsAt(place)) element.classList.add("pointed");
  for (const other of corroboratingPlaces(sentence)) for (const element of elementsAt(other)) element.classList.add("echo");
}

function elementsAt(place) {
  return document.querySelectorAll(`[data-at="${place}"]`);
}

// Scrolls only the pane of articles, where it is beside the summary; never the page.
function scrollArticlesTo(place) {
  const pane = document.querySelector(".sources");
  const element = byId("cards").querySelector(`[data-at="${place}"]`);
  if (!element?.getClientRects().length || pane.scrollHeight <= pane.clientHeight + 1) return;
  const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (top > pane.clientHeight * 0.15 && top < pane.clientHeight * 0.7) return;
  pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight * 0.3, behavior: scrollBehavior() });
}

const scrollBehavior = () => (reducedMotion.matches ? "auto" : "smooth");
