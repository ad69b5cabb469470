// Sends the request whenever something has changed, and keeps the last answer on the screen until the next one arrives.
import { Problem, ask, cancel } from "./api_client.js";
import { debounced } from "./dom.js";
import { useStories } from "./highlight.js";
import { request, storiesOf } from "./request.js";
import { answered, change, listen, tell, textOf, typed } from "./state.js";
import { toSummarize } from "./story_assignments.js";

const WAIT_MILLISECONDS = 40;
const PURPOSE = "summary";
const { summarize } = document.body.dataset;

let fingerprint = null;
let turn = 0;
let summarized = "";

const soon = debounced(answer, WAIT_MILLISECONDS);
listen("ask", (wait) => (wait === 0 ? soon.now() : soon(wait)));
// A new grouping may give the open story other articles.
listen("grouped", () => { if (keysOf(toSummarize()) !== summarized) soon(); });

/** Asks with what is typed now. */
export async function answer() {
  const mine = ++turn;
  let wanted = request();
  summarized = keysOf(wanted?.items ?? []);
  if (!wanted) {
    cancel(PURPOSE);
    Object.assign(answered, { answer: null, stories: [] });
    fingerprint = null;
    tell("settled");
    tell("answered");
    return;
  }
  tell("asking", wanted.items.length);
  try {
    const print = JSON.stringify(wanted.body.articles);
    const marked = typed.pin.length + typed.ban.length > 0;
    if (marked && print !== fingerprint) {
      // Marks name sentences by number: in changed text they are looked up anew before they are sent.
      const plain = await ask(PURPOSE, summarize, request({ marks: false }).body);
      if (plain === null || mine !== turn) return;
      refind(storiesOf(JSON.parse(plain), wanted.items));
      wanted = request();
    }
    const text = await ask(PURPOSE, summarize, wanted.body);
    if (text === null || mine !== turn) return;
    fingerprint = print;
    const found = JSON.parse(text);
    Object.assign(answered, { answer: found, stories: storiesOf(found, wanted.items) });
    useStories(answered.stories);
    tell("settled");
    tell("answered");
  } catch (error) {
    if (mine !== turn) return;
    tell("settled");
    if (!(error instanceof Problem)) throw error;
    if (leaveOut(error, wanted.items)) return answer();
    tell("problem", { problem: error, items: wanted.items });
  }
}

const keysOf = (items) => items.map(({ key }) => key).join(" ");

/** Whether documents alone could not be read: they say so, and the others are answered without them. */
export function leaveOut({ errors }, items) {
  const unread = errors.map(({ pointer, detail }) => [items[pointer.match(/^\/articles\/(\d+)\/document$/)?.[1]], detail]);
  if (!unread.length || unread.some(([item]) => !item)) return false;
  for (const [item, detail] of unread) item.unreadable = detail;
  return true;
}

/** Calls off what is under way; the last answer stays. */
export function callOff() {
  turn += 1;
  cancel(PURPOSE);
  tell("settled");
  tell("canceled");
}

/** Looks for marked sentences where they are now; those that are gone are forgotten, and that is said. */
function refind(stories) {
  let lost = 0;
  const again = (marks) =>
    marks.flatMap((mark) => {
      const mine = stories.filter((each) => each.item.key === mark.key);
      if (!mine.length) return [mark];
      const story = mine.find((each) => each.part === mark.part);
      const alike = story ? story.sentences.filter((sentence) => textOf(story, sentence) === mark.text) : [];
      const found = alike.find((sentence) => sentence.index === mark.index) ?? alike[0];
      lost += found ? 0 : 1;
      return found ? [{ ...mark, index: found.index }] : [];
    });
  change({ pin: again(typed.pin), ban: again(typed.ban) }, { asks: false });
  if (lost) tell("marks-lost", lost);
}
