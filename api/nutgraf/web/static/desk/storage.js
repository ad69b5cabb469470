// Stores the editor's work and the key in this browser, so that they survive a reload.
const DESK = "nutgraf.desk";
const KEY = "nutgraf.key";

/** What was stored; null if nothing was, or if the browser stores nothing. */
export function storedDraft() {
  try {
    return JSON.parse(localStorage.getItem(DESK));
  } catch {
    return null;
  }
}

/** Stores a value; false if it is too large, or if the browser stores nothing. */
export function storeDraft(value) {
  try {
    localStorage.setItem(DESK, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function storedKey() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function storeKey(key) {
  try {
    localStorage.setItem(KEY, key);
  } catch {
    // The key is then lost when the page is closed.
  }
}

/** Deletes everything that is stored, including the key. */
export function deleteStored() {
  for (const name of [DESK, KEY]) {
    try {
      localStorage.removeItem(name);
    } catch {
      // The browser stores nothing.
    }
  }
}
