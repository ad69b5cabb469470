// Pointing at a sentence highlights it everywhere: in its article, in the summary and in the diagram.
import { byId } from "./dom.js";
import { find, textOf } from "./state.js";

const SCROLL_MILLISECONDS = 90;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let pointed = null;
let pointedText = "";
let timer = 0;

/** Marks the sentence at a place ("2:7") and those that report the same fact; null marks none. `from` is where one points. */
export function point(place, from = null) {
  if (place === pointed) return;
  pointed = place;
  clearTimeout(timer);
  unlight();
  const found = place && find(place);
  if (!found) return;
  pointedText = textOf(found.story, found.sentence);
  light(place, found.sentence);
  if (from !== "sources") timer = setTimeout(() => bringUp(place), SCROLL_MILLISECONDS);
}

/** Marks what is pointed at once more, where something was drawn anew. */
export function pointAgain() {
  const found = pointed && find(pointed);
  if (found) light(pointed, found.sentence);
}

/** The places of the sentences that report the same fact. */
export function echoes(sentence) {
  return sentence.also_in.map((echo) => placeOf(echo.article_id, echo.sentence_index)).filter(Boolean);
}

let placeOf = () => null;

/** How the answer's ids become places. What is pointed at stays so if the answer has the same sentence there. */
export function useStories(stories) {
  const positions = new Map(stories.map((story) => [story.report.id, story.at]));
  placeOf = (id, index) => (positions.has(id) ? `${positions.get(id)}:${index}` : null);
  unlight();
  queueMicrotask(() => { // once all panes show the answer
    const found = pointed && find(pointed);
    if (found && textOf(found.story, found.sentence) === pointedText) pointAgain();
    else pointed = null;
  });
}

/** The place of a sentence of the answer. */
export const place = (each) => placeOf(each.article_id, each.sentence_index);

/** Goes to a sentence in its article: unfolds the story, brings it into view, and the focus to it. */
export function goTo(wanted) {
  const element = byId("cards").querySelector(`[data-at="${wanted}"]`);
  if (!element) return;
  element.closest(".card").classList.add("open");
  element.closest(".card").querySelector(".unfold")?.setAttribute("aria-expanded", "true");
  element.scrollIntoView({ block: "center", behavior: behavior() });
  element.focus({ preventScroll: true });
  point(wanted, "sources");
}

// Where the mouse was moved to. What the page draws under a mouse that rests is not pointed at.
let mouse = "";
const whereIs = ({ screenX, screenY }) => `${screenX} ${screenY}`;
addEventListener("mousemove", (event) => { mouse = whereIs(event); }, { passive: true });
addEventListener("mousedown", (event) => { mouse = whereIs(event); }, { capture: true });

/** Points while the mouse or the focus is on an element. */
export function points(element, wanted, from) {
  element.addEventListener("mouseenter", (event) => { if (whereIs(event) !== mouse) point(wanted, from); });
  element.addEventListener("mouseleave", () => point(null));
  element.addEventListener("focusin", () => point(wanted, from));
  return element;
}

function unlight() {
  for (const element of document.querySelectorAll(".pointed, .echo")) {
    element.classList.remove("pointed", "echo");
    if (!element.classList.length) element.removeAttribute("class"); // as it was made: `refill` compares
  }
}

function light(wanted, sentence) {
  for (const element of at(wanted)) element.classList.add("pointed");
  for (const echo of echoes(sentence)) for (const element of at(echo)) element.classList.add("echo");
}

function at(wanted) {
  return document.querySelectorAll(`[data-at="${wanted}"]`);
}

// Only where the stories stand beside the summary does pointing scroll them, and never the page.
function bringUp(wanted) {
  const pane = document.querySelector(".sources");
  const element = byId("cards").querySelector(`[data-at="${wanted}"]`);
  if (!element?.getClientRects().length || pane.scrollHeight <= pane.clientHeight + 1) return;
  const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (top > pane.clientHeight * 0.15 && top < pane.clientHeight * 0.7) return;
  pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight * 0.3, behavior: behavior() });
}

const behavior = () => (calm.matches ? "auto" : "smooth");
