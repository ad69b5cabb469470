// Requests the summary after each change. The last answer stays on the screen until the next one arrives.
import { Problem, cancel, sendRequest } from "./api_client.js";
import { debounced } from "./dom.js";
import { setArticles } from "./highlight.js";
import { articlesFrom, summaryRequest } from "./request.js";
import { draft, emit, listen, result, textOf, update } from "./state.js";
import { itemsToSummarize } from "./story_assignments.js";

const WAIT_MILLISECONDS = 40;
const PURPOSE = "summary";
const { summarize } = document.body.dataset;

let answeredArticles = null;
let latestRequest = 0;
let summarizedKeys = "";

const requestSoon = debounced(requestSummary, WAIT_MILLISECONDS);
listen("request", (wait) => (wait === 0 ? requestSoon.now() : requestSoon(wait)));
// A new grouping can change the articles of the open story.
listen("grouped", () => { if (keysOf(itemsToSummarize()) !== summarizedKeys) requestSoon(); });

/** Requests the summary of the present articles. */
export async function requestSummary() {
  const thisRequest = ++latestRequest;
  let request = summaryRequest();
  summarizedKeys = keysOf(request?.items ?? []);
  if (!request) {
    cancel(PURPOSE);
    Object.assign(result, { answer: null, articles: [] });
    answeredArticles = null;
    emit("request-ended");
    emit("answered");
    return;
  }
  emit("request-started", request.items.length);
  try {
    const articlesJson = JSON.stringify(request.body.articles);
    const hasMarks = draft.pin.length + draft.ban.length > 0;
    if (hasMarks && articlesJson !== answeredArticles) {
      // A mark names its sentence by index. The text has changed, so the indexes are looked up first.
      const unmarkedText = await sendRequest(PURPOSE, summarize, summaryRequest({ marks: false }).body);
      if (unmarkedText === null || thisRequest !== latestRequest) return;
      findMarksAgain(articlesFrom(JSON.parse(unmarkedText), request.items));
      request = summaryRequest();
    }
    const text = await sendRequest(PURPOSE, summarize, request.body);
    if (text === null || thisRequest !== latestRequest) return;
    answeredArticles = articlesJson;
    const answer = JSON.parse(text);
    Object.assign(result, { answer, articles: articlesFrom(answer, request.items) });
    setArticles(result.articles);
    emit("request-ended");
    emit("answered");
  } catch (error) {
    if (thisRequest !== latestRequest) return;
    emit("request-ended");
    if (!(error instanceof Problem)) throw error;
    if (setUnreadable(error, request.items)) return requestSummary();
    emit("problem", { problem: error, items: request.items });
  }
}

const keysOf = (items) => items.map(({ key }) => key).join(" ");

/** Marks documents that the service could not read, so that later requests omit them; false if the problem has any other
 * error. */
export function setUnreadable({ errors }, items) {
  const unread = errors.map(({ pointer, detail }) => [items[pointer.match(/^\/articles\/(\d+)\/document$/)?.[1]], detail]);
  if (!unread.length || unread.some(([item]) => !item)) return false;
  for (const [item, detail] of unread) item.unreadable = detail;
  return true;
}

/** Cancels the running request; the last answer stays. */
export function cancelRequest() {
  latestRequest += 1;
  cancel(PURPOSE);
  emit("request-ended");
  emit("canceled");
}

/** Gives the marks the present indexes of their sentences. Deletes the marks of sentences that no longer exist, and reports
 * their number. */
function findMarksAgain(articles) {
  let lost = 0;
  const withNewIndexes = (marks) =>
    marks.flatMap((mark) => {
      const ofArticle = articles.filter((candidate) => candidate.item.key === mark.key);
      if (!ofArticle.length) return [mark];
      const article = ofArticle.find((candidate) => candidate.part === mark.part);
      const sameText = article ? article.sentences.filter((other) => textOf(article, other) === mark.text) : [];
      const sentence = sameText.find((same) => same.index === mark.index) ?? sameText[0];
      if (!sentence) lost += 1;
      return sentence ? [{ ...mark, index: sentence.index }] : [];
    });
  update({ pin: withNewIndexes(draft.pin), ban: withNewIndexes(draft.ban) }, { newAnswer: false });
  if (lost) emit("marks-lost", lost);
}
