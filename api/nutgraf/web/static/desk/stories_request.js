// Requests the grouping of the articles into stories after each change. The last grouping stays on the screen until the next
// one arrives.
import { Problem, cancel, sendRequest } from "./api_client.js";
import { debounced } from "./dom.js";
import { groupingRequest } from "./request.js";
import { setUnreadable } from "./send_request.js";
import { draft, emit, grouping, listen, update } from "./state.js";
import { areTooManyForOneSummary, isGrouped, openGroup } from "./story_assignments.js";

const WAIT_MILLISECONDS = 250;
const MANY_WAIT_MILLISECONDS = 40;
const PURPOSE = "stories";
const { stories } = document.body.dataset;

let requestedBody = null;
let latestRequest = 0;

const requestSoon = debounced(requestStories, WAIT_MILLISECONDS);
listen("request", () => requestSoon(areTooManyForOneSummary() && !grouping.groups.length ? MANY_WAIT_MILLISECONDS : WAIT_MILLISECONDS));

/** Requests the grouping of the present articles, unless it was requested already. */
export async function requestStories() {
  const request = groupingRequest();
  if (!request) {
    latestRequest += 1;
    cancel(PURPOSE);
    requestedBody = null;
    return show({ groups: [], warnings: [] });
  }
  const bodyJson = JSON.stringify(request.body);
  if (bodyJson === requestedBody) return undefined;
  const thisRequest = ++latestRequest;
  requestedBody = bodyJson;
  grouping.busy = request.items.length;
  emit("grouping-started");
  try {
    const text = await sendRequest(PURPOSE, stories, request.body);
    if (text === null || thisRequest !== latestRequest) return undefined;
    // The editor has moved an article in the meantime: this answer is out of date, and the next request was sent.
    if (request.items.some((item, index) => (item.story || undefined) !== request.body.articles[index].story_id)) return undefined;
    const answer = JSON.parse(text);
    return show({ groups: groupsOf(answer), warnings: answer.warnings.map((warning) => ({ ...warning, key: warning.article_id && keyOf(warning.article_id) })) });
  } catch (error) {
    if (thisRequest !== latestRequest) return undefined;
    requestedBody = null;
    if (!(error instanceof Problem)) throw error;
    if (setUnreadable(error, request.items)) return requestStories();
    Object.assign(grouping, { busy: 0, problem: error, items: request.items });
    if (error.status === 401) emit("key-needed");
    return emit("grouped");
  }
}

/** Shows new groups. The open story stays open if one of the groups has its articles, even under a new id. */
function show({ groups, warnings }) {
  const before = openGroup();
  const knownKeys = new Set(grouping.groups.flatMap(({ keys }) => keys));
  Object.assign(grouping, { groups, warnings, busy: 0, problem: null });
  const opened = isGrouped() && draft.opened !== null ? (openGroup() ?? successorOf(before)) : null;
  if (draft.opened !== (opened?.id ?? null)) update({ opened: opened?.id ?? null }, { newAnswer: false });
  emit("grouped");
  const newElsewhere = groups.filter((group) => group !== opened).flatMap(({ keys }) => keys.filter((key) => !knownKeys.has(key)));
  if (opened && before && newElsewhere.length) emit("added-elsewhere", newElsewhere.length);
}

/** The group that has the most articles of a former group; null if none has any. */
function successorOf(before) {
  const shared = ({ keys }) => keys.filter((key) => before?.keys.includes(key)).length;
  return grouping.groups.filter(shared).sort((one, other) => shared(other) - shared(one))[0] ?? null;
}

/** The key of the item of an article: its id, without the number that the entries of an undivided document add. */
const keyOf = (id) => id.split(".")[0];

/** The stories of an answer as groups of items. An undivided document belongs to the story that has most of its entries. */
function groupsOf(answer) {
  const countsByKey = new Map();
  answer.stories.forEach((story, index) => {
    for (const key of story.article_ids.map(keyOf)) {
      const counts = countsByKey.get(key) ?? new Map();
      countsByKey.set(key, counts.set(index, (counts.get(index) ?? 0) + 1));
    }
  });
  const keys = answer.stories.map(() => []);
  for (const [key, counts] of countsByKey) keys[[...counts].sort(([, one], [, other]) => other - one)[0][0]].push(key);
  return answer.stories
    .map((story, index) => ({
      id: story.id,
      keys: keys[index],
      headline: story.headline?.text ?? null,
      language: story.languages[0],
      first: story.first_published_at,
      last: story.last_published_at,
    }))
    .filter((group) => group.keys.length)
    .sort((one, other) => other.keys.length - one.keys.length);
}
