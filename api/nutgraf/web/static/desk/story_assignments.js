// Which articles tell one story: the groups of the service, with the moves that the editor has made.
//
// The code calls the articles that the editor brought `items`.
import { draft, emit, grouping, listen, result, update } from "./state.js";

export const MAX_SUMMARIZED = 100;
const MIN_GROUPED = 3;

// The title and the source that the service read from an article, by key.
const fieldsFromService = new Map();

listen("answered", () => {
  for (const { item, part, title, source } of result.articles) if (!part) fieldsFromService.set(item.key, { title, source });
});

/** Whether an article has a text, and the service has not refused its document. */
export const hasText = (item) => !item.unreadable && (item.document !== undefined || (item.text ?? item.html).trim() !== "");

/** The articles to group; none if there are too few. */
export function itemsToGroup() {
  const items = draft.items.filter(hasText);
  return items.length >= MIN_GROUPED || items.some(({ feed }) => feed) ? items : [];
}

/** The articles to summarize: those of the open story; if none is open, all, or none if there are too many for one summary.
 * */
export function itemsToSummarize() {
  if (draft.opened !== null) return membersOf(openGroup()).filter(hasText).slice(0, MAX_SUMMARIZED);
  const items = draft.items.filter(hasText);
  return items.length > MAX_SUMMARIZED ? [] : items;
}

/** Whether there are too many articles for one summary. */
export const areTooManyForOneSummary = () => draft.items.filter(hasText).length > MAX_SUMMARIZED;

/** Whether the page shows groups. A single group is shown only if its articles are too many for one summary. */
export const isGrouped = () => grouping.groups.length > 1 || (grouping.groups.length === 1 && areTooManyForOneSummary());

export const openGroup = () => grouping.groups.find(({ id }) => id === draft.opened) ?? null;
export const groupOf = (key) => grouping.groups.find(({ keys }) => keys.includes(key)) ?? null;

/** The articles of a group, in the order in which they were added. */
export function membersOf(group) {
  const keys = new Set(group?.keys);
  return draft.items.filter(({ key }) => keys.has(key));
}

/** The articles whose cards are shown: those of the open story, and new ones; if no story is open, all.
 *
 * If they are too many for one summary, only those that are in no group; before the first grouping, only those without text. */
export function shownItems() {
  const inGroups = new Set(grouping.groups.flatMap(({ keys }) => keys));
  if (draft.opened !== null && openGroup()) {
    const keys = new Set(openGroup().keys);
    return draft.items.filter((item) => keys.has(item.key) || (!inGroups.has(item.key) && !item.unreadable));
  }
  if (!areTooManyForOneSummary()) return draft.items;
  const ungrouped = draft.items.filter(({ key }) => !inGroups.has(key));
  return ungrouped.length > MAX_SUMMARIZED && !grouping.problem ? ungrouped.filter((item) => !hasText(item)) : ungrouped;
}

/** The name of an article: its title, its file name or the start of its text. */
export function nameOf(item) {
  const start = (item.text ?? item.html?.replace(/<[^>]*>/g, " ") ?? "").replace(/\s+/g, " ").trim();
  return item.title.trim() || fieldsFromService.get(item.key)?.title || item.name || shortened(start) || item.key;
}

export const sourceNameOf = (item) => item.source.trim() || fieldsFromService.get(item.key)?.source || item.from || "";
export const headlineOf = (group) => group.headline ?? nameOf(membersOf(group)[0] ?? { title: "", key: group.id });

/** When an article was published; null if the page does not know it. */
export const publishedAt = (item) => item.time || item.at || null;

/** Opens a story, so that only its articles are summarized; null closes it. */
export function openStory(id) {
  update({ opened: id }, { wait: 0 });
  emit("grouped");
}

/** Moves an article to a group, or with null to a new group; returns a function that undoes this.
 *
 * The articles of both groups are then fixed to their stories: otherwise the service might move others together with this one. */
export function moveToGroup(key, id) {
  const before = { groups: grouping.groups, stories: new Map(draft.items.map((item) => [item.key, item.story])), opened: draft.opened };
  const origin = groupOf(key);
  const newGroup = { id: `own-${draft.next}`, keys: [], headline: null, first: null, last: null };
  const target = id === null ? newGroup : grouping.groups.find((group) => group.id === id);
  const storyOfKey = new Map([...(origin?.keys ?? []).map((member) => [member, origin.id]), ...target.keys.map((member) => [member, target.id]), [key, target.id]]);
  const movedGroups = grouping.groups
    .map((group) => (group === origin ? { ...group, keys: group.keys.filter((member) => member !== key) } : group))
    .map((group) => (group === target ? { ...group, keys: [...group.keys, key] } : group));
  grouping.groups = [...movedGroups, ...(id === null ? [{ ...newGroup, keys: [key] }] : [])].filter(({ keys }) => keys.length);
  assignStories(storyOfKey, { next: draft.next + 1, opened: openGroup() ? draft.opened : null });
  return () => {
    grouping.groups = before.groups;
    assignStories(before.stories, { opened: before.opened });
  };
}

/** Adds an article that the editor is writing to the open story, and fixes its articles to it; false if no story is open. */
export function keepInOpenStory(key) {
  const group = openGroup();
  if (!group) return false;
  if (!group.keys.includes(key)) grouping.groups = grouping.groups.map((other) => (other === group ? { ...group, keys: [...group.keys, key] } : other));
  assignStories(new Map([...group.keys, key].map((member) => [member, group.id])), {}, {});
  return true;
}

/** Fixes articles to stories, by their keys, so that later groupings keep them there. */
function assignStories(stories, values, options = { wait: 0 }) {
  for (const item of draft.items) if (stories.has(item.key)) item.story = stories.get(item.key);
  update({ ...values, items: draft.items }, options);
  emit("grouped");
}

function shortened(text) {
  return text.length > 90 ? `${text.slice(0, 90).replace(/\s\S*$/, "")}…` : text;
}
