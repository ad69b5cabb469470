// Speaks with the service: one request a purpose at a time, the former one is called off.
import { keepKey, keptKey } from "./storage.js";
import { t } from "./strings.js";

/** What the service says is wrong (RFC 9457), or that it does not answer. */
export class Problem extends Error {
  constructor({ detail, errors = [], type = "", status = 0 }) {
    super(detail);
    Object.assign(this, { errors, type, status, slug: type.split("/").pop() });
  }
}

const underWay = new Map();
let key = keptKey();

/** From now on requests carry this key. */
export function useKey(value, keep) {
  key = value;
  if (keep) keepKey(value);
}

export function forgetKey() {
  key = null;
}

/** The response to a request; null where a later one of the same purpose, or the editor, called it off. Throws Problem. */
export async function ask(purpose, path, body) {
  cancel(purpose);
  const control = new AbortController();
  underWay.set(purpose, control);
  try {
    const headers = { ...(body && { "Content-Type": "application/json" }), ...(key && { "X-API-Key": key }) };
    const response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      signal: control.signal,
    });
    if (!response.ok) throw await problemOf(response);
    const text = await response.text();
    return control.signal.aborted ? null : text;
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error instanceof Problem ? error : new Problem({ detail: t("offline"), type: "offline" });
  } finally {
    if (underWay.get(purpose) === control) underWay.delete(purpose);
  }
}

export function cancel(purpose) {
  underWay.get(purpose)?.abort();
  underWay.delete(purpose);
}

async function problemOf(response) {
  try {
    return new Problem(await response.json());
  } catch {
    return new Problem({ detail: t("unreadable_answer", { status: response.status }), status: response.status });
  }
}
