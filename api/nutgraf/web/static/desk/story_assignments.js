// Which articles tell one story: what the service found, and where the editor's hand put them.
import { answered, change, grouped, listen, tell, typed } from "./state.js";

export const MOST_SUMMARIZED = 100;
const LEAST_GROUPED = 3;

const read = new Map();

listen("answered", () => {
  for (const { item, part, title, source } of answered.stories) if (!part) read.set(item.key, { title, source });
});

/** Whether there is something to ask the service about. */
export const hasText = (item) => !item.unreadable && (item.document !== undefined || (item.text ?? item.html).trim() !== "");

/** The articles that are to be grouped; none where there are too few. */
export function toGroup() {
  const items = typed.items.filter(hasText);
  return items.length >= LEAST_GROUPED || items.some(({ feed }) => feed) ? items : [];
}

/** The articles that are to be summarized: those of the open story, or all; of many, none until a story is open. */
export function toSummarize() {
  if (typed.opened !== null) return membersOf(openGroup()).filter(hasText).slice(0, MOST_SUMMARIZED);
  const items = typed.items.filter(hasText);
  return items.length > MOST_SUMMARIZED ? [] : items;
}

/** Whether there are too many articles for one summary. */
export const areMany = () => typed.items.filter(hasText).length > MOST_SUMMARIZED;

/** Whether the page shows groups: one group is what the page shows anyway. */
export const isGrouped = () => grouped.groups.length > 1 || (grouped.groups.length === 1 && areMany());

export const openGroup = () => grouped.groups.find(({ id }) => id === typed.opened) ?? null;
export const groupOf = (key) => grouped.groups.find(({ keys }) => keys.includes(key)) ?? null;

/** The articles of a group, in the order in which they were brought. */
export function membersOf(group) {
  const keys = new Set(group?.keys);
  return typed.items.filter(({ key }) => keys.has(key));
}

/** The articles whose cards are shown: those of the open story, else all. Of many, those that no group shows, unless a group soon will. */
export function shownItems() {
  const inGroups = new Set(grouped.groups.flatMap(({ keys }) => keys));
  if (typed.opened !== null && openGroup()) {
    const keys = new Set(openGroup().keys);
    return typed.items.filter((item) => keys.has(item.key) || (!inGroups.has(item.key) && !item.unreadable));
  }
  if (!areMany()) return typed.items;
  const others = typed.items.filter(({ key }) => !inGroups.has(key));
  return others.length > MOST_SUMMARIZED && !grouped.problem ? others.filter((item) => !hasText(item)) : others;
}

/** What the page calls an article: its title, else how it begins. */
export function nameOf(item) {
  const begins = (item.text ?? item.html?.replace(/<[^>]*>/g, " ") ?? "").replace(/\s+/g, " ").trim();
  return item.title.trim() || read.get(item.key)?.title || item.name || shortened(begins) || item.key;
}

export const sourceNameOf = (item) => item.source.trim() || read.get(item.key)?.source || item.from || "";
export const headlineOf = (group) => group.headline ?? nameOf(membersOf(group)[0] ?? { title: "", key: group.id });

/** A moment of publication, as the page knows it; null where only the service does. */
export const momentOf = (item) => item.time || item.at || null;

/** Opens a story: from now on it alone is summarized. Null shows all again. */
export function openStory(id) {
  change({ opened: id }, { wait: 0 });
  tell("grouped");
}

/** Moves an article to a group, or with null to one of its own; what comes back takes that back.
 *
 * The articles of both groups keep their story from now on: those that stay would follow the one that leaves. */
export function move(key, id) {
  const before = { groups: grouped.groups, stories: new Map(typed.items.map((item) => [item.key, item.story])), opened: typed.opened };
  const from = groupOf(key);
  const own = { id: `own-${typed.next}`, keys: [], headline: null, first: null, last: null };
  const to = id === null ? own : grouped.groups.find((group) => group.id === id);
  const keep = new Map([...(from?.keys ?? []).map((each) => [each, from.id]), ...to.keys.map((each) => [each, to.id]), [key, to.id]]);
  const moved = grouped.groups
    .map((group) => (group === from ? { ...group, keys: group.keys.filter((each) => each !== key) } : group))
    .map((group) => (group === to ? { ...group, keys: [...group.keys, key] } : group));
  grouped.groups = [...moved, ...(id === null ? [{ ...own, keys: [key] }] : [])].filter(({ keys }) => keys.length);
  hold(keep, { next: typed.next + 1, opened: openGroup() ? typed.opened : null });
  return () => {
    grouped.groups = before.groups;
    hold(before.stories, { opened: before.opened });
  };
}

/** Keeps what is written in an open story in that story; false where none is open. */
export function holdOpen(key) {
  const group = openGroup();
  if (!group) return false;
  if (!group.keys.includes(key)) grouped.groups = grouped.groups.map((each) => (each === group ? { ...each, keys: [...each.keys, key] } : each));
  hold(new Map([...group.keys, key].map((each) => [each, group.id])), {}, {});
  return true;
}

function hold(stories, values, how = { wait: 0 }) {
  for (const item of typed.items) if (stories.has(item.key)) item.story = stories.get(item.key);
  change({ ...values, items: typed.items }, how);
  tell("grouped");
}

function shortened(text) {
  return text.length > 90 ? `${text.slice(0, 90).replace(/\s\S*$/, "")}…` : text;
}
