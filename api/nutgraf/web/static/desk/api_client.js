// Sends requests to the service. Each purpose has at most one running request: a new one cancels the one before.
import { storeKey, storedKey } from "./storage.js";
import { t } from "./strings.js";

/** The problem that the service reported (RFC 9457), or that the service does not answer. */
export class Problem extends Error {
  constructor({ detail, errors = [], type = "", status = 0 }) {
    super(detail);
    Object.assign(this, { errors, type, status, slug: type.split("/").pop() });
  }
}

const runningRequests = new Map();
let key = storedKey();

/** Sends this key with all later requests; `store` also stores it in this browser. */
export function useKey(value, store) {
  key = value;
  if (store) storeKey(value);
}

export function forgetKey() {
  key = null;
}

/** The text of the response; null if a later request of the same purpose, or the editor, canceled this one. Throws Problem.
 * */
export async function sendRequest(purpose, path, body) {
  cancel(purpose);
  const controller = new AbortController();
  runningRequests.set(purpose, controller);
  try {
    const headers = { ...(body && { "Content-Type": "application/json" }), ...(key && { "X-API-Key": key }) };
    const response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      signal: controller.signal,
    });
    if (!response.ok) throw await problemFrom(response);
    const text = await response.text();
    return controller.signal.aborted ? null : text;
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error instanceof Problem ? error : new Problem({ detail: t("offline"), type: "offline" });
  } finally {
    if (runningRequests.get(purpose) === controller) runningRequests.delete(purpose);
  }
}

export function cancel(purpose) {
  runningRequests.get(purpose)?.abort();
  runningRequests.delete(purpose);
}

async function problemFrom(response) {
  try {
    return new Problem(await response.json());
  } catch {
    return new Problem({ detail: t("unreadable_answer", { status: response.status }), status: response.status });
  }
}
