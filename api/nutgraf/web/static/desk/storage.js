// What survives a reload, in this browser only.
const DESK = "nutgraf.desk";
const KEY = "nutgraf.key";

/** What was kept, or null; a browser that keeps nothing is as good as an empty one. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(DESK));
  } catch {
    return null;
  }
}

/** Keeps a value; false where it is too large, or the browser keeps nothing. */
export function keep(value) {
  try {
    localStorage.setItem(DESK, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function keptKey() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keepKey(key) {
  try {
    localStorage.setItem(KEY, key);
  } catch {
    // The key then lives as long as the page.
  }
}

/** Forgets all, the key too. */
export function forget() {
  for (const name of [DESK, KEY]) {
    try {
      localStorage.removeItem(name);
    } catch {
      // Nothing was kept.
    }
  }
}
