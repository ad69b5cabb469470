// Asks which articles tell one story, and keeps the last grouping on the screen until the next one arrives.
import { Problem, ask, cancel } from "./api_client.js";
import { debounced } from "./dom.js";
import { groupingRequest } from "./request.js";
import { leaveOut } from "./send_request.js";
import { change, grouped, listen, tell, typed } from "./state.js";
import { areMany, isGrouped, openGroup } from "./story_assignments.js";

const WAIT_MILLISECONDS = 250;
const MANY_WAIT_MILLISECONDS = 40;
const PURPOSE = "stories";
const { stories } = document.body.dataset;

let asked = null;
let turn = 0;

const soon = debounced(regroup, WAIT_MILLISECONDS);
listen("ask", () => soon(areMany() && !grouped.groups.length ? MANY_WAIT_MILLISECONDS : WAIT_MILLISECONDS));

/** Asks with what there is now, unless the answer is known. */
export async function regroup() {
  const wanted = groupingRequest();
  if (!wanted) {
    turn += 1;
    cancel(PURPOSE);
    asked = null;
    return show({ groups: [], warnings: [] });
  }
  const print = JSON.stringify(wanted.body);
  if (print === asked) return undefined;
  const mine = ++turn;
  asked = print;
  grouped.busy = wanted.items.length;
  tell("grouping");
  try {
    const text = await ask(PURPOSE, stories, wanted.body);
    if (text === null || mine !== turn) return undefined;
    // An article was moved in the meantime: the next request, which is on its way, knows it.
    if (wanted.items.some((item, at) => (item.story || undefined) !== wanted.body.articles[at].story_id)) return undefined;
    const answer = JSON.parse(text);
    return show({ groups: groupsOf(answer), warnings: answer.warnings.map((each) => ({ ...each, key: each.article_id && keyOf(each.article_id) })) });
  } catch (error) {
    if (mine !== turn) return undefined;
    asked = null;
    if (!(error instanceof Problem)) throw error;
    if (leaveOut(error, wanted.items)) return regroup();
    Object.assign(grouped, { busy: 0, problem: error, asked: wanted.items });
    if (error.status === 401) tell("key-wanted");
    return tell("grouped");
  }
}

/** Puts the new groups in place; the open story stays open under its new id, where it still is one. */
function show({ groups, warnings }) {
  const before = openGroup();
  const known = new Set(grouped.groups.flatMap(({ keys }) => keys));
  Object.assign(grouped, { groups, warnings, busy: 0, problem: null });
  const opened = isGrouped() && typed.opened !== null ? (openGroup() ?? heirOf(before)) : null;
  if (typed.opened !== (opened?.id ?? null)) change({ opened: opened?.id ?? null }, { asks: false });
  tell("grouped");
  const elsewhere = groups.filter((group) => group !== opened).flatMap(({ keys }) => keys.filter((key) => !known.has(key)));
  if (opened && before && elsewhere.length) tell("elsewhere", elsewhere.length);
}

/** The group that has most of the articles of one that is gone. */
function heirOf(before) {
  const shared = ({ keys }) => keys.filter((key) => before?.keys.includes(key)).length;
  return grouped.groups.filter(shared).sort((one, other) => shared(other) - shared(one))[0] ?? null;
}

/** An article's id is the key of its item; the entries of a document that is sent whole add a number. */
const keyOf = (id) => id.split(".")[0];

/** The answer's stories as groups of items. A document that is sent whole is where most of its entries are. */
function groupsOf(answer) {
  const places = new Map();
  answer.stories.forEach((story, at) => {
    for (const key of story.article_ids.map(keyOf)) {
      const counts = places.get(key) ?? new Map();
      places.set(key, counts.set(at, (counts.get(at) ?? 0) + 1));
    }
  });
  const keys = answer.stories.map(() => []);
  for (const [key, counts] of places) keys[[...counts].sort(([, one], [, other]) => other - one)[0][0]].push(key);
  return answer.stories
    .map((story, at) => ({
      id: story.id,
      keys: keys[at],
      headline: story.headline?.text ?? null,
      language: story.languages[0],
      first: story.first_published_at,
      last: story.last_published_at,
    }))
    .filter((group) => group.keys.length)
    .sort((one, other) => other.keys.length - one.keys.length);
}
