// All that the page knows: what the editor typed (kept), and what the service answered (not kept).
import { debounced } from "./dom.js";
import { forget, keep, kept } from "./storage.js";

const KEEP_MILLISECONDS = 250;
export const LENGTHS = {
  sentences: { value: 5, most: 20, step: 1 },
  words: { value: 120, most: 400, step: 5 },
  characters: { value: 600, most: 2400, step: 20 },
};

const fresh = () => ({
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
export const typed = { ...fresh(), ...usable(kept()) };
export const answered = { answer: null, stories: [] };
// Articles that tell one story, by their keys: what the service found, and where the editor's hand has put them since.
export const grouped = { groups: [], warnings: [], busy: 0, problem: null };

let unsaved = false;
const save = debounced(() => {
  if (unsaved && !keep(typed)) tell("too-large-to-keep");
  unsaved = false;
}, KEEP_MILLISECONDS);
addEventListener("pagehide", () => save.now());

export function tell(event, detail) {
  events.dispatchEvent(new CustomEvent(event, { detail }));
}

export function listen(event, listener) {
  events.addEventListener(event, (heard) => listener(heard.detail));
}

/** Notes what the editor changed, and asks again unless it changes no answer. */
export function change(values, { asks = true, wait } = {}) {
  Object.assign(typed, values);
  unsaved = true;
  save();
  tell("changed");
  if (asks) tell("ask", wait);
}

/** Adds articles as the editor brought them; each gets a key that stays. */
export function add(items) {
  const added = items.map((item, at) => ({ title: "", source: "", time: "", ...item, key: `k${typed.next + at}` }));
  change({ items: [...typed.items, ...added], next: typed.next + added.length }, { wait: 0 });
  return added;
}

/** Takes an article away; what comes back brings it back, with its marks. */
export function remove(key) {
  const before = { items: typed.items, pin: typed.pin, ban: typed.ban };
  const others = (marks) => marks.filter((mark) => mark.key !== key);
  change({ items: typed.items.filter((item) => item.key !== key), pin: others(typed.pin), ban: others(typed.ban) }, { wait: 0 });
  return () => {
    const at = before.items.findIndex((item) => item.key === key);
    const items = [...typed.items];
    items.splice(at, 0, before.items[at]);
    const mine = (marks) => marks.filter((mark) => mark.key === key);
    change({ items, pin: [...typed.pin, ...mine(before.pin)], ban: [...typed.ban, ...mine(before.ban)] }, { wait: 0 });
  };
}

/** Pins or bans a sentence, or takes that back; it can't be both. */
export function mark(kind, story, sentence) {
  const other = kind === "pin" ? "ban" : "pin";
  const is = (each) => same(each, story, sentence);
  const has = typed[kind].some(is);
  setMarks({ [kind]: has ? typed[kind].filter((each) => !is(each)) : [...typed[kind], markOf(story, sentence)], [other]: typed[other].filter((each) => !is(each)) });
}

/** Leaves one sentence out and pins another in its place. */
export function swap(gone, come) {
  const without = (marks) => marks.filter((each) => ![gone, come].some(({ story, sentence }) => same(each, story, sentence)));
  setMarks({ pin: [...without(typed.pin), markOf(come.story, come.sentence)], ban: [...without(typed.ban), markOf(gone.story, gone.sentence)] });
}

/** Takes back the last pin or ban; false where there is none. */
export function undoMark() {
  const before = marksBefore.pop();
  if (before) change(before, { wait: 0 });
  return Boolean(before);
}

// The pins and bans before each change, the last one last.
const marksBefore = [];

function setMarks(marks) {
  marksBefore.push({ pin: typed.pin, ban: typed.ban });
  change(marks, { wait: 0 });
}

const markOf = (story, sentence) => ({ key: story.item.key, part: story.part, index: sentence.index, text: textOf(story, sentence) });

export const isMarked = (kind, story, sentence) => typed[kind].some((each) => same(each, story, sentence));
export const textOf = (story, { start, end }) => story.text.slice(start, end);

/** A story's sentence by its place, "2:7". */
export function find(place) {
  const [at, index] = place.split(":").map(Number);
  const story = answered.stories[at];
  const sentence = story?.sentences.find((each) => each.index === index);
  return sentence ? { story, sentence } : null;
}

/** As if nobody had been here. */
export function forgetAll() {
  forget();
  marksBefore.length = 0;
  unsaved = false;
  Object.assign(typed, fresh());
  Object.assign(answered, { answer: null, stories: [] });
  Object.assign(grouped, { groups: [], warnings: [], busy: 0, problem: null });
  tell("changed");
}

/** What was kept, where it is ours and whole; an older page, or a hand, may have written something else. */
function usable(was) {
  const whole = (item) => item?.key && (item.document !== undefined || typeof (item.text ?? item.html) === "string");
  return Array.isArray(was?.items) && was.items.every(whole) ? was : {};
}

function same(each, story, sentence) {
  return each.key === story.item.key && each.part === story.part && each.index === sentence.index;
}
