// The state of the page: the editor's work, which is stored in the browser, and the last answers, which are not.
//
// A mark is a pinned sentence (`pin`) or one that the editor left out (`ban`): {key of its article, part, index, text}.
import { debounced } from "./dom.js";
import { deleteStored, storeDraft, storedDraft } from "./storage.js";

const STORE_DELAY_MILLISECONDS = 250;
export const LENGTHS = {
  sentences: { value: 5, max: 20, step: 1 },
  words: { value: 120, max: 400, step: 5 },
  characters: { value: 600, max: 2400, step: 20 },
};

const emptyDraft = () => ({
  items: [],
  next: 1,
  unit: "sentences",
  lengths: Object.fromEntries(Object.entries(LENGTHS).map(([unit, { value }]) => [unit, value])),
  order: "auto",
  query: "",
  quotes: false,
  slot: 70,
  own: "",
  pin: [],
  ban: [],
  opened: null,
});

const events = new EventTarget();
export const draft = { ...emptyDraft(), ...validDraft(storedDraft()) };
export const result = { answer: null, articles: [] };
// The groups of articles that tell one story: as the service grouped them, with the moves that the editor has made since.
export const grouping = { groups: [], warnings: [], busy: 0, problem: null };

let unsaved = false;
const save = debounced(() => {
  if (unsaved && !storeDraft(draft)) emit("too-large-to-store");
  unsaved = false;
}, STORE_DELAY_MILLISECONDS);
addEventListener("pagehide", () => save.now());

export function emit(event, detail) {
  events.dispatchEvent(new CustomEvent(event, { detail }));
}

export function listen(event, listener) {
  events.addEventListener(event, ({ detail }) => listener(detail));
}

/** Changes the editor's work. Requests a new answer after `wait` milliseconds, unless `newAnswer` is false. */
export function update(values, { newAnswer = true, wait } = {}) {
  Object.assign(draft, values);
  unsaved = true;
  save();
  emit("changed");
  if (newAnswer) emit("request", wait);
}

/** Adds articles; each gets a key, which never changes. */
export function addItems(items) {
  const added = items.map((item, index) => ({ title: "", source: "", time: "", ...item, key: `k${draft.next + index}` }));
  update({ items: [...draft.items, ...added], next: draft.next + added.length }, { wait: 0 });
  return added;
}

/** Removes an article with its marks; returns a function that restores them. */
export function removeArticle(key) {
  const before = { items: draft.items, pin: draft.pin, ban: draft.ban };
  const others = (marks) => marks.filter((mark) => mark.key !== key);
  update({ items: draft.items.filter((item) => item.key !== key), pin: others(draft.pin), ban: others(draft.ban) }, { wait: 0 });
  return () => {
    const position = before.items.findIndex((item) => item.key === key);
    const items = [...draft.items];
    items.splice(position, 0, before.items[position]);
    const ofArticle = (marks) => marks.filter((mark) => mark.key === key);
    update({ items, pin: [...draft.pin, ...ofArticle(before.pin)], ban: [...draft.ban, ...ofArticle(before.ban)] }, { wait: 0 });
  };
}

/** Pins a sentence or leaves it out (`kind`: "pin" or "ban"), or undoes that. A sentence has at most one mark. */
export function toggleMark(kind, article, sentence) {
  const other = kind === "pin" ? "ban" : "pin";
  const matches = (mark) => isMarkOf(mark, article, sentence);
  const isSet = draft[kind].some(matches);
  setMarks({
    [kind]: isSet ? draft[kind].filter((mark) => !matches(mark)) : [...draft[kind], newMark(article, sentence)],
    [other]: draft[other].filter((mark) => !matches(mark)),
  });
}

/** Leaves one sentence out and pins another in its place. */
export function swapSentences(leftOut, pinned) {
  const without = (marks) => marks.filter((mark) => ![leftOut, pinned].some(({ article, sentence }) => isMarkOf(mark, article, sentence)));
  setMarks({ pin: [...without(draft.pin), newMark(pinned.article, pinned.sentence)], ban: [...without(draft.ban), newMark(leftOut.article, leftOut.sentence)] });
}

/** Undoes the last change of the marks; false if there is none. */
export function undoMark() {
  const before = markHistory.pop();
  if (before) update(before, { wait: 0 });
  return Boolean(before);
}

// The marks before each change, in the order of the changes.
const markHistory = [];

function setMarks(marks) {
  markHistory.push({ pin: draft.pin, ban: draft.ban });
  update(marks, { wait: 0 });
}

const newMark = (article, sentence) => ({ key: article.item.key, part: article.part, index: sentence.index, text: textOf(article, sentence) });

export const isMarked = (kind, article, sentence) => draft[kind].some((mark) => isMarkOf(mark, article, sentence));
export const textOf = (article, { start, end }) => article.text.slice(start, end);

/** The sentence at a place: "2:7" is the sentence with index 7 in the article at position 2 of the answer. Null if there is
 * none. */
export function findSentence(place) {
  const [position, index] = place.split(":").map(Number);
  const article = result.articles[position];
  const sentence = article?.sentences.find((candidate) => candidate.index === index);
  return sentence ? { article, sentence } : null;
}

/** Deletes the editor's work and all answers, on the page and in the browser. */
export function deleteAll() {
  deleteStored();
  markHistory.length = 0;
  unsaved = false;
  Object.assign(draft, emptyDraft());
  Object.assign(result, { answer: null, articles: [] });
  Object.assign(grouping, { groups: [], warnings: [], busy: 0, problem: null });
  emit("changed");
}

/** The stored work if it is complete, else {}: an older version of the page, or a person, may have written something else.
 * */
function validDraft(stored) {
  const isComplete = (item) => item?.key && (item.document !== undefined || typeof (item.text ?? item.html) === "string");
  return Array.isArray(stored?.items) && stored.items.every(isComplete) ? stored : {};
}

function isMarkOf(mark, article, sentence) {
  return mark.key === article.item.key && mark.part === article.part && mark.index === sentence.index;
}
